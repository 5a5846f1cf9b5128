"""Which lines were read before? Many people take the same things, and a reading depends on its line alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from magcheck.reading.item import read_item

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item
    from magcheck.reading.item import ReadItem
    from magcheck.reading.setting import Setting

MOST_LINES = 4096


class RememberedLines:
    """Reads as `read_item` does; of the last few thousand different items, each is read once. Thread-safe."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._read = lru_cache(MOST_LINES)(_read)

    def __len__(self) -> int:
        return self._read.cache_info().currsize

    def __call__(self, item: Item, setting: Setting) -> tuple[ReadItem, ...]:
        return self._read(_Told(item, setting)) if setting.book is self._book else read_item(item, setting)


class _Told:
    """An item in its setting; two are equal where everything is that a reading depends on.

    Also which fields were told and which only have their usual value.
    """

    __slots__ = ("_hash", "_key", "item", "setting")

    def __init__(self, item: Item, setting: Setting) -> None:
        self.item, self.setting = item, setting
        told = (type(item), frozenset(item.model_fields_set), *item.__dict__.values())
        self._key = (*told, setting.country, setting.list, setting.day)
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self._key == other._key


def _read(told: _Told) -> tuple[ReadItem, ...]:
    return read_item(told.item, told.setting)
