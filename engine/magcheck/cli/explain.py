"""Say why the report says what it says: all pages that matter here, or one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_told
from magcheck.cli.show import text_of
from magcheck.rendering.explanation_outline import explanation_outline

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen


def explain_profile(source: str, rule: str | None, rules: Chosen | None, *, as_json: bool, plain: bool) -> int:
    """The exit code of the report on the profile in `source`, whose reasons are printed."""
    told, checker = read_told(source, rules), checker_of(rules)
    explanation = checker.explain(told, rule)
    code = explanation.exit_code  # before anything is printed: what is printed is vouched for
    if as_json:
        console.print_data(explanation.model_dump_json(indent=2))
    else:
        report, is_alone = checker.check(told), rule is not None
        outline = explanation_outline(explanation, report, checker.book.wording, alone=is_alone)
        console.print_result(text_of(outline, plain=plain))
    return code
