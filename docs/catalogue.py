"""What does each rule page say, with its evidence? One document for each folder, in words."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from magcheck.cli.rules import page_in_words
from magcheck.rendering.outline import is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|])")


def folders_in_words(book: RuleBook) -> dict[str, str]:
    """Folder -> its pages, each below a heading with the id of the page as its anchor."""
    pages: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in book.rules:
        pages[Path(book.documents[rule.id].name).parent.name].append(rule)
    return {name: "\n".join(_folder(name, rules, book)) for name, rules in sorted(pages.items())}


def _folder(name: str, rules: list[Rule], book: RuleBook) -> Iterator[str]:
    yield from (
        f"# {name.capitalize()}",
        "",
        "You see what each page of this folder says, when, and on which evidence.",
    )
    for rule in rules:
        yield from _page(rule, book)


def _page(rule: Rule, book: RuleBook) -> Iterator[str]:
    """What `magcheck rules show` prints, as Markdown."""
    head, title, *lines = page_in_words(rule, book)
    yield from (
        "",
        f"## {_plain(title)} {{ #{rule.id} }}",
        "",
        f"`{rule.id}`, {head.partition('(')[2].rstrip(')')}",
        "",
    )
    for line in lines:
        if line.startswith("- "):
            yield f"- {_plain(line[2:])}"
        elif is_address(line):
            yield f"    <{line}>"
        else:
            yield from ((f"**{line}**", "") if line.endswith(":") else (_plain(line), ""))


def _plain(text: str) -> str:
    """No sign of it means anything but itself."""
    return _SPECIAL.sub(r"\\\1", html.escape(text, quote=False))
