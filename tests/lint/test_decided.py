"""Does the lint hold the table of what was decided for each medicine?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from magcheck import Checker
from magcheck.core.errors import RulesError
from magcheck.lint.decided import decided_problems, members

PASSAGE = {"source": "cipro-label", "where": "section 7", "read": "original"}
REASONS = {"named in none": {"says": "Named in none.", "sources": [PASSAGE]}}
GLYCOSIDES = ["digoxin", "digitoxin", "metildigoxin"]
WINDOW = {"page": "separate-digoxin", "medicines": GLYCOSIDES}
SILENT = {"silent": "named in none", "medicines": ["amlodipine"]}
CALCIUM_BLOCKERS = "dihydropyridine calcium channel blocker"


def said(checker: Checker, table: dict[str, Any], reasons: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with this table, apart from the medicines that it leaves out."""
    return [what for what in everything(checker, table, reasons) if "is undecided" not in what]


def everything(checker: Checker, table: dict[str, Any], reasons: dict[str, Any] | None = None) -> list[str]:
    files = {"decided/c.yaml": json.dumps(table).encode()}
    if reasons is not None:
        files["decided/reasons.yaml"] = json.dumps(reasons).encode()
    return [problem.what for problem in decided_problems(replace(checker.book, decided_files=files))]


def test_a_class_that_is_decided_is_clean(checker: Checker) -> None:
    assert everything(checker, {"cardiac glycoside": [WINDOW]}) == []


def test_our_own_table_is_clean(checker: Checker) -> None:
    assert decided_problems(checker.book) == []


@pytest.mark.parametrize("left_out", GLYCOSIDES)
def test_a_medicine_of_a_class_gone_through_must_be_decided(checker: Checker, left_out: str) -> None:
    rest = [medicine for medicine in GLYCOSIDES if medicine != left_out]
    (what,) = everything(checker, {"cardiac glycoside": [{**WINDOW, "medicines": rest}]})
    assert what == f"{left_out} is undecided, although its class, cardiac glycoside, was gone through."


def test_a_medicine_decided_in_another_class_is_decided(checker: Checker) -> None:
    table = {
        "cardiac glycoside": [{**WINDOW, "medicines": GLYCOSIDES[:2]}],
        "magnesium-wasting medicine": [WINDOW],
    }
    assert not any("metildigoxin is undecided" in what for what in everything(checker, table))


def test_a_name_that_the_vocabulary_does_not_know(checker: Checker) -> None:
    table = {"cardiac glycoside": [{**WINDOW, "medicines": [*GLYCOSIDES, "digoxn"]}]}
    assert said(checker, table) == ["no medicine is called 'digoxn'."]


def test_a_medicine_under_a_foreign_class(checker: Checker) -> None:
    table = {"statin": [{"page": "separate-digoxin", "medicines": ["digoxin"]}]}
    assert said(checker, table) == ["digoxin is no statin in the vocabulary."]


@pytest.mark.parametrize(
    ("page", "medicine", "wrong"),
    [
        ("no-such-page", "digoxin", "no page is called 'no-such-page'."),
        ("separate-ciprofloxacin", "digoxin", "the page 'separate-ciprofloxacin' never fires for digoxin."),
        ("separate-ezetimibe", "digoxin", "the page 'separate-ezetimibe' is retired."),
    ],
)
def test_a_page_must_speak_of_the_medicine(checker: Checker, page: str, medicine: str, wrong: str) -> None:
    assert said(checker, {"cardiac glycoside": [{"page": page, "medicines": [medicine]}]}) == [wrong]


def test_a_page_for_what_is_swallowed_never_fires_for_an_injection(checker: Checker) -> None:
    table = {"beta blocker": [{"page": "other-blood-pressure-medicines", "medicines": ["esmolol", "atenolol"]}]}
    assert said(checker, table) == ["the page 'other-blood-pressure-medicines' never fires for esmolol."]


def test_a_silence_needs_a_reason(checker: Checker) -> None:
    assert said(checker, {CALCIUM_BLOCKERS: [SILENT]}, REASONS) == []
    assert said(checker, {CALCIUM_BLOCKERS: [SILENT]}) == ["no reason is called 'named in none'."]


