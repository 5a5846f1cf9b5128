"""What is a possible answer? One value for each kind of answer that the rules can tell apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import SCALE
from magcheck.core.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from magcheck.core.bounds import Bounds
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.missing.any_kind import AnyKind
    from magcheck.missing.exchange import Exchange
    from magcheck.profile import Item, Profile
    from magcheck.report import Verdict
    from magcheck.terminology.vocabulary import Meaning


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` to `high`, both included, in thousandths."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """One answer, and the profile with it; everything else is as told."""

    profile: Profile
    value: float | str | bool
    band: Band | None = None
    """The answers around `value` that no page can tell from it."""
    items: tuple[tuple[int, Item], ...] = ()
    """Recognised items (by position) that it changes, their names apart."""
    chosen: Mapping[tuple[str, int], Meaning] | None = None
    """Where it changes what is taken: what the items of the profile then mean."""
    trial: Trial | None = None
    """The same as one thing for another, where it is known."""


class Trial(NamedTuple):
    """One thing that is taken for another."""

    exchange: Exchange
    new: RecognisedItem
    any_kind: AnyKind | None = None
    """Where it is one of many kinds: whether any of them could matter."""


@dataclass(frozen=True)
class NumericAnswers:
    """Answers that are numbers."""

    range: Bounds
    answer: Callable[[float], PossibleAnswer]
    seen: Callable[[float], object]
    """What the pages can tell of an answer.

    It must move in one direction only: the bands are found by halving, and two equal ends are taken for one band.
    """
    edges: Callable[[], Iterable[int]] = tuple
    """Thousandths of the answer itself at which `seen` is known to change."""
    less_is_worse: bool = False
    whole: bool = True
    """No other answers are accepted; else `range` only holds those that are likely."""

    @cached_property
    def _seen(self) -> Callable[[int], object]:
        def seen(thousandths: int) -> object:
            return self.seen(thousandths / SCALE)

        return cache(seen)

    def ends(self) -> Iterator[PossibleAnswer]:
        """The smallest and the largest answer: mostly one of them is the worst."""
        for end in self.range if self.less_is_worse else reversed(self.range):
            yield self.answer(end)

    def bands(self) -> Iterator[PossibleAnswer]:
        """One answer for each band of answers that no page can tell apart, in rising order."""
        low, high = (round(end * SCALE) for end in self.range)
        edges = [edge for edge in self.edges() if low < edge <= high]
        points = sorted({low, high, *edges, *(edge - 1 for edge in edges)})
        starts = [low, *(start for pair in pairwise(points) for start in self._changes(*pair))]
        for start, following in pairwise([*starts, high + 1]):
            yield replace(self.answer(start / SCALE), band=Band(start, following - 1))

    def _changes(self, first: int, last: int) -> Iterator[int]:
        """Where, after `first` and up to `last`, another band begins."""
        if first >= last or self._seen(first) == self._seen(last):
            return
        if last - first == 1:
            yield last
            return
        middle = (first + last) // 2
        yield from self._changes(first, middle)
        yield from self._changes(middle, last)


@dataclass(frozen=True)
class PossibleAnswers:
    """All answers to one question that the rules can tell apart."""

    numbers: NumericAnswers | None = None
    choices: tuple[PossibleAnswer, ...] = ()
    products: Iterable[PossibleAnswer] = field(default=())
    """Many, and made one by one."""
    known: bool = True
    """False where they cannot be listed."""
    others_could_beat: Callable[[Verdict], bool] = lambda _: True
    """Might one of `others` make the verdict stronger than this one?"""
    free: frozenset[str] | None = None
    """The facts of this person that they change, and no others; None where they may bring new facts."""

    def likely_worst(self) -> Iterator[PossibleAnswer]:
        """The few that are mostly the worst; all, where there are no others."""
        yield from self.choices
        if self.numbers:
            yield from self.numbers.ends()

    def others(self) -> Iterator[PossibleAnswer]:
        if self.numbers:
            yield from self.numbers.bands()
        yield from self.products

    def in_order(self) -> Iterator[PossibleAnswer]:
        """The few that can be told to a person, each once."""
        yield from self.choices
        if self.numbers:
            yield from self.numbers.bands()


NOT_LISTED = PossibleAnswers(known=False)
