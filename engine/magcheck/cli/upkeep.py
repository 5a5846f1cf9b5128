"""Which pages wait for a person? Those that are to be read again, and one that is only begun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from magcheck.cli.console import print_data, print_result, say
from magcheck.cli.own_rules import book_of
from magcheck.cli.save import refuse_unwritable
from magcheck.knowledge.load import load_rules
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
        coming = [rule.again for rule in book.rules if rule.again and not rule.retired]
        say(f"No page is to be read again before {min(coming):%Y-%m}." if coming else "No page names a month.")
    return 0


def new_page(name: str, folder: str, today: date) -> int:
    """Raises InputError for an id that cannot be given, and for a file that is there or cannot be written."""
    text = skeleton(name, today, load_rules().rules_by_id)
    place = Path(folder) / f"{name}.yaml"
    refuse_unwritable(str(place), replace=False)
    place.write_text(text, encoding="utf-8")
    left = [
        f"  line {number}: {line.strip()}" for number, line in enumerate(text.splitlines(), 1) if TO_DO in line
    ]
    print_result(f"{place} is begun. What is left to you, besides 'when' and the examples:\n" + "\n".join(left))
    say(f"Then: magcheck rules lint --only-rules {folder}")
    return 0