@pytest.mark.parametrize("sources", [[], [{**PASSAGE, "read": False}]])
def test_a_reason_rests_on_something_that_was_read(checker: Checker, sources: list[dict[str, Any]]) -> None:
    reasons = {"named in none": {"says": "Named in none.", "sources": sources}}
    assert said(checker, {CALCIUM_BLOCKERS: [SILENT]}, reasons) == ["nothing was read for 'named in none'."]
    own = {**SILENT, "sources": [PASSAGE]}
    assert said(checker, {CALCIUM_BLOCKERS: [own]}, reasons) == []


@pytest.mark.parametrize("where", ["reason", "line"])
def test_an_unknown_source_is_refused(checker: Checker, where: str) -> None:
    strange = [{**PASSAGE, "source": "no-such-label"}]
    reasons = {"named in none": {"says": "Named in none.", "sources": strange if where == "reason" else [PASSAGE]}}
    line = {**SILENT, "sources": strange} if where == "line" else SILENT
    assert said(checker, {CALCIUM_BLOCKERS: [line]}, reasons) == ["unknown source 'no-such-label'."]


def test_a_window_contradicts_a_silence(checker: Checker) -> None:
    table = {"cardiac glycoside": [{"silent": "named in none", "medicines": ["digoxin"]}]}
    assert "silent about digoxin, but 'separate-digoxin' keeps it apart." in said(checker, table, REASONS)


def test_a_page_about_an_effect_does_not(checker: Checker) -> None:
    effect = {"page": "calcium-channel-blockers", "medicines": ["amlodipine"]}
    assert said(checker, {CALCIUM_BLOCKERS: [effect, SILENT]}, REASONS) == []


def test_nothing_is_decided_twice(checker: Checker) -> None:
    assert said(checker, {"cardiac glycoside": [WINDOW, WINDOW]}) == [
        f"{medicine}: 'separate-digoxin' stands there 2 times." for medicine in GLYCOSIDES
    ]
    assert said(checker, {CALCIUM_BLOCKERS: [SILENT, SILENT]}, REASONS) == ["amlodipine: 2 reasons for silence."]


def test_a_reason_that_nothing_needs_is_refused(checker: Checker) -> None:
    assert said(checker, {"cardiac glycoside": [WINDOW]}, REASONS) == [
        "nothing is silent for the reason 'named in none'."
    ]


@pytest.mark.parametrize(
    "line",
    [
        {"medicines": ["digoxin"]},
        {"page": "separate-digoxin", "silent": "named in none", "medicines": ["digoxin"]},
        {"page": "separate-digoxin", "medicines": []},
        {"page": "separate-digoxin", "sources": [PASSAGE], "medicines": ["digoxin"]},
        {"page": "separate-digoxin", "medicine": "digoxin"},
        "digoxin",
    ],
)
def test_a_line_of_another_shape_is_refused_with_its_place(checker: Checker, line: object) -> None:
    with pytest.raises(RulesError, match=r"decided/c\.yaml:"):
        everything(checker, {"cardiac glycoside": [line]})


@pytest.mark.parametrize("raw", [b"[]", b"cardiac glycoside: {}", b"cardiac glycoside: digoxin", b"&a {}", b""])
def test_a_file_of_another_shape_is_refused(checker: Checker, raw: bytes) -> None:
    with pytest.raises(RulesError, match=r"decided/c\.yaml"):
        decided_problems(replace(checker.book, decided_files={"decided/c.yaml": raw}))


def test_what_is_never_swallowed_is_never_swallowed(checker: Checker) -> None:
    book = checker.book
    entries = [entry for entry in book.decided.entries if entry.decision.silent == "never swallowed"]
    assert len(entries) > 100
    assert all(book.vocabulary.substances[entry.medicine].route is not None for entry in entries)


def test_every_medicine_but_supplements_and_magnesium_is_decided(checker: Checker) -> None:
    decided = {entry.medicine for entry in checker.book.decided.entries}
    left = {substance.name for substance in checker.book.vocabulary.substances.values()} - decided
    undecided = ("supplement", "multivitamin", "magnesium", "alcohol")
    assert {
        name
        for name in left
        if not any(word in " ".join(checker.book.vocabulary.substances[name].selectors) for word in undecided)
    } == set()
    assert members("statin", checker.book)
