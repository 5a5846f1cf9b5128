"""Which pages wait for a person? Those that are to be read again, and one that is only begun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from magcheck.cli.console import print_data, print_result, say
from magcheck.cli.own_rules import book_of
from magcheck.cli.save import refuse_unwritable
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.placeholders import fill
from magcheck.knowledge.skeleton import TO_DO, skeleton
from magcheck.lint.review import due_pages
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from datetime import date

    from magcheck.cli.chosen import Chosen


def list_due(rules: Chosen | None, today: date, *, as_json: bool) -> int:
    book = book_of(rules)
    due = due_pages(book.rules, today)
    if as_json:
        entries = [{"id": page.rule.id, "again": f"{page.since:%Y-%m}", "overdue": page.overdue} for page in due]
        print_data(json.dumps(entries, indent=2))
    elif due:
        print_result("\n".join(f"{page.since:%Y-%m}  {page.rule.id}  {one_line(page.rule.title)}" for page in due))
    else:
        words = book.wording.pages
        coming = [rule.again for rule in book.rules if rule.again and not rule.retired]
        say(fill(words.due_later, month=f"{min(coming):%Y-%m}") if coming else words.never_due)
    return 0


def new_page(name: str, folder: str, today: date) -> int:
    """Raises InputError for an id that cannot be given, and for a file that is there or cannot be written."""
    book = load_rules()
    text, words = skeleton(name, today, book.rules_by_id), book.wording.pages
    file = Path(folder) / f"{name}.yaml"
    refuse_unwritable(str(file), replace=False)
    file.write_text(text, encoding="utf-8")
    left = [
        f"  {fill(words.line, number=number, text=line.strip())}"
        for number, line in enumerate(text.splitlines(), 1)
        if TO_DO in line
    ]
    print_result("\n".join([fill(words.begun, file=file), *left]))
    say(fill(words.then, folder=folder))
    return 0
