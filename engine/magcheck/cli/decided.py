"""What was decided for each medicine of a class that was gone through? The table, whole or in part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from magcheck.cli.console import print_data, print_result, say
from magcheck.cli.own_rules import book_of
from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.conditions import near
from magcheck.rendering.line import one_line
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.decided import DecidedMedicine
    from magcheck.knowledge.load import RuleBook


def list_decided(class_name: str | None, medicine: str | None, rules: Chosen | None, *, as_json: bool) -> int:
    """Raises InputError, with a near name, for a class or medicine that does not exist."""
    book = book_of(rules)
    chosen = _of_class(class_name, book) & _called(medicine, book)
    entries = [entry for entry in book.decided.entries if entry.medicine in chosen]
    if as_json:
        print_data(json.dumps([_as_data(entry, book) for entry in entries], indent=2, ensure_ascii=False))
    elif entries:
        print_result("\n".join(_columns([_row(entry, book) for entry in entries])))
    else:
        say("Nothing was decided for that: its class was not gone through.")
    return 0


def _of_class(name: str | None, book: RuleBook) -> set[str]:
    """Names of the medicines in a class; all where no class is told."""
    substances = book.vocabulary.substances.values()
    if name is None:
        return {substance.name for substance in substances}
    selector = book.vocabulary.selector(name)
    if selector not in book.vocabulary.classes:
        raise _unknown("class", name, book.vocabulary.classes)
    return {substance.name for substance in substances if selector in substance.selectors}


def _called(name: str | None, book: RuleBook) -> set[str]:
    """What one name can mean: substances, with their formulations; all where none is told."""
    substances = book.vocabulary.substances
    if name is None:
        return {*substances}
    meanings = book.vocabulary.names.get(normal(name), ())
    meant = {substance.name for meaning in meanings for substance in meaning.substances}
    if not meant:
        raise _unknown("medicine", name, substances)
    return {substance.name for substance in substances.values() if meant & {substance.name, substance.of}}


def _unknown(kind: str, name: str, known: Iterable[str]) -> InputError:
    shown = one_line(name)[:60]
    nearest = near(shown, known)
    hint = nearest if nearest.startswith("Did") else "See rules/vocabulary."
    return InputError([Problem("", f"no {kind} is called '{shown}'.", hint)])


def _sources(entry: DecidedMedicine, book: RuleBook) -> list[dict[str, Any]]:
    """What is behind a decision: the evidence of its page, or what was read for the silence."""
    page = book.rules_by_id.get(entry.decision.page or "")
    passages = page.evidence if page else book.decided.passages(entry.decision)
    return [
        {"source": passage.source, "where": passage.where, "read": passage.read.value if passage.read else None}
        for passage in passages
    ]


def _as_data(entry: DecidedMedicine, book: RuleBook) -> dict[str, Any]:
    return {
        "class": entry.class_name,
        "medicine": entry.medicine,
        "page": entry.decision.page,
        "reason": _reason(entry, book),
        "sources": _sources(entry, book),
    }


def _reason(entry: DecidedMedicine, book: RuleBook) -> str | None:
    reason = book.decided.reasons.get(entry.decision.silent or "")
    return one_line(reason.says) if reason else entry.decision.silent


def _row(entry: DecidedMedicine, book: RuleBook) -> tuple[str, str, str, str]:
    named = [" ".join(filter(None, (part["source"], part["where"]))) for part in _sources(entry, book)]
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    outcome = f"page {entry.decision.page}" if entry.decision.page else f"silent: {_reason(entry, book)}"
    return entry.class_name, entry.medicine, outcome, "".join(named[:1]) + more


def _columns(rows: list[tuple[str, str, str, str]]) -> list[str]:
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row[:3], wide, strict=True)), row[3]])
        for row in rows
    ]
