"""Which folder of rule pages was named, and are its pages added to ours or used alone?"""

from __future__ import annotations

from typing import NamedTuple

from magcheck.core.errors import Problem, RulesError


class Chosen(NamedTuple):
    """A folder of one's own."""

    folder: str
    only: bool


def chosen(rules: str | None, only_rules: str | None) -> Chosen | None:
    """None where neither option was given. Raises RulesError where both were."""
    if rules is not None and only_rules is not None:
        what = "--rules adds pages, --only-rules uses them alone."
        raise RulesError([Problem("magcheck", what, "Write one of them.")])
    if only_rules is not None:
        return Chosen(only_rules, only=True)
    return None if rules is None else Chosen(rules, only=False)
