"""The pages that come with magcheck, looked over and compiled once, so that a start need not do it again.

`python -m magcheck.inference.ready` writes it beside what was read of the rules; it is used only while the rules,
what reads them and what compiles them are what they were.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from magcheck.core.errors import RulesError
from magcheck.inference.program import Program
from magcheck.knowledge.files import shipped
from magcheck.knowledge.restored import as_bytes, of_bytes
from magcheck.knowledge.sealed import digest_of_modules, sealed, unsealed
from magcheck.knowledge.terms import UnknownTermError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from magcheck.knowledge.load import RuleBook

COMPILED_BEFORE = "compiled_before.pickle"
COMPILERS = ("inference",)
"""Folders of the modules whose work is kept."""


def program_of(book: RuleBook) -> Program:
    """The compiled pages of `book`. Raises RulesError where the set as a whole cannot be used."""
    kept = kept_program(book, shipped()) if book.made_of else None
    return kept or compiled(book)


def compiled(book: RuleBook) -> Program:
    from magcheck.inference.compile import compile_pages  # noqa: PLC0415 - only where nothing is kept
    from magcheck.inference.usable import refuse_unusable, term_problems  # noqa: PLC0415

    refuse_unusable(book)
    try:
        return compile_pages(book.rules, book.terms)
    except UnknownTermError as error:
        raise RulesError(term_problems(book)) from error


def kept_program(book: RuleBook, folder: Traversable) -> Program | None:
    """What was kept of a book that is `made_of` the same; None where anything has changed."""
    try:
        made_of, parts = of_bytes(unsealed(folder.joinpath(COMPILED_BEFORE).read_bytes()))
        return Program(*parts) if made_of == _made_of(book) else None
    except (OSError, ValueError, TypeError, LookupError, AttributeError, EOFError, pickle.UnpicklingError):
        return None


def to_keep(book: RuleBook) -> bytes:
    """Raises RulesError as `program_of` does."""
    program = compiled(book)
    parts = (program.clauses, program.keys, program.takes, program.kinds, program.pages_about, program.counts)
    return sealed(as_bytes((_made_of(book), parts)))


def _made_of(book: RuleBook) -> str:
    return f"{book.made_of} {digest_of_modules(COMPILERS)}"


def main() -> None:
    from magcheck.knowledge.load import load_rules  # noqa: PLC0415 - a check has its rules already

    Path(str(shipped()), COMPILED_BEFORE).write_bytes(to_keep(load_rules()))


if __name__ == "__main__":
    main()
