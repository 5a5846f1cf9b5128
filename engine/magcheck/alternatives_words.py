"""How is a single change said? Its sentences come from rules/wording.yaml, its figures from the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from magcheck.fields import SCALE
from magcheck.findings import named
from magcheck.knowledge import reason
from magcheck.report import Alternative, Subject

if TYPE_CHECKING:
    from magcheck.facts import Taken
    from magcheck.knowledge import ChangedWords
    from magcheck.profile import Profile
    from magcheck.report import Verdict


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range of answers in their own unit."""

    from_: float | None = None
    above: float | None = None
    below: float | None = None
    up_to: float | None = None

    def said(self, words: ChangedWords) -> str:
        forms = words.bounds
        low = reason(forms.above, low=_figure(self.above)) if self.above is not None else None
        low = reason(forms.from_, low=_figure(self.from_)) if self.from_ is not None else low
        high = reason(forms.below, high=_figure(self.below)) if self.below is not None else None
        high = reason(forms.up_to, high=_figure(self.up_to)) if self.up_to is not None else high
        return reason(forms.both, lower=low, upper=high) if low and high else low or high or ""


def _figure(value: float | None) -> str:
    return f"{value or 0:g}"


def bounds(low: int | None, high: int | None) -> Bounds:
    """A band in thousandths, both ends included, as a page would write it: "above 350", not "from 350.001"."""
    above = low is not None and _is_shorter(low - 1, low)
    below = high is not None and _is_shorter(high + 1, high)
    return Bounds(
        from_=None if low is None or above else low / SCALE,
        above=(low - 1) / SCALE if low is not None and above else None,
        below=(high + 1) / SCALE if high is not None and below else None,
        up_to=None if high is None or below else high / SCALE,
    )


def _is_shorter(one: int, other: int) -> bool:
    return len(f"{one / SCALE:g}") < len(f"{other / SCALE:g}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change that may be worth a check."""

    kind: Literal["hour", "form", "amount", "answer"]
    profile: Profile
    """With the change."""
    said: str
    """A sentence, or a condition that ends in a colon."""
    words: ChangedWords
    field: str
    value: float | str | bool
    unit: str | None = None
    taken: tuple[Taken, ...] = ()
    bounds: Bounds = Bounds()

    def alternative(self, verdict: Verdict, *, complete: bool) -> Alternative:
        then = self.words.then[verdict.value]
        sentence = self.words.answer if self.said.endswith(":") else self.words.change
        return Alternative(
            kind=self.kind,
            said=reason(sentence, said=self.said, then=then.complete if complete else then.incomplete),
            verdict=verdict,
            complete=complete,
            field=self.field,
            items=tuple(subject(one) for one in self.taken),
            value=self.value,
            unit=self.unit,
            from_=self.bounds.from_,
            above=self.bounds.above,
            below=self.bounds.below,
            up_to=self.bounds.up_to,
        )


def subject(taken: Taken) -> Subject:
    name = named(taken, None) if taken.salts else " / ".join(s.name for s in taken.found.meaning.substances)
    return Subject(list=taken.list, index=taken.index, input=taken.item.told, is_=name)


def place_of(taken: Taken, field: str) -> str:
    return f"{taken.list}[{taken.index}].{field}"
