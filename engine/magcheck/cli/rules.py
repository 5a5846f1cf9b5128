"""What do the rules say? List the pages, show one in words, look for mistakes in all."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from magcheck.checker import Checker
from magcheck.cli.console import is_terminal, print_data, print_result, say, width
from magcheck.cli.own_rules import book_of
from magcheck.core.errors import RulesError
from magcheck.core.labels import ACTIONS, GRADES
from magcheck.explain.reasons import page_called
from magcheck.knowledge.condition_words import conditions_of, in_words
from magcheck.knowledge.entries import reason
from magcheck.lint.pages import lint_examples, lint_pages
from magcheck.rendering.entries import is_address
from magcheck.rendering.line import one_line
from magcheck.rendering.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Page, Separate

ASKS = "Asks"


def list_pages(word: str, rules: str | None, *, as_json: bool) -> int:
    found = [page for page in book_of(rules).pages if _holds(page, word)]
    entries = [{"id": page.id, "action": _action(page), "title": one_line(page.title)} for page in found]
    if as_json:
        print_data(json.dumps(entries, indent=2, ensure_ascii=False))
        return 0
    if entries:
        print_result("\n".join(_columns(entries)))
    else:
        say(f"No page holds '{one_line(word)[:60]}'.")
    return 0


def _holds(page: Page, word: str) -> bool:
    return word.casefold() in f"{page.id} {_action(page)} {page.title} {page.why}".casefold()


def _action(page: Page) -> str:
    if page.retired:
        return "Retired"
    return ASKS if page.ask else ACTIONS[page.strongest.value]


def _columns(entries: list[dict[str, str]]) -> Iterator[str]:
    """Id, action and title side by side; the title below where a screen is too narrow for that."""
    wide = {key: max(len(entry[key]) for entry in entries) for key in ("id", "action", "title")}
    if not is_terminal(sys.stdout) or sum(wide.values()) + 4 <= width():
        yield from (f"{e['id']:<{wide['id']}}  {e['action']:<{wide['action']}}  {e['title']}" for e in entries)
    else:
        yield from (f"{e['id']}  ({e['action'].lower()})\n    {e['title']}" for e in entries)


def show_page(name: str, rules: str | None, *, as_json: bool) -> int:
    """Raises InputError, with a near name, where no page is called `name`."""
    book = book_of(rules)
    page = page_called(name, book, "magcheck rules show")
    if as_json:
        print_data(json.dumps(book.documents[page.id].data, indent=2, ensure_ascii=False))
    else:
        columns = width()
        print_result("\n".join(line for text in _page(page, book) for line in _lines(text, columns)))
    return 0


def _lines(text: str, columns: int) -> list[str]:
    """An address and an empty line stay as they are."""
    return [text] if not text or is_address(text) else wrapped(text, columns, "  ")


def _page(page: Page, book: RuleBook) -> Iterator[str]:
    yield f"{page.id} ({_action(page).lower()})"
    yield page.title
    yield from ("", "When all of this holds:")
    yield from (f"- {in_words(condition)}" for condition in conditions_of(page))
    yield from ("", "Then:")
    yield from (f"- {one_line(text)}" for text in _outcome(page, book))
    yield from ("", "Why:")
    yield from (f"- {one_line(text)}" for text in _reasons(page))
    yield from ("", "Evidence:")
    yield from _evidence(page, book)
    yield from ("", f"{len(page.examples)} examples, in {book.documents[page.id].name}")


def _outcome(page: Page, book: RuleBook) -> Iterator[str]:
    if page.ask:
        yield f"ask: {book.questions[page.ask].question}" if page.ask in book.questions else f"ask {page.ask}"
    if page.what_to_do:
        yield page.what_to_do
    if page.separate:
        yield from _windows(page.separate, book)
    if page.headline:
        yield f"headline: {page.headline}"


def _windows(window: Separate, book: RuleBook) -> Iterator[str]:
    words = book.wording.separation
    if window.before is not None and window.after is not None:
        yield _window(words.sentence, window.take, window.before, window.after, book)
    if window.preferred:
        yield _window(words.preferred, window.take, window.preferred.before, window.preferred.after, book)


def _window(sentence: str, take: str, before: int, after: int, book: RuleBook) -> str:
    duration = book.wording.duration
    return reason(sentence, medicine=take, before=duration(before), after=duration(after))


def _reasons(page: Page) -> Iterator[str]:
    yield page.why
    if page.mechanism:
        yield f"mechanism: {page.mechanism}"
    yield f"how serious: {page.severity.value}" + (f"; {page.seriousness}" if page.seriousness else "")
    if page.urgency:
        yield f"how urgent: {page.urgency.value}"


def _evidence(page: Page, book: RuleBook) -> Iterator[str]:
    for evidence in page.evidence:
        source = book.sources.get(evidence.source)
        title = source.title if source else evidence.source
        where = f", {evidence.where}" if evidence.where else ""
        yield f"- {one_line(title + where)} ({GRADES[evidence.grade.value]})"
        if evidence.says:
            yield f"- It says: {one_line(evidence.says)}"
        if source and source.address:
            yield source.address


def lint(rules: str | None) -> int:
    """Raises RulesError with every problem of the pages and of their examples."""
    book = book_of(rules)
    problems = lint_pages(book) or lint_examples(Checker(book))
    if problems:
        raise RulesError(problems)
    count = sum(len(page.examples) for page in book.pages)
    print_result(f"{len(book.pages)} pages and {count} examples, no problem found.")
    return 0
