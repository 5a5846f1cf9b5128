"""Which clauses hold, says durable_rules: one sealed batch, one live state, nothing outside its safe part.

The only module that imports the engine, and its native part at that: the public Host loses findings to its
timers and swallows exceptions. Every fault breaks the engine, which is then thrown away and built anew.
"""

from __future__ import annotations

import json
import re
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any

from magcheck.core.errors import EngineFault
from magcheck.inference.network import IDENTITY, STATE, TYPE, build_network, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.inference.program import Fact, Matches, Program

_NEEDED = (
    "create_ruleset", "delete_ruleset", "assert_facts",
    "start_action_for_state", "complete_and_start_action", "delete_state",
)  # fmt: skip
_SID = "1"
_BEGIN: dict[str, Any] = {TYPE: "begin", IDENTITY: "begin", STATE: _SID}
_DONE: dict[str, Any] = {TYPE: "done", IDENTITY: "done", STATE: _SID}
_DONE_RULE = "done"
_ABSORBER = {"all": [{"x": {"$ex": {TYPE: 1}}}, {"never": {TYPE: "never"}}]}
_FIRING = re.compile(r'^\{ ?"([^"]+)"')
_FACT = re.compile(r'"id": "(\d+)\.')
_ruleset_names = count()

BUILD_HELP = (
    "durable_rules, which magcheck needs, is not usable here: {reason}. "
    "Install a C compiler and the Python headers, then run: "
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install --force-reinstall --no-cache-dir --no-binary durable-rules durable-rules==2.0.28"
)


def _native() -> Any:  # noqa: ANN401 - a C module without types
    try:
        import durable_rules_engine  # noqa: PLC0415 - a broken build must give a sentence, not a traceback
    except ImportError as error:
        reason = str(error).splitlines()[0]
        raise EngineFault(BUILD_HELP.format(reason=reason)) from error
    missing = [name for name in _NEEDED if not hasattr(durable_rules_engine, name)]
    if missing:
        raise EngineFault(BUILD_HELP.format(reason=f"it lacks {', '.join(missing)}"))
    return durable_rules_engine


class DurableEvaluator:
    """A rule set inside durable_rules. Calls are serialised; it rebuilds itself after a fault."""

    def __init__(self, program: Program) -> None:
        self._native = _native()
        self._network = build_network(program)
        self._definition = json.dumps(
            {**self._network.rules, _DONE_RULE: {"all": [{"m": {TYPE: "done"}}]}, "absorber": _ABSORBER}
        )
        self._lock = Lock()
        self._handle: int | None = None
        with self._lock:
            self._build()
            self._run([])

    def matches(self, facts: Sequence[Fact]) -> Matches:
        """Raises EngineFault when the engine stumbles; there is then no partial answer."""
        with self._lock:
            if self._handle is None:
                self._build()
            return self._read(self._run(self._records(facts)), facts)

    def _records(self, facts: Sequence[Fact]) -> list[dict[str, Any]]:
        try:
            return records(self._network, facts)
        except KeyError as error:
            raise EngineFault(f"a fact lacks {error}, which a page asks for.") from error

    def discard(self) -> None:
        """Distrust the engine: it is built anew for the next check."""
        with self._lock:
            self._handle = None

    def _build(self) -> None:
        try:
            self._handle = self._native.create_ruleset(f"magcheck-{next(_ruleset_names)}", self._definition)
        except Exception as error:
            raise EngineFault(f"durable_rules refused the rule set: {error}.") from error

    def _run(self, batch: list[dict[str, Any]]) -> list[str]:
        """The firings, as durable_rules prints them. Any fault leaves the engine broken, to be rebuilt."""
        handle, self._handle = self._handle, None
        sealed = [_BEGIN, *({**record, STATE: _SID} for record in batch), _DONE]
        try:
            firings = self._fire(handle, json.dumps(sealed))
            self._native.delete_state(handle, _SID)
        except Exception as error:
            raise EngineFault(f"durable_rules failed: {error}.") from error
        self._handle = handle
        return firings

    def _fire(self, handle: int | None, batch: str) -> list[str]:
        result, state = self._native.assert_facts(handle, batch)
        if result != 0:
            raise EngineFault(f"durable_rules answered {result} to the facts")
        started = self._native.start_action_for_state(handle, state)
        firings: list[str] = []
        message = started[1] if started else None
        while message:
            firings.append(message)
            message = self._native.complete_and_start_action(handle, state)
        if not any(firing.startswith('{"done"') for firing in firings):
            raise EngineFault("the batch did not reach its end")
        return firings

    def _read(self, firings: list[str], facts: Sequence[Fact]) -> Matches:
        matches: set[tuple[int, int]] = set()
        for firing in firings:
            rule, position = _FIRING.match(firing), _FACT.search(firing)
            if rule and rule[1] == _DONE_RULE:
                continue
            shape = self._network.shapes.get(rule[1]) if rule else None
            if shape is None or position is None or int(position[1]) >= len(facts):
                self._handle = None
                raise EngineFault(f"durable_rules fired something unknown: {firing[:100]}.")
            key = facts[int(position[1])].key
            clauses = shape.clauses.get(key, shape.clauses.get(0))
            if clauses is None:
                self._handle = None
                raise EngineFault(f"durable_rules fired a rule on a fact it is not about: {firing[:100]}.")
            matches |= {(clause, int(position[1])) for clause in clauses}
        return frozenset(matches)

    def close(self) -> None:
        """Free the rule set; the evaluator can still be used and builds it again."""
        with self._lock:
            handle, self._handle = self._handle, None
            if handle is not None:
                self._native.delete_ruleset(handle)
