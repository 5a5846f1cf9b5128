"""How is a single change said? Its sentences come from rules/wording.yaml, its figures from the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from magcheck.findings.subjects import named_inside
from magcheck.knowledge.condition_words import NO_BOUNDS, FigureRange, figure
from magcheck.knowledge.placeholders import fill
from magcheck.report import Alternative, Subject, Verdict

if TYPE_CHECKING:
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.knowledge.wording.changes import ChangedWords
    from magcheck.profile import Profile


def range_in_words(span: FigureRange, words: ChangedWords) -> str:
    """ "45 or more, but less than 60"; nothing where there are no bounds."""
    forms = words.bounds
    low = [(forms.from_, span.from_), (forms.above, span.above)]
    high = [(forms.up_to, span.up_to), (forms.below, span.below)]
    lower = next((fill(form, low=figure(value)) for form, value in low if value is not None), "")
    upper = next((fill(form, high=figure(value)) for form, value in high if value is not None), "")
    return fill(forms.both, lower=lower, upper=upper) if lower and upper else lower or upper


AT_EASE = frozenset({Verdict.MONITOR, Verdict.NOTE, Verdict.CLEAR})
"""Verdicts that leave nothing to change."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change that may be worth a check."""

    kind: Literal["hour", "form", "amount", "answer"]
    profile: Profile
    """With the change."""
    sentence: str
    """Or a condition that ends in a colon."""
    words: ChangedWords
    field: str
    value: float | str | bool
    unit: str | None = None
    items: tuple[RecognisedItem, ...] = ()
    bounds: FigureRange = NO_BOUNDS
    expected: Verdict | None = None
    """What it becomes by the plain clauses, where that is known before it is tried."""

    def alternative(self, verdict: Verdict, *, complete: bool) -> Alternative:
        then = self.words.then[verdict.value]
        change = self.words.change if verdict in AT_EASE else self.words.change_partly
        form = self.words.answer if self.sentence.endswith(":") else change
        return Alternative(
            kind=self.kind,
            said=fill(form, said=self.sentence, then=then.complete if complete else then.incomplete),
            verdict=verdict,
            complete=complete,
            field=self.field,
            items=tuple(_subject(item) for item in self.items),
            value=self.value,
            unit=self.unit,
            from_=self.bounds.from_,
            above=self.bounds.above,
            below=self.bounds.below,
            up_to=self.bounds.up_to,
        )


def _subject(item: RecognisedItem) -> Subject:
    name = named_inside(item, None) if item.salts else " / ".join(s.name for s in item.found.meaning.substances)
    return Subject(list=item.list, index=item.origin, input=item.told, is_=name)


def field_of(item: RecognisedItem, name: str) -> str:
    """ "supplements[0].times": as the profile calls the field `name` of this item."""
    return f"{item.list}[{item.index}].{name}"
