"""Which names are understood? Medicines, supplements, conditions, symptoms and goals; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.profile import Route, Supplement
from magcheck.reading.profile import LISTS, ReadProfile, read_profile
from magcheck.terminology.vocabulary import By, Found, Meaning, NotFound, Reason, Substance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item, Profile
    from magcheck.reading.item import ReadItem
    from magcheck.reading.profile import ReadEntry
    from magcheck.terminology.vocabulary import Vocabulary

NOTHING_CHOSEN: Mapping[tuple[str, int], Meaning] = {}


@dataclass(frozen=True, slots=True)
class RecognisedItem:
    """An item whose name was recognised."""

    list: str
    index: int
    """In the read profile."""
    item: Item
    """With what its line says in fields of its own."""
    found: Found
    salts: tuple[Substance, ...]
    """Its ingredients that bring magnesium."""
    told: str
    """What the person wrote, for the report."""
    origin: int
    """Its index in the told profile, for the report."""
    read: ReadItem | None = None
    """How its line was read; absent where it was assumed or chosen."""
    planned: bool = False
    """Not in the profile: magnesium that the person is assumed to think of."""
    members: tuple[tuple[Substance, ...], ...] = ()
    """Of a name that can mean several things: the magnesium salts of each. What all of them share is checked."""
    one_of: frozenset[str] = frozenset()
    """Of such a name: the substances that it can be."""
    mixed: bool = False
    """Of such a name: is one of the things that it can be a mixture?"""

    @property
    def open(self) -> frozenset[str]:
        """Fields that were told and not understood: "amount", "per_day"."""
        return self.read.open if self.read else frozenset()

    @property
    def is_mixture(self) -> bool:
        """Is an amount of it, or may it be, an amount of none of its ingredients?"""
        return self.mixed or self.found.meaning.is_mixture


def _salts(meaning: Meaning) -> tuple[Substance, ...]:
    return tuple(s for s in meaning.substances if MAGNESIUM in s.selectors)


@dataclass(frozen=True, slots=True)
class Unread:
    """An item, condition, symptom or goal that was not recognised, or a part of it."""

    list: str
    index: int
    input: str
    why: NotFound
    origin: int
    """Its index in the told profile, for the report."""
    part: bool = False
    """The rest of the item is understood; choosing a meaning for this part changes nothing of it."""


def is_unknown_medicine(unread: Unread) -> bool:
    """Is it something taken of which nothing is known, and nothing like magnesium?"""
    is_unknown = unread.list in LISTS and unread.why.reason is Reason.UNKNOWN
    return is_unknown and not any(MAGNESIUM in name.casefold() for name in unread.why.candidates)


@dataclass(frozen=True)
class RecognisedProfile:
    """Every item of a profile, sorted."""

    read: ReadProfile
    taken: list[RecognisedItem]
    not_taken: list[RecognisedItem]
    """Said to be stopped, or never taken: shown, and nothing fires on them."""
    unread: list[Unread]


def recognise(
    profile: Profile,
    book: RuleBook,
    chosen: Mapping[tuple[str, int], Meaning] = NOTHING_CHOSEN,
    known: ReadProfile | None = None,
) -> RecognisedProfile:
    """Sort the items into those whose name is understood and the rest; `chosen` settles ambiguous ones."""
    read = read_profile(profile, book, known)
    sorted_ = RecognisedProfile(read, [], [], [])
    for entry in read.entries:
        _sort(entry, chosen.get((entry.list, entry.index)), sorted_)
    return sorted_


def recognised(entry: ReadEntry, found: Found) -> RecognisedItem:
    salts, read = _salts(found.meaning), entry.read
    return RecognisedItem(entry.list, entry.index, read.item, found, salts, read.told, entry.origin, read)


def found_as(item: Item, chosen: Meaning) -> Found:
    return Found(chosen, item.route or chosen.route or Route.ORAL, item.route is None)


def chosen_for(known: RecognisedItem, chosen: Meaning) -> RecognisedItem:
    """The recognised item, were this meaning chosen for its name; `replace` takes three times as long."""
    return RecognisedItem(
        known.list,
        known.index,
        known.item,
        found_as(known.item, chosen),
        _salts(chosen),
        known.told,
        known.origin,
        known.read,
        known.planned,
        one_of=known.one_of,
    )


def _sort(entry: ReadEntry, chosen: Meaning | None, into: RecognisedProfile) -> None:
    found = found_as(entry.read.item, chosen) if chosen else entry.read.found
    if isinstance(found, Found):
        known = recognised(entry, found)
        (into.taken if entry.read.taken else into.not_taken).append(known)
    else:
        into.unread.append(Unread(entry.list, entry.index, entry.read.told, found, entry.origin))
        shared = _shared(entry, found) if entry.read.taken else None
        if shared:
            into.taken.append(shared)
    into.unread.extend(
        Unread(entry.list, entry.index, doubt.text, doubt.why, entry.origin, part=True)
        for doubt in entry.read.doubts
        if entry.read.taken
    )


def _shared(entry: ReadEntry, found: NotFound) -> RecognisedItem | None:
    """An item of which only that is known that all its possible meanings have in common, if they have anything."""
    if found.meanwhile:
        return recognised(entry, Found(found.meanwhile, Route.ORAL, by_default=True))
    meanings = [meaning for meaning in found.could_be if meaning.substances]
    if (
        found.reason not in (Reason.WHICH_ONE, Reason.AMBIGUOUS, Reason.ROUTE)
        or len(meanings) < len(found.could_be)
        or not meanings
    ):
        return None
    routes = {meaning.route or Route.ORAL for meaning in meanings}
    selectors = _common(meanings)
    if not selectors:
        return None
    item = entry.read.item
    told = entry.read.told
    substance = Substance(name=told, classes=tuple(sorted(selectors)), selectors=selectors)
    meaning = Meaning((substance,), By.NAME, told)
    route = item.route or (routes.pop() if len(routes) == 1 else Route.ORAL)  # as of any route that is not told
    if found.reason is Reason.ROUTE:  # what does not depend on it is said meanwhile; of magnesium nearly all does
        if MAGNESIUM in selectors:
            return None
        route = Route.OTHER
    salts = (substance,) if MAGNESIUM in selectors else ()
    members = tuple(_salts(meaning) for meaning in meanings)
    return RecognisedItem(
        entry.list,
        entry.index,
        item,
        Found(meaning, route, by_default=True),
        salts,
        told,
        entry.origin,
        entry.read,
        members=members,
        one_of=frozenset(s.of or s.name for meaning in meanings for s in meaning.substances),
        mixed=any(meaning.is_mixture for meaning in meanings),
    )


def _common(meanings: Iterable[Meaning]) -> frozenset[str]:
    """Everything that a page may call some ingredient of each of them."""
    first, *others = meanings
    common = _selectors(first)
    for meaning in others:
        common &= _selectors(meaning)
        if not common:
            break
    return common


def _selectors(meaning: Meaning) -> frozenset[str]:
    """Everything that a page may call any ingredient of it."""
    return frozenset(name for substance in meaning.substances for name in substance.selectors)


def planned_product(vocabulary: Vocabulary, index: int) -> RecognisedItem:
    substance = vocabulary.substances[MAGNESIUM]
    meaning = Meaning((substance,), By.NAME, substance.name)
    found = Found(meaning, Route.ORAL, by_default=True)
    item = Supplement(name=MAGNESIUM)
    return RecognisedItem("supplements", index, item, found, _salts(meaning), item.told, index, planned=True)
