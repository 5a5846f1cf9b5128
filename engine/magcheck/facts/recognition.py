"""Which names are understood? Medicines, supplements, conditions, symptoms and goals; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM, TRAITS
from magcheck.profile import Kidney, Route, Supplement
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import By, Found, Meaning, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item, Profile
    from magcheck.terminology.vocabulary import Substance, Vocabulary

NOTHING_CHOSEN: Mapping[tuple[str, int], Meaning] = {}


@dataclass(frozen=True, slots=True)
class RecognisedItem:
    """An item whose name was recognised."""

    list: str
    index: int
    item: Item
    found: Found
    salts: tuple[Substance, ...]
    """Its ingredients that bring magnesium."""
    planned: bool = False
    """Not in the profile: magnesium that the person is assumed to think of."""


def _taken(name: str, index: int, item: Item, found: Found, *, planned: bool = False) -> RecognisedItem:
    salts = tuple(s for s in found.meaning.substances if MAGNESIUM in s.selectors)
    return RecognisedItem(name, index, item, found, salts, planned)


@dataclass(frozen=True, slots=True)
class Unread:
    """An item, condition, symptom or goal that was not recognised."""

    list: str
    index: int
    input: str
    why: NotFound


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
    profile: Profile, vocabulary: Vocabulary, chosen: Mapping[tuple[str, int], Meaning] = NOTHING_CHOSEN
) -> tuple[list[RecognisedItem], list[Unread]]:
    """Sort the items into those whose name is understood and the rest; `chosen` settles ambiguous ones."""
    taken: list[RecognisedItem] = []
    unread: list[Unread] = []
    for name in ("medications", "supplements"):
        items: tuple[Item, ...] = getattr(profile, name)
        for index, item in enumerate(items):
            meaning = chosen.get((name, index))
            if meaning:
                found: Found | NotFound = Found(
                    meaning, item.route or meaning.route or Route.ORAL, item.route is None
                )
            else:
                found = vocabulary.find(item, profile.country)
            if isinstance(found, Found):
                taken.append(_taken(name, index, item, found))
            else:
                unread.append(Unread(name, index, item.told, found))
    return taken, unread


def planned_product(vocabulary: Vocabulary, index: int) -> RecognisedItem:
    substance = vocabulary.substances[MAGNESIUM]
    meaning = Meaning((substance,), By.NAME, substance.name)
    found = Found(meaning, Route.ORAL, by_default=True)
    return _taken("supplements", index, Supplement(name=MAGNESIUM), found, planned=True)


def traits_of(profile: Profile, book: RuleBook) -> tuple[list[Trait], list[Unread]]:
    traits: list[Trait] = []
    strange: list[Unread] = []
    for kind, name in TRAITS.items():
        for index, words in enumerate(getattr(profile, name)):
            meant = book.trait(kind, normal(words))
            if meant:
                traits.append(Trait(meant[0], index, words, meant[1], name))
            else:
                strange.append(Unread(name, index, words, book.unknown_trait(kind, words)))
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
