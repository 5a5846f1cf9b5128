"""Which items does a profile hold once every line is read? Two things in one line are two items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item, Profile
    from magcheck.reading.item import ReadItem

LISTS = ("medications", "supplements")
Reader = Callable[["Item", Setting], tuple["ReadItem", ...]]
"""What reads one told item."""


@dataclass(frozen=True)
class ReadEntry:
    """One read item, with its place in the read profile and in the told one."""

    list: str
    index: int
    """In the read profile: further items of a line stand behind the told ones."""
    origin: int
    """In the told profile."""
    read: ReadItem


@dataclass(frozen=True)
class ReadProfile:
    told: Profile
    profile: Profile
    """As told, but each item with its own fields; reading it again changes nothing."""
    entries: tuple[ReadEntry, ...]

    @cached_property
    def readings(self) -> dict[tuple[str, int], tuple[ReadItem, ...]]:
        """List, and identity of an item of either profile -> what it was read as. Both profiles are held."""
        found: defaultdict[tuple[str, int], tuple[ReadItem, ...]] = defaultdict(tuple)
        for entry in self.entries:
            item = getattr(self.told, entry.list)[entry.origin]
            found[entry.list, id(item)] += (entry.read,)
        alone = {(entry.list, id(entry.read.item)): (entry.read,) for entry in self.entries}
        return alone | found

    def fits(self, profile: Profile) -> bool:
        """Were its lines read for the same country and day?"""
        return (profile.country, profile.day) == (self.told.country, self.told.day)


def says_none(told: Sequence[Item], book: RuleBook) -> bool:
    """Is "none", as an answer may say it, the only entry? With anything beside it, it stays an unknown name."""
    if len(told) != 1 or told[0].model_fields_set - {"name"}:
        return False
    said = (told[0].name or "").strip().rstrip(".").casefold()
    return said in book.wording.questions.said.none or said in book.wording.reading.no_items


def read_profile(
    profile: Profile, book: RuleBook, known: ReadProfile | None = None, read: Reader = read_item
) -> ReadProfile:
    """Every item of `profile`, read. Raises nothing: what is not understood stands in its entry.

    `known`: a reading of a like profile; the very items that stand there too are not read again.
    """
    if known and known.told is profile:
        return known
    readings = known.readings if known and known.fits(profile) else {}
    entries: list[ReadEntry] = []
    lists: dict[str, tuple[Item, ...]] = {}
    for name in LISTS:
        setting = Setting(book, profile.country, profile.day, name)
        told: tuple[Item, ...] = getattr(profile, name)
        if says_none(told, book):
            lists[name] = ()
            continue
        items = list(told)
        further: list[tuple[int, ReadItem]] = []
        for index, item in enumerate(told):
            first, *others = readings.get((name, id(item))) or read(item, setting)
            entries.append(ReadEntry(name, index, index, first))
            items[index] = first.item if first.taken or others else item
            further += [(index, other) for other in others]
        for origin, other in further:
            entries.append(ReadEntry(name, len(items), origin, other))
            items.append(other.item)
        if tuple(items) != told:
            lists[name] = tuple(items)
    return ReadProfile(profile, profile.model_copy(update=lists) if lists else profile, tuple(entries))
