"""Do forms that others wrote ask what we ask, and does the answer say what the report of the same person says?

Mouse and keyboard fill them in Chromium. In `make test` a few people fill LHC-Forms; `make test-clients` lets all,
and in Smart Forms besides.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.fhir.guidance import GuidanceContext, guidance
from magcheck.fhir.response import profile_of_response
from magcheck.profile import Profile
from tests.browser import chromium, lacking, needed, told_by
from tests.clients.forms.people import MORE, PEOPLE, Person
from tests.serve.running import service
from tests.support import ROOT

if TYPE_CHECKING:
    from magcheck import Checker

HERE = Path(__file__).parent
THOROUGH = os.environ.get("MAGCHECK_CLIENTS") == "thorough"
WHO = PEOPLE | MORE if THOROUGH else PEOPLE
FORMS = ["lforms", "smart"] if THOROUGH else ["lforms"]
SMART = HERE.parent / "node_modules" / "@aehrc" / "smart-forms-renderer"


@pytest.fixture(scope="module", params=FORMS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each person's response was, and what the service said to it."""
    what = f"the form was not filled with {request.param}"
    needed(what, lacking("lforms"))
    if request.param == "smart" and not SMART.is_dir():
        pytest.skip(f"{what}: @aehrc/smart-forms-renderer not installed (.ci/clients)")
    told = tmp_path_factory.mktemp("forms") / "told.json"
    people = {
        name: {"answers": person.answers, "record": person.record}
        for name, person in WHO.items()
        if request.param == "lforms" or person.record is None
    }
    with service() as running:
        told.write_text(json.dumps({"url": running.url, "people": people}), encoding="utf-8")
        seen: dict[str, Any] = told_by(HERE / "fill.mjs", chromium() or "", request.param, told)
    return seen


def _timeless(answer: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps({key: value for key, value in answer.items() if key != "occurrenceDateTime"})
    moment = answer["occurrenceDateTime"]
    told: dict[str, Any] = json.loads(text.replace(moment, "now"))
    return told


def _by_hand(person: Person, checker: Checker, patient: str) -> dict[str, Any]:
    report = checker.check(Profile.model_validate(person.profile))
    assert report.verdict == person.verdict
    return _timeless(guidance(report, checker.book, datetime.now(UTC), GuidanceContext({}, patient)))


@pytest.mark.parametrize("name", WHO)
def test_the_answers_are_the_profile_and_the_report_is_that_of_the_profile(
    name: str, filled: dict[str, Any], checker: Checker
) -> None:
    if name not in filled:
        pytest.skip("Smart Forms is filled from a record by a server beside it")
    seen, person = filled[name], WHO[name]
    assert seen["status"] == 200, seen["answer"]
    assert profile_of_response(seen["response"], checker.book) == Profile.model_validate(person.profile)
    patient = seen["response"].get("subject", {}).get("reference", "").removeprefix("Patient/")
    assert _timeless(seen["answer"]) == _by_hand(person, checker, patient)


def test_the_form_finds_nothing_wrong_with_our_questionnaire(filled: dict[str, Any]) -> None:
    assert {name: seen["errors"] for name, seen in filled.items() if seen["errors"]} == {}
    assert {name: seen["outside"] for name, seen in filled.items() if seen["outside"]} == {}


def test_the_people_meet_every_verdict() -> None:
    assert {person.verdict for person in (PEOPLE | MORE).values()} == {
        "avoid", "ask_first", "separate", "lower_dose", "monitor", "note", "clear",
    }  # fmt: skip


def test_the_documents_show_the_page_that_is_tried() -> None:
    shown = (ROOT / "docs" / "how-to" / "fhir.md").read_text(encoding="utf-8")
    page = shown.partition("```html\n")[2].partition('<script type="module">')[0]
    assert page.count("<script") == 5
    tried = (HERE / "lforms.mjs").read_text(encoding="utf-8")
    assert page in tried
    context = 'getFhirVersion: async () => "4.0.1", request }, { patient'
    for call in (context, 'addFormToPage(questionnaire, "form", {'):
        assert call in shown
        assert call in tried
