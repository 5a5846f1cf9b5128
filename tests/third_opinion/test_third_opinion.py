"""A second reading of pages and profiles, sharing no code with the engine, comes to the same report."""

import ast
from pathlib import Path

import pytest

from magcheck import Checker
from tests.third_opinion import naive, tables
from tests.third_opinion.__main__ import sayable
from tests.third_opinion.compare import Comparison, compare, real_opinion
from tests.third_opinion.person import Profile
from tests.third_opinion.tables import Page

PEOPLE = 2_000


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.fixture(scope="module")
def comparison(checker: Checker) -> Comparison:
    return compare(checker, range(PEOPLE))


def test_both_readings_say_the_same_of_everybody(comparison: Comparison) -> None:
    assert comparison.disagreements == []


def test_nearly_everybody_is_compared(comparison: Comparison) -> None:
    assert comparison.refused < PEOPLE / 50
    assert comparison.unread > PEOPLE / 20


def test_most_pages_are_said_to_somebody(comparison: Comparison) -> None:
    assert len(comparison.said) > 0.85 * len(sayable())


MAGNESIUM = {"name": "magnesium citrate", "amount_mg": 360, "basis": "elemental", "times": ["09:00"]}


@pytest.mark.parametrize(
    ("rule", "changed", "told"),
    [
        ("separate-levothyroxine", {"separate": {"before": "1 h", "after": "1 h"}},
         {"medications": [{"name": "levothyroxine", "times": ["07:00"]}]}),
        ("dose-limit-us", {"limit": "360 mg"}, {}),
        ("kidney-egfr-30-to-44", {"action": "monitor"}, {"kidney": {"egfr": 40}}),
        ("pregnancy", {"covers": []}, {"person": {"pregnancy": "pregnant"}}),
        ("calcium", {"while_taking": False}, {"medications": [{"name": "calcium"}], "kidney": {"dialysis": True}}),
    ],
)  # fmt: skip
def test_a_page_read_otherwise_is_noticed(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, rule: str, changed: Page, told: Profile
) -> None:
    profile = told | {"supplements": [MAGNESIUM]}
    assert real_opinion(checker.check(profile)) == naive.opinion(profile)
    pages = tuple(page | changed if page["id"] == rule else page for page in tables.pages())
    monkeypatch.setattr(tables, "pages", lambda: pages)
    assert real_opinion(checker.check(profile)) != naive.opinion(profile)


def test_nothing_of_the_engine_is_used_but_its_answer() -> None:
    imported = {
        (path.name, name)
        for path in Path(__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imports(node)
        if name.startswith("magcheck")
    }
    assert {name for _, name in imported} == {"magcheck.Checker", "magcheck.MagcheckError", "magcheck.Report"}
    assert not {file for file, _ in imported} & {"tables.py", "person.py", "naive.py", "people.py"}


def imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
