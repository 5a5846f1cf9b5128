"""The three tools: small to list, the words of the command line, and never an answer where there is none."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from mcp.shared.exceptions import MCPError

from magcheck.cli.profile_file import read_profile
from magcheck.core.errors import EngineFault, InputError
from magcheck.mcp.schema import small_profile
from magcheck.mcp.server import server_of
from magcheck.profile import Profile
from magcheck.rendering.written import text_of
from magcheck.serve.detail import Detail, json_of
from magcheck.serve.service import Service
from magcheck.serve.settings import Settings
from tests.mcp.talking import CIPRO, THREE, answered, call, refused, talk, text_in

if TYPE_CHECKING:
    from mcp.client import Client
    from mcp.server.lowlevel import Server

    from magcheck import Checker

PEOPLE = sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))
MODES = ("auto", "legacy")
"""Both ways of the protocol to begin."""
MOST_LISTED = 3_950
"""Bytes of all tools, which an assistant reads before every conversation: with what the protocol adds, 4 kB."""


@pytest.fixture(scope="module")
def server(checker: Checker) -> Server[Any]:
    return server_of(Service(checker=checker))


@pytest.mark.parametrize("mode", MODES)
def test_three_tools_that_change_nothing_are_listed_in_few_bytes(mode: str, server: Server[Any]) -> None:
    listed = talk(server, lambda client: client.list_tools(), mode)
    assert [tool.name for tool in listed.tools] == ["check", "next_question", "explain_rule"]
    assert all(tool.annotations.read_only_hint for tool in listed.tools)
    assert all(tool.description for tool in listed.tools)
    for tool in listed.tools:
        Draft202012Validator.check_schema(tool.input_schema)
    assert len(listed.model_dump_json(by_alias=True, exclude_none=True).encode()) < MOST_LISTED


def _fields(schema: Any, at: str = "") -> set[str]:
    here = {f"{at}.{name}" for name in schema.get("properties", {})}
    below = [_fields(part, f"{at}.{name}") for name, part in schema.get("properties", {}).items()]
    either = [_fields(choice, at) for choice in schema.get("anyOf", ())]
    return here.union(*below, *either, _fields(schema["items"], f"{at}[]") if "items" in schema else ())


def test_the_small_schema_names_every_field_of_a_profile() -> None:
    fields = _fields(small_profile())
    assert {f".{name}" for name in Profile.model_fields} <= fields
    assert {".kidney.creatinine.unit", ".medications[].dose_mg", ".supplements[].basis", ".day.meals"} <= fields


@pytest.mark.parametrize("person", PEOPLE, ids=lambda path: path.stem)
def test_the_small_schema_takes_what_the_reader_takes(person: Path) -> None:
    told = json.loads(read_profile(str(person)).model_dump_json(exclude_unset=True))
    Draft202012Validator(small_profile()).validate(told)


def test_everybody_gets_the_short_report_and_the_brief_data(server: Server[Any], checker: Checker) -> None:
    profiles = [read_profile(str(person)) for person in PEOPLE]

    async def ask(client: Client) -> list[Any]:
        told = [json.loads(profile.model_dump_json(exclude_unset=True)) for profile in profiles]
        return [await client.call_tool("check", arguments) for arguments in told]

    for profile, answer in zip(profiles, talk(server, ask), strict=True):
        report = checker.check(profile)
        text, data = answered(answer)
        assert text == text_of(report, checker.book.wording)
        assert data == json.loads(json_of(report, Detail.BRIEF))
        if not report.complete:
            assert "NOT COMPLETE" in text
            assert "\nNOT CHECKED\n" in text


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", THREE)
def test_three_people(name: str, mode: str, server: Server[Any]) -> None:
    text, data = answered(call(server, "check", THREE[name], mode))
    verdicts = {"cipro": "separate", "weak kidneys": "avoid", "unknown name": "clear"}
    assert (data["verdict"], data["ok"]) == (verdicts[name], False)
    assert len(text) < 3_500
    assert len(json.dumps(data)) < 9_000
    if name == "unknown name":
        assert data["complete"] is False
        assert "zzqxopril" in text.partition("\nNOT CHECKED\n")[2]


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"person": {"age": "29"}}, "#/person/age"),
        ({"medications": "cipro"}, "#/medications"),
        ({"medications": [{"name": "cipro", "times": ["8pm"]}]}, "#/medications/0/times/0"),
        ({"supplements": ["magnesium", {"nam": "x"}]}, "#/supplements/1/nam"),
        ({"kidney": {"egfr": 80, "stage": "G5"}}, "#/kidney/egfr"),
        ({"kidney": {"egfr": -1}}, "#/kidney/egfr"),
        ({"profile": CIPRO}, "#/profile"),
        ({"country": "usa"}, "#/country"),
    ],
)
def test_a_bad_profile_is_refused_in_the_words_of_the_command_line(
    told: dict[str, Any], pointer: str, server: Server[Any], checker: Checker, tmp_path: Path
) -> None:
    file = tmp_path / "arguments"
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        checker.check(read_profile(str(file)))
    text, data = refused(call(server, "check", told))
    said = [(problem.what, problem.fix) for problem in caught.value.problems]
    for what, fix in said:
        assert what in text
        assert fix in text
    assert data["type"] == "urn:magcheck:problem:input"
    assert data["errors"][0]["pointer"] == pointer
    assert not {"verdict", "complete"} & set(data)


def test_an_unknown_rule_and_none_are_refused(server: Server[Any]) -> None:
    text, data = refused(call(server, "explain_rule", {"rule": "separate-ciprofloxacine"}))
    assert "no page is called 'separate-ciprofloxacine'" in text
    assert "separate-ciprofloxacin" in data["errors"][0]["fix"]
    text, data = refused(call(server, "explain_rule", CIPRO))
    assert data["errors"][0]["pointer"] == "#/rule"


def test_a_rule_is_explained_for_the_person(server: Server[Any], checker: Checker) -> None:
    text, data = answered(call(server, "explain_rule", {"rule": "separate-ciprofloxacin", **CIPRO}))
    assert data == json.loads(checker.explain(CIPRO, "separate-ciprofloxacin").model_dump_json())
    assert "Holds: taking ciprofloxacin by mouth" in text
    _, other = answered(call(server, "explain_rule", {"rule": "separate-ciprofloxacin"}))
    assert other["pages"][0]["state"] != "fired"


def test_questions_lead_to_a_profile_that_can_be_checked(server: Server[Any]) -> None:
    async def ask(client: Client) -> tuple[str, dict[str, Any], int]:
        answers: list[dict[str, str]] = []
        while True:
            told = {"supplements": CIPRO["supplements"], "answers": answers}
            text, data = answered(await client.call_tool("next_question", told))
            question = data["question"]
            if question is None or len(answers) > 60:
                return text, data, len(answers)
            assert question["question"] in text
            assert question["path"] in text
            answers.append({"path": question["path"], "text": "62" if question["path"] == "person.age" else ""})

    text, data, asked = talk(server, ask)
    assert 0 < asked < 60
    assert json.loads(text.splitlines()[-1]) == data["profile"]
    assert data["profile"]["person"]["age"] == 62
    assert answered(call(server, "check", data["profile"]))[1]["verdict"]


def test_an_answer_that_cannot_be_read_names_its_place(server: Server[Any]) -> None:
    answers = [{"path": "person.age", "text": "old"}]
    _, data = refused(call(server, "next_question", {"supplements": ["magnesium"], "answers": answers}))
    assert data["errors"][0]["pointer"] == "#/answers/0/text"


def test_there_is_no_other_tool(server: Server[Any]) -> None:
    async def ask(client: Client) -> None:
        with pytest.raises(MCPError, match="check, next_question, explain_rule"):
            await client.call_tool("plan", {})

    talk(server, ask)


@pytest.mark.parametrize("error", [EngineFault("they disagree"), RuntimeError("zqmarked"), MemoryError()])
def test_a_fault_is_no_report(error: Exception, checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    service = Service(checker=checker)
    monkeypatch.setattr(type(checker), "check", fail)
    text, data = refused(call(server_of(service), "check", CIPRO))
    assert "zqmarked" not in text
    assert "verdict" not in data


def test_rules_that_cannot_be_used_are_said_at_every_call(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("id: [", encoding="utf-8")
    text, data = refused(call(server_of(Service(Settings(rules=str(tmp_path)))), "check", CIPRO))
    assert data["type"] == "urn:magcheck:problem:not-ready"
    assert "bad.yaml" in text


def test_a_check_runs_beside_the_event_loop(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one check stands still, the tools are listed all the same; then it is answered."""
    service, go_on, whole = Service(checker=checker), threading.Event(), type(checker).check

    def slow(self: Checker, *told: Any) -> Any:
        assert go_on.wait(60)
        return whole(self, *told)

    monkeypatch.setattr(type(checker), "check", slow)

    async def ask(client: Client) -> Any:
        checking = asyncio.create_task(client.call_tool("check", CIPRO))
        await asyncio.sleep(0.05)
        listed = await client.list_tools()
        assert not checking.done()
        go_on.set()
        return listed, await checking

    listed, answer = talk(server_of(service), ask)
    assert len(listed.tools) == 3
    assert "KEEP APART" in text_in(answer)
