"""What is asked, in which order, and when? The one definition of the questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli.asks import Listed, Measurement, Part, Single, Step, Taken, Words
from magcheck.cli.kinds import YES_NO, ClockTimes, Country, Kind, Milligrams, Number, OneOf
from magcheck.fields import ROUTES
from magcheck.names import amount_mg
from magcheck.profile import Basis, CreatinineUnit, MagnesiumUnit, Medication, Route, Sex, Stage, Supplement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from magcheck.cli.kinds import Value
    from magcheck.knowledge import Question
    from magcheck.load import RuleBook

OLDEST, GROWN = 120, 18
FERTILE = (10, 60)
"""Outside of these years nobody is asked about a pregnancy."""
TALLEST = (20, 280)
MOST_INTAKES = 24


def _fixed(kind: Kind) -> Callable[[Question], Kind]:
    return lambda _: kind


def _number(bounds: tuple[float, float], *, whole: bool = False) -> Callable[[Question], Kind]:
    """A number within the range of its entry, or else within `bounds`."""
    return lambda entry: Number(entry.unit or "", entry.range or bounds, whole)


def _milligrams(entry: Question) -> Kind:
    return Milligrams(entry.range or (0, 1_000_000))


_YES_NO = _fixed(YES_NO)
_ROUTE = _fixed(OneOf({phrase: min(routes) for phrase, routes in ROUTES.items()}))
_BASIS = _fixed(OneOf({basis.value: basis.value for basis in (Basis.ELEMENTAL, Basis.COMPOUND)}))
_PREGNANCY = _fixed(OneOf({"no": "none", "pregnant": "pregnant", "breastfeeding": "breastfeeding"}))
_SEX = _fixed(OneOf({sex.value: sex.value for sex in Sex}))
_STAGE = _fixed(OneOf({stage.value: stage.value for stage in Stage}))
_TIMES = _fixed(ClockTimes())


def _may_be_ill(answers: Mapping[str, Value]) -> bool:
    return answers.get("kidney.disease") is not False


def _may_have_value(answers: Mapping[str, Value]) -> bool:
    return not answers.get("kidney.dialysis")


def _has_no_value(answers: Mapping[str, Value]) -> bool:
    return _may_have_value(answers) and answers.get("kidney.egfr") is None


def _knows_disease_only(answers: Mapping[str, Value]) -> bool:
    ill = bool(answers.get("kidney.disease"))
    return ill and _has_no_value(answers) and answers.get("kidney.creatinine") is None


def _child_with_creatinine(answers: Mapping[str, Value]) -> bool:
    age = answers.get("person.age")
    return (
        _has_no_value(answers) and answers.get("kidney.creatinine") is not None and age is not None and age < GROWN
    )


def _may_be_pregnant(answers: Mapping[str, Value]) -> bool:
    age = answers.get("person.age")
    young_enough = age is None or FERTILE[0] <= age <= FERTILE[1]
    return young_enough and answers.get("person.sex") != Sex.MALE


def _route_is_open(taken: Taken) -> bool:
    return not taken.told_route


def _is_swallowed(taken: Taken) -> bool:
    return (taken.item.route or taken.meaning.route or Route.ORAL) is Route.ORAL


def _has_open_amount(taken: Taken) -> bool:
    return taken.may_bring_magnesium() and _is_swallowed(taken) and amount_mg(taken.item.name or "") is None


def _has_open_basis(taken: Taken) -> bool:
    name = taken.item.name or ""
    amount = isinstance(taken.item, Supplement) and taken.item.amount_mg is not None
    told = "elemental" in name.casefold().split()
    return taken.may_bring_magnesium() and (amount or amount_mg(name) is not None) and not told


def _is_compound(taken: Taken) -> bool:
    return isinstance(taken.item, Supplement) and taken.item.basis is Basis.COMPOUND


def _has_no_times(taken: Taken) -> bool:
    return _is_swallowed(taken) and taken.may_bring_magnesium() and not taken.item.times


_PER_DAY = Part("per_day", _number((1, MOST_INTAKES), whole=True), _has_no_times)
_MEDICINE = (
    Part("route", _ROUTE, _route_is_open),
    Part("dose_mg", _milligrams, _has_open_amount),
    Part("times", _TIMES, _is_swallowed),
    _PER_DAY,
)
_PRODUCT = (
    Part("amount_mg", _milligrams, _has_open_amount),
    Part("basis", _BASIS, _has_open_basis),
    Part("elemental_percent", lambda _: Number("%", (0.01, 100)), _is_compound),
    Part("times", _TIMES, _is_swallowed),
    _PER_DAY,
)


def steps(book: RuleBook) -> tuple[Step, ...]:
    """Kidneys first, because they decide most; the country before the names, because it settles brands."""
    names = tuple(dict.fromkeys([*sorted(book.vocabulary.substances), *book.vocabulary.all_names()]))
    countries = sorted(
        {one for members in book.countries.regions.values() for one in members}, key=_usual_first(book)
    )
    return (
        Single("kidney.disease", _YES_NO),
        Single("kidney.dialysis", _YES_NO, _may_be_ill),
        Single("kidney.acute", _YES_NO, _may_be_ill),
        Single("kidney.egfr", _number((0, 200)), _may_have_value),
        Measurement("kidney.creatinine", CreatinineUnit, _has_no_value),
        Single("kidney.stage", _STAGE, _knows_disease_only),
        Single("person.age", _number((0, OLDEST))),
        Single("person.sex", _SEX),
        Single("person.height_cm", _number(TALLEST), _child_with_creatinine),
        Single("person.pregnancy", _PREGNANCY, _may_be_pregnant),
        Single("country", _fixed(Country(countries))),
        Listed("medications", "medications", Medication, _MEDICINE, names),
        Listed("supplements", "supplements", Supplement, _PRODUCT, names),
        Listed("supplements.others", "supplements", Supplement, _PRODUCT, names),
        Words("conditions", "condition"),
        Words("symptoms", "symptom"),
        Measurement("labs.magnesium", MagnesiumUnit),
    )


def _usual_first(book: RuleBook) -> Callable[[str], tuple[bool, bool, str]]:
    regions = book.countries.regions
    return lambda country: (country != book.default_country, country not in regions, country)
