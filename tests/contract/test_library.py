"""What a program meets: plain data beside profiles, one loader, reports that show themselves, few public names."""

from __future__ import annotations

import inspect
import json
import pydoc
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import magcheck
from magcheck import Checker, InputError, MissingExtraError, Profile, check, load_profile
from magcheck.rendering import library
from tests.cli.running import run
from tests.support import ROOT

EVENING = ROOT / "examples" / "evening.yaml"
TELLING: dict[str, Any] = {
    "person": {"age": 40},
    "medications": ["cipro 500 mg at 08:00"],
    "supplements": [{"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["09:00"]}],
}

WRONG = {
    "a misspelt list": ("medicatons: [cipro]\n", ":1: medicatons", "Did you mean 'medications'?"),
    "a misspelt field": ("person:\n  agee: 62\n", ":2: person.agee", "Did you mean 'age'?"),
    "a number in quotes": ('person: {age: "62"}\n', ":1: person.age", "a number, without quotes"),
    "an hour of the evening": (
        "medications:\n  - name: cipro\n    times: [8pm]\n",
        ":3: medications[0].times[0]",
        'Write "20:00".',
    ),
    "a repeated key": ("country: US\ncountry: DE\n", ":2", "Keep one"),
    "nothing": ("\n", "", "the file is empty"),
}


@pytest.mark.parametrize(("text", "place", "mend"), WRONG.values(), ids=WRONG)
def test_a_program_reads_what_the_command_line_says(text: str, place: str, mend: str, tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_profile(file)
    assert f"{file}{place}" in str(caught.value)
    assert mend in str(caught.value)
    assert run("check", str(file)).err.startswith(str(caught.value))
    with pytest.raises(InputError) as from_text:
        load_profile(text)
    assert str(from_text.value) == str(caught.value).replace(str(file), "profile")


@pytest.mark.parametrize("source", [EVENING, str(EVENING), EVENING.read_text(encoding="utf-8")])
def test_a_path_its_name_and_its_text_are_the_same_profile(source: str | Path) -> None:
    assert load_profile(source) == load_profile(EVENING)


def test_one_line_of_json_is_a_text() -> None:
    assert load_profile(json.dumps(TELLING)) == load_profile(TELLING) == Profile.model_validate(TELLING)


@pytest.mark.parametrize(
    "source", ["missing.yaml", "-", "", ".", "a\0b", Path("missing.yaml"), None, 3, ["x"], b"x"]
)
def test_what_is_no_profile_is_refused_in_words(source: Any) -> None:
    with pytest.raises(InputError) as caught:
        load_profile(source)
    assert all(problem.what and problem.fix for problem in caught.value.problems)


def test_answers_in_fhir_are_a_profile_here_too(tmp_path: Path) -> None:
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "person.age", "answer": [{"valueDecimal": 40}]}],
    }
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(response), encoding="utf-8")
    assert load_profile(response).person.age == load_profile(file).person.age == 40


@pytest.mark.parametrize("method", ["check", "with_changes", "plan", "explain", "pages"])
def test_plain_data_are_taken_wherever_a_profile_is(method: str, checker: Checker) -> None:
    ask = getattr(checker, method)
    assert ask(TELLING) == ask(Profile.model_validate(TELLING))
    with pytest.raises(InputError, match="Did you mean 'medications'"):
        ask({"medicatons": []})


def test_plain_data_are_compared_as_profiles_are(checker: Checker) -> None:
    older = {**TELLING, "person": {"age": 70}}
    same = checker.difference(Profile.model_validate(TELLING), Profile.model_validate(older))
    assert checker.difference(TELLING, older) == same


def test_data_are_not_changed_by_a_check() -> None:
    told = json.dumps(TELLING)
    check(TELLING)
    assert json.dumps(TELLING) == told


# A report shows itself


def test_a_report_reads_as_the_command_line_prints_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    report = Checker().with_changes(load_profile(EVENING))
    usual = "check", str(EVENING), "--plain", "--no-input"
    assert report.to_text() == run(*usual).out
    assert report.to_text(more=True) == run(*usual, "--more", "--sources").out


@pytest.mark.parametrize("width", [50, 80, 110])
def test_a_text_keeps_its_width(width: int) -> None:
    lines = check(TELLING).to_text(width).splitlines()
    assert max(len(line) for line in lines if "://" not in line) <= width


