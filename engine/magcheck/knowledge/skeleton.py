"""How does a new page begin? Everything that a machine can write, and TO DO where only a person can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.review import Id

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

TO_DO = "TO DO:"
"""No page with this in a text can be used."""
_PAGE = """id: {id}
title: "TO DO: what a person should know, in one sentence"
status: draft
written: {written}
checked: nobody
again: {again}
when:
  - taking: magnesium by mouth
  - age: {{from: 18}}
action: note
what_to_do: "TO DO: what to do; words that a twelve-year-old knows"
severity: info
why: "TO DO: why; sentences of at most 15 words"
evidence:
  - {{source: to-do, grade: unconfirmed, read: no, basis: source, says: "TO DO: what stands there"}}
examples:
  - {{given: {{person: {{age: 40}}, supplements: [magnesium citrate 100 mg]}}, expect: fires}}
  - {{given: {{person: {{age: 17}}, supplements: [magnesium citrate 100 mg]}}, expect: silent}}
"""


def skeleton(name: str, today: date, taken: Container[str]) -> str:
    """The text of a new page. Raises InputError for an id that is none, or that a page has or had already."""
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError:
        what = "this is no id."
        raise InputError(
            [Problem(name[:80], what, "Write small letters, figures and hyphens: separate-ciprofloxacin.")]
        ) from None
    if name in taken:
        raise InputError([Problem(name, "a page has this id.", "An id is given once and for ever.")])
    again = f"{today.year + 1}-{today.month:02}"
    return _PAGE.format(id=name, written=today.isoformat(), again=again)
