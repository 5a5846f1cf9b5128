"""What would the verdict be if one thing taken were another? All that is known of the others stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.fact_names import OF_A_SUM, QUANTITIES
from magcheck.core.lazy import cached_property
from magcheck.facts.counts import counted, number
from magcheck.facts.dose import magnesium_part, told_amount
from magcheck.facts.flat import UNKNOWN, amounts_a_day, keys_of, own_amount, product_values, takes, takes_of
from magcheck.facts.recognition import recognised
from magcheck.facts.situation import daily_magnesium
from magcheck.profile import Medication, Route
from magcheck.reading.item import read_item
from magcheck.reading.profile import ReadEntry
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.facts.dose import MagnesiumPart
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.findings.reach import Reach
    from magcheck.inference.program import Fact, Interval
    from magcheck.profile import Item
    from magcheck.report import Verdict

DAILY = QUANTITIES["daily magnesium"].fact
ONLY_DAILY = frozenset({DAILY})


class Exchange:
    """The thing at one position of those that are taken, for one told otherwise."""

    def __init__(self, evaluation: Evaluation, position: int) -> None:
        self.evaluation = evaluation
        self._position = position
        self.old = evaluation.situation.taken[position]

    def told(self, item: Item) -> RecognisedItem:
        """The same thing with other fields; an amount in its own field settles that of its line."""
        read = self.old.read
        if read and told_amount(item) != told_amount(self.old.item):
            read = replace(read, open=read.open - {"amount"}, amount_read=False, amount_low=None)
        return replace(self.old, item=item, read=read)

    def read_again(self, item: Item) -> RecognisedItem | None:
        """The same thing as it reads with other fields; None where it is then not one thing that is taken."""
        profile, old = self.evaluation.situation.profile, self.old
        list_ = "medications" if isinstance(item, Medication) else "supplements"
        setting = Setting(self.evaluation.book, profile.country, profile.day, list_)
        reading, *others = read_item(item, setting)
        if others or reading.doubts or not reading.taken or not isinstance(reading.found, Found):
            return None
        return recognised(ReadEntry(old.list, old.index, old.origin, reading), reading.found)

    @cached_property
    def is_summed(self) -> bool:
        """Does a page ask how much is taken a day of all things that are called like this one?"""
        program = self.evaluation.program
        return not program.keys_summed.isdisjoint(keys_of(self.old, program))

    @cached_property
    def free(self) -> frozenset[str] | None:
        """The facts that other amounts of it change; None where they change the sum of a substance."""
        if not self.is_summed:
            return ONLY_DAILY
        is_mixture = own_amount(self.old) == UNKNOWN and len(self.old.found.meaning.substances) > 1
        return self.evaluation.program.moved_by_a_product if is_mixture else None

    def fits(self, new: RecognisedItem) -> bool:
        """Do only the facts of a product change, and what is added up or counted over all things?

        Else the whole situation has to be made again.
        """
        program, old = self.evaluation.program, self.old
        keys = keys_of(new, program)
        return (
            bool(old.salts and new.salts)
            and new.found.route is old.found.route
            and keys == keys_of(old, program)
            and (not keys or own_amount(new) == own_amount(old))
        )

    def verdict(self, new: RecognisedItem) -> Verdict:
        """With `new`, which fits."""
        return self.reach.verdict(self._values(new))

    def could_beat(self, verdict: Verdict, new: RecognisedItem) -> bool:
        """May the verdict be stronger with `new`, which fits?"""
        return self.reach.could_beat(verdict, self._values(new))

    @property
    def reach(self) -> Reach:
        return self.evaluation.reach(self.evaluation.program.moved_by_a_product)

    def _values(self, new: RecognisedItem) -> Callable[[str, Fact], Interval]:
        """The facts with `new`; each is worked out when it is first asked for."""
        program, position = self.evaluation.program, self._position
        of_product = product_values(new, self.evaluation.book, program)
        of_all: dict[str, Interval] = {}

        def value(name: str, fact: Fact) -> Interval:
            if name in of_product:
                return of_product[name] if fact.product == position else fact.values[name]
            if name in OF_A_SUM:
                return fact.values[name]
            if name not in of_all:
                of_all.update(self._of_all(name, new))
            return of_all[name]

        return value

    def verdict_by_amount(self, new: RecognisedItem) -> Verdict:
        """With `new`, which only brings more or less magnesium."""
        daily = self.daily(new)
        return self.evaluation.reach(ONLY_DAILY).verdict(lambda _name, _fact: daily)

    def daily(self, new: RecognisedItem) -> Interval:
        """The magnesium of the day with `new`."""
        before, after = self.beside
        if self.old.members and not new.members:  # it counted as not understood, too
            after = tuple(part for part in after if (part.list, part.index) != (new.list, new.index))
        own = (magnesium_part(new, self.evaluation.book),) if is_swallowed_product(new) else ()
        return daily_magnesium((*before, *own, *after))

    def sums(self, new: RecognisedItem) -> list[int]:
        """What is surely taken a day, with `new`, of each of its substances of which a page asks the sum."""
        program = self.evaluation.program
        of_it = keys_of(new, program).keys() & program.keys_summed
        if not of_it:
            return []
        own, others, route = own_amount(new)[0], self._amounts_beside, new.found.route
        return [own + others.get((key, route), (0, 0))[0] for key in sorted(of_it)]

    def _of_all(self, name: str, new: RecognisedItem) -> dict[str, Interval]:
        """What everything taken moves: the magnesium of a day, how many are taken, or what is taken at all."""
        program = self.evaluation.program
        if name == DAILY:
            return {name: self.daily(new)}
        if name in program.counts:
            beside = (entry for entry in self.evaluation.situation.counted[name] if entry[0] != self._position)
            return {name: number((*beside, *counted([new], program.counts[name])))}
        return self._takes_beside | takes_of(new.found, program)

    @cached_property
    def _others(self) -> list[RecognisedItem]:
        taken = self.evaluation.situation.taken
        return [*taken[: self._position], *taken[self._position + 1 :]]

    @cached_property
    def _takes_beside(self) -> dict[str, Interval]:
        return takes(self._others, self.evaluation.program)

    @cached_property
    def _amounts_beside(self) -> dict[tuple[int, Route], Interval]:
        program = self.evaluation.program
        return amounts_a_day(self._others, [keys_of(item, program) for item in self._others])

    @cached_property
    def beside(self) -> tuple[tuple[MagnesiumPart, ...], tuple[MagnesiumPart, ...]]:
        """The magnesium of what stands before the thing, and of what stands behind it."""
        situation = self.evaluation.situation
        before = sum(map(is_swallowed_product, situation.taken[: self._position]))
        after = before + is_swallowed_product(self.old)
        return situation.dose[:before], situation.dose[after:]


def is_swallowed_product(item: RecognisedItem) -> bool:
    """Does it bring magnesium that counts to the day?"""
    return bool(item.salts) and item.found.route is Route.ORAL
