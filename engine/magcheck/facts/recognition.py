"""Which names are understood? Medicines, supplements, conditions, symptoms and goals; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM, TRAITS
from magcheck.profile import Kidney, Route, Supplement
from magcheck.reading.profile import read_profile
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import By, Found, Meaning, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item, Profile
    from magcheck.reading.item import ReadItem
    from magcheck.reading.profile import Entry
    from magcheck.terminology.vocabulary import Substance, Vocabulary

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

    @property
    def open(self) -> frozenset[str]:
        """Fields that were told and not understood: "amount", "per_day"."""
        return self.read.open if self.read else frozenset()


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


@dataclass(frozen=True)
class RecognisedProfile:
    """Every item of a profile, sorted."""

    profile: Profile
    """As read."""
    taken: list[RecognisedItem]
    not_taken: list[RecognisedItem]
    """Said to be stopped, or never taken: shown, and nothing fires on them."""
    unread: list[Unread]


@dataclass(frozen=True, slots=True)
class Trait:
    """A recognised condition, symptom or goal."""

    kind: str
    index: int
    input: str
    name: str
    list: str
    """Where it was told; a symptom may stand among the conditions."""


def recognise(
    profile: Profile, book: RuleBook, chosen: Mapping[tuple[str, int], Meaning] = NOTHING_CHOSEN
) -> RecognisedProfile:
    """Sort the items into those whose name is understood and the rest; `chosen` settles ambiguous ones."""
    read = read_profile(profile, book)
    sorted_ = RecognisedProfile(read.profile, [], [], [])
    for entry in read.entries:
        _sort(entry, chosen.get((entry.list, entry.index)), sorted_)
    return sorted_


def _sort(entry: Entry, chosen: Meaning | None, into: RecognisedProfile) -> None:
    item = entry.read.item
    found = entry.read.found
    if chosen:
        found = Found(chosen, item.route or chosen.route or Route.ORAL, item.route is None)
    if isinstance(found, Found):
        salts = _salts(found.meaning)
        known = RecognisedItem(
            entry.list, entry.index, item, found, salts, entry.read.told, entry.origin, entry.read
        )
        (into.taken if entry.read.taken else into.not_taken).append(known)
    else:
        into.unread.append(Unread(entry.list, entry.index, entry.read.told, found, entry.origin))
    into.unread.extend(
        Unread(entry.list, entry.index, doubt.text, doubt.why, entry.origin, part=True)
        for doubt in entry.read.doubts
        if entry.read.taken
    )


def planned_product(vocabulary: Vocabulary, index: int) -> RecognisedItem:
    substance = vocabulary.substances[MAGNESIUM]
    meaning = Meaning((substance,), By.NAME, substance.name)
    found = Found(meaning, Route.ORAL, by_default=True)
    item = Supplement(name=MAGNESIUM)
    return RecognisedItem("supplements", index, item, found, _salts(meaning), item.told, index, planned=True)


def traits_of(profile: Profile, book: RuleBook) -> tuple[list[Trait], list[Unread]]:
    traits: list[Trait] = []
    strange: list[Unread] = []
    for kind, name in TRAITS.items():
        for index, words in enumerate(getattr(profile, name)):
            meant = book.trait(kind, normal(words))
            if meant:
                traits.append(Trait(meant[0], index, words, meant[1], name))
            else:
                strange.append(Unread(name, index, words, book.unknown_trait(kind, words), index))
    return traits, strange


def with_traits(profile: Profile, traits: Sequence[Trait], book: RuleBook) -> Profile:
    """Kidney disease, dialysis and the like, listed as conditions, count as if they had been answered."""
    named = {trait.name for trait in traits if trait.kind == "condition"}
    told = {field: answer for field, condition, answer in book.implied if condition in named}
    if not told:
        return profile
    kidney = profile.kidney.model_dump(exclude_none=True) | {
        field.removeprefix("kidney."): answer for field, answer in told.items()
    }
    return profile.model_copy(update={"kidney": Kidney.model_validate(kidney)})
