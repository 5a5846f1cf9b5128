"""What would the verdict be if one more medicine were taken? All that is known of the others stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.fact_names import OF_A_SUM
from magcheck.core.lazy import cached_property
from magcheck.facts.budget import refuse_too_much
from magcheck.facts.counts import counted, number
from magcheck.facts.flat import (
    NO,
    Medicine,
    amounts_a_day,
    keys_of,
    medicine_facts,
    own_amount,
    product_values,
    summed,
    takes_of,
    together,
)
from magcheck.facts.recognition import found_as, recognised
from magcheck.facts.situation import daily_magnesium
from magcheck.findings.policy import verdict_if_fired
from magcheck.inference.plain import holds
from magcheck.missing.exchange import DAILY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.facts.recognition import RecognisedItem, Unread
    from magcheck.findings.evaluation import Evaluation, Held
    from magcheck.inference.program import Fact, Interval
    from magcheck.profile import Route
    from magcheck.report import Verdict
    from magcheck.terminology.vocabulary import Meaning


class Addition:
    """What stands in the profile and was not recognised, were its name understood."""

    def __init__(self, evaluation: Evaluation, unread: Unread) -> None:
        self._evaluation = evaluation
        self._own = unread.list, unread.index
        self._entries = [
            entry for entry in evaluation.situation.read.entries if (entry.list, entry.index) == self._own
        ]

    def as_medicine(self, meaning: Meaning) -> RecognisedItem | None:
        """The item with this meaning; None where it does more than add a medicine to all that is taken."""
        (entry,) = self._entries
        if not entry.read.taken or entry.read.doubts or self._is_counted:
            return None
        item = recognised(entry, found_as(entry.read.item, meaning))
        return None if item.salts else item

    def verdict(self, new: RecognisedItem) -> Verdict:
        """Raises InputError where that is more than one check can look at."""
        taken = [*self._evaluation.situation.taken, new]
        refuse_too_much(taken)
        program = self._evaluation.program
        person, amounts = self._person(new), self._amounts_with(new)

        def value(name: str, fact: Fact) -> Interval:
            if name in OF_A_SUM and fact.medicine is not None:
                key = fact.key, taken[fact.medicine].found.route
                return summed(amounts[key])[name] if key in amounts else fact.values[name]
            return person.get(name) or fact.values[name]

        others = self._evaluation.reach(program.moved_by_a_product).fired(value)
        fired = [*others, *self._own_pages(new, person, amounts)]
        return verdict_if_fired(fired, replace(self._evaluation.situation, taken=tuple(taken)))

    def _person(self, new: RecognisedItem) -> Mapping[str, Interval]:
        """The facts of the person that one more medicine moves."""
        situation, program = self._evaluation.situation, self._evaluation.program
        now, takes = situation.facts[0].values, takes_of(new.found, program)
        values = {fact: max(now[fact], takes.get(fact, NO)) for fact in program.nothing_taken}
        values[DAILY] = self._daily
        for fact, things in program.counts.items():
            values[fact] = number((*situation.counted[fact], *counted([new], things)))
        return values

    def _amounts_with(self, new: RecognisedItem) -> dict[tuple[int, Route], Interval]:
        """What is taken a day of each substance that the new item is, too."""
        own, route, before = own_amount(new), new.found.route, self._amounts
        return {
            (key, route): together(before.get((key, route), (0, 0)), own)
            for key in keys_of(new, self._evaluation.program)
        }

    def _own_pages(
        self, new: RecognisedItem, moved: Mapping[str, Interval], amounts: Mapping[tuple[int, Route], Interval]
    ) -> Iterator[Held]:
        """What fires on the new item."""
        program, rules = self._evaluation.program, self._evaluation.book.rules_by_id
        situation = self._evaluation.situation
        own = Medicine(len(situation.taken), new.found.route, keys_of(new, program))
        person = {**situation.facts[0].values, **moved}
        for fact in medicine_facts(own, person, amounts, self._products, program):
            for number_ in program.firing.get((fact.scope, fact.key), ()):
                clause = program.clauses[number_]
                if holds(clause, fact):
                    yield rules[clause.rule], clause, fact

    @cached_property
    def _is_counted(self) -> bool:
        """Is what all its meanings share already among what is taken?"""
        return any((item.list, item.index) == self._own for item in self._evaluation.situation.taken)

    @cached_property
    def _daily(self) -> Interval:
        """The magnesium of the day, of which nothing is unknown any more because of this name."""
        parts = self._evaluation.situation.dose
        return daily_magnesium(tuple(part for part in parts if (part.list, part.index) != self._own))

    @cached_property
    def _amounts(self) -> dict[tuple[int, Route], Interval]:
        taken, program = self._evaluation.situation.taken, self._evaluation.program
        return amounts_a_day(taken, [keys_of(item, program) for item in taken])

    @cached_property
    def _products(self) -> dict[int, dict[str, Interval]]:
        book, program = self._evaluation.book, self._evaluation.program
        return {
            position: product_values(item, book, program)
            for position, item in enumerate(self._evaluation.situation.taken)
            if item.salts
        }
