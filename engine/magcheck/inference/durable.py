"""Which clauses hold, says durable_rules: one sealed batch, one live state, nothing outside its safe part.

Only the native part of the engine is used: the public Host loses findings to its timers and swallows exceptions.
Every fault breaks the engine, which is then freed and built anew.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import partial
from itertools import count, starmap
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from magcheck.core.errors import EngineFault
from magcheck.core.lazy import cached_property
from magcheck.inference.cells import Cells, KeptAnswers
from magcheck.inference.native import native_engine
from magcheck.inference.network import IDENTITY, ONLY_STATE, STATE, TYPE, records
from magcheck.inference.sections import sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from magcheck.inference.cells import Answer, Cell
    from magcheck.inference.program import Fact, Matches, Program
    from magcheck.inference.sections import ClauseSection

_BEGIN, _DONE = (json.dumps({TYPE: name, IDENTITY: name, STATE: ONLY_STATE}) for name in ("begin", "done"))
_DONE_RULE = "done"
_ABSORBER = {"all": [{"x": {"$ex": {TYPE: 1}}}, {"never": {TYPE: "never"}}]}
_ruleset_names = count()

MOST_KEPT = 8192
"""Answers that one evaluator keeps."""
ASKED_ANEW = 16
"""One check of so many asks what it has kept."""


def _keep(answers: list[Any], call: Callable[..., Any], *arguments: object) -> None:
    """Call, and put the answer into `answers`, in one step of the interpreter.

    A signal handler (Ctrl-C, a soft time limit) raises between two steps: it may prevent the call or come after
    it, but what the engine has made is never lost.
    """
    answers.extend(starmap(call, [arguments]))


class _RuleSet:
    """One rule set of durable_rules, and how far the one state in it has come: it can be freed at any moment."""

    def __init__(self) -> None:
        self._handles: list[int] = []
        self._in_use = False
        """There may be a state: a check has begun and was not ended."""
        self._asserted: list[tuple[int, int]] = []
        self._started: list[tuple[str, str] | None] = []

    @property
    def is_ready(self) -> bool:
        return bool(self._handles) and not self._in_use

    def build(self, native: Any, definition: str) -> None:  # noqa: ANN401 - a C module without types
        _keep(self._handles, native.create_ruleset, f"magcheck-{next(_ruleset_names)}", definition)

    def firings(self, native: Any, batch: str) -> list[str]:  # noqa: ANN401 - as above
        """What fires on a sealed batch, as durable_rules prints it. Raises EngineFault or what that raises."""
        handle = self._handles[0]
        self._asserted, self._started = [], []
        self._in_use = True
        _keep(self._asserted, native.assert_facts, handle, batch)
        result, state = self._asserted[0]
        if result != 0:
            raise EngineFault(f"durable_rules answered {result} to the facts")
        _keep(self._started, native.start_action_for_state, handle, state)
        first = self._started[0]
        fired = [first[1]] if first else []
        if first:
            fired.extend(iter(partial(native.complete_and_start_action, handle, state), None))
        if not any(firing.startswith('{"done"') for firing in fired):
            raise EngineFault("the batch did not reach its end")
        native.delete_state(handle, ONLY_STATE)
        self._in_use = False
        return fired

    def free(self, native: Any) -> None:  # noqa: ANN401 - as above
        """Give everything back; where this is interrupted, the next call goes on."""
        if self._handles and self._in_use:
            with suppress(Exception):
                self._free_state(native, self._handles[0])
        while self._handles:
            native.delete_ruleset(self._handles.pop())
        self._in_use = False

    def _free_state(self, native: Any, handle: int) -> None:  # noqa: ANN401 - as above
        """A rule set does not free its state, and durable_rules crashes where none of its actions has started."""
        whole = bool(self._asserted) and self._asserted[0][0] == 0
        if whole and not self._started:
            _keep(self._started, native.start_action_for_state, handle, self._asserted[0][1])
        if self._started and self._started[0]:
            native.delete_state(handle, ONLY_STATE)


class _Engine:
    """One section inside durable_rules: its rule set, and how its rules are called there."""

    def __init__(self, section: ClauseSection) -> None:
        self._section = section
        self.rule_set = _RuleSet()

    @cached_property
    def _definition(self) -> str:
        rules = self._section.network.rules
        return json.dumps({**rules, _DONE_RULE: {"all": [{"m": {TYPE: "done"}}]}, "absorber": _ABSORBER})

    def matches(self, native: Any, facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - a C module
        """(number of the clause in the whole, position in `facts`) of what holds. Raises EngineFault."""
        if not self.rule_set.is_ready:
            self._build(native)
        return self._read(native, self._run(native, self._records(facts)), facts)

    def _records(self, facts: Sequence[Fact]) -> list[str]:
        try:
            return records(self._section.network, facts)
        except KeyError as error:
            raise EngineFault(f"a fact lacks {error}, which a page asks for.") from error
        except ValueError as error:
            raise EngineFault(f"a fact holds what is no integer: {error}.") from error

    def _build(self, native: Any) -> None:  # noqa: ANN401 - a C module
        self.rule_set.free(native)
        try:
            self.rule_set.build(native, self._definition)
        except Exception as error:
            raise EngineFault(f"durable_rules refused the rule set: {error}.") from error

    def _run(self, native: Any, batch: list[str]) -> list[str]:  # noqa: ANN401 - a C module
        """The firings, as durable_rules prints them. Any fault leaves the engine broken, to be rebuilt."""
        try:
            return self.rule_set.firings(
                native, f"[{_BEGIN}, {''.join([f'{record}, ' for record in batch])}{_DONE}]"
            )
        except Exception as error:
            raise EngineFault(f"durable_rules failed: {error}.") from error
        finally:
            if not self.rule_set.is_ready:
                self.rule_set.free(native)

    def _read(self, native: Any, firings: list[str], facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - a C module
        for firing in firings:
            rule, position = _parts(firing)
            if rule == _DONE_RULE:
                continue
            shape = self._section.network.shapes.get(rule)
            if shape is None or position is None or position >= len(facts):
                self.rule_set.free(native)
                raise EngineFault(f"durable_rules fired something unknown: {firing[:100]}.")
            key = facts[position].key
            clauses = shape.clauses.get(key)
            if clauses is None:
                self.rule_set.free(native)
                raise EngineFault(f"durable_rules fired a rule on a fact it is not about: {firing[:100]}.")
            for clause in clauses:
                yield self._section.numbers[clause], position


def _parts(firing: str) -> tuple[str, int | None]:
    """Name of the rule, and position of the fact, as `records` gave it."""
    _, rule, *_ = (*firing.split('"', 2), "")
    position = firing.partition('"id": "')[2].partition(".")[0]
    return rule, int(position) if position.isdecimal() else None


class DurableEvaluator:
    """The pages inside durable_rules. Calls are serialised; what stumbles is rebuilt for the next call.

    A rule is about one fact alone, so what was fired for a fact is kept for all that no rule can tell from it.
    Every so many checks ask one of their facts anew, each time another, whatever is kept.
    """

    def __init__(self, program: Program, most_kept: int = MOST_KEPT) -> None:
        self._native = native_engine()
        self._sections = sections_of(program)
        self._engines = tuple(map(_Engine, self._sections.all))
        self._cells, self._kept = Cells(program), KeptAnswers(most_kept)
        self._turns = count()
        self._lock = Lock()
        _evaluators.add(self)
        self.matches([])  # a build that does not work is said at the start

    def matches(self, facts: Sequence[Fact]) -> Matches:
        """Raises EngineFault when the engine stumbles; there is then no partial answer, and nothing is kept."""
        with self._lock:
            try:
                return self._matches(facts)
            except BaseException:
                self._kept.clear()
                raise

    def _matches(self, facts: Sequence[Fact]) -> Matches:
        found: list[tuple[int, int]] = []
        unknown: dict[Cell, list[int]] = {}
        turn, is_not_due = divmod(next(self._turns), ASKED_ANEW)
        asked_anew = None if is_not_due else turn % max(1, len(facts))
        for position, fact in enumerate(facts):
            cell = self._cells.of(fact)
            if cell is None:
                continue
            answer = None if position == asked_anew else self._kept.get(cell)
            if answer is None:
                unknown.setdefault(cell, []).append(position)
            else:
                found += [(clause, position) for clause in answer]
        if unknown or not facts:
            answers = self._fired([facts[positions[0]] for positions in unknown.values()])
            for (cell, positions), answer in zip(unknown.items(), answers, strict=True):
                self._kept.add(cell, answer)
                found += [(clause, position) for position in positions for clause in answer]
        return frozenset(found)

    def _fired(self, facts: Sequence[Fact]) -> list[Answer]:
        """What durable_rules says of each."""
        fired: list[set[int]] = [set() for _ in facts]
        for section, positions in self._sections.concerned(facts).items():
            given = [facts[position] for position in positions]
            for clause, place in self._engines[section].matches(self._native, given):
                fired[positions[place]].add(clause)
        return list(map(tuple, fired))

    @property
    def kept(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def discard(self) -> None:
        """Distrust the engine: what it holds and said is freed, and it is built anew for the next check."""
        with self._lock:
            self._kept.clear()
            for engine in self._engines:
                engine.rule_set.free(self._native)

    def close(self) -> None:
        """Free the memory; the evaluator can still be used and takes it again."""
        self.discard()

    def renew_lock(self) -> None:
        """In a child of a fork: the thread that held the lock, if any, does not exist there.

        Where it was inside the engine, the rule set is not ready, so the next check builds it anew.
        """
        self._lock = Lock()


_evaluators: WeakSet[DurableEvaluator] = WeakSet()


def _renew_locks() -> None:
    for evaluator in list(_evaluators):
        evaluator.renew_lock()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_renew_locks)
