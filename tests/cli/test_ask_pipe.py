"""The questionnaire without a terminal: questions on stderr, lines from stdin, the report alone on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from magcheck import Profile
from magcheck.cli.prompts import EndOfAnswers, PlainPrompter, Prompt
from magcheck.cli.reading import read_profile
from tests.cli.running import Ran, own_checker, run


def ask(rules: str, *lines: str, options: tuple[str, ...] = ()) -> Ran:
    return run("ask", "--rules", rules, *options, stdin="".join(f"{line}\n" for line in lines).encode())


STORY = ("no", "", "", "38", "female", "no", "US", "cipro", "by mouth", "08:00", "", "magnesium citrate", "200")
REST = ("elemental", "09:00", "", "", "", "", "")


def test_a_whole_conversation(rules: str) -> None:
    ran = ask(rules, *STORY, *REST, "", options=("--json",))
    assert ran.code == 10
    told = {
        "person": {"age": 38, "sex": "female", "pregnancy": "none"},
        "kidney": {"disease": False},
        "medications": [{"name": "cipro", "route": "oral", "times": ["08:00"]}],
        "supplements": [{"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["09:00"]}],
        "country": "US",
    }
    expected = own_checker(Path(rules)).with_changes(Profile.model_validate(told))
    assert json.loads(ran.out) == json.loads(expected.model_dump_json())
    assert "How old are you?" in ran.err
    assert "> " in ran.err


@pytest.mark.parametrize("known", range(len(STORY)))
def test_the_end_of_the_input_ends_the_questions_and_checks_what_is_known(known: int, rules: str) -> None:
    ran = ask(rules, *STORY[:known])
    assert ran.code in {0, 10, 30}
    assert ran.out
    assert "\x1b" not in ran.out + ran.err


def test_nothing_at_all_is_checked_as_nothing_known(rules: str) -> None:
    ran = ask(rules)
    assert ran.code == 30
    assert ran.out.startswith("NOT COMPLETE.")


def test_a_wrong_answer_is_explained_and_asked_again(rules: str) -> None:
    ran = ask(rules, "perhaps", "no", "240", "45", "young", "38", options=("--json",))
    assert "'perhaps' is none of these. Write a number from 1 to 2." in ran.err
    assert "240 mL/min/1.73 m2 cannot be right. Write a number from 0 to 200." in ran.err
    assert "'young' is not a number." in ran.err


def test_eight_in_the_evening_is_explained(rules: str) -> None:
    ran = ask(rules, *STORY[:9], "8pm", "20:00")
    assert "'8pm' is not a clock time. Write \"20:00\"." in ran.err


def test_back_corrects_the_answer_before(rules: str) -> None:
    ran = ask(rules, "no", "45", "<", "", "38", "back", "39", options=("--json",))
    assert "Enter keeps: 45 mL/min/1.73 m2" in ran.err
    assert "Enter keeps: 38 years" in ran.err


def test_a_number_in_the_review_changes_that_answer(rules: str, profile: Path) -> None:
    ran = ask(rules, *STORY, *REST, "4", "83", "", "", options=("--save", str(profile)))
    assert "4 Age: 38 years" in ran.err
    assert "4 Age: 83 years" in ran.err
    assert read_profile(str(profile)).person.age == 83


CONTRADICTION = ("no", "100", "50", "female", "", "US", "", "", "", "dialysis")


def test_a_contradiction_that_nobody_corrects_is_wrong_input(rules: str) -> None:
    ran = ask(rules, *CONTRADICTION)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("kidney.disease and kidney.dialysis: no kidney disease, and yet")


def test_a_contradiction_is_said_and_can_be_corrected(rules: str) -> None:
    ran = ask(rules, *CONTRADICTION, "", "", "", "1", "yes")
    assert "no kidney disease, and yet dialysis" in ran.err
    assert ran.code == 20
    assert "DO NOT TAKE" in ran.out


def test_answers_are_saved_before_the_report_and_only_for_the_owner(rules: str, profile: Path) -> None:
    ran = ask(rules, *STORY, *REST, options=("--save", str(profile)))
    assert ran.code == 10
    assert profile.stat().st_mode & 0o777 == 0o600
    again = run("check", str(profile), "--rules", rules)
    assert (again.code, again.out) == (ran.code, ran.out)
    assert f"magcheck check {profile}" in ran.err


def test_a_file_that_exists_is_refused_before_the_first_question(rules: str, profile: Path) -> None:
    profile.write_text("country: DE\n", encoding="utf-8")
    ran = ask(rules, *STORY, *REST, options=("--save", str(profile)))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"{profile}: there is such a file already. Choose another name.\n"
    assert profile.read_text(encoding="utf-8") == "country: DE\n"


def test_strange_bytes_and_endless_lines_are_answers_like_others(rules: str) -> None:
    raw = b"\xff\xfe\n" + b"x" * 50_000 + b"\n\x00\n\x1b[31m\n"
    ran = run("ask", "--rules", rules, stdin=raw)
    assert ran.code in {0, 30}
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err


def test_a_plain_prompt_names_its_keys(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    prompt = Prompt("How old are you?", why="It matters.", hint="years", earlier="38 years")
    with pytest.raises(EndOfAnswers):
        PlainPrompter().ask(prompt)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == (
        "\nHow old are you?\n  It matters.\n  (years; Enter keeps: 38 years; ?: I don't know; <: back)\n> \n"
    )
