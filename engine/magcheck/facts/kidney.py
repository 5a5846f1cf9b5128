"""How well do the kidneys work? The told value, the stage or the creatinine; the worse one where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Pregnancy, Sex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.knowledge.equations import Equations
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.facts import KidneyWords
    from magcheck.profile import Kidney, Person, Profile


class KidneyValue(NamedTuple):
    """An eGFR (mL/min/1.73 m2, unrounded) and where it comes from."""

    egfr: float
    field: str
    origin: str


class KidneyState(NamedTuple):
    reading: KidneyValue | None
    assumed: tuple[tuple[str, str], ...] = ()
    """(field, what was assumed or chosen, and why)."""
    needed: tuple[str, ...] = ()
    """Fields without which the creatinine says nothing."""


def kidney_state(profile: Profile, book: RuleBook) -> KidneyState:
    """Raises InputError where two told values cannot both be right."""
    kidney, equations = profile.kidney, book.equations
    _refuse_contradictions(kidney, equations)
    told = _told(kidney, book)
    computed, assumed, needed = _computed(profile.person, kidney, book)
    staged = _staged(kidney, book)
    readings = [reading for reading in (told, computed) if reading]
    if told and computed:
        _refuse_far_apart(told, computed, equations)
    if staged:
        for reading in readings:
            _refuse_other_stage(reading, kidney, equations)
        if not any(_in_stage(reading, kidney, equations) for reading in readings):
            readings.append(staged)
    if not readings:
        return KidneyState(None, tuple(assumed), tuple(needed))
    worst = min(readings, key=lambda reading: reading.egfr)
    if len(readings) > 1:
        others = [reading for reading in readings if reading is not worst]
        assumed.append((worst.field, _lower_used(worst, others, book.wording.facts.kidney)))
    return KidneyState(worst, tuple(assumed), tuple(needed))


def _lower_used(worst: KidneyValue, others: Iterable[KidneyValue], words: KidneyWords) -> str:
    def with_origin(reading: KidneyValue) -> str:
        return fill(words.value, egfr=f"{reading.egfr:.0f}", origin=reading.origin)

    return fill(words.lower, used=with_origin(worst), others=", ".join(map(with_origin, others)))


def _told(kidney: Kidney, book: RuleBook) -> KidneyValue | None:
    if kidney.egfr is None:
        return None
    return KidneyValue(kidney.egfr, "kidney.egfr", book.wording.facts.origins.given)


def _staged(kidney: Kidney, book: RuleBook) -> KidneyValue | None:
    if kidney.stage is None:
        return None
    origin = fill(book.wording.facts.kidney.of_stage, stage=kidney.stage.value)
    return KidneyValue(book.equations.worst_of(kidney.stage), "kidney.stage", origin)


def _computed(
    person: Person, kidney: Kidney, book: RuleBook
) -> tuple[KidneyValue | None, list[tuple[str, str]], list[str]]:
    if kidney.creatinine is None:
        return None, [], []
    creatinine = book.equations.creatinine_mg_dl(kidney.creatinine)
    if person.age is None:
        return None, [], ["person.age"]
    if person.age < book.equations.ckd_epi_2021.from_age:
        return _child(person, creatinine, book)
    return _adult(person, person.age, creatinine, book)


def computed_egfr(person: Person, kidney: Kidney, book: RuleBook) -> float | None:
    """What the creatinine gives for this person, if it gives anything."""
    reading, _, _ = _computed(person, kidney, book)
    return reading.egfr if reading else None


def _child(
    person: Person, creatinine: float, book: RuleBook
) -> tuple[KidneyValue | None, list[tuple[str, str]], list[str]]:
    equations, words = book.equations, book.wording.facts.kidney
    if person.age is None or person.age < equations.bedside_schwartz.from_age:
        return None, [("kidney.creatinine", words.no_equation)], ["kidney.egfr"]
    if person.height_cm is None:
        return None, [], ["person.height_cm"]
    egfr = equations.schwartz(creatinine, person.height_cm)
    return KidneyValue(egfr, "kidney.creatinine", words.child), [], []


def _adult(
    person: Person, age: float, creatinine: float, book: RuleBook
) -> tuple[KidneyValue | None, list[tuple[str, str]], list[str]]:
    equations, words = book.equations, book.wording.facts.kidney
    assumed: list[tuple[str, str]] = []
    if person.pregnancy is Pregnancy.PREGNANT:
        assumed.append(("kidney.creatinine", words.pregnancy))
    if person.sex is not None:
        egfr = equations.ckd_epi(creatinine, age, person.sex)
        return KidneyValue(egfr, "kidney.creatinine", words.adult), assumed, []
    egfr = min(equations.ckd_epi(creatinine, age, sex) for sex in Sex)
    assumed.append(("person.sex", words.sex))
    return KidneyValue(egfr, "kidney.creatinine", words.adult), assumed, ["person.sex"]


def _refuse_contradictions(kidney: Kidney, equations: Equations) -> None:
    failing = kidney.dialysis or kidney.acute
    if kidney.disease is False and failing:
        both = "kidney.disease and " + ("kidney.dialysis" if kidney.dialysis else "kidney.acute")
        raise _contradiction(both, "no kidney disease, and yet dialysis or a kidney injury.")
    if kidney.disease is False and kidney.stage and equations.worst_of(kidney.stage) == 0:
        raise _contradiction("kidney.disease and kidney.stage", "no kidney disease, and yet the last stage.")


def _contradiction(fields: str, what: str) -> InputError:
    return InputError([Problem(fields, what, "Correct the one that is wrong, or leave it out.")])


def _refuse_far_apart(told: KidneyValue, computed: KidneyValue, equations: Equations) -> None:
    low, high = sorted((told.egfr, computed.egfr))
    if high > low * equations.disagreement.refuse_ratio:
        raise _contradiction(
            "kidney.egfr and kidney.creatinine",
            f"the eGFR is given as {told.egfr:g}, but the creatinine gives {computed.egfr:.0f}.",
        )


def _in_stage(reading: KidneyValue, kidney: Kidney, equations: Equations) -> bool:
    if kidney.stage is None:
        return True
    low, high = equations.stages[kidney.stage.value]
    return low <= reading.egfr < high


def _refuse_other_stage(reading: KidneyValue, kidney: Kidney, equations: Equations) -> None:
    """A neighbouring stage is a rounding or an older value; a farther one is a mistake."""
    if kidney.stage is None or _in_stage(reading, kidney, equations):
        return
    bands = [name for name in equations.stages if name != "G3"]
    own = bands.index(equations.stage_of(reading.egfr))
    low, high = equations.stages[kidney.stage.value]
    positions = [position for position, name in enumerate(bands) if low <= equations.stages[name][0] < high]
    if min(abs(own - position) for position in positions) > 1:
        raise _contradiction(
            f"{reading.field} and kidney.stage",
            f"an eGFR of {reading.egfr:.0f} is {equations.stage_of(reading.egfr)}, not {kidney.stage.value}.",
        )
