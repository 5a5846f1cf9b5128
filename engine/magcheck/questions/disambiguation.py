"""What may a name mean, and how is the chosen meaning written into the profile?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from magcheck.profile import Medication
from magcheck.terminology.vocabulary import Found, Reason, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.profile import Item
    from magcheck.terminology.vocabulary import Meaning, NotFound, Vocabulary

ItemChange = dict[str, Any]
"""Fields of an item, with their new values."""
MOST_OPTIONS = 12
DID_YOU_MEAN = "this is not known here. Did you mean one of these?"
WRITE_AGAIN = "this name is not known here. Is it written like this on the box?"


@dataclass(frozen=True)
class WhichOne:
    """A name that was not understood, with everything that it may mean."""

    told: str
    question: str
    choices: Mapping[str, ItemChange]
    """What the person reads -> what then changes in the profile."""

    @property
    def is_long(self) -> bool:
        """Too many to print; then the person writes, with completion."""
        return len(self.choices) > MOST_OPTIONS


def which_one(item: Item, country: str | None, vocabulary: Vocabulary) -> WhichOne | None:
    """What to ask about `item`; None where its name is understood."""
    found = vocabulary.find(item, country)
    if isinstance(found, Found):
        return None
    choices = dict(_choices(found, item, country, vocabulary))
    asked = found.question or (DID_YOU_MEAN if choices else WRITE_AGAIN)
    return WhichOne(item.told, f'"{item.told}": {asked}', choices)


def _choices(
    found: NotFound, item: Item, country: str | None, vocabulary: Vocabulary
) -> Iterator[tuple[str, ItemChange]]:
    if found.reason is Reason.UNKNOWN:
        for candidate in found.candidates:
            yield candidate, {"name": _name_alone(candidate, country, vocabulary)}
        return
    for meaning in found.could_be:
        label = describe(meaning, where=found.reason is Reason.AMBIGUOUS)
        yield label, _pinned(meaning, item, country, vocabulary)


def _pinned(meaning: Meaning, item: Item, country: str | None, vocabulary: Vocabulary) -> ItemChange:
    """The least change after which `item` means exactly `meaning`."""
    if not meaning.substances:
        return {"name": meaning.label}
    together = " / ".join(substance.name for substance in meaning.substances)
    code: list[ItemChange] = [{"rxcui": meaning.rxcui}] if meaning.rxcui else []
    changes = [*code, {"name": meaning.label}, {"name": together}]
    changes += [{"name": name, "rxcui": None, "atc": None} for name in (meaning.label, together)]
    if meaning.route and item.route is None:
        changes += [{**change, "route": meaning.route.value} for change in changes]
    fitting = (change for change in changes if _means(change, meaning, item, country, vocabulary))
    return next(fitting, {"name": together})


def _means(change: ItemChange, meaning: Meaning, item: Item, country: str | None, vocabulary: Vocabulary) -> bool:
    found = vocabulary.find(Medication.model_validate(_identity(item) | change), country)
    return isinstance(found, Found) and set(found.meaning.substances) == set(meaning.substances)


def _identity(item: Item) -> ItemChange:
    return item.model_dump(mode="json", include={"name", "rxcui", "atc", "route"}, exclude_none=True)


def _name_alone(candidate: str, country: str | None, vocabulary: Vocabulary) -> str:
    """The name alone of a candidate such as "Xyzal (levocetirizine)", unless that would mean something else."""
    short = candidate.rpartition(" (")[0] or candidate
    whole, part = (vocabulary.find(Medication(name=name), country) for name in (candidate, short))
    if isinstance(whole, Found) and isinstance(part, Found):
        return short if set(part.meaning.substances) == set(whole.meaning.substances) else candidate
    return candidate if isinstance(whole, Found) else short
