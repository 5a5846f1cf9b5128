"""May any kind of magnesium at all make the verdict stronger? One look instead of one for each of forty kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import OF_A_SUM, ROUTES, product_fact, route_fact
from magcheck.core.lazy import cached_property
from magcheck.facts.dose import MagnesiumPart, most_surely
from magcheck.facts.flat import takes_of_any
from magcheck.facts.situation import daily_magnesium
from magcheck.missing.exchange import DAILY
from magcheck.missing.salts import salts

if TYPE_CHECKING:
    from magcheck.inference.program import Fact, Test
    from magcheck.missing.exchange import Exchange
    from magcheck.report import Verdict

_OF_THE_WAY = frozenset(product_fact(route_fact(phrase)) for phrase in ROUTES)


class AnyKind:
    """The thing of an exchange, were it any other kind of magnesium that fits."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._evaluation = exchange, exchange.evaluation
        self._could_beat: dict[Verdict, bool] = {}

    def could_beat(self, verdict: Verdict) -> bool:
        """False only where no kind makes the verdict stronger."""
        if verdict not in self._could_beat:
            self._could_beat[verdict] = self._exchange.reach.could_ever_beat(verdict, self._may_hold)
        return self._could_beat[verdict]

    def _may_hold(self, test: Test, fact: Fact) -> bool:
        """With some kind; what no kind changes is as it is."""
        if test.fact == DAILY:
            return not test.surely or test.low <= self._most_surely
        return test.fact not in self._unmoved or test.holds(*fact.values[test.fact])

    @cached_property
    def _most_surely(self) -> int:
        """No kind surely brings the day to more."""
        old = self._exchange.old
        most = most_surely(old, self._evaluation.book.contents.values())
        before, after = self._exchange.beside
        return daily_magnesium((*before, MagnesiumPart(old.list, old.index, most, most, "", ()), *after))[0]

    @cached_property
    def _unmoved(self) -> frozenset[str]:
        """Facts that are the same with every kind taken the same way."""
        found, program = self._exchange.old.found, self._evaluation.program
        kinds = (*found.meaning.substances, *salts(self._evaluation))
        taken = program.nothing_taken.keys() - takes_of_any(kinds, found.route, program)
        return frozenset((*_OF_THE_WAY, *OF_A_SUM, *taken))
