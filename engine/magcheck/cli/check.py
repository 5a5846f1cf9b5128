"""Check a profile, and show the report as it was asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_told
from magcheck.cli.save import refuse_unwritable, write_whole
from magcheck.cli.show import show
from magcheck.core.errors import InputError, MissingExtraError, Problem
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.depth import SCREEN
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.checker import Checker, Told
    from magcheck.cli.chosen import Chosen
    from magcheck.reading.document import FromDocument
    from magcheck.rendering.depth import Depth
    from magcheck.report import Report

STDOUT = "-"


def check_profile(  # noqa: PLR0913 - one parameter for each option
    source: str,
    rules: Chosen | None,
    *,
    as_json: bool,
    plain: bool,
    no_input: bool,
    voice: Voice = Voice.PLAIN,
    depth: Depth = SCREEN,
    html: str | None = None,
    force: bool = False,
    rules_of_names: bool = False,
) -> int:
    """The exit code of the report on the profile in `source`, which is printed, and written to `html` if named.

    `html`: "-" prints the handout instead of the report.
    """
    _refuse_two_results(html, as_json=as_json)
    if html not in (None, STDOUT):
        refuse_unwritable(html, replace=force)
    told = read_told(source, rules)
    checker = checker_of(rules)
    check = checked_by(checker, as_json=as_json, changes=depth.more, rules_of_names=rules_of_names)
    report = check(told)
    if not as_json and not no_input and console.is_dialogue():
        told, report = clarified(told, report, checker, plain=plain)
    code = report.exit_code  # before anything is printed: what is printed is vouched for
    if html == STDOUT:
        console.print_data(handout_of(told, checker, voice))
        return code
    if html is not None:
        write_whole(handout_of(told, checker, voice), html)
    show(report, checker.book.wording, as_json=as_json, plain=plain, voice=voice, depth=depth)
    return code


def checked_by(
    checker: Checker, *, as_json: bool, changes: bool = True, rules_of_names: bool = False
) -> Callable[[Told], Report]:
    """Programs read the day too; people ask for it with `plan`, because to load the solver takes a second.

    `changes`: what would change the verdict is tried too, which takes as long as some twenty checks.
    """
    if as_json:
        return partial(_with_day, checker, rules_of_names=rules_of_names)
    return checker.with_changes if changes else checker.check


def _with_day(checker: Checker, told: Told, *, rules_of_names: bool = False) -> Report:
    """The day too; without the solver the report says `not made`, and stderr how to get it."""
    try:
        return checker.plan(told, rules_of_names=rules_of_names)
    except MissingExtraError as error:
        console.say(fill(checker.book.wording.talk.no_solver, how=error))
        return checker.with_changes(told, rules_of_names=rules_of_names)


def clarified(told: FromDocument, report: Report, checker: Checker, *, plain: bool) -> tuple[FromDocument, Report]:
    """Both after "did you mean?", where a name was not recognised and the person knows better."""
    if not report.not_checked:
        return told, report
    from magcheck.cli.clarify import clarify  # noqa: PLC0415 - only needed where something is unclear
    from magcheck.cli.prompts import prompter_of  # noqa: PLC0415

    prompter = prompter_of(words=checker.book.wording.talk, plain=plain)
    clearer = told._replace(profile=clarify(told.profile, report, checker.book, prompter))
    console.say("")
    return clearer, report if clearer.profile is told.profile else checker.with_changes(clearer)


def _refuse_two_results(html: str | None, *, as_json: bool) -> None:
    if html == STDOUT and as_json:
        what = "--json and --html - both write to standard output."
        raise InputError([Problem("magcheck check", what, "Name a file for the handout.")])


def handout_of(told: FromDocument, checker: Checker, voice: Voice) -> str:
    """With the day, because the handout draws it."""
    from magcheck.rendering.html.page import handout  # noqa: PLC0415 - only needed to write one

    return handout(_with_day(checker, told), told.profile, checker.book.wording, voice)
