"""Check many people: a row for each, how far it is on stderr, an exit code that says whether all were answered."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck.cli.console import is_terminal, say
from magcheck.cli.own_rules import book_of
from magcheck.cli.save import refuse_unwritable
from magcheck.core.errors import InputError, Problem
from magcheck.core.exits import Exit
from magcheck.inference.usable import refuse_unusable
from magcheck.screen.crew import cores
from magcheck.screen.journal import journal_of, part_of
from magcheck.screen.row import ERROR, FAULT, Kind
from magcheck.screen.run import Wanted, screen
from magcheck.screen.source import PIPE, kind_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Generator

    from magcheck.cli.chosen import Chosen
    from magcheck.screen.run import Far


class Manner(NamedTuple):
    kind: Kind
    workers: int | None
    resume: bool
    force: bool
    plain: bool


def kind_of_rows(*, full: bool, could_become: bool) -> Kind:
    """A whole report says what could become of it, too."""
    if full:
        return Kind.FULL
    return Kind.COULD_BECOME if could_become else Kind.BRIEF


def screen_people(source: str, target: str, rules: Chosen | None, manner: Manner) -> int:
    """Raises InputError for files that cannot be used, RulesError for pages that cannot."""
    _refuse(source, target, manner)
    book = book_of(rules)
    refuse_unusable(book)
    wanted = Wanted(
        source=source,
        target=target,
        rules=rules.folder if rules and not rules.only else None,
        only_rules=rules.folder if rules and rules.only else None,
        kind=manner.kind,
        workers=manner.workers or cores(),
        resume=manner.resume,
        today=datetime.now().astimezone().date(),
        digest=book.digest,
    )
    with _watching(plain=manner.plain) as watch:
        outcomes = screen(wanted, watch)
    say(_summary(outcomes))
    return _code(outcomes)


def _refuse(source: str, target: str, manner: Manner) -> None:
    for name in (source, target):
        kind_of(name)
    if manner.resume and PIPE in {source, target}:
        raise InputError([Problem("--resume", "a pipe cannot be read or written again.", "Name files.")])
    if target == PIPE:
        return
    part = part_of(target)
    refuse_unwritable(target, replace=manner.force or (manner.resume and journal_of(target).exists()))
    if part.exists() and not (manner.resume or manner.force):
        fix = "Go on with --resume, or begin anew with --force."
        raise InputError([Problem(str(part)[:200], "this was begun and not finished.", fix)])
    if Path(source).exists() and Path(target).exists() and Path(source).samefile(target):
        raise InputError([Problem(target[:200], "this is the input itself.", "Write another name.")])


def _summary(outcomes: Counter[str]) -> str:
    said = [f"{count:,} {outcome}" for outcome, count in outcomes.most_common()]
    return f"{outcomes.total():,} rows: {', '.join(said) or 'none'}."


def _code(outcomes: Counter[str]) -> int:
    if outcomes[FAULT]:
        return Exit.ENGINE_FAULT
    return Exit.CHANGE if outcomes[ERROR] else 0


@contextmanager
def _watching(*, plain: bool) -> Generator[Callable[[Far], None]]:
    """A bar with rate and time left, where a person looks on."""
    if plain or not is_terminal(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - who looks at no bar needs no rich
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None, rows=0, rate=0.0)

        def watch(far: Far) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = far.rows / elapsed if elapsed else 0.0
            bar.update(task, completed=far.read, total=far.size, rows=far.rows, rate=rate)

        yield watch
