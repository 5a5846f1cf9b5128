"""One screen that one acts on: 40 lines, every told item by name, nothing said twice, nothing left out unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from statistics import mean

import pytest

from magcheck import Report
from magcheck.rendering.density import MOST_LINES
from magcheck.rendering.depth import Depth
from magcheck.rendering.first_screen import in_two_lines
from magcheck.rendering.steps import steps
from magcheck.rendering.terminal import terminal_text
from magcheck.rendering.written import outline_of, text_of
from tests.rendering.crowd import WORDING, crowded, plausible, report_of, whole_people

COLUMNS = 80
EVERYTHING = Depth(more=True, sources=True)
WORDS_BEFORE = {"people": 422, "plausible": 629}
"""The mean of a plain report at 80 columns before there was a first screen (docs/decisions.md)."""
LONGEST_CUT = 11
"""Letters of a name that stand on the densest screen."""


def drawn(report: Report) -> str:
    def draw(outline: object) -> str:
        return terminal_text(outline, COLUMNS, colour=False)  # type: ignore[arg-type]

    return draw(outline_of(report, WORDING, draw))


def plain(report: Report) -> str:
    return text_of(report, WORDING, columns=COLUMNS)


@cache
def few() -> tuple[Report, ...]:
    """A little of every kind."""
    return (*whole_people(), *plausible(50), *crowded(6, 12), *crowded(6, 30))


@cache
def many() -> tuple[Report, ...]:
    return (*plausible(1000), *crowded(20, 30), *crowded(5, 45))


thorough = pytest.mark.thorough
CROWDS = [pytest.param(few, id="few"), pytest.param(many, id="many", marks=thorough)]


@pytest.mark.parametrize("crowd", CROWDS)
@pytest.mark.parametrize("way", [plain, drawn])
def test_it_fits_on_one_screen_whatever_the_profile(
    crowd: Callable[[], Iterable[Report]], way: Callable[[Report], str]
) -> None:
    for report in crowd():
        lines = way(report).splitlines()
        assert len(lines) <= MOST_LINES, way(report)
        assert max(map(len, lines)) <= COLUMNS


@pytest.mark.parametrize("crowd", CROWDS)
def test_everything_that_was_told_is_named(crowd: Callable[[], Iterable[Report]]) -> None:
    for report in crowd():
        shown = " ".join(plain(report).split()).casefold()
        for item in (*report.recognised, *report.traits):
            names = (name.casefold()[:LONGEST_CUT].strip() for name in (item.input, item.is_))
            assert any(name and name in shown for name in names), (item.input, shown)
        for unread in report.not_checked:
            assert unread.input.casefold()[:LONGEST_CUT].strip() in shown, unread.input


@pytest.mark.parametrize("crowd", CROWDS)
def test_no_two_findings_share_a_sentence(crowd: Callable[[], Iterable[Report]]) -> None:
    for report in crowd():
        said = list(chain.from_iterable(step.sentences for step in steps(report, WORDING)))
        assert len(said) == len(set(said))
        lines = [sentence for sentence in sentences_of(plain(report)) if len(sentence.split()) > 3]
        assert len(lines) == len(set(lines)), [line for line in lines if lines.count(line) > 1]


def sentences_of(text: str) -> list[str]:
    whole = " ".join(re.sub(r"^\d\. ", "", text, flags=re.MULTILINE).split())
    return re.split(r"(?<=[.!?]) (?=[A-Z])", whole)


@pytest.mark.parametrize("crowd", CROWDS)
def test_at_most_three_steps_and_the_others_are_counted(crowd: Callable[[], Iterable[Report]]) -> None:
    for report in crowd():
        shown, all_ = plain(report), steps(report, WORDING)
        assert len(re.findall(r"^\d\. ", shown, re.MULTILINE)) == min(3, len(all_))
        assert (f"And {len(all_) - 3} more: --more" in shown) == (len(all_) > 3)


@pytest.mark.parametrize("crowd", CROWDS)
def test_what_keeps_a_report_from_being_complete_is_on_the_screen(crowd: Callable[[], Iterable[Report]]) -> None:
    for report in crowd():
        shown = plain(report)
        assert ("NOT COMPLETE" in shown) == (not report.complete)
        assert ("NOT CHECKED" in shown) or report.complete


def words_of(texts: Iterable[str]) -> float:
    return mean(len(text.split()) for text in texts)


@pytest.mark.parametrize(
    ("before", "crowd"),
    [
        ("people", whole_people),
        pytest.param("plausible", lambda: tuple(plausible(1000)), marks=thorough),
        ("plausible", lambda: tuple(plausible(50))),
    ],
)
def test_a_report_has_at_most_half_the_words(before: str, crowd: Callable[[], tuple[Report, ...]]) -> None:
    reports = crowd()
    screens = words_of(map(plain, reports))
    assert screens <= WORDS_BEFORE[before] / 2
    assert screens <= words_of(text_of(report, WORDING, depth=EVERYTHING) for report in reports) / 2


@pytest.mark.parametrize("medicines", [60, 95])
def test_with_more_names_than_a_screen_holds_the_others_are_counted(medicines: int) -> None:
    for report in crowded(2, medicines):
        for shown in (plain(report), drawn(report)):
            assert len(shown.splitlines()) <= MOST_LINES
        text = " ".join(plain(report).split()).casefold()
        names = [(item.input[:LONGEST_CUT].casefold(), item.is_[:LONGEST_CUT]) for item in report.recognised]
        assert all(told in text or read in text for told, read in names) or re.search(
            r"and \d+ more: --more", text
        )


LONG = "a remedy of my grandmother that nobody has ever heard of, and which has a very long name, number"


def test_a_hundred_names_that_nobody_knows_are_named_or_counted() -> None:
    report = report_of({"medications": [f"{number} {LONG}" for number in range(100)]})
    shown, whole = plain(report), text_of(report, WORDING, depth=EVERYTHING)
    assert len(shown.splitlines()) <= MOST_LINES
    named = len(re.findall(r'"\d+ a reme', " ".join(shown.split())))
    counted = re.search(r"and (\d+) more: --more", " ".join(shown.split()))
    assert named + (int(counted[1]) if counted else 0) == 100
    assert len(re.findall(r'"\d+ a remedy of', whole)) == 100


def test_more_leaves_nothing_out() -> None:
    for report in crowded(4, 30):
        whole = " ".join(text_of(report, WORDING, depth=EVERYTHING).split())
        for finding in report.findings:
            assert finding.title in whole
            assert " ".join(finding.why.split()) in whole
            assert all(source.source in whole for source in finding.evidence)
        for gap in report.missing:
            assert gap.question in whole
            assert gap.why in whole
        for step in steps(report, WORDING):
            assert all(sentence in whole for sentence in step.sentences)


def test_the_strongest_step_is_the_first() -> None:
    for report in few():
        ranks = [step.tone.value for step in steps(report, WORDING) if not step.tag]
        assert ranks == sorted(ranks)


def test_the_verdict_and_the_first_step_are_two_lines() -> None:
    for report in whole_people():
        verdict, *first = in_two_lines(report, WORDING)
        assert report.headline in verdict
        assert bool(first) == bool(steps(report, WORDING) or report.missing)
