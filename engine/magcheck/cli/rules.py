"""What do the rules say? List the pages, show one in words, look for mistakes in all."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from magcheck.checker import Checker
from magcheck.cli.console import is_terminal, print_data, print_result, say, width
from magcheck.cli.own_rules import book_of
from magcheck.core.errors import RulesError
from magcheck.explain.reasons import page_called
from magcheck.knowledge.condition_words import conditions_of, in_words
from magcheck.knowledge.naming import separated
from magcheck.knowledge.placeholders import fill as reason
from magcheck.knowledge.review import NOBODY, Basis, Read
from magcheck.lint.pages import lint_examples, lint_pages
from magcheck.lint.review import bibliography_problems, due_pages, overdue_problems
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import is_address
from magcheck.rendering.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.review import Evidence
    from magcheck.knowledge.rule import Rule, Separate

ASKS = "Asks"


def list_pages(word: str, rules: Chosen | None, *, as_json: bool) -> int:
    book = book_of(rules)
    matching = [rule for rule in book.rules if _holds(rule, word, book)]
    entries = [{"id": rule.id, "action": _action(rule, book), "title": one_line(rule.title)} for rule in matching]
    if as_json:
        print_data(json.dumps(entries, indent=2, ensure_ascii=False))
        return 0
    if entries:
        print_result("\n".join(_columns(entries)))
    else:
        say(f"No page holds '{one_line(word)[:60]}'.")
    return 0


def _holds(rule: Rule, word: str, book: RuleBook) -> bool:
    return word.casefold() in f"{rule.id} {_action(rule, book)} {rule.title} {rule.why}".casefold()


def _action(rule: Rule, book: RuleBook) -> str:
    if rule.retired:
        return "Retired"
    return ASKS if rule.ask else book.wording.labels.actions[rule.strongest.value]


def _columns(entries: list[dict[str, str]]) -> Iterator[str]:
    """Id, action and title side by side; the title below where a screen is too narrow for that."""
    wide = {key: max(len(entry[key]) for entry in entries) for key in ("id", "action", "title")}
    if not is_terminal(sys.stdout) or sum(wide.values()) + 4 <= width():
        yield from (f"{e['id']:<{wide['id']}}  {e['action']:<{wide['action']}}  {e['title']}" for e in entries)
    else:
        yield from (f"{e['id']}  ({e['action'].lower()})\n    {e['title']}" for e in entries)


def show_page(name: str, rules: Chosen | None, *, as_json: bool) -> int:
    """Raises InputError, with a near name, where no page is called `name`."""
    book = book_of(rules)
    rule = page_called(name, book, "magcheck rules show")
    if as_json:
        print_data(json.dumps(book.documents[rule.id].data, indent=2, ensure_ascii=False))
    else:
        columns = width()
        print_result("\n".join(line for text in page_in_words(rule, book) for line in _lines(text, columns)))
    return 0


def _lines(text: str, columns: int) -> list[str]:
    """An address and an empty line stay as they are."""
    return [text] if not text or is_address(text) else wrapped(text, columns, "  ")


def page_in_words(rule: Rule, book: RuleBook) -> Iterator[str]:
    yield f"{rule.id} ({_action(rule, book).lower()})"
    yield rule.title
    yield from _standing(rule)
    yield from ("", "When all of this holds:")
    yield from (f"- {in_words(condition)}" for condition in conditions_of(rule))
    yield from ("", "Then:")
    yield from (f"- {one_line(text)}" for text in _outcome(rule, book))
    yield from ("", "Why:")
    yield from (f"- {one_line(text)}" for text in _reasons(rule))
    yield from ("", "Evidence:")
    yield from _evidence(rule, book)
    yield from ("", f"{len(rule.examples)} examples, in {book.documents[rule.id].name}")


def _standing(rule: Rule) -> Iterator[str]:
    """Who stands for the page, and until when."""
    by = f"{rule.checked.by} on {rule.checked.on}" if rule.checked else NOBODY
    written = f"written {rule.written}, " if rule.written else ""
    again = f", to be read again in {rule.again:%Y-%m}" if rule.again else ""
    yield f"{rule.status.value.capitalize()}: {written}checked by {one_line(by)}{again}"
    if rule.retired:
        instead = f" (see {rule.retired.by})" if rule.retired.by else ""
        yield f"Retired on {rule.retired.on}: {one_line(rule.retired.why)}{instead}"


def _outcome(rule: Rule, book: RuleBook) -> Iterator[str]:
    if rule.ask:
        yield f"ask: {book.questions[rule.ask].question}" if rule.ask in book.questions else f"ask {rule.ask}"
    if rule.what_to_do:
        yield rule.what_to_do
    if rule.separate:
        yield from _windows(rule.separate, separated(rule, book.terms), book)
    if rule.headline:
        yield f"headline: {rule.headline}"


def _windows(window: Separate, medicine: str, book: RuleBook) -> Iterator[str]:
    words = book.wording.separation
    if window.before is not None and window.after is not None:
        yield _window(words.sentence, medicine, window.before, window.after, book)
    if window.preferred:
        yield _window(words.preferred, medicine, window.preferred.before, window.preferred.after, book)


def _window(sentence: str, medicine: str, before: int, after: int, book: RuleBook) -> str:
    duration = book.wording.duration
    return reason(sentence, medicine=medicine, before=duration(before), after=duration(after))


def _reasons(rule: Rule) -> Iterator[str]:
    yield rule.why
    if rule.mechanism:
        yield f"mechanism: {rule.mechanism}"
    yield f"how serious: {rule.severity.value}" + (f"; {rule.seriousness}" if rule.seriousness else "")
    if rule.urgency:
        yield f"how urgent: {rule.urgency.value}"


def _evidence(rule: Rule, book: RuleBook) -> Iterator[str]:
    for evidence in rule.evidence:
        source = book.sources.get(evidence.source)
        title = source.title if source else evidence.source
        where = f", {evidence.where}" if evidence.where else ""
        yield f"- {one_line(title + where)} ({_how_sure(evidence, book)})"
        if evidence.says:
            yield f"- It says: {one_line(evidence.says)}"
        if source and source.address:
            yield source.address


def _how_sure(evidence: Evidence, book: RuleBook) -> str:
    """ "official product text, read in a copy, in part our own step"."""
    read = {Read.ORIGINAL: "read in the original", Read.COPY: "read in a copy"}
    said = [book.wording.labels.grades[evidence.grade.value]]
    if evidence.read is not None and evidence.read in read:
        said.append(read[evidence.read])
    if evidence.basis is Basis.OURS:
        said.append("in part our own step")
    return ", ".join(said)


def lint(rules: Chosen | None, today: date) -> int:
    """Raises RulesError with every problem of the pages and of their examples; warns of pages that are due."""
    book = book_of(rules)
    problems = [*lint_pages(book), *overdue_problems(book, today)]
    if rules is None:
        problems += bibliography_problems(book)
    problems = problems or lint_examples(Checker(book))
    if problems:
        raise RulesError(problems)
    due = due_pages(book.rules, today)
    if due:
        say(f"{len(due)} pages are to be read again: magcheck rules due")
    count = sum(len(rule.examples) for rule in book.rules)
    print_result(f"{len(book.rules)} pages and {count} examples, no problem found.")
    return 0
