"""Which rules are used: those that come with magcheck, or the folder that was named?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.checker import Checker, default_checker
from magcheck.core.errors import Problem, RulesError
from magcheck.knowledge.load import load_rules

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook

_NOT_RULES = (OSError, ValueError, TypeError, KeyError, AttributeError)


def checker_of(folder: str | None) -> Checker:
    """Raises RulesError for a folder whose pages cannot be used, each problem with its place."""
    return default_checker() if folder is None else Checker(book_of(folder))


def book_of(folder: str | None) -> RuleBook:
    """Raises RulesError also for a folder that holds no page, or something else than pages."""
    try:
        book = load_rules(folder)
    except _NOT_RULES as error:
        what = f"this folder cannot be read as rules: {type(error).__name__}: {error}."
        raise RulesError([Problem(folder or "rules", what, "See CONTRIBUTING for what it may hold.")]) from None
    if not book.rules:
        raise RulesError(
            [Problem(folder or "rules", "there is no rule page here.", "Add one, or name another folder.")]
        )
    return book
