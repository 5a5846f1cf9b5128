"""POST /screen and POST /handout show the report, never another one; hours are drawn as it tells them."""

from __future__ import annotations

import random
from html import escape
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Profile, load_profile
from magcheck.core.scales import Status
from magcheck.core.time_of_day import DAY, minutes
from magcheck.rendering.html.page import handout
from magcheck.rendering.steps import steps
from magcheck.serve.screens import screen_of
from tests.serve.calling import problem_in
from tests.support import ROOT

if TYPE_CHECKING:
    from magcheck import Checker
    from magcheck.serve.screens import HoursOf, Screen
    from tests.serve.calling import Client

PEOPLE = sorted((ROOT / "tests" / "people" / "profiles").glob("*.y*ml"))
MEDICINES = (
    "ciprofloxacin 500 mg",
    "levothyroxine 50 mcg",
    "alendronate 70 mg",
    "doxycycline 100 mg",
    "gabapentin",
)
PRODUCTS = ("magnesium citrate 200 mg", "magnesium oxide 250 mg", "calcium carbonate 500 mg")
EVENING: dict[str, Any] = {
    "person": {"age": 40, "sex": "male"},
    "kidney": {"egfr": 95},
    "medications": [{"name": "ciprofloxacin 500 mg", "times": ["08:00", "20:00"]}],
    "supplements": [{"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["21:30"]}],
}


def _assert_drawn_as_told(profile: Profile, checker: Checker) -> None:
    shown, report = screen_of(profile, checker), checker.check(profile)
    gaps = [finding.separation for finding in report.findings if finding.separation]
    assert (shown.verdict, shown.complete) == (report.verdict, report.complete)
    assert bool(shown.hours) == (bool(gaps) and any(item.read.taken for item in report.recognised))
    drawn = any(row.too_close for row in shown.hours)
    assert drawn == any(gap.status is Status.BROKEN for gap in gaps if gap.before_h is not None), report.headline


@pytest.mark.parametrize("person", PEOPLE, ids=lambda path: path.stem)
def test_a_dose_is_drawn_as_too_close_where_the_report_says_so(person: Any, checker: Checker) -> None:
    _assert_drawn_as_told(load_profile(person), checker)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_times_the_picture_and_the_report_agree(seed: int, checker: Checker) -> None:
    chance = random.Random(seed)

    def taken(names: tuple[str, ...]) -> list[dict[str, Any]]:
        chosen = chance.sample(names, chance.randint(1, 3))
        return [{"name": name, "times": _times(chance)} for name in chosen]

    told = {"person": {"age": 40}, "medications": taken(MEDICINES), "supplements": taken(PRODUCTS)}
    _assert_drawn_as_told(Profile.model_validate(told), checker)


def _times(chance: random.Random) -> list[str]:
    return sorted({f"{chance.randrange(24):02d}:{chance.choice((0, 15, 30, 45)):02d}" for _ in range(2)})


def _is_shut(row: HoursOf, time: str) -> bool:
    return any(
        0 < (minutes(time) - minutes(span.start)) % DAY < (minutes(span.end) - minutes(span.start)) % DAY
        for span in row.shut
    )


def _at(time: str, checker: Checker) -> Screen:
    product = EVENING["supplements"][0] | {"times": [time]}
    return screen_of(Profile.model_validate(EVENING | {"supplements": [product]}), checker)


def test_a_dose_moved_into_shut_hours_is_too_close_and_outside_of_them_it_is_not(checker: Checker) -> None:
    before = _at("21:30", checker).hours[-1]
    assert (before.name, before.times) == ("magnesium citrate", ("21:30",))
    for hour in range(24):
        for minute in (0, 15, 59):
            time = f"{hour:02d}:{minute:02d}"
            assert bool(_at(time, checker).hours[-1].too_close) == _is_shut(before, time), time


def test_nothing_is_left_out_of_the_first_screen_without_a_word(checker: Checker) -> None:
    """Every headline, step and unread name of every person stands in what is shown."""
    for person in PEOPLE:
        profile = load_profile(person)
        shown, report = screen_of(profile, checker), checker.check(profile)
        page = (shown.html + shown.more_steps).replace("<wbr>", "").replace("<bdi>", "").replace("</bdi>", "")
        assert escape(report.headline) in page, person.stem
        assert escape(report.notice) in page
        assert page.count('<p class="said">') + page.count("<p>") >= len(steps(report, checker.book.wording))
        assert "--more" not in page, person.stem
        for unread in report.not_checked:
            assert escape(" ".join(unread.input.split())[:12]) in page, (person.stem, unread.input)


def test_what_a_person_wrote_is_never_html(client: Client) -> None:
    told = EVENING | {"medications": ["<img src=x onerror=alert(1)> 5 mg", "<script>alert(1)</script>"]}
    shown = client.post("/screen", told).json()
    assert "<img" not in shown["html"]
    assert "<script" not in shown["html"] + shown["more_steps"]


def test_the_handout_is_that_of_the_library(client: Client, checker: Checker) -> None:
    profile = Profile.model_validate(EVENING)
    answer = client.post("/handout", EVENING)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == handout(checker.plan(profile), profile, checker.book.wording)


@pytest.mark.parametrize("path", ["/screen", "/handout"])
def test_what_cannot_be_read_is_a_problem(path: str, client: Client) -> None:
    assert problem_in(client.post(path, {"person": {"age": "x"}}), 422)["errors"][0]["pointer"] == "#/person/age"
