"""Which lines were read before? Many people take the same things, and a reading depends on its line alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.item import read_item

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item
    from magcheck.reading.item import ReadItem
    from magcheck.reading.setting import Setting

MOST_LINES = 4096


class RememberedLines:
    """Reads as `read_item` does; of the last few thousand different items, each is read once."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._known: dict[tuple[object, ...], tuple[ReadItem, ...]] = {}
        """The one that was not asked for longest stands first."""

    def __len__(self) -> int:
        return len(self._known)

    def __call__(self, item: Item, setting: Setting) -> tuple[ReadItem, ...]:
        if setting.book is not self._book:
            return read_item(item, setting)
        key = _key(item, setting)
        read = self._known.pop(key, None) or read_item(item, setting)
        self._known[key] = read
        if len(self._known) > MOST_LINES:
            del self._known[next(iter(self._known))]
        return read


def _key(item: Item, setting: Setting) -> tuple[object, ...]:
    """Everything that a reading depends on, also which fields were told and which only have their usual value."""
    told = (type(item), frozenset(item.model_fields_set), *item.__dict__.items())
    return (*told, setting.country, setting.list, setting.day)
