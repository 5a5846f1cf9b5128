"""How is a single change said? Its sentences come from rules/wording.yaml, its figures from the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from magcheck.findings.subjects import named_inside
from magcheck.knowledge.condition_words import NO_BOUNDS, FigureRange, figure
from magcheck.knowledge.placeholders import fill as reason
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
    lower = next((reason(form, low=figure(value)) for form, value in low if value is not None), "")
    upper = next((reason(form, high=figure(value)) for form, value in high if value is not None), "")
    return reason(forms.both, lower=lower, upper=upper) if lower and upper else lower or upper


AT_EASE = frozenset({Verdict.MONITOR, Verdict.NOTE, Verdict.CLEAR})
"""Verdicts that leave nothing to change."""


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
    taken: tuple[RecognisedItem, ...] = ()
    bounds: FigureRange = NO_BOUNDS

    def alternative(self, verdict: Verdict, *, complete: bool) -> Alternative:
        then = self.words.then[verdict.value]
        sentence = self.words.change if verdict in AT_EASE else self.words.change_partly
        sentence = self.words.answer if self.said.endswith(":") else sentence
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


def subject(taken: RecognisedItem) -> Subject:
    name = named_inside(taken, None) if taken.salts else " / ".join(s.name for s in taken.found.meaning.substances)
    return Subject(list=taken.list, index=taken.origin, input=taken.told, is_=name)


def place_of(taken: RecognisedItem, field: str) -> str:
    return f"{taken.list}[{taken.index}].{field}"
