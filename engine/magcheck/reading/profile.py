"""Which items does a profile hold once every line is read? Two things in one line are two items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.reading.fields import Setting
from magcheck.reading.item import read_item

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item, Profile
    from magcheck.reading.item import ReadItem

LISTS = ("medications", "supplements")


@dataclass(frozen=True)
class Entry:
    """One read item, with its place in the read profile and in the told one."""

    list: str
    index: int
    """In the read profile: further items of a line stand behind the told ones."""
    origin: int
    """In the told profile."""
    read: ReadItem


@dataclass(frozen=True)
class ReadProfile:
    profile: Profile
    """As told, but each item with its own fields; reading it again changes nothing."""
    entries: tuple[Entry, ...]


def read_profile(profile: Profile, book: RuleBook) -> ReadProfile:
    """Every item of `profile`, read. Raises nothing: what is not understood stands in its entry."""
    entries: list[Entry] = []
    lists: dict[str, tuple[Item, ...]] = {}
    for name in LISTS:
        setting = Setting(book, profile.country, profile.day, name)
        told: tuple[Item, ...] = getattr(profile, name)
        items = list(told)
        further: list[tuple[int, ReadItem]] = []
        for index, item in enumerate(told):
            first, *others = read_item(item, setting)
            entries.append(Entry(name, index, index, first))
            items[index] = first.item if first.taken else item
            further += [(index, other) for other in others]
        for origin, other in further:
            entries.append(Entry(name, len(items), origin, other))
            items.append(other.item)
        if tuple(items) != told:
            lists[name] = tuple(items)
    return ReadProfile(profile.model_copy(update=lists) if lists else profile, tuple(entries))
