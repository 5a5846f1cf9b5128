"""How the tests break the engine: a native part that loses, changes or refuses what it is given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import durable_rules_engine

from tests.support import profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.inference.program import Matches

    Record = dict[str, Any]
    Change = Callable[[list[Record]], list[Record]]
    """What is done to the records between the two sentinels."""

PERSON = profile(
    person={"age": 62}, kidney={"egfr": 20}, medications=["cipro"], supplements=["magnesium citrate 200 mg"]
)


class Tampered:
    """The native part of durable_rules with some of its calls replaced; counts the rule sets it builds."""

    def __init__(self, **replaced: Callable[..., object]) -> None:
        self.replaced = replaced
        self.built = 0

    def __getattr__(self, name: str) -> object:
        self.built += name == "create_ruleset"
        return self.replaced.get(name) or getattr(durable_rules_engine, name)


def with_records(change: Change) -> Tampered:
    def assert_facts(handle: int, batch: str) -> object:
        begin, *records, done = json.loads(batch)
        sealed = [begin, *change(records), done]
        assert sealed != [begin, *records, done]
        return durable_rules_engine.assert_facts(handle, json.dumps(sealed))

    return Tampered(assert_facts=assert_facts)


def one_less(matches: Matches) -> Matches:
    return matches - {min(matches)}


def losing(is_lost: Callable[[str], bool]) -> Tampered:
    """An engine that never tells some of its firings."""

    def told(message: str | None, handle: int, state: int) -> str | None:
        while message and is_lost(message):
            message = durable_rules_engine.complete_and_start_action(handle, state)
        return message

    def start(handle: int, state: int) -> object:
        first, message = durable_rules_engine.start_action_for_state(handle, state)
        return first, told(message, handle, state)

    def proceed(handle: int, state: int) -> object:
        return told(durable_rules_engine.complete_and_start_action(handle, state), handle, state)

    return Tampered(start_action_for_state=start, complete_and_start_action=proceed)


def is_the_end(firing: str) -> bool:
    return firing.startswith('{"done"')


def dropped(records: list[Record]) -> list[Record]:
    return records[1:]
