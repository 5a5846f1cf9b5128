"""What is one told item? The line of its name and its own fields, put together; what contradicts is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from magcheck.knowledge.entries import reason
from magcheck.profile import Basis, Every, Frequency, Medication, Route, Supplement
from magcheck.reading.codes import by_code
from magcheck.reading.line import read_line
from magcheck.reading.slots import clock_times
from magcheck.terminology.vocabulary import Found, Meaning, NotFound, Reason, describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Day, Item
    from magcheck.reading.line import LineItem
    from magcheck.terminology.vocabulary import Substance, Vocabulary

ALIKE = 0.02
"""Two figures of one amount may differ by rounding."""
_INJECTED = frozenset({Route.INTRAVENOUS, Route.INJECTION})


@dataclass(frozen=True)
class Doubt:
    """Something of an item that was told and cannot be used: it is shown, and stays open."""

    text: str
    why: NotFound


@dataclass(frozen=True)
class ReadItem:
    """One item as the rules see it."""

    told: str
    """What the person wrote, whole."""
    item: Item
    """With everything that the line says in fields of its own; its name is the identity alone."""
    found: Found | NotFound
    line: LineItem | None = None
    """None where only a code was told."""
    taken: bool = True
    amount_low: float | None = None
    """Milligrams of one intake at the lower end of a range."""
    amount_read: bool = False
    """The amount stands in the name, not in its own field."""
    open: frozenset[str] = frozenset()
    """Fields that were told and not understood: "amount", "per_day"."""
    assumed: tuple[tuple[str, str], ...] = ()
    """(field, what was taken for granted)."""
    doubts: tuple[Doubt, ...] = field(default=())


@dataclass(frozen=True)
class Setting:
    """What the reading of an item needs to know besides the item."""

    book: RuleBook
    country: str | None
    day: Day
    list: str

    @property
    def vocabulary(self) -> Vocabulary:
        return self.book.vocabulary


def read_item(item: Item, setting: Setting) -> tuple[ReadItem, ...]:
    """The items that one entry of a profile holds; mostly one, and more where its name names several things."""
    if item.name is None:
        found, doubts = by_code(item, setting.vocabulary)
        return (ReadItem(item.told, item, _found(found, None, item), doubts=tuple(doubts)),)
    lines = read_line(item.name, setting.vocabulary, setting.vocabulary.lexicon, setting.country)
    parts = tuple(_identified(item, lines, setting))
    return tuple(_read(item, *part, setting, alone=len(parts) == 1) for part in parts)


def _identified(
    item: Item, lines: tuple[LineItem, ...], setting: Setting
) -> Iterator[tuple[LineItem, Meaning | NotFound, tuple[Doubt, ...]]]:
    """Each part of the line with what it is, the told codes taken into account."""
    coded, doubts = by_code(item, setting.vocabulary)
    reads: list[Meaning | NotFound] = [
        _unknown(line, setting)
        if line.read is None
        else line.read
        if isinstance(line.read, NotFound)
        else line.read[0]
        for line in lines
    ]
    if isinstance(coded, NotFound):  # no code, or none that is known: the name stands alone
        if coded.reason is Reason.DISAGREE:
            reads = [coded]
        yield from (
            (line, read, tuple(doubts) if place == 0 else ())
            for place, (line, read) in enumerate(zip(lines, reads, strict=False))
        )
        return
    yield from _with_code(lines, reads, coded, tuple(doubts))


def _with_code(
    lines: tuple[LineItem, ...], reads: list[Meaning | NotFound], coded: Meaning, doubts: tuple[Doubt, ...]
) -> Iterator[tuple[LineItem, Meaning | NotFound, tuple[Doubt, ...]]]:
    """A code settles the part that it fits; what else stands in the name is not swallowed."""
    inside = set(coded.substances)
    fits = [place for place, read in enumerate(reads) if _fits(read, inside)]
    known = [read for read in reads if isinstance(read, Meaning)]
    if not fits and (known or any(not _is_unknown(read) for read in reads)):
        both = tuple(dict.fromkeys((*known, coded)))
        disagree = NotFound(Reason.DISAGREE, tuple(describe(meaning) for meaning in both), both)
        yield lines[0], disagree, doubts
        yield from ((line, read, ()) for line, read in zip(lines[1:], reads[1:], strict=True))
        return
    settled = fits[0] if fits else 0
    for place, (line, read) in enumerate(zip(lines, reads, strict=True)):
        if place == settled:
            unread = () if fits else (Doubt(line.text, read),) if isinstance(read, NotFound) else ()
            yield line, _richer(read, coded), (*doubts, *unread)
        elif not (isinstance(read, Meaning) and set(read.substances) <= inside):
            yield line, read, ()


def _is_unknown(read: Meaning | NotFound) -> bool:
    return isinstance(read, NotFound) and read.reason is Reason.UNKNOWN


def _fits(read: Meaning | NotFound, inside: set[Substance]) -> bool:
    meanings = (read,) if isinstance(read, Meaning) else () if _is_unknown(read) else read.could_be
    return any(not inside.isdisjoint(meaning.substances) for meaning in meanings)


def _richer(read: Meaning | NotFound, coded: Meaning) -> Meaning:
    """The name and its code together; the one that holds the other, or all of both."""
    if isinstance(read, NotFound) or set(read.substances) <= set(coded.substances):
        return coded if isinstance(read, NotFound) or len(coded.substances) > len(read.substances) else read
    if set(coded.substances) <= set(read.substances):
        return read
    return read._replace(substances=tuple(dict.fromkeys((*read.substances, *coded.substances))))


def _unknown(line: LineItem, setting: Setting) -> NotFound:
    """What an unknown name may be; words of packaging never make a candidate."""
    nearest = setting.vocabulary.nearest(line.text) if line.text else {}
    meanings = tuple(meaning for found in nearest.values() for meaning in found)
    return NotFound(Reason.UNKNOWN, tuple(nearest), meanings)


def _found(read: Meaning | NotFound, route: Route | None, item: Item) -> Found | NotFound:
    if isinstance(read, NotFound):
        return read
    if not read.substances:
        return NotFound(Reason.UNCOVERED, (describe(read),))
    told = item.route or route
    return Found(read, told or read.route or Route.ORAL, by_default=told is None)


def _read(
    item: Item,
    line: LineItem,
    read: Meaning | NotFound,
    doubts: tuple[Doubt, ...],
    setting: Setting,
    *,
    alone: bool,
) -> ReadItem:
    words = setting.book.wording.reading
    text = item.told if alone else line.text
    route, found = _routed(item, line, read)
    if isinstance(found, Found) and line.taken is None:
        found = NotFound(Reason.STANDING, (), (found.meaning,), reason(words.is_it_taken, item=line.text))
    known = isinstance(found, Found)
    unread = [Doubt(word, _stray(word, setting)) for word in line.words] if known else []
    clean, amount_read, told_twice = _clean(item, line, setting, known=known)
    assumed = _assumed(item, line, clean, route, setting)
    return ReadItem(
        told=item.told,
        item=clean,
        found=found,
        line=line,
        taken=line.taken is not False,
        amount_low=line.amount.low if amount_read else None,
        amount_read=amount_read,
        open=frozenset(_open(item, line)),
        assumed=tuple(assumed),
        doubts=(*doubts, *unread, *(Doubt(text, NotFound(Reason.TWICE, question=what)) for what in told_twice)),
    )


def _stray(word: str, setting: Setting) -> NotFound:
    nearest = setting.vocabulary.nearest(word)
    meanings = tuple(meaning for found in nearest.values() for meaning in found)
    return NotFound(Reason.PARTLY, tuple(nearest), meanings)


def _open(item: Item, line: LineItem) -> Iterator[str]:
    """What the line seems to tell and was not understood, unless its own field tells it."""
    if line.amount.open and _own_amount(item) is None:
        yield "amount"
    if line.timing.open and not item.times and item.per_day is None:
        yield "per_day"


def _own_amount(item: Item) -> float | None:
    if isinstance(item, Supplement):
        return item.amount_mg
    return item.dose_mg if isinstance(item, Medication) else None


def _routed(item: Item, line: LineItem, read: Meaning | NotFound) -> tuple[Route | None, Found | NotFound]:
    """The route that the line tells, and what was found; unclear and contradicting routes are not checked."""
    if isinstance(read, NotFound) or line.routes is None:
        return None, _found(read, None, item)
    routes = line.routes
    if len(routes) > 1 and read.route in routes:
        routes = frozenset({read.route})
    if len(routes) > 1 and routes <= _INJECTED:
        routes = frozenset({Route.INJECTION})
    if item.route is not None and _agrees(item.route, routes):
        return None, _found(read, None, item)
    if item.route is None and len(routes) == 1:
        (route,) = routes
        return route, _found(read, route, item)
    every = tuple(sorted({*routes, *([item.route] if item.route else [])}))
    could_be = tuple(read._replace(route=route) for route in every)
    return None, NotFound(Reason.ROUTE, tuple(route.value for route in every), could_be)


def _agrees(told: Route, read: frozenset[Route]) -> bool:
    return told in read or (told in _INJECTED and bool(read & _INJECTED))


def _clean(item: Item, line: LineItem, setting: Setting, *, known: bool) -> tuple[Item, bool, list[str]]:
    """(the item with the line's fields, is the amount read from it, what was told twice in two ways)."""
    update: dict[str, object] = {}
    twice: list[str] = []
    words = setting.book.wording.reading
    amount = line.amount.high
    own = _own_amount(item)
    key = "amount_mg" if isinstance(item, Supplement) else "dose_mg"
    if amount is not None and own is None:
        update[key] = amount
    elif amount is not None and own is not None and _differ(item, line, amount, own):
        twice.append(reason(words.two_amounts, told=f"{own:g}", line=f"{amount:g}"))
    if (
        isinstance(item, Supplement)
        and item.basis is Basis.UNKNOWN
        and line.basis
        and line.basis is not Basis.UNKNOWN
    ):
        update["basis"] = line.basis
    update |= _timing(item, line, setting, twice)
    if known:
        update["name"] = " ".join((line.text, *line.words))[:MOST_LETTERS]
    changed = {name: value for name, value in update.items() if getattr(item, name) != value}
    return (item.model_copy(update=changed) if changed else item), key in update, twice


MOST_LETTERS = 500


def _differ(item: Item, line: LineItem, read: float, own: float) -> bool:
    """A strength of one tablet beside what is taken of it is no contradiction, nor a compound beside its magnesium."""
    alike = [read, *([line.amount.strength] if line.amount.strength else [])]
    if any(abs(figure - own) <= ALIKE * max(figure, own) for figure in alike):
        return False
    elemental = isinstance(item, Supplement) and item.basis is Basis.ELEMENTAL and not line.amount.elemental
    return not (elemental and own < read)


def _timing(item: Item, line: LineItem, setting: Setting, twice: list[str]) -> dict[str, object]:
    """What the line says of how often and when, where the item's own fields do not."""
    timing = line.timing
    update: dict[str, object] = {}
    words = setting.book.wording.reading
    told_often = "frequency" in item.model_fields_set
    if timing.frequency and timing.told and not told_often and timing.frequency is not item.frequency:
        update["frequency"] = timing.frequency
    if timing.every_days and item.every is None:
        update["every"] = Every(days=timing.every_days)
    if timing.open:
        return update
    if not item.times and item.per_day is None:
        times = clock_times(timing.times, timing.slots, setting.day, setting.book.planning)
        if times and len(times) >= (timing.per_day or 0) and timing.frequency is not Frequency.AS_NEEDED:
            update["times"] = times
        elif timing.per_day is not None and timing.per_day != 1:
            update["per_day"] = timing.per_day
        elif timing.per_day == 1:
            update["per_day"] = 1
    elif timing.per_day is not None:
        own = len(item.times) or item.per_day or 0
        if own != timing.per_day:
            twice.append(reason(words.two_counts, told=str(own), line=str(timing.per_day)))
    if item.times and item.per_day is not None and item.per_day != len(item.times):
        twice.append(reason(words.times_and_count, times=str(len(item.times)), count=str(item.per_day)))
    return update


def _assumed(
    item: Item, line: LineItem, clean: Item, route: Route | None, setting: Setting
) -> Iterator[tuple[str, str]]:
    words = setting.book.wording.reading
    if route is not None and route is not Route.ORAL:
        yield "route", reason(words.route, route=route.value, words=item.told)
    if clean.times and not item.times and line.timing.slots:
        slots = " and ".join(line.timing.slots)
        yield "times", reason(words.slots, slots=slots, times=", ".join(clean.times))
    for code in ("rxcui", "atc"):
        value = getattr(item, code)
        if value and not _known_code(code, value, setting.vocabulary):
            yield code, reason(words.unknown_code, code=value)


def _known_code(kind: str, value: str, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning_of_code(value) if kind == "rxcui" else vocabulary.atc.get(value.upper())
    return meaning is not None
