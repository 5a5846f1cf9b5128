"""Two people answer with the keyboard in headless Chromium: what stands on their screen is what the library says.

Skipped without a browser, as tests/browser.py says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from magcheck.questions.session import Session
from magcheck.rendering.report_outline import tags_of
from tests.browser import chromium, lacking, needed, told_by
from tests.serve.running import service
from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from magcheck import Checker, Profile
    from magcheck.report import Report

WALK = ROOT / "tests" / "serve" / "page" / "walk.mjs"
PEOPLE: dict[str, dict[str, str]] = {
    "evening": {
        "symptoms": "none",
        "conditions": "asthma",
        "medications": "cipro 500 mg at 8am and 8pm",
        "supplements": "magnesium citrate 200 mg at 21:30",
        "person.age": "62",
    },
    "many": {
        "symptoms": "none",
        "blood values": "egfr 80",
        "conditions": "none",
        "kidney.disease": "no",
        "medications": "levothyroxine 50 mcg at 7:00; gabapentin 300 mg in the morning; Zyntrexol 5 mg",
        "supplements": "magnesium oxide 400 mg at 8:00 and 20:00; calcium carbonate 500 mg at 12:00",
        "person.age": "62",
    },
}
SHUT_OUT = ["script-src-elem", "style-src-elem", "connect-src"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    needed("the page was not looked at", lacking())
    with service() as running:
        yield running.url


@pytest.fixture(scope="module", params=PEOPLE)
def walked(request: pytest.FixtureRequest, address: str, tmp_path_factory: Any) -> tuple[str, dict[str, Any]]:
    """Who it was, and everything that was seen."""
    told: Path = tmp_path_factory.mktemp("page") / "told.json"
    told.write_text(json.dumps({"name": request.param, "answers": PEOPLE[request.param]}), encoding="utf-8")
    return request.param, told_by(WALK, chromium() or "", f"{address}/", told)


def _at_the_terminal(checker: Checker, answers: dict[str, str]) -> tuple[list[str], Profile]:
    session = Session(checker)
    while relevant := session.relevant():
        text = answers.get(relevant[0].path)
        session.answer(relevant[0], None if text is None else relevant[0].kind.read(text))
    return session.order, session.profile()


def _assert_shown(seen: dict[str, Any], report: Report, checker: Checker) -> None:
    assert seen["headline"] == report.headline
    assert seen["tags"] == list(tags_of(report, checker.book.wording.labels))
    assert report.notice in seen["screen"]


def test_the_verdict_on_screen_is_that_of_the_library(
    walked: tuple[str, dict[str, Any]], checker: Checker
) -> None:
    name, found = walked
    order, profile = _at_the_terminal(checker, PEOPLE[name])
    assert found["asked"] == order
    _assert_shown(found["first"], checker.check(profile), checker)
    assert found["paper"]["headline"] == checker.plan(profile).headline
    assert found["paper"]["border"] == "3px", "the handout has lost its style"


def test_a_dose_that_is_moved_is_checked_again(walked: tuple[str, dict[str, Any]], checker: Checker) -> None:
    """Two hours later by keys, then back by the mouse: the report of each is that of the library."""
    name, found = walked
    _, profile = _at_the_terminal(checker, PEOPLE[name])
    place = len(profile.supplements) - 1
    time = found["move"]["byKeys"]["doses"][-1].split(", dose ")[1][:5]
    assert time == {"evening": "23:30", "many": "14:00"}[name]
    changed = profile.supplements[place].model_copy(update={"times": (time,)})
    moved = profile.model_copy(update={"supplements": (*profile.supplements[:place], changed)})
    _assert_shown(found["move"]["byKeys"], checker.check(moved), checker)
    back = found["move"]["byMouse"]
    assert (back["headline"], back["tags"], back["doses"]) == tuple(
        found["first"][part] for part in ("headline", "tags", "doses")
    )


def test_hours_that_are_found_are_shown_and_keep_every_gap(
    walked: tuple[str, dict[str, Any]], checker: Checker
) -> None:
    name, found = walked
    _, profile = _at_the_terminal(checker, PEOPLE[name])
    plan = checker.plan(profile).plan
    assert found["day"]["said"][0] == plan.said
    if plan.entries:
        assert not [dose for dose in found["day"]["doses"] if dose.endswith("too close")]
    else:
        assert found["day"]["doses"] == found["first"]["doses"]


def test_an_answer_that_cannot_be_read_is_said_beside_its_field(walked: tuple[str, dict[str, Any]]) -> None:
    refused = walked[1]["refused"]
    assert refused["said"]
    assert (refused["focused"], refused["invalid"]) == ("answer", "true")


def test_gaps_open_and_close_before_ones_eyes(walked: tuple[str, dict[str, Any]]) -> None:
    name, found = walked
    if name == "evening":
        assert [dose for dose in found["first"]["doses"] if dose.endswith("too close")]
        assert not [dose for dose in found["move"]["byKeys"]["doses"] if dose.endswith("too close")]


def test_there_is_no_barrier_at_any_size_bright_dark_or_printed(walked: tuple[str, dict[str, Any]]) -> None:
    views = walked[1]["views"]
    assert len(views) == 8
    assert [(view["stage"], view["view"], view["violations"]) for view in views if view["violations"]] == []
    assert [(view["stage"], view["view"]) for view in views if view["overflow"]] == []
    assert all(view["passes"] > 15 for view in views)


def test_nothing_is_asked_of_anybody_else_and_nothing_inline_runs(
    walked: tuple[str, dict[str, Any]], address: str
) -> None:
    found = walked[1]
    assert {urlsplit(asked).netloc for asked in found["requests"] if asked != "http://elsewhere.invalid/"} == {
        urlsplit(address).netloc
    }
    assert found["errors"] == []
    assert found["policy"] == {"refused": SHUT_OUT, "ran": False, "opacity": "1"}


def test_nothing_is_kept_unless_asked_and_then_it_can_be_deleted(walked: tuple[str, dict[str, Any]]) -> None:
    kept, nothing = walked[1]["kept"], {"local": 0, "session": 0, "cookies": ""}
    assert kept["untold"] == kept["deleted"] == nothing
    assert kept["asked"] == nothing | {"local": 1}
    assert kept["again"] >= len(walked[1]["asked"])
