"""Why the report says what it says: what was assumed, which pages fired, and what differs between two reports."""

from __future__ import annotations

from typing import Annotated

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class Reasons(Words):
    """What was assumed or questioned."""

    unusual: str
    unusual_question: Annotated[str, Placeholders("value", "unit")]
    planned: str
    planned_beside: str
    country: Annotated[str, Placeholders("country")]
    product_route: Annotated[str, Placeholders("route")]
    swallowed: Annotated[str, Placeholders("names")]
    egfr: Annotated[str, Placeholders("value", "how")]
    beside: Annotated[str, Placeholders("parts")]
    other_list: Annotated[str, Placeholders("words", "kind", "name")]
    condition_read: Annotated[str, Placeholders("words", "name")]
    condition_no_page: Annotated[str, Placeholders("words")]
    condition_implies: Annotated[str, Placeholders("words", "name")]
    condition_worse: Annotated[str, Placeholders("words", "name", "told")]
    condition_taken: Annotated[str, Placeholders("words", "name")]
    condition_asked: Annotated[str, Placeholders("words")]
    condition_ahead: Annotated[str, Placeholders("words")]
    condition_denied: Annotated[str, Placeholders("words", "name")]
    condition_family: Annotated[str, Placeholders("words", "name")]
    condition_not: Annotated[str, Placeholders("name")]


class KnownWords(Words):
    """Where a value of an explained page comes from."""

    not_told: str
    recognised: dict[str, str]
    """By what an item was recognised -> the same in words."""
    item: Annotated[str, Placeholders("recognised", "route")]
    planned: str
    of_the_day: str
    at_least: Annotated[str, Placeholders("amount")]
    added_up: Annotated[str, Placeholders("parts")]
    route_given: Annotated[str, Placeholders("route")]
    route_assumed: Annotated[str, Placeholders("route")]


class ExplanationWords(Words):
    """Rule pages, each explained."""

    known: KnownWords

    states: dict[str, str]
    """How a page stands to this person -> the title of the pages that stand like that."""
    lines: dict[str, str]
    """How a line of a page stands to this person -> the label of such lines."""
    needs: str
    outcomes: dict[str, str]
    """Of pages without an action."""
    more_title: str
    more: Annotated[str, Placeholders("count")]
    here: Annotated[str, Placeholders("line", "facts")]
    your_times: str
    kept_back_by: str
    blocked: Annotated[str, Placeholders("pages")]
    said_by: str
    why: str
    how_serious: str


class DifferenceWords(Words):
    """Two profiles and their reports, compared."""

    told: str
    same: str
    report: str
    nothing: str
    kinds: dict[str, str]
    """What became of a finding -> the title of such findings."""
    new: str
    gone: str
    added: Annotated[str, Placeholders("item", "value")]
    removed: Annotated[str, Placeholders("item", "value")]
    not_told: str
    verdict: Annotated[str, Placeholders("old", "new")]
    verdict_same: Annotated[str, Placeholders("verdict")]
    not_complete: Annotated[str, Placeholders("verdict")]
    dose: Annotated[str, Placeholders("old", "new")]
    no_product: str
    limit: Annotated[str, Placeholders("amount", "limit")]
    before: str
    because: str
