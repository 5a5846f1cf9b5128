"""What the commands about rule pages say: one page in words, pages that are due, a page that is begun."""

from __future__ import annotations

from typing import Annotated

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class StandingWords(Words):
    """Who stands for a page, and until when."""

    line: Annotated[str, Placeholders("status", "checked", optional=("written", "again"))]
    written: Annotated[str, Placeholders("day")]
    by: Annotated[str, Placeholders("name", "day")]
    again: Annotated[str, Placeholders("month")]
    retired: Annotated[str, Placeholders("day", "why")]
    retired_for: Annotated[str, Placeholders("day", "why", "page")]


class PageWords(Words):
    """One page."""

    asks: str
    retired: str
    standing: StandingWords
    when: str
    then: str
    why: str
    evidence: str
    examples: Annotated[str, Placeholders("count", "file")]
    ask: Annotated[str, Placeholders("question")]
    headline: Annotated[str, Placeholders("headline")]
    mechanism: Annotated[str, Placeholders("mechanism")]
    severity: Annotated[str, Placeholders("severity")]
    seriousness: Annotated[str, Placeholders("severity", "seriousness")]
    urgency: Annotated[str, Placeholders("urgency")]
    says: Annotated[str, Placeholders("passage")]
    read: dict[str, str]
    """How a passage was read -> the same in words."""
    own_step: str


class PagesWords(Words):
    page: PageWords
    none_holds: Annotated[str, Placeholders("word")]
    due: Annotated[str, Placeholders("count")]
    sound: Annotated[str, Placeholders("pages", "examples")]
    due_later: Annotated[str, Placeholders("month")]
    never_due: str
    begun: Annotated[str, Placeholders("file")]
    line: Annotated[str, Placeholders("number", "text")]
    then: Annotated[str, Placeholders("folder")]
