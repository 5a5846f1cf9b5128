"""Whatever bytes are sent: a report or a problem, never a fault, and nothing that was told is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magcheck.knowledge.load import load_rules
from magcheck.profile import Profile
from magcheck.reading.profile import says_none
from magcheck.serve.body import document_of, model_of
from tests.contract.test_promises import EVERYTHING
from tests.serve.calling import problem_in

if TYPE_CHECKING:
    from tests.serve.calling import Client

PATHS = ("/check", "/explain", "/next-question", "/fhir/check")
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _answers(client: Client, path: str, body: bytes) -> None:
    response = client.post(path, body)
    if response.status_code != 200:
        problem_in(response, 422)
        return
    report: dict[str, Any] = response.json()
    if "recognised" in report:
        told = model_of(Profile, document_of(body))
        for name in ("medications", "supplements"):
            seen = {
                entry["index"]
                for part in ("recognised", "not_checked")
                for entry in report[part]
                if entry["list"] == name
            }
            items = getattr(told, name)
            assert seen >= set(range(len(items))) or says_none(items, load_rules())


@pytest.mark.parametrize("path", PATHS)
@few
@given(body=st.binary(max_size=200))
def test_any_bytes(path: str, body: bytes, client: Client) -> None:
    _answers(client, path, body)


@pytest.mark.parametrize("path", PATHS)
@few
@given(key=st.sampled_from(sorted(EVERYTHING)), value=JSON_VALUES)
def test_any_value_in_the_place_of_any_field(path: str, key: str, value: Any, client: Client) -> None:
    _answers(client, path, json.dumps({**EVERYTHING, key: value}).encode())


@pytest.mark.parametrize("path", PATHS)
@few
@given(
    names=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4),
    list_=st.sampled_from(["medications", "supplements"]),
)
def test_any_names(path: str, names: list[str], list_: str, client: Client) -> None:
    _answers(client, path, json.dumps({list_: names}).encode())


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"person": {"age": 3, "age": 4}}', "#/person/age"),
        (b'{"medications": ["a", {"name": "b", "name": "c"}]}', "#/medications/1/name"),
        (b'{"person": {"age": NaN}}', "#/person/age"),
        (b'{"medications": [{"name": "a", "dose_mg": -Infinity}]}', "#/medications/0/dose_mg"),
        (b'{"medications": ["a"], "medications": []}', "#/medications"),
    ],
)
def test_what_json_lets_pass_is_refused_with_its_field(body: bytes, pointer: str, client: Client) -> None:
    problem = problem_in(client.post("/check", body), 422)
    assert problem["errors"][0]["pointer"] == pointer
