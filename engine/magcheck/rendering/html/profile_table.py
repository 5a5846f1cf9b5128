"""What was told? Every field of a profile that somebody filled in, as labels and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from magcheck.core.labels import capital, field_in_words, place_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.profile import Profile

Row: TypeAlias = "tuple[str, str]"
Told: TypeAlias = "Mapping[str, object]"
_ITEMS = ("medications", "supplements")
_UNITS = {"age": "years", "weight_kg": "kg", "height_cm": "cm", "egfr": "mL/min/1.73 m2"}
_NAMES = {
    "weight_kg": "weight",
    "wake": "you wake at",
    "sleep": "you go to sleep at",
    "meals": "you eat at",
    "conditions": "conditions",
    "symptoms": "symptoms",
    "goals": "goals",
}
_BASES = {
    "elemental": "the amount is the mineral itself",
    "compound": "the amount is the whole compound",
    "unknown": "nobody knows what the amount counts",
}
_PHRASES = {
    "name": "{}",
    "rxcui": "RxCUI {}",
    "atc": "ATC {}",
    "route": "route: {}",
    "times": "at {}",
    "per_day": "{} a day",
    "frequency": "{}",
    "dose_mg": "{} mg each time",
    "amount_mg": "{} mg each time",
    "elemental_percent": "{} % of it is the mineral itself",
    "fixed": "fixed time: {}",
}


def told(profile: Profile) -> list[Row]:
    """(label, what was told), in the order of the profile."""
    return list(_rows(profile.model_dump(mode="json", exclude_unset=True)))


def _rows(data: Told) -> Iterator[Row]:
    for name, value in data.items():
        if name in _ITEMS:
            for place, item in enumerate(cast("list[Told]", value)):
                yield capital(place_in_words(name, place)), _item(item)
        elif isinstance(value, dict):
            yield from _fields(name, cast("Told", value))
        elif _is_told(value):
            yield _label(name), _words(value)


def _fields(group: str, data: Told) -> Iterator[Row]:
    for name, value in data.items():
        if _is_told(value):
            unit = f" {_UNITS[name]}" if name in _UNITS else ""
            yield _label(f"{group}.{name}"), _words(value) + unit


def _label(field: str) -> str:
    name = field.rpartition(".")[2]
    return capital(_NAMES[name] if name in _NAMES else field_in_words(field))


def _item(item: Told) -> str:
    return "; ".join(_phrase(name, value) for name, value in item.items() if _is_told(value))


def _phrase(name: str, value: object) -> str:
    if name == "basis":
        return _BASES[str(value)]
    return _PHRASES.get(name, f"{_label(name)}: {{}}").format(_words(value))


def _is_told(value: object) -> bool:
    """An empty list says as little as none."""
    return value not in (None, [], {})


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.15g}"
    if isinstance(value, list | dict):
        parts = cast("Told", value).values() if isinstance(value, dict) else cast("list[object]", value)
        return (" " if isinstance(value, dict) else ", ").join(_words(part) for part in parts)
    return str(value)
