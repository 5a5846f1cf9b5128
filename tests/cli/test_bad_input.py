"""What if the input is wrong? Exit 2, nothing on stdout, and a message with the place, the fault and the mend."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, run

LONG = "a" * 10_000

# what is wrong: text, where, what, what would be right
YAML: dict[str, tuple[str, str, str, str]] = {
    "an unknown key": (
        "person:\n  agee: 62",
        ":2: person.agee",
        "unknown key 'agee'",
        "Did you mean 'age'?",
    ),
    "an unknown unit": (
        "kidney:\n  creatinine: {value: 1.4, unit: mg/L}",
        ":2: kidney.creatinine.unit",
        "'mg/L'",
        "'mg/dL' or 'umol/L'",
    ),
    "a value in the wrong unit": (
        "kidney: {creatinine: {value: 120, unit: mg/dL}}",
        "kidney.creatinine",
        "120 mg/dL cannot be right",
        "People have 0.05 to 20 mg/dL. Check the unit.",
    ),
    "an impossible number": ("person: {age: 200}", ":1: person.age", "200", "at most 120"),
    "an impossible kidney value": ("kidney: {egfr: 240}", "kidney.egfr", "240", "People have 0 to 200"),
    "a negative dose": (
        "supplements:\n- name: magnesium\n  amount_mg: -400",
        ":3: supplements[0].amount_mg",
        "-400",
        "more than 0",
    ),
    "eight in the evening": (
        "medications:\n  - name: cipro\n    times: [8pm]",
        ":3: medications[0].times[0]",
        "'8pm' is not a clock time",
        'Write "20:00".',
    ),
    "a number in quotes": ('person: {age: "62"}', ":1: person.age", "'62'", "a number, without quotes"),
    "a yes that is no truth": (
        "kidney: {dialysis: 1}",
        ":1: kidney.dialysis",
        "1 cannot be used",
        "true or false",
    ),
    "a repeated key": ("country: US\ncountry: DE", ":2", "the key 'country' stands twice", "Keep one"),
    "nothing at all": ("", "stdin", "empty", "Fill it"),
    "white space": (" \n\t\n ", "stdin", "empty", "Fill it"),
    "a scalar": ("hello", ":1", "'hello' cannot be used", "keys and values"),
    "a list": ("- cipro\n- magnesium", ":1", "cannot be used", "keys and values"),
    "a list that looks like JSON": ("[cipro, magnesium]", ":1", "not JSON", "magcheck schema profile"),
    "nested too deeply": ("a: " + "[" * 10_000, ":1", "nested deeper than 30", "magcheck schema profile"),
    "exploding aliases": (
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        ":1",
        "anchors and aliases (& and *) are not allowed",
        "Write the value out.",
    ),
    "a merge key": ("person: &p {age: 6}\nkidney: {<<: *p}", ":1", "anchors and aliases", "Write the value out."),
    "a tag": ("!!python/object:os.system x: 1", ":1", "is not allowed", "Leave it out."),
    "two documents": ("country: US\n---\ncountry: DE", ":2", "a second document", "Keep one per file."),
    "broken syntax": ("person: {age: 62", ":", "not YAML", "magcheck schema profile"),
    "a tab for indentation": ("person:\n\tage: 62", ":2", "not YAML", "magcheck schema profile"),
    "a name of 10,000 characters": (
        f"medications: [{LONG}]",
        ":1: medications[0]",
        "'aaa",
        "longer than 500 characters",
    ),
    "a key of 10,000 characters": (f"{LONG}: 1", ":1", "not YAML", "magcheck schema profile"),
    "a key of 1,000 characters": (f"{LONG[:1000]}: 1", ":1: aaa", "unknown key 'aaa", "Known: "),
    "a key with brackets": ("'age[0]': 62", "stdin", "unknown key", "age[0]"),
    "not a number": ("kidney: {egfr: .nan}", ":1: kidney.egfr", "nan cannot be used", "not a number"),
    "infinity": ("kidney: {egfr: .inf}", ":1: kidney.egfr", "inf cannot be used", "not a number"),
    "a number of 400 digits": (f"kidney: {{egfr: {'9' * 400}}}", ":1", "too long", "magcheck schema profile"),
    "a contradiction": (
        "person: {sex: male, pregnancy: pregnant}",
        "person.sex and person.pregnancy",
        "the sex is male",
        "Correct the one that is wrong",
    ),
    "a stage against a value": ("kidney: {egfr: 80, stage: G5}", "kidney.egfr and kidney.stage", "80", "Correct"),
    "a thing without a name": (
        "medications: [{times: []}]",
        "medications[0]",
        "nothing says what this is",
        "Give a name",
    ),
    "a hundred and one things": (
        f"medications: [{', '.join(['x'] * 101)}]",
        ":1: medications",
        "cannot be used",
        "more than 100",
    ),
    "an unknown country": ("country: Germany", ":1: country", "'Germany'", "Write its two letters"),
}
JSON: dict[str, tuple[str, str, str, str]] = {
    "an unknown key": (
        '{"person":\n{"agee": 62}}',
        ":2: person.agee",
        "unknown key 'agee'",
        "Did you mean 'age'?",
    ),
    "a repeated key": (
        '{"country": "US", "country": "DE"}',
        "stdin",
        "the key 'country' stands twice",
        "Keep one",
    ),
    "eight in the evening": (
        '{"medications": [{"name": "x", "times": ["8pm"]}]}',
        ":1: medications[0].times[0]",
        "'8pm' is not a clock time",
        'Write "20:00".',
    ),
    "a negative dose": (
        '{"supplements": [{"name": "x", "amount_mg": -1}]}',
        "supplements[0].amount_mg",
        "-1",
        "more than 0",
    ),
    "not a number": ('{"kidney": {"egfr": NaN}}', "stdin", "NaN is not a number", "Leave the value out"),
    "infinity": ('{"kidney": {"egfr": -Infinity}}', "stdin", "-Infinity is not a number", "Leave the value out"),
    "a number beyond all": ('{"kidney": {"egfr": 1e999}}', "kidney.egfr", "inf cannot be used", "not a number"),
    "a number of 5,000 digits": (
        f'{{"kidney": {{"egfr": {"9" * 5000}}}}}',
        "stdin",
        "too long",
        "Leave the value out",
    ),
    "nested too deeply": ("[" * 10_000, "stdin", "nested deeper than 30", "magcheck schema profile"),
    "nested deeply and closed": (
        "[" * 500 + "]" * 500,
        "stdin",
        "nested deeper than 30",
        "magcheck schema profile",
    ),
    "broken syntax": ('{"person": }', ":1", "not JSON", "magcheck schema profile"),
    "half a letter": ('{"medications": ["\\ud800"]}', "medications[0]", "cannot be used", ""),
    "a name of 10,000 characters": (
        json.dumps({"medications": [LONG]}),
        "medications[0]",
        "'aaa",
        "longer than 500 characters",
    ),
    "numbers in quotes": ('{"person": {"age": "62"}}', ":1: person.age", "'62'", "without quotes"),
    "null for a list": ('{"medications": null}', "medications", "None cannot be used", "must be a list"),
}


def check(raw: str | bytes, *options: str) -> Ran:
    return run("check", "-", *options, stdin=raw.encode() if isinstance(raw, str) else raw)


def assert_refused(ran: Ran, where: str, what: str, fix: str) -> None:
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("stdin" if where.startswith(":") or where == "stdin" else ran.err[:1])
    for part in (where, what, fix):
        assert part in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert len(ran.err) < 700


@pytest.mark.parametrize("options", [(), ("--json",), ("--plain",)])
@pytest.mark.parametrize("case", YAML)
def test_yaml_is_refused(case: str, options: tuple[str, ...], rules: str) -> None:
    text, where, what, fix = YAML[case]
    assert_refused(check(text, "--only-rules", rules, *options), where, what, fix)


@pytest.mark.parametrize("case", JSON)
def test_json_is_refused(case: str, rules: str) -> None:
    text, where, what, fix = JSON[case]
    assert_refused(check(text, "--only-rules", rules), where, what, fix)


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n", bytes(range(256)), b"\xff\xfea\x00"])
def test_binary_data_is_refused(raw: bytes, rules: str) -> None:
    ran = check(raw, "--only-rules", rules)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("stdin")
    assert "Traceback" not in ran.err


def test_a_file_of_50_mb_is_refused_at_once(profile: Path, rules: str) -> None:
    with profile.open("wb") as file:
        file.truncate(50_000_000)
    started = time.perf_counter()
    ran = run("check", str(profile), "--only-rules", rules)
    assert time.perf_counter() - started < 1
    assert (ran.code, ran.out) == (2, "")
    assert f"{profile}: the file is larger than 1,000,000 bytes. A profile has" in ran.err


def test_a_name_cannot_forge_a_line_or_an_escape_code(rules: str) -> None:
    ran = check('"a\\nNOTHING FOUND\\e[31m\\u202e": 1', "--only-rules", rules)
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    assert not any(line.startswith("NOTHING") for line in ran.err.splitlines())


def test_every_problem_is_said_at_once_but_not_without_end(rules: str) -> None:
    ran = check("\n".join(f"key{number}: 1" for number in range(60)), "--only-rules", rules)
    lines = ran.err.splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("stdin:1: key0: unknown key 'key0'.")
    assert lines[-1] == "... and 40 more."


# Places that cannot be read


def refused_file(path: Path | str, rules: str) -> str:
    ran = run("check", str(path), "--only-rules", rules)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    return ran.err


def test_a_file_that_is_not_there(tmp_path: Path, rules: str) -> None:
    assert "there is no such file. Check the name" in refused_file(tmp_path / "nobody.yaml", rules)


def test_a_file_below_a_file(profile: Path, rules: str) -> None:
    profile.touch()
    assert "there is no such file." in refused_file(profile / "x", rules)


def test_a_folder(tmp_path: Path, rules: str) -> None:
    assert "this is a folder, not a file." in refused_file(tmp_path, rules)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(profile: Path, rules: str) -> None:
    profile.write_text("country: US", encoding="utf-8")
    profile.chmod(0)
    assert "this file may not be read." in refused_file(profile, rules)


def test_a_forbidden_file_is_said_in_one_sentence(
    profile: Path, rules: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert f"{profile}: this file may not be read. Check its permissions.\n" == refused_file(profile, rules)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000, "\udcff"])
def test_a_name_that_no_file_can_have(name: str, rules: str) -> None:
    refused_file(name, rules)


# Rules that cannot be used


def refused_rules(folder: Path | str) -> str:
    ran = run("check", "-", "--only-rules", str(folder), stdin=b"country: US")
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert "stumbled" not in ran.err
    return ran.err


def test_a_rules_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "this is not a folder. Name a folder with rule pages." in refused_rules(tmp_path / "none")


def test_a_rules_folder_without_a_page_would_find_nothing_and_is_refused(tmp_path: Path) -> None:
    assert "there is no rule page here." in refused_rules(tmp_path)


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown key": ({"acton": "avoid"}, "unknown key 'acton'"),
    "an unknown medicine": (
        {"when": [{"taking": "ciproflaxacin"}]},
        "no substance or class is called 'ciproflaxacin'",
    ),
    "an unknown source": ({"evidence": [{"source": "my-aunt", "grade": "label"}]}, "unknown source 'my-aunt'"),
    "an unknown question": ({"ask": "kidney.eggs", "action": None}, "kidney.eggs"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_page_that_cannot_be_used_is_named(case: str, tmp_path: Path) -> None:
    from tests.cli.running import PAGES, write_pages

    change, said = BROKEN[case]
    page = {key: value for key, value in {**PAGES[1], **change}.items() if value is not None}
    if "ask" in change:
        page = {key: value for key, value in page.items() if key not in {"action", "what_to_do"}}
    message = refused_rules(write_pages(tmp_path / "own", page))
    assert f"{page['id']}.yaml:" in message
    assert said in message


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"[" * 10_000, b"", b"- x", b"a: &a [*a]", b"{"])
@pytest.mark.parametrize("name", ["page.yaml", "sources.yaml", "questions.yaml", "vocabulary/substances.csv"])
def test_whatever_lies_in_a_rules_folder_is_refused_and_not_stumbled_over(
    raw: bytes, name: str, tmp_path: Path
) -> None:
    from tests.cli.running import PAGES, write_pages

    folder = write_pages(tmp_path / "own", *PAGES)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(raw)
    assert refused_rules(folder)
