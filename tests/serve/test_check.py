"""POST /check: the report of the library, or a problem that names the field and the fix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.cli.profile_file import read_profile
from tests.serve.calling import JSON, problem_in

if TYPE_CHECKING:
    from magcheck import Checker
    from tests.serve.calling import Client

PEOPLE = sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))
EVENING = {"medications": ["cipro"], "supplements": ["magnesium citrate 200 mg"]}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda path: path.stem)
def test_the_answer_is_the_report_of_the_library_byte_for_byte(
    person: Path, client: Client, checker: Checker
) -> None:
    profile = read_profile(str(person))
    response = client.post("/check", profile.model_dump_json(exclude_unset=True).encode())
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.content == checker.check(profile).model_dump_json().encode()


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"person": {"age": "29"}}, ["#/person/age"]),
        ({"person": {"age": True}}, ["#/person/age"]),
        ({"person": {"age": 10**400}}, ["#/person/age"]),
        ({"person": []}, ["#/person"]),
        ({"medications": "cipro"}, ["#/medications"]),
        ({"medications": [{"name": "cipro", "times": ["8pm"]}]}, ["#/medications/0/times/0"]),
        ({"medications": ["cipro", {"nam": "x"}]}, ["#/medications/1/nam"]),
        ({"supplements": [7]}, ["#/supplements/0"]),
        ({"a/b~c": 1}, ["#/a~1b~0c"]),
        ({"country": "usa"}, ["#/country"]),
        ({"kidney": {"egfr": 80, "stage": "G5"}}, ["#/kidney/egfr", "#/kidney/stage"]),
        ({"person": {"sex": "male", "pregnancy": "pregnant"}}, ["#/person/sex", "#/person/pregnancy"]),
    ],
)
def test_what_cannot_be_used_is_a_problem_with_its_field(
    body: dict[str, Any], pointers: list[str], client: Client
) -> None:
    problem = problem_in(client.post("/check", body), 422)
    assert [pointer for error in problem["errors"] for pointer in error["pointers"]][: len(pointers)] == pointers
    assert problem["errors"][0]["pointer"] == pointers[0]


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"null", b"7", b'"x"', b"person: {age: 3}", b"[]", b"{", b"{}{}", b"\xff\xfe{\x00}\x00",
        b'{"person": {"age": "\xff"}}', b'{"person": 1, "person": 2}', b'{"person": {"age": NaN}}',
        b'{"person": {"age": 1e999}}', b'{"person": {"age": -Infinity}}',
        b'{"person": {"age": %s}}' % (b"9" * 5000),
        b'{"a":' * 5000 + b"1" + b"}" * 5000, b'{"conditions": ["\\ud800"]}', b'{"\\ud800": 1}',
        b'{"medications": [%s]}' % b",".join([b'"cipro"'] * 101),
    ],
)  # fmt: skip
def test_what_is_no_profile_is_a_problem(body: bytes, client: Client) -> None:
    problem_in(client.post("/check", body), 422)


def test_other_media_are_refused(client: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "json"):
        problem_in(client.ask("POST", "/check", b"{}", {"content-type": kind}), 415)
    problem_in(client.ask("POST", "/check", b"{}"), 415)
    problem_in(client.ask("POST", "/check", b"{}", JSON | {"content-encoding": "gzip"}), 415)
    for kind in ("application/json; charset=UTF-8", "Application/JSON", "application/vnd.magcheck+json"):
        assert client.ask("POST", "/check", b"{}", {"content-type": kind}).status_code == 200


def test_a_large_body_is_refused_before_it_is_read(client: Client) -> None:
    problem_in(client.post("/check", b" " * 1_000_001), 413)
    problem_in(client.ask("POST", "/check", b"{}", JSON | {"content-length": "9" * 30}), 413)


def test_other_addresses_and_methods_are_problems(client: Client) -> None:
    problem_in(client.get("/nothing"), 404)
    problem_in(client.post("/check/", EVENING), 404)
    assert client.get("/check").headers["allow"] == "POST"
    problem_in(client.get("/check"), 405)
