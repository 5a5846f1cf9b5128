"""Which laboratory values does a record hold? The newest of each kind, with its age; a bound on the safe side."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.fhir.dosage import unit_names
from magcheck.fhir.notes import RECORD
from magcheck.fhir.plain import codes, day, number, part, text, wordings
from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.fhir.gather import Gathered
    from magcheck.fhir.notes import Notes
    from magcheck.fhir.plain import Resource

LOINC = "http://loinc.org"
_VOID = frozenset({"entered-in-error", "cancelled"})
_TEXT = re.compile(r"(?P<comparator>[<>]=?|[≤≥])?\s*(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>\S.*)?")
_ML_MIN = "mL/min/1.73 m2"
_EGFR_UNITS = (
    "mL/min/{1.73_m2}",
    "mL/min/1.73m2",
    "mL/min/1.73 m2",
    "mL/min/1.73_m2",
    "mL/min/1.73m^2",
    "mL/min/1.73 m^2",
    "mL/min/1.73m²",
    "mL/min/1.73 m²",
    "mL/min/1.73",
    "mL/min",
    "mL/min/BSA",
    "mL/min/{bsa}",
)
_STEP = 0.01
"""So far beyond a bound that is not reached itself, of the bound."""


class Kind(NamedTuple):
    """One kind of value that is read."""

    field: str
    codes: dict[str, str]
    """LOINC code -> how it was computed, empty where that goes without saying."""
    units: dict[str, tuple[str, float]]
    """Spelling -> (unit of the profile, how many of it make one of these)."""
    label: str
    towards_danger: str
    """Comparators that say that the value lies beyond the number, where it is worse."""


_MICRO = ("umol/L", "µmol/L", "μmol/L", "micromol/L")
KINDS = (
    Kind(
        "kidney.egfr",
        {"98979-8": "CKD-EPI 2021", "62238-1": "CKD-EPI", "33914-3": "MDRD"},
        {**{unit.casefold(): (_ML_MIN, 1.0) for unit in _EGFR_UNITS}, "ml/s/{1.73_m2}": (_ML_MIN, 60.0)},
        "egfr",
        "<≤",
    ),
    Kind(
        "kidney.creatinine",
        {"2160-0": ""},
        {
            **{unit.casefold(): ("umol/L", 1.0) for unit in _MICRO},
            "mg/dl": ("mg/dL", 1.0),
            "mmol/l": ("umol/L", 1000.0),
            "mg/l": ("mg/dL", 0.1),
        },
        "creatinine",
        ">≥",
    ),
    Kind(
        "labs.magnesium",
        {"19123-9": ""},
        {"mg/dl": ("mg/dL", 1.0), "mmol/l": ("mmol/L", 1.0), "meq/l": ("mEq/L", 1.0), "mg/l": ("mg/dL", 0.1)},
        "magnesium",
        "<≤>≥",
    ),
)


class Value(NamedTuple):
    kind: Kind
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
    dangers = next((kind.towards_danger for kind in KINDS if kind.field == field), "<≤>≥")
    if not comparator or comparator not in dangers:
        return value, False
    step = {"<": 1 - _STEP, ">": 1 + _STEP}.get(comparator, 1.0)
    return round(value * step, 6), True


def labs_of(inside: Gathered, today: date, notes: Notes) -> dict[str, Any]:
    """Parts of the profile by their field."""
    found: list[Value] = []
    others = 0
    for resource in inside.of("Observation"):
        kinds = [kind for kind in KINDS if set(kind.codes) & set(codes(resource.get("code"), LOINC))]
        others += not kinds
        found += [value for kind in kinds if (value := _value(kind, resource, notes))]
    if others:
        notes.say(RECORD, notes.words.other_values, count=str(others))
    found = _one_kidney_value(found, notes)
    fields: dict[str, Any] = {}
    for kind in KINDS:
        values = [value for value in found if value.kind is kind]
        if values:
            fields[kind.field] = _told(_newest(values), today, notes)
    return fields


def _one_kidney_value(found: list[Value], notes: Notes) -> list[Value]:
    """An eGFR and a creatinine of different days speak of different kidneys: the newer one is used."""
    newest = [_newest(values) for kind in KINDS[:2] if (values := [one for one in found if one.kind is kind])]
    days = [value.taken for value in newest if value.taken]
    if len(days) < 2 or days[0] == days[1]:
        return found
    older = min(newest, key=lambda value: value.taken or date.min)
    name = notes.words.kinds[older.kind.label]
    notes.say(older.kind.field, notes.words.older, name=name, value=older.shown, date=f"{older.taken}")
    return [value for value in found if value.kind is not older.kind]


def _value(kind: Kind, resource: Resource, notes: Notes) -> Value | None:
    name, status = notes.words.kinds[kind.label], text(resource.get("status"))
    told = " ".join(filter(None, (name, _shown(resource))))
    if status in _VOID:
        notes.say(kind.field, notes.words.left_out, item=told, status=status)
        return None
    quantity = part(resource.get("valueQuantity")) or _written(resource.get("valueString"))
    value, spelt = number(quantity.get("value")), unit_names(quantity)
    if value is None or value < 0 or (value == 0 and kind.label != "egfr"):
        notes.unread(kind.field, told, notes.words.not_read.value)
        return None
    units = {kind.units.get(unit.casefold()) for unit in spelt}
    units.discard(None)
    if len(units) != 1:
        notes.unread(kind.field, told, notes.words.not_read.unit)
        return None
    unit, scale = units.pop() or ("", 1.0)
    how = next(kind.codes[code] for code in codes(resource.get("code"), LOINC) if code in kind.codes)
    return Value(kind, how, value * scale, unit, comparator_of(quantity), _taken(resource))


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


def _taken(resource: Resource) -> date | None:
    period = part(resource.get("effectivePeriod"))
    every = (
        resource.get("effectiveDateTime"),
        resource.get("effectiveInstant"),
        period.get("end"),
        period.get("start"),
    )
    return next((found for told in (*every, resource.get("issued")) if (found := day(told))), None)


def _newest(values: Sequence[Value]) -> Value:
    """Of several of one day the one that asks for more care: the lower eGFR, the higher of the others."""
    dated = [value for value in values if value.taken]
    last = max((value.taken for value in dated if value.taken), default=None)
    latest = [value for value in dated if value.taken == last] or list(values)
    worst = min if latest[0].kind.label == "egfr" else max
    return worst(latest, key=lambda value: value.safe)


def _told(value: Value, today: date, notes: Notes) -> Any:  # noqa: ANN401 - a part of the profile
    words, name = notes.words, notes.words.kinds[value.kind.label]
    days = (today - value.taken).days if value.taken else None
    when = words.undated if value.taken is None else fill(words.aged, date=f"{value.taken}", days=f"{days}")
    named = f"{name}, {value.how}" if value.how else name
    notes.say(value.kind.field, words.value, name=named, value=value.shown, when=when)
    counted = round(value.safe, 4)
    if value.comparator:
        notes.say(value.kind.field, words.compared, told=value.shown, value=f"{counted:g} {value.unit}")
    if value.is_bound:
        notes.unread(value.kind.field, f"{name} {value.shown}", words.not_read.bound)
    return counted if value.kind.label == "egfr" else {"value": counted, "unit": value.unit}
