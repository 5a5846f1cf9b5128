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
from magcheck.knowledge.placeholders import fill
from magcheck.knowledge.review import NOBODY, EvidenceBasis
from magcheck.lint.decided import decided_problems
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
    from magcheck.knowledge.wording.pages import PageWords, StandingWords


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
        say(fill(book.wording.pages.none_holds, word=one_line(word)[:60]))
    return 0


def _holds(rule: Rule, word: str, book: RuleBook) -> bool:
    return word.casefold() in f"{rule.id} {_action(rule, book)} {rule.title} {rule.why}".casefold()


def _action(rule: Rule, book: RuleBook) -> str:
    words = book.wording.pages.page
    if rule.retired:
        return words.retired
    return words.asks if rule.ask else book.wording.labels.actions[rule.strongest.value]


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
    words = book.wording.pages.page
    yield f"{rule.id} ({_action(rule, book).lower()})"
    yield rule.title
    yield from _standing(rule, words.standing)
    yield from ("", words.when)
    yield from (f"- {in_words(condition)}" for condition in conditions_of(rule))
    yield from ("", words.then)
    yield from (f"- {one_line(text)}" for text in _outcome(rule, book))
    yield from ("", words.why)
    yield from (f"- {one_line(text)}" for text in _reasons(rule, words))
    yield from ("", words.evidence)
    yield from _evidence(rule, book)
    yield from ("", fill(words.examples, count=len(rule.examples), file=book.documents[rule.id].name))


def _standing(rule: Rule, words: StandingWords) -> Iterator[str]:
    """Who stands for the page, and until when."""
    by = fill(words.by, name=rule.checked.by, day=rule.checked.on) if rule.checked else NOBODY
    yield fill(
        words.line,
        status=rule.status.value.capitalize(),
        written=fill(words.written, day=rule.written) if rule.written else "",
        checked=one_line(by),
        again=fill(words.again, month=f"{rule.again:%Y-%m}") if rule.again else "",
    )
    if rule.retired:
        form = words.retired_for if rule.retired.by else words.retired
        yield fill(form, day=rule.retired.on, why=one_line(rule.retired.why), page=rule.retired.by)


def _outcome(rule: Rule, book: RuleBook) -> Iterator[str]:
    words = book.wording.pages.page
    if rule.ask:
        question = book.questions.get(rule.ask)
        yield fill(words.ask, question=question.question if question else rule.ask)
    if rule.what_to_do:
        yield rule.what_to_do
    if rule.separate:
        yield from _windows(rule.separate, separated(rule, book.terms), book)
    if rule.headline:
        yield fill(words.headline, headline=rule.headline)


def _windows(window: Separate, medicine: str, book: RuleBook) -> Iterator[str]:
    words = book.wording.separation
    if window.before is not None and window.after is not None:
        yield _window(words.sentence, medicine, window.before, window.after, book)
    if window.preferred:
        yield _window(words.preferred, medicine, window.preferred.before, window.preferred.after, book)


def _window(sentence: str, medicine: str, before: int, after: int, book: RuleBook) -> str:
    duration = book.wording.duration
    return fill(sentence, medicine=medicine, before=duration(before), after=duration(after))


def _reasons(rule: Rule, words: PageWords) -> Iterator[str]:
    yield rule.why
    if rule.mechanism:
        yield fill(words.mechanism, mechanism=rule.mechanism)
    form = words.seriousness if rule.seriousness else words.severity
    yield fill(form, severity=rule.severity.value, seriousness=rule.seriousness)
    if rule.urgency:
        yield fill(words.urgency, urgency=rule.urgency.value)


def _evidence(rule: Rule, book: RuleBook) -> Iterator[str]:
    for evidence in rule.evidence:
        source = book.sources.get(evidence.source)
        title = source.title if source else evidence.source
        where = f", {evidence.where}" if evidence.where else ""
        yield f"- {one_line(title + where)} ({_how_sure(evidence, book)})"
        if evidence.says:
            yield fill(book.wording.pages.page.says, passage=one_line(evidence.says))
        if source and source.address:
            yield source.address


def _how_sure(evidence: Evidence, book: RuleBook) -> str:
    """ "official product text, read in a copy, in part our own step"."""
    words = book.wording.pages.page
    parts = [book.wording.labels.grades[evidence.grade.value]]
    if evidence.read is not None and evidence.read.value in words.read:
        parts.append(words.read[evidence.read.value])
    if evidence.basis is EvidenceBasis.OURS:
        parts.append(words.own_step)
    return ", ".join(parts)


def lint(rules: Chosen | None, today: date) -> int:
    """Raises RulesError with every problem of the pages and of their examples; warns of pages that are due."""
    book = book_of(rules)
    problems = [*lint_pages(book), *overdue_problems(book, today)]
    if rules is None or book.only:
        problems += decided_problems(book)
    if rules is None:
        problems += bibliography_problems(book)
    problems = problems or lint_examples(Checker(book))
    if problems:
        raise RulesError(problems)
    due = due_pages(book.rules, today)
    if due:
        say(fill(book.wording.pages.due, count=len(due)))
    count = sum(len(rule.examples) for rule in book.rules)
    print_result(fill(book.wording.pages.sound, pages=len(book.rules), examples=count))
    return 0
