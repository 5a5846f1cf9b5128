"""Is every file and every function short enough to be read at one sitting?"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
FOLDERS = ("engine", "tests", "benchmarks")
MODULES = sorted(path.relative_to(HOME) for folder in FOLDERS for path in (HOME / folder).rglob("*.py"))


def long_functions(source: str) -> list[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_files_and_functions_are_short(module: Path) -> None:
    source = (HOME / module).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    assert not long_functions(source)


@pytest.mark.parametrize(("lines", "found"), [(39, []), (40, ["f"])])
def test_a_long_function_is_seen(lines: int, found: list[str]) -> None:
    assert long_functions("def f():\n" + "    pass\n" * lines) == found
