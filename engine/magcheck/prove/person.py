"""A person of whom nothing is fixed: every answer that can be told or left open, and the facts that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.bounds import AGE_YEARS, ANY_EGFR, ANY_SERUM_MG_DL
from magcheck.core.fact_names import BEYOND, CHOICES, FLAGS, OF_THE_MEDICINE, QUANTITIES, SCALE, choice_fact
from magcheck.profile import Pregnancy
from magcheck.prove.logic import Truth, ValueRange, both, every, negated, some, z3

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.core.bounds import Bounds
    from magcheck.knowledge.load import RuleBook
    from magcheck.prove.logic import Term, Value

AGE, EGFR, SERUM = (QUANTITIES[word].fact for word in ("age", "egfr", "serum magnesium"))
KIDNEY_VALUE, PREGNANCY, COUNTRY = (CHOICES[word][0] for word in ("kidney value", "pregnancy", "country"))
DIALYSIS, ACUTE, DISEASE = (FLAGS[word][0] for word in ("dialysis", "acute kidney injury", "kidney disease"))
FLAG_FIELDS = {FLAGS[word][0]: FLAGS[word][1] for word in FLAGS if word not in OF_THE_MEDICINE}
"""Fact -> field of the profile."""


@dataclass(frozen=True)
class GivenAnswer:
    """An answer, and whether it was given."""

    is_told: Term
    value: Term

    @property
    def span(self) -> ValueRange:
        return ValueRange(z3.If(self.is_told, self.value, 0), z3.If(self.is_told, self.value, BEYOND))

    @property
    def answer(self) -> Truth:
        return Truth(both(self.is_told, self.value), both(self.is_told, z3.Not(self.value)))


@dataclass(frozen=True)
class SymbolicPerson:
    """Every answer of a profile that a page can read, items and words apart."""

    numbers: Mapping[str, GivenAnswer]
    """Fact -> thousandths of its unit. The eGFR is the one that counts, wherever it comes from."""
    flags: Mapping[str, GivenAnswer]
    pregnancy: Mapping[Pregnancy, Term]
    """Which answer was given; none where it was not told."""
    region: Mapping[str, Term]
    """Whose limits hold; always exactly one."""

    def facts(self) -> Iterator[tuple[str, Value]]:
        yield from ((fact, told.span) for fact, told in self.numbers.items())
        yield from ((fact, told.answer) for fact, told in self.flags.items())
        known = some((self.numbers[EGFR].is_told, *(self.flags[fact].answer.yes for fact in (DIALYSIS, ACUTE))))
        yield choice_fact(KIDNEY_VALUE, "known"), Truth(known, negated(known))
        yield choice_fact(KIDNEY_VALUE, "unknown"), Truth(negated(known), known)
        for state, told in self.pregnancy.items():
            others = some(term for other, term in self.pregnancy.items() if other is not state)
            yield choice_fact(PREGNANCY, state.value), Truth(told, others)
        for region, here in self.region.items():
            yield choice_fact(COUNTRY, region), Truth(here, z3.Not(here))

    def is_possible(self) -> Term:
        """What a profile may hold, and nothing that the check refuses."""
        failing = some(self.flags[fact].answer.yes for fact in (DIALYSIS, ACUTE))
        return every(
            (
                z3.AtMost(*self.pregnancy.values(), 1),
                z3.PbEq([(here, 1) for here in self.region.values()], 1),
                z3.Not(both(self.flags[DISEASE].answer.no, failing)),
            )
        )


def any_person(book: RuleBook, name: str) -> tuple[SymbolicPerson, Term]:
    """A person with fresh answers, and the bounds of the numbers."""
    bounds = {AGE: AGE_YEARS, **{fact: _range(book, *entry) for fact, entry in _MEASURED.items()}}
    numbers = {fact: GivenAnswer(z3.Bool(f"{name} {fact} told"), z3.Int(f"{name} {fact}")) for fact in bounds}
    person = SymbolicPerson(
        numbers,
        {fact: GivenAnswer(z3.Bool(f"{name} {fact} told"), z3.Bool(f"{name} {fact}")) for fact in FLAG_FIELDS},
        {state: z3.Bool(f"{name} {state.value}") for state in Pregnancy},
        {region: z3.Bool(f"{name} in {region}") for region in book.regions_for_limits},
    )
    within = every(
        z3.And(round(low * SCALE) <= numbers[fact].value, numbers[fact].value <= round(high * SCALE))
        for fact, (low, high) in bounds.items()
    )
    return person, both(within, person.is_possible())


_MEASURED = {EGFR: ("kidney.egfr", ANY_EGFR), SERUM: ("labs.magnesium.mg/dL", ANY_SERUM_MG_DL)}


def _range(book: RuleBook, question: str, otherwise: Bounds) -> Bounds:
    return book.questions[question].range or otherwise
