"""The rule pages, the questionnaire, names to complete, and the description of it all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from magcheck.fhir import questionnaire
from magcheck.report import Verdict
from tests.serve.calling import problem_in

if TYPE_CHECKING:
    from magcheck import Checker
    from tests.serve.calling import Client

FROZEN = Path(__file__).parents[2] / "docs" / "schema" / "openapi.json"


@pytest.fixture(scope="module")
def description(client: Client) -> dict[str, Any]:
    read: dict[str, Any] = client.get("/openapi.json").json()
    return read


@pytest.mark.parametrize("path", ["/rules", "/rules/separate-ciprofloxacin", "/questionnaire", "/openapi.json"])
def test_what_a_client_has_already_is_not_sent_again(path: str, client: Client, checker: Checker) -> None:
    tag = client.get(path).headers["etag"]
    assert checker.book.digest in tag
    for sent in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        same = client.get(path, {"if-none-match": sent})
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["etag"] == tag
    assert client.get(path, {"if-none-match": 'W/"other"'}).status_code == 200


def test_every_page_is_listed_and_can_be_read(client: Client, checker: Checker) -> None:
    listed = client.get("/rules").json()["rules"]
    assert [rule["id"] for rule in listed] == [rule.id for rule in checker.book.rules]
    for rule in listed[::40]:
        assert client.get(f"/rules/{rule['id']}").json() == checker.book.documents[rule["id"]].data


def test_a_page_that_is_not_there_is_not_found_and_a_near_one_named(client: Client) -> None:
    problem = problem_in(client.get("/rules/separate-ciprofloxacn"), 404)
    assert "separate-ciprofloxacin" in problem["detail"]


def test_the_questionnaire_is_ours(client: Client, checker: Checker) -> None:
    response = client.get("/questionnaire")
    assert response.headers["content-type"] == "application/fhir+json"
    assert response.json() == json.loads(json.dumps(questionnaire(checker.book)))


@pytest.mark.parametrize(
    ("typed", "how", "ingredient"),
    [
        ("cipro", "begins", "ciprofloxacin"),
        ("CIPRO", "begins", "ciprofloxacin"),
        ("levothyr", "begins", "levothyroxine"),
        ("glycinate", "holds", "magnesium bisglycinate"),
        ("levothyroxien", "near", "levothyroxine"),
    ],
)
def test_names_are_completed(typed: str, how: str, ingredient: str, client: Client) -> None:
    found = client.get(f"/drugs?q={typed}&limit=50").json()["found"]
    assert any(entry["how"] == how and [ingredient] in entry["ingredients"] for entry in found)


def test_every_name_that_is_offered_is_one_that_a_check_reads(client: Client) -> None:
    offered = [entry for letter in "bmstz" for entry in client.get(f"/drugs?q={letter}&limit=12").json()["found"]]
    assert len(offered) > 30
    for entry in offered:
        report = client.post("/check", {"medications": [entry["name"]]}).json()
        asked = [told for told in report["not_checked"] if told["reason"] in ("ambiguous name", "which one?")]
        assert report["recognised"] or asked, entry["name"]


@pytest.mark.parametrize("query", ["", "q=", "q=a&limit=0", "q=a&limit=51", "q=a&limit=x", f"q={'a' * 101}"])
def test_a_wrong_query_is_a_problem(query: str, client: Client) -> None:
    assert problem_in(client.get(f"/drugs?{query}"), 422)["type"].endswith("query")


@pytest.mark.parametrize("typed", ["%00", "%F0%9F%92%8A", "...", "%20", "{{7*7}}", "%D9%85"])
def test_any_letters_may_be_typed(typed: str, client: Client) -> None:
    assert client.get(f"/drugs?q={typed}").status_code == 200


def test_the_description_is_the_frozen_one(description: dict[str, Any]) -> None:
    """`make docs` writes it anew; read what has changed, because generated clients rest on it."""
    assert description == json.loads(FROZEN.read_text(encoding="utf-8"))


def test_the_description_is_openapi(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_error_that_is_described_is_a_problem(description: dict[str, Any]) -> None:
    """FastAPI describes one of its own wherever an endpoint has a parameter and says nothing of 422."""
    operations = [operation for path in description["paths"].values() for operation in path.values()]
    for operation in operations:
        for status, answer in operation["responses"].items():
            if status not in ("200", "304"):
                problem = answer["content"]["application/problem+json"]["schema"]
                assert problem == {"$ref": "#/components/schemas/ProblemBody"}, operation["operationId"]
    assert "HTTPValidationError" not in description["components"]["schemas"]


def test_generated_clients_may_leave_a_field_out_and_find_names_for_everything(
    description: dict[str, Any],
) -> None:
    """A field with a default is one that must be sent, to openapi-typescript; an object without a name is lost."""
    schemas = description["components"]["schemas"]
    assert not [
        name
        for name, schema in schemas.items()
        for field in schema.get("properties", {}).values()
        if "default" in field
    ]
    assert not {"Profile", "Person", "Kidney", "Medication"} & {
        name for name in schemas if schemas[name].get("required")
    }
    cards = description["paths"]["/cds-services/magcheck-order-sign"]["post"]["responses"]["200"]["content"]
    assert cards["application/json"]["schema"] == {"$ref": "#/components/schemas/HookCards"}
    tags = {tag["name"] for tag in description["tags"]}
    assert {
        tag for path in description["paths"].values() for operation in path.values() for tag in operation["tags"]
    } == tags


def test_there_is_an_example_of_each_verdict_and_it_is_what_the_service_says(
    description: dict[str, Any], client: Client
) -> None:
    check = description["paths"]["/check"]["post"]
    asked = check["requestBody"]["content"]["application/json"]["examples"]
    told = check["responses"]["200"]["content"]["application/json"]["examples"]
    assert {example["value"]["verdict"] for example in told.values()} == {verdict.value for verdict in Verdict}
    assert {name for name, example in told.items() if not example["value"]["complete"]} == {"not_complete"}
    schema = {"$ref": "#/components/schemas/Report", "components": description["components"]}
    for name, example in asked.items():
        answer = client.post("/check", example["value"]).json()
        assert answer == told[name]["value"]
        Draft202012Validator(schema).validate(answer)
        if name != "not_complete":
            assert answer["verdict"] == name


def test_a_brief_report_leaves_out_grounds_only(description: dict[str, Any], client: Client) -> None:
    schema = {"$ref": "#/components/schemas/BriefReport", "components": description["components"]}
    for example in description["paths"]["/check"]["post"]["requestBody"]["content"]["application/json"][
        "examples"
    ].values():
        full = client.post("/check?detail=full", example["value"]).json()
        brief = client.post("/check?detail=brief", example["value"]).json()
        Draft202012Validator(schema).validate(brief)
        for name in ("findings", "recognised"):
            for entry, short in zip(full.pop(name), brief.pop(name), strict=True):
                assert short.items() <= entry.items()
                assert short.keys() >= {"title", "what_to_do"} or short.keys() >= {"input", "is", "read"}
        assert brief == full
    problem_in(client.post("/check?detail=some", {}), 422)
