"""Is what a lenient reader would misread ever answered? Over stdin and HTTP, as it stands on the wire."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magcheck.mcp.wire import REFUSED, strictly
from tests.mcp.listening import HEADERS, listening

BEGIN = {
    "jsonrpc": "2.0",
    "id": "begin",
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a stranger", "version": "1"},
    },
}
BEGUN = {"jsonrpc": "2.0", "method": "notifications/initialized"}
MAGNESIUM = '"supplements": ["magnesium citrate 100 mg elemental"], "person": {"age": 45, "sex": "male"}'
DEEP = '{"person":' * 200 + "{}" + "}" * 200

MISREAD: dict[str, tuple[str, str | None]] = {
    f'{{"kidney": {{"egfr": 20, "egfr": 90}}, {MAGNESIUM}}}': ("stands twice", "#/kidney/egfr"),
    f'{{"kidney": {{"egfr": 20}}, "kidney": {{"egfr": 90}}, {MAGNESIUM}}}': ("stands twice", "#/kidney"),
    f'{{"medications": ["cipro"], {MAGNESIUM}, "medications": []}}': ("stands twice", "#/medications"),
    '{"medications": [{"name": "cipro", "name": "x"}]}': ("stands twice", "#/medications/0/name"),
    '{"person": {"age": NaN}}': ("NaN is not a number", "#/person/age"),
    '{"kidney": {"egfr": Infinity}}': ("Infinity is not a number", "#/kidney/egfr"),
    '{"kidney": {"egfr": -Infinity}}': ("-Infinity is not a number", "#/kidney/egfr"),
    '{"kidney": {"egfr": 1e999}}': ("Infinity is not a number", "#/kidney/egfr"),
    f'{{"kidney": {{"egfr": {"9" * 5000}}}}}': ("too long", "#/kidney/egfr"),
    f'{{"kidney": {{"egfr": -{"9" * 5000}}}}}': ("too long", "#/kidney/egfr"),
    f'{{"kidney": {{"egfr": {"9" * 300}}}}}': ("cannot be right", "#/kidney/egfr"),
    '{"kidney": {"egfr": "90"}}': ("without quotes", "#/kidney/egfr"),
    '{"kidney": {"egfr": true}}': ("without quotes", "#/kidney/egfr"),
    '{"kidney": {"egfr": [90]}}': ("cannot be used here", "#/kidney/egfr"),
    '{"kidney": []}': ("cannot be used here", "#/kidney"),
    '{"medications": null}': ("must be a list", "#/medications"),
    '{"medications": "cipro"}': ("must be a list", "#/medications"),
    '{"medications": [["cipro"]]}': ("cannot be used here", "#/medications/0"),
    '{"supplements": [7]}': ("cannot be used here", "#/supplements/0"),
    '{"supplements": ["magnesium \\ud800"]}': ("half a character", None),
    DEEP: ("nested deeper", None),
    "[]": ("object of fields", None),
    '"cipro"': ("object of fields", None),
    "7": ("object of fields", None),
    "false": ("object of fields", None),
    "NaN": ("is not a number", None),
    '{"\\u0000refused": [["x", "y", []]]}': ("object of fields", None),
}
NO_MESSAGES = ['{"id": 1,}', '{"a": 0x10}', "cipro", "---", "[1, 2]", '{"id": 1', "{" * 5000, "\x00"]


def raw(arguments: str, number: int, tool: str = "check") -> str:
    """A call as no client of ours would write it."""
    params = f'{{"name": "{tool}", "arguments": {arguments}}}'
    return f'{{"jsonrpc": "2.0", "id": {number}, "method": "tools/call", "params": {params}}}'


def _assert_refused(answer: dict[str, Any], said: str, pointer: str | None) -> None:
    result = answer["result"]
    assert result["isError"] is True, result
    assert said in result["content"][0]["text"]
    told = result["structuredContent"]
    assert told["type"] == "urn:magcheck:problem:input"
    assert told["errors"][0].get("pointer") == pointer
    assert not {"verdict", "ok", "complete"} & set(told)


@pytest.fixture(scope="module")
def heard() -> list[dict[str, Any]]:
    """Everything that a server says to all of it at once over stdin; it ends when its input does."""
    calls = [raw(arguments, number) for number, arguments in enumerate(MISREAD)]
    twice = raw("{}", 900).replace('"arguments"', '"arguments": {"kidney": {"egfr": 20}}, "arguments"')
    lines = [json.dumps(BEGIN), json.dumps(BEGUN), *calls, *NO_MESSAGES, twice, raw("{}", 999)]
    process = subprocess.Popen(
        [sys.executable, "-m", "magcheck.cli.start", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n".join(lines) + "\n")
    process.stdin.flush()
    said: list[dict[str, Any]] = []
    for line in process.stdout:
        said.append(json.loads(line))
        if len(said) == len(MISREAD) + len(NO_MESSAGES) + 3:
            break
    process.stdin.close()
    process.stdout.close()
    assert process.wait(120) == 0
    return said


@pytest.mark.parametrize("number", range(len(MISREAD)))
def test_what_could_be_misread_is_refused_over_stdin(number: int, heard: list[dict[str, Any]]) -> None:
    (answer,) = (answer for answer in heard if answer["id"] == number)
    _assert_refused(answer, *list(MISREAD.values())[number])


def test_arguments_that_stand_twice_are_refused(heard: list[dict[str, Any]]) -> None:
    (answer,) = (answer for answer in heard if answer["id"] == 900)
    _assert_refused(answer, "the key 'arguments' stands twice", None)


def test_what_is_no_message_is_said_to_be_none_and_the_next_one_is_answered(heard: list[dict[str, Any]]) -> None:
    told = [answer["error"] for answer in heard if answer["id"] is None]
    assert [error["code"] for error in told] == [-32700] * len(NO_MESSAGES)
    (answer,) = (answer for answer in heard if answer["id"] == 999)
    assert answer["result"]["structuredContent"]["complete"] is False


def test_what_could_be_misread_is_refused_over_http() -> None:
    with listening() as (url, _):
        for arguments, (said, pointer) in MISREAD.items():
            answer = httpx.post(url, content=raw(arguments, 1).encode(), headers=HEADERS, timeout=120)
            _assert_refused(answer.json(), said, pointer)
        for message in NO_MESSAGES:
            assert httpx.post(url, content=message.encode(), headers=HEADERS, timeout=120).status_code == 400


KEYS = st.sampled_from(["egfr", "name", "a", ""])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_a_message_that_can_be_read_in_one_way_only_stays_as_it_is(arguments: dict[str, Any]) -> None:
    message = raw(json.dumps(arguments), 1)
    assert strictly(message) == message


@settings(deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), VALUES, st.data())
def test_a_key_that_stands_twice_is_refused_wherever_it_stands(
    arguments: dict[str, Any], other: Any, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(arguments)))
    inside = json.dumps(arguments)[:-1] + f", {json.dumps(key)}: {json.dumps(other)}}}"
    for _ in range(data.draw(st.integers(0, 3))):
        inside = f'{{"in": [{inside}]}}'
    read = json.loads(strictly(raw(inside, 1)) or "")
    assert list(read["params"]["arguments"]) == [REFUSED]
