"""Which rules are used: those that come with magcheck, or also, or only, the folder that was named?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.checker import Checker, default_checker
from magcheck.knowledge.load import load_rules

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.load import RuleBook


def checker_of(rules: Chosen | None) -> Checker:
    """Raises RulesError for a folder whose pages cannot be used, each problem with its place."""
    return default_checker() if rules is None else Checker(book_of(rules))


def book_of(rules: Chosen | None) -> RuleBook:
    """Raises RulesError for a folder that cannot be read, or holds something else than pages."""
    return load_rules() if rules is None else load_rules(rules.folder, only=rules.only)
