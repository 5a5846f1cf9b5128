"""In which ways can a question about the person be answered: age, height, kidneys, blood?"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from magcheck.core.bounds import AGE_YEARS, ANY_EGFR, ANY_SERUM_MG_DL, HEIGHT_CM
from magcheck.core.fact_names import SCALE
from magcheck.facts.kidney import computed_egfr
from magcheck.facts.situation import OF_THE_PERSON
from magcheck.missing.shapes import NOT_LISTED, NumericAnswers, PossibleAnswer, PossibleAnswers
from magcheck.profile import Labs, MagnesiumUnit, Pregnancy, SerumMagnesium, Sex, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from magcheck.core.bounds import Bounds
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Profile

_CHOICES: dict[str, tuple[Any, ...]] = {
    "person.sex": tuple(Sex),
    "person.pregnancy": tuple(Pregnancy),
    "kidney.stage": tuple(Stage),
    "kidney.dialysis": (True, False),
    "kidney.disease": (True, False),
    "kidney.acute": (True, False),
}


def answers_about_person(field: str, profile: Profile, evaluation: Evaluation) -> PossibleAnswers:
    """`field`: such as "person.age"."""
    section, _, name = field.partition(".")
    if field in _CHOICES:
        choices = _CHOICES[field]
        return PossibleAnswers(
            choices=tuple(PossibleAnswer(_changed(profile, section, {name: value}), value) for value in choices),
            free=OF_THE_PERSON,
        )
    numbers = _NUMBERS.get(field)
    return PossibleAnswers(numbers=numbers(profile, evaluation), free=OF_THE_PERSON) if numbers else NOT_LISTED


def _changed(profile: Profile, section: str, update: dict[str, Any]) -> Profile:
    return profile.model_copy(update={section: getattr(profile, section).model_copy(update=update)})


def _egfr(profile: Profile, evaluation: Evaluation) -> NumericAnswers:
    computed = computed_egfr(profile.person, profile.kidney, evaluation.book)
    return NumericAnswers(
        evaluation.book.questions["kidney.egfr"].range or ANY_EGFR,
        lambda value: PossibleAnswer(_changed(profile, "kidney", {"egfr": value}), value),
        lambda value: _egfr_band(value, computed, evaluation),
        evaluation.program.thresholds.get("egfr", ()),
        less_is_worse=True,
    )


def _age(profile: Profile, evaluation: Evaluation) -> NumericAnswers:
    """Beside the pages' own ages, those at which another equation gives the kidney value: there it jumps."""
    equations = evaluation.book.equations
    edges = (equations.ckd_epi_2021.from_age, equations.bedside_schwartz.from_age)
    thresholds = {*evaluation.program.thresholds.get("age", ()), *(round(edge * SCALE) for edge in edges)}
    return _body(profile, evaluation, "age", AGE_YEARS, sorted(thresholds))


def _height(profile: Profile, evaluation: Evaluation) -> NumericAnswers:
    return _body(profile, evaluation, "height_cm", HEIGHT_CM, ())


def _body(
    profile: Profile, evaluation: Evaluation, name: str, bounds: Bounds, thresholds: Iterable[int]
) -> NumericAnswers:
    """Age and height: seen themselves, and through the kidney value that a creatinine gives with them."""
    own = sorted(thresholds)

    def seen(value: float) -> object:
        person = profile.person.model_copy(update={name: value})
        egfr = computed_egfr(person, profile.kidney, evaluation.book)
        kidney = None if egfr is None else _egfr_band(egfr, profile.kidney.egfr, evaluation)
        return bisect_right(own, round(value * SCALE)), kidney

    def answer(value: float) -> PossibleAnswer:
        return PossibleAnswer(_changed(profile, "person", {name: value}), value)

    return NumericAnswers(bounds, answer, seen, own, less_is_worse=True)


def _egfr_band(egfr: float, other: float | None, evaluation: Evaluation) -> object:
    """The kidney value as the pages see it, and how it stands to an `other` one of the same person.

    Two values that are too far apart are refused, and else the lower of the two counts: an answer that
    crosses one of these lines is another answer, although no page names a figure there.
    """
    equations = evaluation.book.equations
    edges = [
        *evaluation.program.thresholds.get("egfr", ()),
        *(round(low * SCALE) for low, _ in equations.stages.values()),
    ]
    ratio = equations.disagreement.refuse_ratio
    near = () if other is None else (egfr < other, egfr * ratio < other, egfr > other * ratio)
    return bisect_right(sorted(set(edges)), round(egfr * SCALE, 3) // 1), near


def _serum_magnesium(profile: Profile, evaluation: Evaluation) -> NumericAnswers:
    """In mg/dL, which the pages speak of; another unit is another way to say the same."""

    def answer(value: float) -> PossibleAnswer:
        serum = SerumMagnesium(value=value, unit=MagnesiumUnit.MG_DL)
        return PossibleAnswer(profile.model_copy(update={"labs": Labs(magnesium=serum)}), value)

    edges = evaluation.program.thresholds.get("serum_magnesium", ())
    return NumericAnswers(
        evaluation.book.questions["labs.magnesium.mg/dL"].range or ANY_SERUM_MG_DL,
        answer,
        lambda value: bisect_right(edges, round(value * SCALE)),
        edges,
    )


_NUMBERS: dict[str, Callable[[Profile, Evaluation], NumericAnswers]] = {
    "kidney.egfr": _egfr,
    "person.age": _age,
    "person.height_cm": _height,
    "labs.magnesium": _serum_magnesium,
}
