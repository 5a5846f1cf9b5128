"""What was told? Every field of a profile that somebody filled in, as labels and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from magcheck.core.text import capital
from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.profile import Profile

Row: TypeAlias = "tuple[str, str]"
Told: TypeAlias = "Mapping[str, object]"
_ITEMS = ("medications", "supplements")


def told(profile: Profile, words: Wording) -> list[Row]:
    """(label, what was told), in the order of the profile."""
    return list(_rows(profile.model_dump(mode="json", exclude_unset=True), words))


def _rows(data: Told, words: Wording) -> Iterator[Row]:
    for name, value in data.items():
        if name in _ITEMS:
            for index, item in enumerate(cast("list[Told]", value)):
                yield capital(words.labels.item(name, index)), _item(item, words)
        elif isinstance(value, dict):
            yield from _fields(name, cast("Told", value), words)
        elif _is_told(value):
            yield _label(name, words), _in_words(value, words)


def _fields(group: str, data: Told, words: Wording) -> Iterator[Row]:
    units = words.handout.told.units
    for name, value in data.items():
        if _is_told(value):
            unit = f" {units[name]}" if name in units else ""
            yield _label(f"{group}.{name}", words), _in_words(value, words) + unit


def _label(field: str, words: Wording) -> str:
    name = field.rpartition(".")[2]
    return capital(words.handout.told.names.get(name) or words.labels.field(field))


def _item(item: Told, words: Wording) -> str:
    return "; ".join(_phrase(name, value, words) for name, value in item.items() if _is_told(value))


def _phrase(name: str, value: object, words: Wording) -> str:
    form = words.handout.told
    if name == "basis":
        return form.bases[str(value)]
    if name in form.phrases:
        return fill(form.phrases[name], value=_in_words(value, words))
    return f"{_label(name, words)}: {_in_words(value, words)}"


def _is_told(value: object) -> bool:
    """An empty list says as little as none."""
    return value not in (None, [], {})


def _in_words(value: object, words: Wording) -> str:
    """A list with commas between its parts, a measured value with a blank before its unit."""
    if isinstance(value, bool):
        return words.labels.value(value)
    if isinstance(value, int | float):
        return f"{value:,.15g}"
    if isinstance(value, list | dict):
        parts = cast("Told", value).values() if isinstance(value, dict) else cast("list[object]", value)
        return (" " if isinstance(value, dict) else ", ").join(_in_words(part, words) for part in parts)
    return str(value)
