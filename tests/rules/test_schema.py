"""The published JSON Schemas accept what we accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from magcheck import Profile, check
from magcheck.knowledge.document import read_document
from magcheck.knowledge.load import load_rules

ROOT = Path(__file__).parents[2]


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def test_every_page_is_valid_for_an_editor() -> None:
    validator = jsonschema.Draft202012Validator(schema("page"))
    book = load_rules()
    wrong = [
        f"{name}: {error.message}" for name, d in book.documents.items() for error in validator.iter_errors(d.data)
    ]
    assert wrong == []


def test_a_misspelt_condition_is_not_valid_for_an_editor() -> None:
    page = dict(load_rules().documents["separate-ciprofloxacin"].data)
    page["when"] = [{"takin": "ciprofloxacin"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("page")).validate(page)


@pytest.mark.parametrize(
    "number",
    ["opioid", {"of": "opioid"}, {"from": 2}, {"of": "opioid", "from": 1.5}, {"of": "opioid", "form": 2}],
    ids=str,
)
def test_a_count_without_names_or_bound_is_not_valid_for_an_editor(number: object) -> None:
    page = dict(load_rules().documents["sedatives-several"].data)
    page["when"] = [{"number taking": number}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("page")).validate(page)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "people" / "profiles").glob("*.yaml")), ids=lambda p: p.stem
)
def test_profiles_and_reports_are_valid(path: Path) -> None:
    data = read_document(path.read_bytes(), path.name).data
    jsonschema.Draft202012Validator(schema("profile")).validate(data)
    report = check(Profile.model_validate(data))
    jsonschema.Draft202012Validator(schema("report")).validate(json.loads(report.model_dump_json()))


def test_every_number_of_a_profile_states_its_unit() -> None:
    definitions = schema("profile")["$defs"]
    for model, field in [
        ("Person", "age"),
        ("Person", "height_cm"),
        ("Kidney", "egfr"),
        ("Supplement", "amount_mg"),
    ]:
        assert definitions[model]["properties"][field].get("description"), f"{model}.{field}"
