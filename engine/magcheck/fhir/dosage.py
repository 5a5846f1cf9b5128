"""How is something taken, as the Dosage of a record tells it? Its words and its structure, for the one reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.core.bounds import MOST_INTAKES
from magcheck.fhir.plain import codings, is_list, number, part, parts, text, wordings
from magcheck.fhir.timing import rhythm_of
from magcheck.profile import Frequency, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.fhir.plain import Resource

_ROUTES = {
    "26643006": Route.ORAL,
    "47625008": Route.INTRAVENOUS,
    "78421000": Route.INJECTION,
    "34206005": Route.INJECTION,
    "54485002": Route.EYE,
    "10547007": Route.EAR,
    "6064005": Route.SKIN,
    "18679011000001101": Route.INHALED,
    "16857009": Route.VAGINAL,
    "37161004": Route.RECTAL,
    "46713006": Route.NASAL,
}
"""SNOMED CT, the value set of routes."""
_A_DAY = frozenset({(1.0, "d"), (1.0, "day"), (24.0, "h")})
_DOSES = frozenset({"doseQuantity", "doseRange"})
_WRITTEN = ("text", "patientInstruction")
_MILLIGRAMS = {"mg": 1.0, "g": 1000.0, "ug": 0.001, "mcg": 0.001, "µg": 0.001}
_ANNOTATION = re.compile(r"^\{([^{}]*)\}$")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\s*[\r\n]+\s*")


IN_WORDS = "timing in words"
"""The timing, unless its sentences tell it."""


@dataclass
class Dosing:
    """What one or several dosages tell."""

    sentences: list[str] = field(default_factory=list[str])
    """As written."""
    words: list[str] = field(default_factory=list[str])
    """The structure in words of the reader."""
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    milligrams: float | None = None
    """Of one intake."""
    intakes: int = 0
    """On a day, where hours or parts of the day are told."""
    not_read: list[str] = field(default_factory=list[str])
    """Which parts: "timing", "dose", or IN_WORDS."""


def dosing_of(dosages: object) -> Dosing:
    told = [_one(dosage) for dosage in parts(dosages)]
    if dosages and len(told) < (len(cast("list[object]", dosages)) if is_list(dosages) else 1):
        told.append(Dosing(not_read=["timing"]))
    return told[0] if len(told) == 1 else _together(told)


def _one(dosage: Resource) -> Dosing:
    dosing = Dosing(sentences=list(_sentences(dosage)))
    if any(not isinstance(dosage.get(key), str | None) for key in _WRITTEN):
        dosing.not_read.append("timing")
    rhythm = rhythm_of(dosage.get("timing"))
    dosing.fields, dosing.words, dosing.intakes = rhythm.fields, rhythm.words, rhythm.intakes
    if rhythm.not_read or rhythm.beside:
        dosing.not_read.append(IN_WORDS if dosing.sentences and not rhythm.beside else "timing")
    if (
        dosage.get("asNeededBoolean") is True
        or dosage.get("asNeeded") is True
        or dosage.get("asNeededCodeableConcept")
    ):
        dosing.fields["frequency"] = Frequency.AS_NEEDED
    _route(dosage.get("route"), dosing)
    _dose(dosage, dosing)
    _most(dosage, dosing)
    return dosing


def _sentences(dosage: Resource) -> Iterator[str]:
    written = [dosage.get(key) for key in _WRITTEN]
    written += [next(wordings(concept), "") for concept in parts(dosage.get("additionalInstruction"))]
    pieces = [piece for told in written if isinstance(told, str) for piece in _SENTENCE.split(told)]
    yield from dict.fromkeys(said for piece in pieces if (said := text(piece).strip(".; ")))


def _route(concept: object, dosing: Dosing) -> None:
    routes = {_ROUTES[code] for coding in codings(concept) if (code := text(coding.get("code"))) in _ROUTES}
    if len(routes) == 1:
        dosing.fields["route"] = routes.pop()
    else:
        dosing.words += list(wordings(concept))[:1]


def _dose(dosage: Resource, dosing: Dosing) -> None:
    """Milligrams, or a number of tablets; of several doses and of a range the higher one."""
    told = [rate for rate in (*parts(dosage.get("doseAndRate")), dosage) if rate.keys() & _DOSES]
    quantities = [part(rate.get("doseQuantity")) or part(part(rate.get("doseRange")).get("high")) for rate in told]
    read = [amount for quantity in quantities if (amount := _amount(quantity))]
    if len(read) < len(quantities) or len({bool(amount.milligrams) for amount in read}) > 1:
        dosing.not_read.append("dose")
    weighed = [amount.milligrams for amount in read if amount.milligrams]
    dosing.milligrams = max(weighed, default=None)
    counted = [amount for amount in read if amount.unit]
    if counted and not weighed:
        most = max(counted, key=lambda amount: amount.value)
        dosing.words.append(f"{most.value:g} {most.unit}")
        if len({amount.unit for amount in counted}) > 1:
            dosing.not_read.append("dose")


def _most(dosage: Resource, dosing: Dosing) -> None:
    """ "At most 6 a day" is what is taken where nothing else says how often. Of other times it is not read."""
    if dosing.words or dosing.fields.keys() & {"times", "per_day", "every"}:
        return
    needed = "as needed, " if "frequency" in dosing.fields else ""
    for most in parts(dosage.get("maxDosePerPeriod")):
        count, per = part(most.get("numerator")), part(most.get("denominator"))
        value, a_day = number(count.get("value")), (number(per.get("value")), (unit_names(per) or [""])[0])
        if value and a_day in _A_DAY and unit_names(count) and _amount(count | {"value": 1}) is not None:
            dosing.words.append(f"{needed}up to {value:g} {unit_names(count)[-1]} a day")
        else:
            dosing.not_read.append("dose")


class _Amount(NamedTuple):
    value: float
    unit: str
    milligrams: float | None


def _amount(quantity: Resource) -> _Amount | None:
    """None where it is no whole dose: without a number or a unit, with two units, or only a bound from below."""
    value, units = number(quantity.get("value")), unit_names(quantity)
    scales = {_MILLIGRAMS[unit] for unit in units if unit in _MILLIGRAMS}
    if (
        value is None
        or value <= 0
        or not units
        or len(scales) > 1
        or text(quantity.get("comparator")).startswith(">")
    ):
        return None
    if scales:
        return _Amount(value, "", value * scales.pop())
    return _Amount(value, units[-1], None)


def unit_names(quantity: Resource) -> list[str]:
    """Its code and its words; "{tablet}" of UCUM is "tablet"."""
    written = (_ANNOTATION.sub(r"\1", text(quantity.get(key))) for key in ("code", "unit"))
    return list(dict.fromkeys(unit for unit in written if unit))


def _together(several: Sequence[Dosing]) -> Dosing:
    """Doses of one day that are told apart, such as one in the morning and two in the evening."""
    dosing = Dosing()
    for told in several:
        dosing.sentences += told.sentences
        dosing.words += told.words
        dosing.not_read += told.not_read
        dosing.fields |= {
            key: value for key, value in told.fields.items() if key in ("route", "frequency", "every")
        }
    doses = [told.milligrams for told in several if told.milligrams]
    dosing.milligrams = max(doses, default=None)
    times = [told.fields["times"] for told in several if "times" in told.fields]
    counts = [told.fields["per_day"] for told in several if "per_day" in told.fields]
    if any(told.intakes and "per_day" in told.fields for told in several):
        dosing.fields["per_day"] = min(
            sum(told.intakes or told.fields.get("per_day", 1) for told in several), MOST_INTAKES
        )
    if times and len(times) == len(several):
        dosing.fields["times"] = tuple(sorted({time for day in times for time in day}))
    elif counts and len(counts) == len(several):
        dosing.fields["per_day"] = min(sum(counts), MOST_INTAKES)
    elif times or counts:
        dosing.not_read.append("timing")
    return dosing
