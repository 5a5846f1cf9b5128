"""Which parts belong together? One line may hold several items, and one item several names."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise, takewhile
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.lazy import cached_property
from magcheck.reading.headings import Layout
from magcheck.reading.leading import Beginning, Names, beginnings, in_doubt, leads_with_a_time
from magcheck.reading.parts import QUIET, BasisPart, Draft, Mark, Name, NotRead, Strength
from magcheck.reading.sentences import Line, begins_anew
from magcheck.terminology.vocabulary import Meaning, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from magcheck.reading.headings import Heading
    from magcheck.reading.parts import Part
    from magcheck.terminology.tokens import Token
    from magcheck.terminology.vocabulary import NameRead, Vocabulary


SALTS_OF = ("salt", "from")
""" "as", "from": the name behind it is the salt of the name before it."""


@dataclass
class Identity:
    """What one item is: the names that stand for it, put together."""

    names: list[Name] = field(default_factory=list["Name"])
    read: NameRead | None = None
    """None where no word of it is a known name."""
    as_salt: bool = False
    """ "magnesium (as magnesium oxide)": the amount counts the magnesium."""
    brings: bool = False
    """ "multivitamin (magnesium 500 mg)": its magnesium is named apart."""


class Items:
    """Sorts the parts of a line into items."""

    def __init__(
        self, parts: Sequence[Part], tokens: Sequence[Token], vocabulary: Vocabulary, country: str | None
    ) -> None:
        self._parts = parts
        self._line = Line(tokens, vocabulary.lexicon)
        self._vocabulary = vocabulary
        self._lookup: Callable[[str], NameRead] = lambda text: vocabulary.exactly(text, country)
        self._depths = list(accumulate(map(_bracket, parts), initial=0))
        """How many brackets are open before each part."""
        self._links: dict[int, tuple[int, frozenset[str]] | None] = {}

    def drafts(self) -> list[tuple[Identity, Draft]]:
        """Each item with its parts, in the order of the line."""
        heads = self._heads()
        if not heads:
            return [(Identity(), Draft(list(self._parts)))] if self._parts else []
        begin = self._beginnings(heads)
        starts = [*(beginning.place for beginning in begin), len(self._parts)]
        found: list[tuple[Identity, Draft]] = []
        outer: tuple[Identity, Draft] | None = None
        for head, beginning, (start, end) in zip(heads, begin, pairwise(starts), strict=True):
            closed = self._closed(head[2], end) if outer else end
            own = [in_doubt(part, begin) for part in (*beginning.doubtful, *self._parts[start:closed])]
            draft = Draft(own, joined=bool(found) and self._is_joined(start))
            if outer and closed < end:
                outer[1].parts += self._parts[closed:end]
            found.append((head[1], draft))
            outer = outer if outer and self._in_brackets(head[2]) else found[-1]
        self._spread(heads, found)
        return found

    def _spread(self, heads: list[tuple[int, Identity, int]], drafts: list[tuple[Identity, Draft]]) -> None:
        """ "TID: vitamin C, magnesium": what heads a list is said of each in it that says nothing else."""
        names = list(map(_names, heads))
        heading = self._layout.first_heading()
        for (one, other), (_, draft) in zip(pairwise(names), drafts[1:], strict=True):
            if anew := self._heading(one, other):
                heading = anew if anew.sure else None
            elif heading:
                more = self._layout.spread(heading, range(one.last + 1, other.first), draft.parts)
                draft.parts[:0] = more or ()
                heading = None if more is None else heading

    def _closed(self, name: int, end: int) -> int:
        """Where the bracket ends that holds an item whole: "A 300 mg (with B) twice a day" tells of A."""
        if not self._in_brackets(name):
            return end
        opening = next((place for place in range(name - 1, -1, -1) if not self._in_brackets(place)), 0)
        if not self._is_aside(opening):
            return end
        outside = (place for place in range(name + 1, end) if not self._in_brackets(place + 1))
        return next(outside, end - 1) + 1

    def _is_joined(self, start: int) -> bool:
        before = self._parts[start - 1] if start else None
        return isinstance(before, Mark) and before.kind == "also"

    def _heads(self) -> list[tuple[int, Identity, int]]:
        """(place of the last name, identity, place of the first part) of each item."""
        heads: list[tuple[int, Identity, int]] = []
        for place, part in enumerate(self._parts):
            if isinstance(part, Name):
                self._take_name(heads, place, part)
            elif isinstance(part, NotRead) and part.looks_like == "word" and self._opens(place, heads):
                heads.append((place, Identity(), place))
        return heads

    def _opens(self, place: int, heads: list[tuple[int, Identity, int]]) -> bool:
        """An unknown word that begins the line or follows a comma may be the name of something else."""
        if all(isinstance(part, Mark) and part.kind in QUIET for part in islice(self._parts, place)):
            return not any(isinstance(part, Name) for part in self._parts[place:]) or self._comma_before_name(
                place
            )
        last = self._parts[place - 1]
        if not (isinstance(last, Mark) and heads) or self._in_brackets(place):
            return False
        return last.kind == "comma" or (last.kind == "also" and heads[-1][1].read is not None)

    def _comma_before_name(self, place: int) -> bool:
        """A separator stands between this unknown word and the next name."""
        for part in self._parts[place:]:
            if isinstance(part, Name):
                return False
            if isinstance(part, Mark) and part.kind in ("comma", "also") and part.text != "&":
                return True
        return False

    def _take_name(self, heads: list[tuple[int, Identity, int]], place: int, name: Name) -> None:
        read = self._lookup(name.text)
        if heads:
            last_place, identity, first = heads[-1]
            merged = self._merged(identity, read, self._parts[last_place + 1 : place], place)
            if merged is not None:
                identity.brings |= merged is identity.read and _is_generic(read) and not _is_salt(merged)
                identity.names.append(name)
                identity.read = merged
                heads[-1] = (place, identity, first)
                return
        heads.append((place, Identity([name], read), place))

    def _merged(self, identity: Identity, read: NameRead, between: Sequence[Part], place: int) -> NameRead | None:
        """The identity with one more name, or None where that names another thing."""
        old = identity.read
        if old is None:
            return None
        as_salt = any(isinstance(part, Mark) and part.kind == "as" and part.text in SALTS_OF for part in between)
        inside = self._in_brackets(place) and not _begins_in_brackets(between)
        apart = not inside and any(isinstance(part, Mark) and part.kind in ("comma", "also") for part in between)
        if _is_generic(old) and _has_magnesium(read) and (as_salt or not apart):
            if not as_salt and _is_more(read, between):
                return None
            identity.as_salt = as_salt
            return read
        if identity.as_salt and _has_magnesium(read) and _has_magnesium(old) and self._goes_on(between, place):
            return _union(old, read)
        if not apart or _is_headed(between):
            return _together(old, read, between, as_salt=as_salt)
        return self._beside(old, read, between, place)

    def _beside(self, old: NameRead, read: NameRead, between: Sequence[Part], place: int) -> NameRead | None:
        """Behind a separator: the magnesium that the first brings, or the rest of a product."""
        if _is_generic(read) and _has_magnesium(old) and _is_brought(between):
            return old
        if not _joined_like_a_product(between):
            return None
        if _is_slash(between) and _bare(between) and _has_magnesium(old) and _has_magnesium(read):
            return _union(old, read)
        if _is_slash(between) and _shares(old, read):  # two salts of one medicine in a capsule
            return _richer(old, read)
        return self._product(old, read, place)

    def _goes_on(self, between: Sequence[Part], place: int) -> bool:
        """ "as citrate, malate", "as magnesium citrate and malate"; "as citrate, magnesium malate" begins anew."""
        name = self._parts[place]
        half = isinstance(name, Name) and name.span.end - name.span.start < len(name.text.split())
        comma = any(isinstance(part, Mark) and part.kind == "comma" for part in between)
        return _bare(between) and (half or not comma)

    def _product(self, old: NameRead, read: NameRead, place: int) -> NameRead | None:
        """Names that together are a product that is sold, such as "dolutegravir/lamivudine"."""
        if isinstance(old, NotFound) or isinstance(read, NotFound):
            return None
        inside = frozenset(substance.name for substance in (*old.substances, *read.substances))
        sold = self._vocabulary.sold_together
        return _union(old, read) if any(further in sold for further in self._chained(inside, place)) else None

    def _chained(self, inside: frozenset[str], place: int) -> Iterator[frozenset[str]]:
        """`inside`, and then with each further name that is written together with that at `place`."""
        yield inside
        while link := self._link(place):
            place, more = link
            inside |= more
            yield inside

    def _link(self, place: int) -> tuple[int, frozenset[str]] | None:
        """The next name, if it is written together with the one at `place`, and what is in it; found once."""
        if place not in self._links:
            self._links[place] = self._linked(place)
        return self._links[place]

    def _linked(self, place: int) -> tuple[int, frozenset[str]] | None:
        for step in range(place + 1, len(self._parts)):
            part = self._parts[step]
            if isinstance(part, Name):
                read = self._lookup(part.text)
                if isinstance(read, NotFound) or not _joined_like_a_product(self._parts[place + 1 : step]):
                    return None
                return step, frozenset(substance.name for substance in read.substances)
        return None

    def _in_brackets(self, place: int) -> bool:
        return self._depths[place] > 0

    def _is_aside(self, opening: int) -> bool:
        """ "A (with B)", and not the "[B]" of "A, [B] [400 mg]"."""
        before = self._parts[opening - 1] if opening else None
        return before is not None and not (isinstance(before, Mark) and before.kind == "comma")

    def _beginnings(self, heads: list[tuple[int, Identity, int]]) -> list[Beginning]:
        """Where the parts of each item begin: behind a separator, else at its name or what leads to it."""
        found, run, start = [Beginning(0)], [_names(heads[0])], 0
        first = leads_with_a_time(self._parts, run[0].first)
        times_lead = first
        for one, other in pairwise(map(_names, heads)):
            heading = self._heading(one, other)
            if separated := self._separated(one, other, heading, times_lead=times_lead):
                found += beginnings(self._parts, run, start, separated, times_lead=times_lead)
                found.append(Beginning(separated, self._may_be_of_both(heading)))
                run, start = [], separated
                times_lead = first or leads_with_a_time(self._parts, other.first)
            run.append(other)
        found += beginnings(self._parts, run, start, len(self._parts), times_lead=times_lead)
        return found

    def _heading(self, one: Names, other: Names) -> Heading | None:
        return self._layout.heading_between(one.last + 1, other.first)

    @cached_property
    def _layout(self) -> Layout:
        named = [place for place, part in enumerate(self._parts) if isinstance(part, Name)]
        return Layout(self._line, self._parts, named[0] if named else 0, named[-1] if named else 0)

    def _may_be_of_both(self, heading: Heading | None) -> tuple[Part, ...]:
        if heading is None or heading.sure:
            return ()
        return tuple(part for part in self._parts[heading.start : heading.end] if not isinstance(part, Mark))

    def _separated(self, one: Names, other: Names, heading: Heading | None, *, times_lead: bool) -> int | None:
        """The place behind the last separator between two names, or with which a new sentence begins."""
        if heading is not None:
            return heading.start if heading.sure else heading.end
        commas = self._behind_a_comma(one, other)
        if commas is None:
            return None
        anew = begins_anew(self._line, self._parts, one.last + 1, other.first, times_lead=times_lead)
        return commas if anew is None else anew

    def _behind_a_comma(self, one: Names, other: Names) -> int | None:
        separators = [
            place
            for place in range(one.last + 1, other.first)
            if isinstance(part := self._parts[place], Mark) and part.kind in ("comma", "also")
        ]
        apart = [place for place in separators if not self._layout.joins(place)] or separators
        return apart[-1] + 1 if apart else None


def _names(head: tuple[int, Identity, int]) -> Names:
    last, _, first = head
    return Names(first, last)


def _bracket(part: Part) -> int:
    """One more that is open, or one less."""
    return {"open": 1, "close": -1}.get(part.kind, 0) if isinstance(part, Mark) else 0


def _begins_in_brackets(between: Sequence[Part]) -> bool:
    """ ", [magnesium oxide] [400 mg]": a line of a list that begins with a bracket."""
    marks = [part for part in between[-2:] if isinstance(part, Mark)]
    return len(marks) == 2 and [mark.kind for mark in marks] == ["comma", "open"]


def _bare(between: Sequence[Part]) -> bool:
    """Nothing but separators stands between two names."""
    return all(
        isinstance(part, Mark) and part.kind in ("comma", "also", "as", "open", "close", "salt")
        for part in between
    )


def _together(old: NameRead, read: NameRead, between: Sequence[Part], *, as_salt: bool) -> NameRead | None:
    """Without a separator: "magnesium (bisglycinate)", brand and ingredient, "500 mg elemental calcium"."""
    salted = as_salt and not _is_generic(read) and (_shares(old, read) or _is_kind_of(read, old))
    if salted or (_is_headed(between) and _is_kind_of(read, old)):
        return read
    if _shares(old, read):
        return _richer(old, read)
    return old if _is_kind_of(old, read) or (_is_generic(read) and _has_magnesium(old)) else None


def _is_kind_of(exact: NameRead, wide: NameRead) -> bool:
    """ "ferrous sulfate 325 mg (65 mg elemental iron)", "zinc: Solvazinc": one is a kind of the other."""
    selectors = {selector for meaning in _meanings(exact) for s in meaning.substances for selector in s.selectors}
    named = {s.name for meaning in _meanings(wide) for s in meaning.substances}
    return bool(named) and named <= selectors


def _is_headed(between: Sequence[Part]) -> bool:
    """ "zinc: Solvazinc", "calcium (Caltrate)", "multivitamin Centrum": nothing that parts two things."""
    return all(isinstance(part, Mark) and (part.kind in ("open", "close") or part.text == ":") for part in between)


def _is_more(read: NameRead, between: Sequence[Part]) -> bool:
    """Something else beside magnesium with an amount: "(plus my multivitamin)", "300 mg (Rennie)"."""
    joined = any(isinstance(part, Mark) and part.kind == "also" for part in between)
    return joined or (_is_mixture(read) and any(isinstance(part, Strength) for part in between))


def _is_salt(read: NameRead) -> bool:
    """Is it magnesium by its name, and nothing else?"""
    return all(MAGNESIUM in s.name for meaning in _meanings(read) for s in meaning.substances)


def _is_mixture(read: NameRead) -> bool:
    return any(meaning.is_mixture for meaning in _meanings(read))


def _is_brought(between: Sequence[Part]) -> bool:
    """ "providing 200 mg magnesium", "200 mg elemental magnesium"; not "each contains 100 mg, magnesium"."""
    last = takewhile(lambda part: not (isinstance(part, Mark) and part.kind == "comma"), reversed(between))
    brings = any(isinstance(part, Mark) and part.kind == "as" for part in last)
    return brings or (bool(between) and isinstance(between[-1], BasisPart) and between[-1].elemental)


def _joined_like_a_product(between: Sequence[Part]) -> bool:
    """ "A and B", and "A 5 mg / B 160 mg" as records write a combination."""
    if not _is_slash(between):
        return _bare(between) and not any(isinstance(part, Mark) and part.kind == "comma" for part in between)
    return _bare([part for part in between if not _is_of_one(part)])


def _is_slash(between: Sequence[Part]) -> bool:
    return any(isinstance(part, Mark) and part.text == "/" for part in between)


def _is_of_one(part: Part) -> bool:
    """What may stand behind one of two ingredients."""
    return isinstance(part, Strength) or (isinstance(part, Mark) and part.kind in QUIET)


def _meanings(read: NameRead) -> tuple[Meaning, ...]:
    return read.could_be if isinstance(read, NotFound) else (read,)


def _is_generic(read: NameRead) -> bool:
    """Plain magnesium, of no known salt."""
    return not isinstance(read, NotFound) and [s.name for s in read.substances] == [MAGNESIUM]


def _has_magnesium(read: NameRead) -> bool:
    meanings = _meanings(read)
    return bool(meanings) and all(any(MAGNESIUM in s.selectors for s in m.substances) for m in meanings)


def _shares(one: NameRead, other: NameRead) -> bool:
    return any(
        not {s.of or s.name for s in mine.substances}.isdisjoint({s.of or s.name for s in yours.substances})
        for mine in _meanings(one)
        for yours in _meanings(other)
    )


def _richer(one: NameRead, other: NameRead) -> NameRead:
    """Of two names for one thing the one that says more; an ambiguous one is settled by the other."""
    if isinstance(one, NotFound) or isinstance(other, NotFound):
        sure = [read for read in (one, other) if not isinstance(read, NotFound)]
        return sure[0] if sure else one
    mine, yours = ({s.name for s in read.substances} for read in (one, other))
    if mine >= yours:
        return one
    return other if yours > mine else _union(one, other)


def _union(one: NameRead, other: NameRead) -> NameRead:
    if isinstance(one, NotFound) or isinstance(other, NotFound):
        return one if isinstance(one, NotFound) else other
    inside = dict.fromkeys((*one.substances, *other.substances))
    others = dict.fromkeys((*one.others, *other.others))
    return Meaning(tuple(inside), one.by, f"{one.label} / {other.label}", others=tuple(others))
