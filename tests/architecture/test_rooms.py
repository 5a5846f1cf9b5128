"""Do imports point downwards only, and does every module stand in a room?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "engine" / "magcheck"
ROOMS = (
    "cli",
    "mcp",
    "serve",
    "screen",
    "lint",
    "prove",
    "rendering",
    "loading",
    "fhir",
    "questions",
    "checker",
    "alternatives",
    "explain",
    "plan",
    "report_builder",
    "missing",
    "findings",
    "facts",
    "reading",
    "inference",
    "knowledge",
    "terminology",
    "report",
    "profile",
    "core",
)
"""Top to bottom. A room imports those below it and nothing above; the order alone rules out loops."""
FRONT_DOOR = {
    "__init__.py",
    "__main__.py",
    "_version.py",
    "checker.py",
    "loading.py",
    "profile.py",
    "report.py",
    "report_builder.py",
}
"""The only modules outside a room."""
MODULES = sorted(path.relative_to(ENGINE) for path in ENGINE.rglob("*.py"))


def room_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


def imported(source: str) -> list[str]:
    """Rooms that a module names in an import, wherever in it the import stands."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "magcheck":
            inside = node.module.split(".")[1:]
            found += inside[:1] or [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [a.name.split(".")[1] for a in node.names if a.name.startswith("magcheck.")]
    return found


def upwards(room: str, source: str) -> list[str]:
    """Rooms above `room` that `source` imports."""
    known = [name for name in imported(source) if name != "_version"]
    return [name for name in known if ROOMS.index(name) < ROOMS.index(room)]


SHOWING_ITSELF = ("to_text", "to_html", "to_ics")
"""A report renders itself for programs. That is its only way up, taken when one of these is called."""


def without_showing_itself(source: str) -> str:
    """The report's module without the bodies of those methods."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in SHOWING_ITSELF:
            assert imported(ast.unparse(node)) == ["rendering"], node.name
            node.body = [ast.Pass()]
    return ast.unparse(tree)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_imports_downwards_only(module: Path) -> None:
    if module.name in ("__init__.py", "__main__.py", "_version.py") and len(module.parts) == 1:
        return
    source = (ENGINE / module).read_text(encoding="utf-8")
    if module.name == "report.py" and len(module.parts) == 1:
        source = without_showing_itself(source)
    assert not upwards(room_of(module), source)


def test_every_module_stands_in_a_room() -> None:
    homeless = {str(module) for module in MODULES if len(module.parts) == 1} - FRONT_DOOR
    assert not homeless
    assert {room_of(module) for module in MODULES if len(module.parts) > 1} <= set(ROOMS)


@pytest.mark.parametrize(
    ("room", "source", "found"),
    [
        ("core", "from magcheck.facts.dose import Part", ["facts"]),
        ("findings", "def f():\n    from magcheck import checker", ["checker"]),
        ("facts", "import magcheck.findings.findings", ["findings"]),
        ("facts", "from magcheck.core.errors import InputError", []),
    ],
)
def test_an_import_upwards_is_seen(room: str, source: str, found: list[str]) -> None:
    assert upwards(room, source) == found


def test_no_attribute_is_made_under_a_lock_that_a_forked_child_would_wait_for() -> None:
    locked = re.compile(r"from functools import .*\bcached_property\b")
    assert [
        str(module) for module in MODULES if locked.search((ENGINE / module).read_text(encoding="utf-8"))
    ] == []