def test_a_page_shows_what_was_told_where_it_is_given() -> None:
    report = check({**TELLING, "person": {"age": 40, "weight_kg": 71.5}})
    assert "71.5" in report.to_html(Profile.model_validate({**TELLING, "person": {"age": 40, "weight_kg": 71.5}}))
    assert "71.5" not in report.to_html()
    assert report.to_html().startswith("<!doctype html>")


def test_a_day_becomes_a_calendar_of_its_first_day() -> None:
    calendar = Checker().plan(TELLING).to_ics(date(2027, 1, 15))
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART:20270115T" in calendar
    assert "ciprofloxacin" in calendar


def test_a_report_without_a_day_says_how_to_get_one() -> None:
    with pytest.raises(InputError, match=r"no day to write .*Checker\.plan"):
        check(TELLING).to_ics()


def test_without_icalendar_a_calendar_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: str) -> None:
        raise MissingExtraError("a calendar", "plan")

    monkeypatch.setattr(library, "refuse_without", missing)
    with pytest.raises(MissingExtraError, match=r"magcheck\[plan\]"):
        Checker().plan(TELLING).to_ics(date(2027, 1, 15))


# What a report holds


def test_the_pages_of_a_name_come_only_where_they_are_asked_for() -> None:
    usual, asked = check(TELLING), check(TELLING, rules_of_names=True)
    assert all("rules" not in entry for entry in json.loads(usual.model_dump_json())["recognised"])
    (cipro, magnesium) = json.loads(asked.model_dump_json())["recognised"]
    assert "separate-ciprofloxacin" in cipro["rules"]
    assert "separate-ciprofloxacin" in magnesium["rules"]
    without = asked.model_copy(
        update={"recognised": tuple(entry.model_copy(update={"rules": None}) for entry in asked.recognised)}
    )
    assert without == usual


@pytest.mark.parametrize("name", ["cipro", "magnesium citrate", "paracetamol", "amoxicillin"])
def test_a_name_says_whether_any_page_knows_it(name: str) -> None:
    (entry,) = check({"medications": [name]}, rules_of_names=True).recognised
    assert entry.has_rules == bool(entry.rules)


def test_every_source_is_named_by_its_key_in_the_bibliography(checker: Checker) -> None:
    for page, cited in checker.book.citations.items():
        sources = [checker.book.sources[source.id] for source in cited]
        assert [(source.title, source.address) for source in sources] == [(c.source, c.url) for c in cited], page


FINE: dict[str, Any] = {
    "person": {"age": 30},
    "kidney": {"dialysis": False},
    "supplements": [{"name": "magnesium citrate", "amount_mg": 100, "basis": "elemental"}],
}


@pytest.mark.parametrize("telling", [TELLING, {}, {**FINE, "medications": ["Xyzol"]}, {**FINE, "person": {}}])
def test_what_is_not_complete_or_not_harmless_is_not_ok(telling: dict[str, Any]) -> None:
    assert not check(telling).ok


def test_what_is_complete_and_harmless_is_ok() -> None:
    assert check(FINE).ok


# Public names


def test_exactly_the_public_names_are_shown() -> None:
    assert {name for name in dir(magcheck) if not name.startswith("_")} == {*magcheck.__all__} - {"__version__"}


@pytest.mark.parametrize("name", [name for name in magcheck.__all__ if name != "__version__"])
def test_every_public_name_explains_itself(name: str) -> None:
    public = getattr(magcheck, name)
    assert public.__module__.startswith("magcheck.")
    assert len(inspect.cleandoc(vars(public).get("__doc__") or public.__doc__)) > 20


def test_help_shows_every_public_name() -> None:
    shown = pydoc.plain(pydoc.render_doc(magcheck))
    assert [name for name in magcheck.__all__ if name != "__version__" and f" {name}(" not in shown] == []
    assert "import_module" not in shown


LIGHT = """
import sys, magcheck
dir(magcheck)
heavy = {"magcheck", "pydantic", "yaml", "rich", "typer"}
print(sorted(name for name in sys.modules if name.split(".")[0] in heavy))
"""


def test_an_import_loads_nothing_that_is_not_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['magcheck', 'magcheck._version']"


def test_the_package_is_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "magcheck", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.startswith(f"magcheck {magcheck.__version__}, rules ")
