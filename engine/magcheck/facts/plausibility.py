"""Can this number be true? Impossible values are refused, strange ones are questioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import InputError, Problem
from magcheck.core.fact_names import MAGNESIUM
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Pregnancy, Sex
from magcheck.report import NotChecked
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Profile
    from magcheck.reading.profile import ReadProfile


def questioned(profile: Profile, book: RuleBook, known: ReadProfile | None = None) -> tuple[NotChecked, ...]:
    """The values that are possible but strange. Raises InputError for those that cannot be true.

    `known`: what the items of `profile` are; 25 micrograms are strange of magnesium, not of vitamin D, and 5 grams
    not of creatine.
    """
    usual_of = _usual_amounts(known, book) if known else {}
    problems = list(_contradictions(profile))
    strange: list[NotChecked] = []
    for field, entry, value in _values(profile):
        question = book.questions[entry]
        unit, usual = question.unit or "", usual_of.get(field, question.usual)
        if question.range and not question.range[0] <= value <= question.range[1]:
            low, high = question.range
            problems.append(
                Problem(
                    field,
                    f"{value:.10g} {unit} cannot be right.",
                    f"People have {low:g} to {high:g} {unit}. Check the unit.",
                )
            )
        elif usual and not usual[0] <= value <= usual[1]:
            asked = fill(book.wording.reasons.unusual_question, value=f"{value:g}", unit=unit)
            strange.append(
                NotChecked(list=field, input=f"{value:g}", reason=book.wording.reasons.unusual, question=asked)
            )
    if problems:
        raise InputError(problems)
    return tuple(strange)


def _usual_amounts(known: ReadProfile, book: RuleBook) -> dict[str, tuple[float, float] | None]:
    """Of the amount of each thing that is known: the usual range, in whichever list it stands."""
    of_magnesium = book.questions["supplements.amount_mg"].usual
    of_others = book.questions["medications.dose_mg"].usual
    return {
        f"{entry.list}[{entry.index}].{'amount_mg' if entry.list == 'supplements' else 'dose_mg'}": (
            of_magnesium if any(MAGNESIUM in s.selectors for s in found.meaning.substances) else of_others
        )
        for entry in known.entries
        if isinstance(found := entry.read.found, Found)
    }


def _values(profile: Profile) -> Iterator[tuple[str, str, float]]:
    """(field, entry of questions.yaml, value) of every number with a range."""
    kidney, serum = profile.kidney, profile.labs.magnesium
    if kidney.egfr is not None:
        yield "kidney.egfr", "kidney.egfr", kidney.egfr
    if kidney.creatinine:
        entry = f"kidney.creatinine.{kidney.creatinine.unit.value}"
        yield "kidney.creatinine", entry, kidney.creatinine.value
    if serum:
        yield "labs.magnesium", f"labs.magnesium.{serum.unit.value}", serum.value
    for index, supplement in enumerate(profile.supplements):
        if supplement.amount_mg is not None:
            yield f"supplements[{index}].amount_mg", "supplements.amount_mg", supplement.amount_mg
    for index, medication in enumerate(profile.medications):
        if medication.dose_mg is not None:
            yield f"medications[{index}].dose_mg", "medications.dose_mg", medication.dose_mg


def _contradictions(profile: Profile) -> Iterator[Problem]:
    expecting = profile.person.pregnancy in (Pregnancy.PREGNANT, Pregnancy.BREASTFEEDING)
    if profile.person.sex is Sex.MALE and expecting:
        yield Problem(
            "person.sex and person.pregnancy",
            f"the sex is male, but the pregnancy is '{profile.person.pregnancy}'.",
            "Correct the one that is wrong.",
        )
