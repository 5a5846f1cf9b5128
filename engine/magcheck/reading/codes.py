"""What do the told codes mean? An RxNorm and an ATC code of one item must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.terminology.vocabulary import Meaning, NotFound, Reason, describe

if TYPE_CHECKING:
    from magcheck.profile import Item
    from magcheck.reading.item import Doubt
    from magcheck.terminology.vocabulary import Vocabulary


def by_code(item: Item, vocabulary: Vocabulary) -> tuple[Meaning | NotFound, list[Doubt]]:
    """(meaning of the codes, what of them could not be used); NotFound where no code tells anything."""
    from magcheck.reading.item import Doubt  # noqa: PLC0415 - the two modules need each other

    told: dict[str, Meaning | None] = {}
    if item.rxcui is not None:
        told[f"RxCUI {item.rxcui}"] = vocabulary.meaning_of_code(item.rxcui)
    if item.atc is not None:
        told[f"ATC {item.atc}"] = vocabulary.atc.get(item.atc.upper())
    known = [meaning for meaning in told.values() if meaning is not None]
    strange = [code for code, meaning in told.items() if meaning is None]
    if not known:
        return NotFound(Reason.UNKNOWN_CODE), []
    doubts = [Doubt(code, NotFound(Reason.UNKNOWN_CODE)) for code in strange] if item.name is None else []
    first = known[0]
    for other in known[1:]:
        if set(first.substances).isdisjoint(other.substances):
            both = tuple(known)
            return NotFound(Reason.DISAGREE, tuple(describe(meaning) for meaning in both), both), doubts
        first = max(first, other, key=lambda meaning: len(meaning.substances))
    return first, doubts
