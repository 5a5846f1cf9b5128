"""Compare two profiles, and print what their reports say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import STDIN, read_told
from magcheck.cli.show import text_of
from magcheck.core.errors import InputError, Problem
from magcheck.rendering.difference_outline import difference_outline

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen


def compare_profiles(old: str, new: str, rules: Chosen | None, *, as_json: bool, plain: bool) -> int:
    """The exit code of the report on `new`; what it says otherwise than that on `old` is printed."""
    if old == new == STDIN:
        raise InputError([Problem("magcheck diff", "only one profile can be read from stdin.", "Name a file.")])
    checker = checker_of(rules)
    before, after = read_told(old, rules), read_told(new, rules)
    difference = checker.difference(before, after)
    code = difference.exit_code  # before anything is printed: what is printed is vouched for
    if as_json:
        console.print_data(difference.model_dump_json(indent=2))
    else:
        outline = difference_outline(difference, checker.check(after), checker.book.wording)
        console.print_result(text_of(outline, plain=plain))
    return code
