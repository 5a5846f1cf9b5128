"""Do the sessions that docs/transcripts.md shows keep what they promise, and are its figures still true?"""

from __future__ import annotations

import re

import pytest
from benchmarks.questions import crowd_counts, figures
from docs.transcripts import COLUMNS, COMPLICATED, SIMPLE, transcript

from tests.support import ROOT

ANSWERED = re.compile(r"^> ", re.MULTILINE)
CONFIRMED = 1
SHOWN = (ROOT / "docs" / "transcripts.md").read_text(encoding="utf-8")
FIGURES = re.compile(r"median (\d+), 95th percentile (\d+), most (\d+)")


def test_a_healthy_person_is_done_in_eight_answers_and_sees_a_report() -> None:
    shown = transcript(SIMPLE)
    assert len(ANSWERED.findall(shown)) - CONFIRMED <= 8
    assert "WHAT WAS READ" in shown
    assert "NOT COMPLETE" not in shown


def test_the_complicated_session_shows_a_creatinine_a_typing_error_and_a_name_with_two_meanings() -> None:
    shown = transcript(COMPLICATED)
    for said in ("100 umol/L", '"Dulcolax": this', "levothyroxn", "Did you mean", "2 h before, 6 h"):
        assert said in shown
    report = shown.partition("WHAT WAS READ")[2]
    assert "- levothyroxin = levothyroxine" in report
    assert "- Dulcolax Adult = bisacodyl" in report


def test_the_report_in_a_session_fits_its_columns() -> None:
    report = transcript(COMPLICATED).partition("WHAT TO DO")[2]
    too_long = [line for line in report.splitlines() if len(line) > COLUMNS and "://" not in line]
    assert not too_long


@pytest.mark.parametrize("script", [SIMPLE, COMPLICATED])
def test_the_page_shows_the_sessions_as_they_are(script: dict[str, str]) -> None:
    assert transcript(script) in SHOWN


@pytest.mark.thorough
def test_the_figures_of_the_page_are_those_of_a_part_of_the_same_people() -> None:
    said, found = FIGURES.search(SHOWN), FIGURES.search(figures(crowd_counts(60)))
    assert said
    assert found
    median, high, _ = (
        abs(int(one) - int(other)) for one, other in zip(said.groups(), found.groups(), strict=True)
    )
    assert median <= 1
    assert high <= 2
