"""What would the verdict be if a few facts were otherwise? Only the clauses that ask them are looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import BEYOND
from magcheck.core.lazy import cached_property
from magcheck.findings.policy import is_kept, makes_finding, verdict_if_fired
from magcheck.inference.program import Outcome
from magcheck.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from magcheck.findings.evaluation import Evaluation, Held
    from magcheck.inference.program import Fact, Interval, Test


class Reach:
    """Everything that could fire for one person, whatever the facts `free` are."""

    def __init__(self, evaluation: Evaluation, free: frozenset[str]) -> None:
        self._evaluation = evaluation
        self._verdicts: dict[tuple[int, ...], Verdict] = {}
        self._stronger: dict[Verdict, list[tuple[Fact, tuple[Test, ...]]]] = {}
        self.always: list[Held] = [
            (rule, clause, fact)
            for rule, clause, fact in evaluation.holding(Outcome.FIRES)
            if not any(test.fact in free for test in clause.tests)
        ]
        self.open: list[tuple[Held, tuple[Test, ...]]] = []
        """What fires where the tests beside it hold; its other tests do."""
        clauses, rules = evaluation.program.clauses, evaluation.book.rules_by_id
        parted = evaluation.program.parted(free)
        for fact in evaluation.situation.facts:
            values = fact.values
            for number, asked, told in parted.get((fact.scope, fact.key), ()):
                for test in told:
                    if not test.holds(*values[test.fact]):
                        break
                else:
                    clause = clauses[number]
                    self.open.append(((rules[clause.rule], clause, fact), asked))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The free facts that could make something fire, or keep it from it."""
        return frozenset(test.fact for _, tests in self.open for test in tests)

    @cached_property
    def limit(self) -> Verdict:
        """No verdict can be stronger; it may be stronger than any that is possible.

        A window that the times keep with one product counts with none.
        """
        return self._strongest((*self.always, *(held for held, _ in self.open)))

    def _strongest(self, held: Iterable[Held]) -> Verdict:
        """Of those that would count alone."""
        worst = Verdict.CLEAR
        for rule, _, fact in held:
            is_stronger = rule.strongest.rank < worst.rank and makes_finding(rule)
            if is_stronger and not is_kept(rule, [fact], self._evaluation.situation):
                worst = Verdict(rule.strongest.value)
        return worst

    def thresholds(self, name: str) -> frozenset[int]:
        """Every value of this fact at which a test that matters here begins or ceases to hold."""
        tests = (test for _, tests in self.open for test in tests if test.fact == name)
        return frozenset(bound for test in tests for bound in (test.low, test.high + 1) if abs(bound) < BEYOND)

    def could_beat(self, verdict: Verdict, value: Callable[[str, Fact], Interval]) -> bool:
        """May the verdict be stronger with these values? Asked of the stronger pages alone, so it costs little."""
        if self._sure.rank < verdict.rank:
            return True
        stronger = self._stronger_than(verdict)
        self._evaluation.effort.spent += len(stronger)
        for fact, tests in stronger:
            for test in tests:
                if not test.holds(*value(test.fact, fact)):
                    break
            else:
                return True
        return False

    def could_ever_beat(self, verdict: Verdict, may_hold: Callable[[Test, Fact], bool]) -> bool:
        """May the verdict be stronger with any values with which a test may hold?"""
        if self._sure.rank < verdict.rank:
            return True
        stronger = self._stronger_than(verdict)
        self._evaluation.effort.spent += len(stronger)
        return any(all(may_hold(test, fact) for test in tests) for fact, tests in stronger)

    def _stronger_than(self, verdict: Verdict) -> list[tuple[Fact, tuple[Test, ...]]]:
        """The facts and tests of the pages that are stronger, and would count."""
        if verdict not in self._stronger:
            self._stronger[verdict] = [
                (fact, tests)
                for (rule, _, fact), tests in self.open
                if rule.strongest.rank < verdict.rank
                and makes_finding(rule)
                and not is_kept(rule, [fact], self._evaluation.situation)
            ]
        return self._stronger[verdict]

    @cached_property
    def _sure(self) -> Verdict:
        """Of what fires in any case, if nothing keeps it back."""
        return self._strongest(self.always)

    def verdict(self, value: Callable[[str, Fact], Interval]) -> Verdict:
        """The verdict with these values of the free facts."""
        firing = self._firing(value)
        if firing not in self._verdicts:
            self._verdicts[firing] = verdict_if_fired(self._held(firing), self._evaluation.situation)
        return self._verdicts[firing]

    def fired(self, value: Callable[[str, Fact], Interval]) -> list[Held]:
        """What fires with these values of the free facts."""
        return self._held(self._firing(value))

    def _held(self, firing: Iterable[int]) -> list[Held]:
        return [*self.always, *(self.open[number][0] for number in firing)]

    def _firing(self, value: Callable[[str, Fact], Interval]) -> tuple[int, ...]:
        self._evaluation.effort.spent += len(self.open)
        firing: list[int] = []
        for number, ((_, _, fact), tests) in enumerate(self.open):
            for test in tests:
                if not test.holds(*value(test.fact, fact)):
                    break
            else:
                firing.append(number)
        return tuple(firing)
