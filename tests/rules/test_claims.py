"""Every claim that asks for something has a cover, and every conflict a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from docs.claims import REGISTER, Claim, Register, claim_problems, claims_document, read_register

from magcheck.core.errors import InputError
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.review import Retirement

if TYPE_CHECKING:
    from pathlib import Path

BOOK = load_rules()
RETIREMENT = Retirement.model_validate({"why": "said better elsewhere", "on": "2026-11-22"})
ACTIONABLE = 211
PER_ARTICLE = {"S0": 59, "S1": 50, "S2": 43, "S3": 69, "S4": 58}


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register()


def covered(register: Register, claim: str, *covers: str) -> Register:
    """The register with other covers for one claim."""
    entry = register.claims[claim].model_copy(update={"covered_by": covers})
    return register.model_copy(update={"claims": {**register.claims, claim: entry}})


def test_nothing_is_open() -> None:
    assert claim_problems(BOOK) == []


def test_no_claim_is_forgotten(register: Register) -> None:
    assert len(register.claims) == ACTIONABLE
    known = [*register.claims, *register.not_actionable]
    expected = [f"{article}-{n:02}" for article, last in PER_ARTICLE.items() for n in range(1, last + 1)]
    assert sorted(known) == expected


def test_a_gap_in_the_numbers_is_noticed(register: Register) -> None:
    fewer = {claim: entry for claim, entry in register.claims.items() if claim != "S2-17"}
    problems = claim_problems(BOOK, register.model_copy(update={"claims": fewer}))
    assert problems == ["S2-17: is in neither list."]


@pytest.mark.parametrize(
    ("cover", "said"),
    [
        ("no-such-page", "there is no page 'no-such-page'."),
        ("decision: no-such-decision", "there is no decision 'no-such-decision'."),
        ("data: rules/vocabulary/nothing.csv", "there is no file rules/vocabulary/nothing.csv."),
        ("data: README.md", "there is no file README.md."),
        ("engine: magic", "the list 'engine' has no 'magic'."),
    ],
)
def test_a_cover_that_does_not_exist_is_noticed(register: Register, cover: str, said: str) -> None:
    assert claim_problems(BOOK, covered(register, "S0-08", cover)) == [f"S0-08: {said}"]


def test_a_retired_page_covers_nothing(register: Register) -> None:
    pages = tuple(
        page.model_copy(update={"retired": RETIREMENT}) if page.id == "form-threonate" else page
        for page in BOOK.rules
    )
    problems = claim_problems(replace(BOOK, rules=pages), register)
    assert "S4-35: the page 'form-threonate' is retired." in problems


@pytest.mark.parametrize("covers", [[], ["Not An Id"], ["guess: something"]])
def test_a_claim_without_a_proper_cover_is_refused(covers: list[str], tmp_path: Path) -> None:
    text = REGISTER.read_text(encoding="utf-8")
    head, found, tail = text.partition("    covered_by: [first-weeks]\n")
    assert found
    broken = tmp_path / "claims.yaml"
    broken.write_text(f"{head}    covered_by: {covers}\n{tail}", encoding="utf-8")
    with pytest.raises(InputError, match="covered_by"):
        read_register(broken)


def test_each_conflict_is_settled_once(register: Register) -> None:
    key = "migraine"
    without = {name: one for name, one in register.decisions.items() if name != key}
    problems = claim_problems(BOOK, register.model_copy(update={"decisions": without}))
    assert "conflict 18: not decided." in problems
    assert "S3-28: there is no decision 'migraine'." in problems
    again = register.decisions[key].model_copy(update={"settles": ("conflict 18", "conflict 19", "point 49")})
    problems = claim_problems(BOOK, register.model_copy(update={"decisions": {**register.decisions, key: again}}))
    assert problems == ["conflict 19: decided twice.", "point 49: no such conflict or point."]


def test_the_document_shows_every_claim_and_decision(register: Register) -> None:
    text = claims_document(BOOK, register)
    for claim, entry in register.claims.items():
        assert f"| {claim} | " in text
        assert not entry.deviates or entry.deviates in text
    for key in register.decisions:
        assert f'<a id="{key}"></a>' in text


def test_words_that_would_break_the_table_do_not() -> None:
    odd = Claim(claim="one | two\nthree", covered_by=("for-sleep",))
    register = read_register()
    text = claims_document(BOOK, register.model_copy(update={"claims": {"S0-01": odd}}))
    assert "| S0-01 | one \\| two three | [for-sleep](../rules/guidance/for-sleep.yaml) |  |" in text
