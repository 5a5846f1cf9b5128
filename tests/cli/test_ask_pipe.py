"""The questionnaire without a terminal: questions on stderr, lines from stdin, the report alone on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from magcheck import Checker, Profile
from magcheck.cli.profile_file import read_profile
from magcheck.cli.prompts import EndOfAnswers, PlainPrompter, Prompt
from magcheck.knowledge.load import load_rules
from tests.cli.running import Ran, run

RED_FLAGS = ("none", "no", "none", "40, man")
"""Symptoms, blood values, illnesses, age and sex."""
STORY = (*RED_FLAGS, "cipro", "08:00", "magnesium citrate 200 mg once a day", "09:00", "sleep")
TOLD = {
    "person": {"age": 40, "sex": "male"},
    "kidney": {"disease": False},
    "symptoms": [],
    "conditions": [],
    "medications": [{"name": "cipro", "times": ["08:00"]}],
    "supplements": [{"name": "magnesium citrate 200 mg once a day", "times": ["09:00"]}],
    "goals": ["sleep"],
}


def ask(*lines: str, options: tuple[str, ...] = ()) -> Ran:
    return run("ask", *options, stdin="".join(f"{line}\n" for line in lines).encode())


def test_a_whole_conversation(checker: Checker) -> None:
    ran = ask(*STORY, options=("--json",))
    assert ran.code == 10
    expected = checker.plan(Profile.model_validate(TOLD))
    assert json.loads(ran.out) == json.loads(expected.model_dump_json())
    assert "cipro (ciprofloxacin): At which times of the day do you take it?" in ran.err
    assert "about 5 more" in ran.err
    assert "> " in ran.err


@pytest.mark.parametrize("known", range(len(STORY)))
def test_the_end_of_the_input_ends_the_questions_and_checks_what_is_known(known: int) -> None:
    ran = ask(*STORY[:known])
    assert ran.code in {0, 10, 30}
    assert ran.out
    assert "\x1b" not in ran.out + ran.err


def test_nothing_at_all_is_checked_as_nothing_known() -> None:
    ran = ask()
    assert ran.code == 30
    assert ran.out.startswith("NOT COMPLETE.")


def test_each_question_stands_there_once_with_numbers_and_nothing_drawn() -> None:
    ran = ask(*STORY, options=("--plain",))
    questions = [
        line for line in ran.err.splitlines() if "? " in f"{line} " and "wrong" not in line and line[0] != " "
    ]
    assert len(questions) == len(set(questions)) >= 8
    assert "  1 nothing is wrong" not in ran.err
    assert not set("╭│╰─»█") & set(ran.err + ran.out)
    assert "\x1b" not in ran.out + ran.err


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    ran = ask("none", "perhaps", "yes", "", "", "sometimes", "no", "240", "90", "young", "38", options=("--json",))
    assert "'perhaps' is not read. Write for example eGFR 45" in ran.err
    assert "'sometimes' is none of these. Write a number from 1 to 2." in ran.err
    assert "240 mL/min/1.73 m2 cannot be right. Write a number from 0 to 200." in ran.err
    assert "'young' is not read. Write both, such as 62, woman." in ran.err


def test_eight_in_the_evening_is_understood_and_shown() -> None:
    ran = ask(*STORY[:5], "8 pm")
    assert '"8 pm" is read as: 20:00\n' in ran.err


def test_eight_alone_is_asked_again() -> None:
    ran = ask(*STORY[:5], "8", "08:00")
    assert "'8' is not a clock time. Write \"08:00\"." in ran.err


def test_an_item_is_shown_as_it_was_read_before_anything_more_is_asked_of_it() -> None:
    ran = ask(*RED_FLAGS, "none", "magnesium citrate 300 mg elemental 2 tablets daily")
    echo = (
        '"magnesium citrate 300 mg elemental 2 tablets daily" is read as: magnesium citrate, 2 x 300 mg elemental'
    )
    assert echo in ran.err.partition("Which magnesium")[2]


def test_back_corrects_the_answer_before() -> None:
    ran = ask(*RED_FLAGS[:4], "<", "39", "back", "", options=("--json",))
    assert "Enter keeps 40 years" in ran.err
    assert "Enter keeps 39 years" in ran.err


def test_a_number_in_the_review_changes_that_answer(profile: Path) -> None:
    review = ask(*STORY).err.rpartition("Is one of them wrong?")[2]
    number = next(line.split()[0] for line in review.splitlines() if line.endswith("Age: 40 years"))
    ran = ask(*STORY, number, "83", "", options=("--save", str(profile)))
    assert f"  {number} Age: 83 years" in ran.err
    assert read_profile(str(profile)).person.age == 83


NEARLY = "kidney: {egfr: 90, creatinine: {value: 5, unit: mg/dL}}\nperson: {sex: male}\n"
CONTRADICTION = NEARLY.replace("male", "male, age: 40")


def test_a_profile_that_contradicts_itself_is_wrong_input(profile: Path) -> None:
    profile.write_text(CONTRADICTION, encoding="utf-8")
    ran = run("ask", str(profile), stdin=b"\n\n\n\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("kidney.egfr and kidney.creatinine:")


def test_a_contradiction_is_said_and_can_be_corrected(profile: Path) -> None:
    profile.write_text(NEARLY, encoding="utf-8")
    lines = ["none", "", "none", "no", "40", "don't know", "none", "none", "none", ""]
    ran = run("ask", str(profile), stdin="\n".join(lines).encode())
    assert "kidney.egfr and kidney.creatinine:" in ran.err
    assert "Enter keeps 40 years" in ran.err
    assert ran.code != 2
    assert ran.out


def test_answers_are_saved_before_the_report_and_only_for_the_owner(profile: Path) -> None:
    ran = ask(*STORY, options=("--save", str(profile)))
    assert ran.code == 10
    assert profile.stat().st_mode & 0o777 == 0o600
    again = run("check", str(profile))
    assert again.code == ran.code
    assert ran.out.startswith(again.out)
    assert f"magcheck check {profile}" in ran.err


def test_a_file_name_with_spaces_can_be_copied_from_the_message(tmp_path: Path) -> None:
    ran = ask(options=("--save", str(tmp_path / "my answers.yaml")))
    assert f"magcheck check '{tmp_path}/my answers.yaml'" in ran.err


def test_going_on_asks_only_the_rest(profile: Path) -> None:
    first = ask(*STORY[:5], options=("--save", str(profile)))
    assert "At which times" in first.err
    ran = run(
        "ask",
        str(profile),
        "--save",
        str(profile),
        stdin=b"no\n08:00\nmagnesium citrate 200 mg once a day\n09:00\nsleep\n",
    )
    assert "How old are you?" not in ran.err
    assert "Which medicines" not in ran.err
    whole = ask(*STORY)
    assert (ran.code, ran.out) == (whole.code, whole.out)
    assert read_profile(str(profile)).medications[0].times == ("08:00",)


def test_a_file_that_exists_is_refused_before_the_first_question(profile: Path) -> None:
    profile.write_text("country: DE\n", encoding="utf-8")
    ran = ask(*STORY, options=("--save", str(profile)))
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err
        == f"{profile}: there is such a file already. Choose another name, or write over it with --force.\n"
    )
    assert profile.read_text(encoding="utf-8") == "country: DE\n"


def test_names_of_a_profile_reach_the_terminal_cleaned(profile: Path) -> None:
    """Escapes, a forged line and a change of direction, in a name that is shown and asked about."""
    name = "Xyzol\x1b]0;pwned\x07\x1b[2J\r\nFORGED: take more\u202e"
    told = {"medications": [{"name": name}, {"name": f"cipro {name}"}], "conditions": [name]}
    profile.write_text(json.dumps(told), encoding="utf-8")
    ran = run("ask", str(profile), "--plain", stdin=b"\n" * 40)
    assert "Xyzol" in ran.err
    assert not {"\x1b", "\x07", "\r", "\u202e"} & {*ran.err, *ran.out}
    assert not [line for line in (ran.err + ran.out).splitlines() if line.startswith("FORGED")]


def test_strange_bytes_and_endless_lines_are_answers_like_others() -> None:
    raw = b"\xff\xfe\n" + b"x" * 50_000 + b"\n\x00\n\x1b[31m\n"
    ran = run("ask", stdin=raw)
    assert ran.code in {0, 30}
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err


def test_a_plain_prompt_names_its_keys(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    prompt = Prompt(
        "How old are you?", "I don't know", why="It matters.", hint="years", earlier="38 years", more=4
    )
    with pytest.raises(EndOfAnswers):
        PlainPrompter(load_rules().wording.talk.keys).ask(prompt)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == (
        "\nHow old are you?\n  It matters.\n"
        "  (years; Enter keeps 38 years; or write don't know; ?: help; about 4 more)\n> \n"
    )
