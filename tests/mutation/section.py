"""The section of docs/verification.md that `make mutate` writes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.noticing import LIST, NOBODY
from tests.mutation.spellings import MEANING, PROMISE

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = Path(__file__).parents[2] / "docs" / "verification.md"
HEADING = "## Pages and names wrong in one place: `make mutate`"
_SECTION = re.compile(rf"{re.escape(HEADING)}\n.*?(?=^## )", re.DOTALL | re.MULTILINE)
_WITNESSES = ("examples", "evidence", "reader", "lint", "decisions", "people")
_BEFORE = """
Each page is made wrong in every way, one at a time, and asked who notices. *Examples*: one of its persons comes
out otherwise. *Evidence*: a figure of the page stands in none of its sources. *Reader*, *lint*: the page no longer
fits its own words, or the others. *Decisions*: the table of medicines says otherwise. *People*: somebody of
`tests/people` is told something else. These know what is right. The list that `make docs` writes shows each change
to whoever reads it, and does not know; what only it shows counts as not noticed.

"""
_BETWEEN = """
Figures are held by the number in the evidence, so a figure that is wrong there too is not found, nor one that
stands there for something else. What is left are better gaps that turn round, and weaker words beside another page
that is as strong; `make mutate` prints each.

Names and codes that are gone: a test that says what a name is notices it by that. For the others there is only the
list of what was promised (`tests/terminology/promised`): it lets none go in silence, and does not know if it was
right.

"""


def write(pages: Mapping[str, Counter[str]], names: Mapping[str, Counter[str]]) -> None:
    text = PATH.read_text(encoding="utf-8")
    PATH.write_text(_SECTION.sub(lambda _: section(pages, names), text), encoding="utf-8")


def section(pages: Mapping[str, Counter[str]], names: Mapping[str, Counter[str]]) -> str:
    of_pages = [_of_page(kind, by) for kind, by in sorted(pages.items())]
    of_pages.append(_of_page("all", sum(pages.values(), Counter[str]())))
    of_names = [_of_name(kind, by) for kind, by in sorted(names.items())]
    of_names.append(_of_name("all", sum(names.values(), Counter[str]())))
    head = ("a page made wrong", "ways", *_WITNESSES, "only the list", "noticed")
    heads = ("gone", "so many", MEANING, PROMISE, "nobody")
    return f"{HEADING}\n{_BEFORE}{_table(head, of_pages)}{_BETWEEN}{_table(heads, of_names)}\n"


def _of_page(kind: str, by: Counter[str]) -> list[str]:
    unknowing = by[LIST] + by[NOBODY]
    share = f"{100 * (1 - unknowing / by.total()):.1f} %"
    return [kind, f"{by.total():,}", *(f"{by[name]:,}" for name in _WITNESSES), f"{unknowing:,}", share]


def _of_name(kind: str, by: Counter[str]) -> list[str]:
    return [kind, f"{by.total():,}", *(f"{by[name]:,}" for name in (MEANING, PROMISE, NOBODY))]


def _table(head: tuple[str, ...], lines: list[list[str]]) -> str:
    rows = [list(head), ["---"] * len(head), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
