"""Which values does a record hold? The newest of each kind, with its age; a bound on the safe side."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.fhir.dosage import unit_names
from magcheck.fhir.lab_kinds import HIGH, KINDS, LOINC, LOW, READ, LabKind
from magcheck.fhir.notes import RECORD
from magcheck.fhir.plain import codes, codings, day, number, part, parts, text, wordings
from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.fhir.gather import Gathered
    from magcheck.fhir.notes import Notes
    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.wording.record import WatchedWords

_LOINC_SYSTEMS = (LOINC, "https://loinc.org", "http://loinc.org/", "urn:oid:2.16.840.1.113883.6.1", "")
_WORD = re.compile(r"\b[^\W\d_]+\b(?!/)")
"""A whole word, and no "mg" of "mg/dL"."""
VOID = frozenset({"entered-in-error", "cancelled"})
_TEXT = re.compile(r"(?P<comparator>[<>]=?|[≤≥])?\s*(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>\S.*)?")
ELSEWHERE = frozenset({"82810-3", "63895-7", "11778-8", "11779-6", "11780-4"})
"""Codes of LOINC that `pregnancy` reads."""
_OF_ALL_COMPONENTS = ("status", "subject", "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")
_LONGEST = timedelta(days=366)
"""An older value is used, not relied on: kidneys are looked at once a year at least (KDIGO 2024, chapter 2)."""
_ELSEWHERE_TODAY = timedelta(days=1)
"""Where the day has begun already."""
_STEP = 0.01
"""So far beyond a bound that is not reached itself, of the bound."""


class LabValue(NamedTuple):
    kind: LabKind
    how: str
    value: float
    unit: str
    comparator: str
    taken: date | None

    @property
    def shown(self) -> str:
        return " ".join(filter(None, (self.comparator, f"{self.value:g}", self.unit)))

    @property
    def safe(self) -> float:
        return on_the_safe_side(self.kind.field, self.value, self.comparator)[0]

    @property
    def is_bound(self) -> bool:
        """It may be worse than the number."""
        return on_the_safe_side(self.kind.field, self.value, self.comparator)[1]


def comparator_of(quantity: Resource) -> str:
    sign = text(quantity.get("comparator"))
    return {"<=": "≤", ">=": "≥"}.get(sign, sign)


def on_the_safe_side(field: str, value: float, comparator: str) -> tuple[float, bool]:
    """(what is counted, whether it may be worse): the number, or just beyond it where it is worse beyond."""
    dangers = next((kind.towards_danger for kind in READ if kind.field == field), LOW + HIGH)
    if not comparator or comparator not in dangers:
        return value, False
    step = {"<": 1 - _STEP, ">": 1 + _STEP}.get(comparator, 1.0)
    return round(value * step, 6), True


def labs_of(inside: Gathered, today: date, notes: Notes) -> dict[str, Any]:
    """Parts of the profile by their field."""
    found: list[LabValue] = []
    others = 0
    for resource in observations(inside):
        told = set(loinc_of(resource))
        if _is_of_no_kind(resource):
            named = " ".join(filter(None, ("Observation", text(resource.get("id")), _shown(resource))))
            notes.unread(RECORD, named, notes.words.not_read.no_code)
        kinds = [kind for kind in READ if told.intersection(kind.codes)]
        found += [value for kind in kinds if (value := _value(kind, resource, today, notes))]
        if not kinds and told.isdisjoint(ELSEWHERE) and "component" not in resource:
            others += not _name_what_may_matter(resource, notes)
    if others:
        notes.say(RECORD, notes.words.other_values, count=str(others))
    found = _one_kidney_value(found, notes)
    fields: dict[str, Any] = {}
    for kind in READ:
        values = [value for value in found if value.kind is kind]
        if values:
            fields[kind.field] = _told(_newest(values), today, notes)
    return fields


def _name_what_may_matter(resource: Resource, notes: Notes) -> bool:
    """Is it a value of the kidneys or of magnesium under a code that is not read, or a code without words?"""
    concept, words = resource.get("code"), notes.words.watched
    named = " / ".join(wordings(concept))
    is_watched = _is_watched(named.casefold(), text(resource.get("valueString")).casefold(), words)
    coded = ", ".join(text(coding.get("code")) for coding in codings(concept))
    if (named and not is_watched) or text(resource.get("status")) in VOID or not (named or coded):
        return False
    notes.unread(RECORD, " ".join(filter(None, (named or coded, _shown(resource)))), notes.words.not_read.code)
    return True


def _is_watched(in_words: str, said: str, words: WatchedWords) -> bool:
    """`in_words`: what was looked at; `said`: what was found."""
    in_blood = any(word in in_words for word in words.in_blood)
    return (
        any(word in in_words or word in said for word in words.always)
        or not set(_WORD.findall(in_words)).isdisjoint(words.words)
        or (in_blood and not any(word in in_words for word in words.elsewhere))
    )


def loinc_of(resource: Resource) -> list[str]:
    """Its codes of LOINC; such a code, with its check digit, is known without its system too."""
    return [code for system in _LOINC_SYSTEMS for code in codes(resource.get("code"), system)]


def _is_of_no_kind(resource: Resource) -> bool:
    """Nothing says what was observed."""
    concept = resource.get("code")
    is_named = next(wordings(concept), "") or any(text(coding.get("code")) for coding in codings(concept))
    return not is_named and "component" not in resource


def observations(inside: Gathered) -> Iterator[Resource]:
    """Each by itself, also those that stand in another one as its components."""
    for resource in inside.of("Observation"):
        yield resource
        shared = {key: told for key, told in resource.items() if key in _OF_ALL_COMPONENTS}
        yield from (shared | component for component in parts(resource.get("component")))


def _one_kidney_value(found: list[LabValue], notes: Notes) -> list[LabValue]:
    """An eGFR and a creatinine of different days speak of different kidneys: the newer one is used."""
    newest = [_newest(values) for kind in KINDS[:2] if (values := [one for one in found if one.kind is kind])]
    days = [value.taken for value in newest if value.taken]
    if len(days) < 2 or days[0] == days[1]:
        return found
    older = min(newest, key=lambda value: value.taken or date.min)
    name = notes.words.kinds[older.kind.label]
    notes.say(older.kind.field, notes.words.older, name=name, value=older.shown, date=f"{older.taken}")
    return [value for value in found if value.kind is not older.kind]


def _value(kind: LabKind, resource: Resource, today: date, notes: Notes) -> LabValue | None:
    name, status = notes.words.kinds[kind.label], text(resource.get("status"))
    told = " ".join(filter(None, (name, _shown(resource))))
    if status in VOID:
        notes.say(kind.field, notes.words.left_out, item=told, status=status)
        return None
    quantity = part(resource.get("valueQuantity")) or _written(resource.get("valueString"))
    value, spelt = number(quantity.get("value")), unit_names(quantity)
    if value is None or value < 0 or (value == 0 and not kind.zero):
        notes.unread(kind.field, told, notes.words.not_read.value)
        return None
    if comparator_of(quantity) not in ("", *LOW, *HIGH):
        notes.unread(kind.field, told, notes.words.not_read.bound)
        return None
    units = {kind.units.get(unit.casefold()) for unit in spelt}
    units.discard(None)
    if len(units) != 1:
        notes.unread(kind.field, told, notes.words.not_read.unit)
        return None
    unit, scale = units.pop() or ("", 1.0)
    if kind.within and not kind.within[0] <= round(value * scale, 4) <= kind.within[1]:
        notes.unread(kind.field, told, notes.words.not_read.impossible)
        return None
    how = next(kind.codes[code] for code in loinc_of(resource) if code in kind.codes)
    when = until(today, resource, kind.field, told, notes)
    return LabValue(kind, how, value * scale, unit, comparator_of(quantity), when)


def _written(value: object) -> Resource:
    """ "> 60 mL/min/1.73 m2" as a quantity."""
    found = _TEXT.fullmatch(text(value))
    if found is None:
        return {}
    return {
        "value": float(found["value"].replace(",", ".")),
        "unit": found["unit"] or "",
        "comparator": found["comparator"] or "",
    }


def _shown(resource: Resource) -> str:
    quantity = part(resource.get("valueQuantity"))
    written = [quantity.get("comparator"), quantity.get("value"), quantity.get("unit") or quantity.get("code")]
    said = [str(piece)[:40] for piece in written if isinstance(piece, str | int | float)]
    absent = next(wordings(resource.get("dataAbsentReason")), "")
    return " ".join(said) or text(resource.get("valueString"))[:100] or absent


def taken(resource: Resource) -> date | None:
    period = part(resource.get("effectivePeriod"))
    every = (
        resource.get("effectiveDateTime"),
        resource.get("effectiveInstant"),
        period.get("end"),
        period.get("start"),
    )
    return next((found for told in (*every, resource.get("issued")) if (found := day(told))), None)


def until(today: date, resource: Resource, field: str, told: str, notes: Notes) -> date | None:
    """The day on which it was found; one that lies ahead is none, and said."""
    when = taken(resource)
    if when is None or when <= today + _ELSEWHERE_TODAY:
        return when
    notes.unread(field, f"{told}, {when}", notes.words.not_read.ahead)
    return None


def _newest(values: Sequence[LabValue]) -> LabValue:
    """Of several of one day the one that asks for more care: the lower eGFR, the higher of the others.

    One without a day may be the newest.
    """
    last = max((value.taken for value in values if value.taken), default=None)
    latest = [value for value in values if value.taken in (None, last)]
    worst = min if latest[0].kind.towards_danger == LOW else max
    return worst(latest, key=lambda value: value.safe)


def _told(value: LabValue, today: date, notes: Notes) -> Any:  # noqa: ANN401 - a part of the profile
    words, name = notes.words, notes.words.kinds[value.kind.label]
    when = aged(value.taken, today, notes)
    named = f"{name}, {value.how}" if value.how else name
    notes.say(value.kind.field, words.value, name=named, value=value.shown, when=when)
    counted = round(value.safe, 4)
    if value.comparator:
        notes.say(value.kind.field, words.compared, told=value.shown, value=f"{counted:g} {value.unit}")
    if value.is_bound:
        notes.unread(value.kind.field, f"{name} {value.shown}", words.not_read.bound)
    if value.kind in KINDS and value.taken and today - value.taken > _LONGEST:
        notes.unread(value.kind.field, f"{name} {value.shown}, {when}", words.not_read.stale)
    return {"value": counted, "unit": value.unit} if value.kind.has_unit else counted


def aged(taken: date | None, today: date, notes: Notes) -> str:
    if taken is None:
        return notes.words.undated
    return fill(notes.words.aged, date=f"{taken}", days=f"{(today - taken).days}")
