"""What is an item whose codes are told? Two codes must agree, and a code and a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.doubt import Doubt
from magcheck.terminology.vocabulary import Meaning, NotFound, Reason, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.profile import Item
    from magcheck.reading.line import LineItem
    from magcheck.terminology.vocabulary import Substance, Vocabulary


class Identified(NamedTuple):
    """One part of a line with what it is, the told codes taken into account."""

    line: LineItem
    read: Meaning | NotFound
    doubts: tuple[Doubt, ...] = ()


def by_code(item: Item, vocabulary: Vocabulary) -> tuple[Meaning | NotFound, tuple[Doubt, ...]]:
    """(meaning of the codes, what of them could not be used); NotFound where no code tells anything."""
    told: dict[str, Meaning | None] = {}
    if item.rxcui is not None:
        told[f"RxCUI {item.rxcui}"] = vocabulary.meaning_of_code(item.rxcui)
    if item.atc is not None:
        told[f"ATC {item.atc}"] = vocabulary.atc.get(item.atc.upper())
    known = [meaning for meaning in told.values() if meaning is not None]
    if not known:
        return NotFound(Reason.UNKNOWN_CODE), ()
    strange = [code for code, meaning in told.items() if meaning is None and item.name is None]
    doubts = tuple(Doubt(code, NotFound(Reason.UNKNOWN_CODE)) for code in strange)
    if any(set(known[0].substances).isdisjoint(other.substances) for other in known[1:]):
        return _disagree(known), doubts
    return max(known, key=lambda meaning: len(meaning.substances)), doubts


def identified(item: Item, lines: Sequence[LineItem], vocabulary: Vocabulary) -> Iterator[Identified]:
    """Each part of the line with what it is; a code settles the part that it fits."""
    coded, doubts = by_code(item, vocabulary)
    reads = [_read(line, vocabulary) for line in lines]
    if isinstance(coded, Meaning):
        yield from _with_code(lines, reads, coded, doubts)
    elif coded.reason is Reason.DISAGREE:
        yield Identified(lines[0], coded, doubts)
    else:  # no code, or none that is known: the name stands alone
        yield from (Identified(line, read) for line, read in zip(lines, reads, strict=True))


def _read(line: LineItem, vocabulary: Vocabulary) -> Meaning | NotFound:
    if line.read is None:
        return unknown(line.text, vocabulary, Reason.UNKNOWN)
    return line.read


def unknown(words: str, vocabulary: Vocabulary, why: Reason) -> NotFound:
    """What words that are no known name may be; words of packaging never make a candidate."""
    nearest = vocabulary.nearest(words) if words else {}
    return NotFound(why, tuple(nearest), tuple(meaning for found in nearest.values() for meaning in found))


def _with_code(
    lines: Sequence[LineItem], reads: Sequence[Meaning | NotFound], coded: Meaning, doubts: tuple[Doubt, ...]
) -> Iterator[Identified]:
    """What else stands in the name than that which the code settles is not swallowed."""
    inside = set(coded.substances)
    known = [read for read in reads if isinstance(read, Meaning)]
    fits = [place for place, read in enumerate(reads) if _fits(read, inside)]
    if not fits and not all(_is_unknown(read) for read in reads):
        yield Identified(lines[0], _disagree(tuple(dict.fromkeys((*known, coded)))), doubts)
        yield from (Identified(line, read) for line, read in zip(lines[1:], reads[1:], strict=True))
        return
    settled = fits[0] if fits else 0
    if fits:
        doubts = (*doubts, *_beside(known, reads[settled], coded))
    elif isinstance(unread := reads[settled], NotFound):
        doubts = (*doubts, Doubt(lines[settled].text, unread))
    for place, (line, read) in enumerate(zip(lines, reads, strict=True)):
        if place == settled:
            yield Identified(line, _richer(read, coded), doubts)
        elif not (isinstance(read, Meaning) and set(read.substances) <= inside):
            yield Identified(line, read)


def _beside(known: Sequence[Meaning], fit: Meaning | NotFound, coded: Meaning) -> Iterator[Doubt]:
    """A code of several ingredients, of which the name tells some, and something else beside them."""
    inside = set(coded.substances)
    named = {substance for meaning in known for substance in meaning.substances}
    if isinstance(fit, Meaning) and not named <= inside and not inside <= named:
        disagree = NotFound(Reason.DISAGREE, tuple(describe(meaning) for meaning in (*known, coded)))
        yield Doubt(coded.label, disagree)


def _disagree(meanings: Sequence[Meaning]) -> NotFound:
    return NotFound(Reason.DISAGREE, tuple(describe(meaning) for meaning in meanings), tuple(meanings))


def _is_unknown(read: Meaning | NotFound) -> bool:
    return isinstance(read, NotFound) and read.reason is Reason.UNKNOWN


def _fits(read: Meaning | NotFound, inside: set[Substance]) -> bool:
    meanings = (read,) if isinstance(read, Meaning) else () if _is_unknown(read) else read.could_be
    return any(not inside.isdisjoint(meaning.substances) for meaning in meanings)


def _richer(read: Meaning | NotFound, coded: Meaning) -> Meaning:
    """The name and its code together; the one that holds the other, or all of both."""
    if isinstance(read, NotFound):
        return coded
    named, inside = set(read.substances), set(coded.substances)
    if named < inside:
        return coded
    if inside <= named:
        return read
    return read._replace(substances=tuple(dict.fromkeys((*read.substances, *coded.substances))))
