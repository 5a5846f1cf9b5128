"""Does every sentence for people stand in rules/wording.yaml, and none in the code that says it?"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = Path(__file__).parents[2] / "engine" / "magcheck"
ROOMS = (
    "facts",
    "findings",
    "missing",
    "explain",
    "questions",
    "plan",
    "alternatives",
    "rendering",
    "reading",
    "report_builder.py",
)
FEWEST_WORDS = 3
EXEMPT = {
    "questions/soundness.py": "what is wrong with a questionnaire is for those who write one",
}
"""Module -> why its sentences stand in it."""
NAMES = frozenset(
    {
        "acute kidney injury",
        "chronic kidney disease",
        "kidney value above",
        "last stage up to",
        "only told as a stage",
    }
)
"""Entries of our tables, which code looks up and nobody reads from here."""
_WORD = re.compile(r"[('\"]*[A-Za-z][A-Za-z'-]*[.,:;?!)'\"]*")
_ERRORS = re.compile(r"Problem|\w+Error|EngineFault")


def sentences(source: str) -> list[str]:
    """Texts of a module that look as if people were to read them; values that are filled in are left out."""
    return [text for text in _texts(ast.parse(source)) if _is_sentence(text)]


def _is_sentence(text: str) -> bool:
    is_markup = "<" in text or "{ " in text
    words = [word for word in text.split() if _WORD.fullmatch(word)]
    return len(words) >= FEWEST_WORDS and text.upper() != text and not is_markup


def _texts(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if _is_for_developers(child) or (isinstance(node, ast.Subscript) and child is node.slice):
            continue
        if isinstance(child, ast.JoinedStr):
            yield "".join(str(part.value) for part in child.values if isinstance(part, ast.Constant))
            yield from _texts_of_values(child)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        else:
            yield from _texts(child)


def _texts_of_values(text: ast.JoinedStr) -> Iterator[str]:
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            yield from _texts(part)


def _is_for_developers(node: ast.AST) -> bool:
    """A docstring, a refusal, a pattern, or the codes of an enumeration."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError"))) | ast.Call(func=ast.Name(id="ValueError")):
            return False  # what is wrong with an answer, said to the person who gave it
        case ast.Call(func=ast.Name(id=name)):
            return _ERRORS.fullmatch(name) is not None
        case (
            ast.Raise()
            | ast.Expr(value=ast.Constant())
            | ast.Call(func=ast.Attribute(value=ast.Name(id="re")))
            | ast.ClassDef(bases=[ast.Name(id="StrEnum"), *_])
        ):
            return True
        case _:
            return False


MODULES = sorted(
    str(path.relative_to(ENGINE))
    for room in ROOMS
    for path in ((ENGINE / room).rglob("*.py") if (ENGINE / room).is_dir() else [ENGINE / room])
)


@pytest.mark.parametrize("module", [module for module in MODULES if module not in EXEMPT])
def test_no_sentence_for_people_stands_in_code(module: str) -> None:
    assert set(sentences((ENGINE / module).read_text(encoding="utf-8"))) <= NAMES


def test_what_is_exempt_is_there_and_needs_it() -> None:
    assert all(sentences((ENGINE / module).read_text(encoding="utf-8")) for module in EXEMPT)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('words = "keep it as written"', ["keep it as written"]),
        ('said = f"the amount {amount:g} mg is read"', ["the amount  mg is read"]),
        ('def f(x: str = "not told by anybody"): ...', ["not told by anybody"]),
        ('raise ValueError(f"{text} is not a number.")', [" is not a number."]),
        ("how = f\"{count} x {'once a day' if one else more}\"", ["once a day"]),
        ('"""A docstring of a module."""', []),
        ('raise InputError([Problem("age", "this is not true", "Correct it now.")])', []),
        ('PATTERN = re.compile("one or two")', []),
        ('class State(StrEnum):\n    KEPT = "did not fire"', []),
        ('fact = QUANTITIES["amount a day"].fact', []),
        ('field = "kidney.egfr and kidney.stage"', []),
        ('def f(x: "Mapping[str, tuple[str, int]]"): ...', []),
    ],
)
def test_a_sentence_in_code_is_seen(source: str, found: list[str]) -> None:
    assert sentences(source) == found
