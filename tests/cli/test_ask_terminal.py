"""The questionnaire on a real terminal: arrow keys, completion, corrections, saving, and Ctrl-C."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from magcheck.cli.reading import read_profile
from tests.support import ROOT

UP, DOWN, TAB, CTRL_C = "\x1b[A", "\x1b[B", "\t", "\x03"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;[^\x1b]*\x1b\\")
REVIEW = "Is one of them wrong"


class Screen:
    """A person in front of a terminal."""

    def __init__(self, *arguments: str, rules: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "100"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "magcheck.cli.app", *arguments, "--rules", rules],
            cwd=str(ROOT),
            env=environment,
            encoding="utf-8",
            dimensions=(60, 100),
            timeout=30,
        )
        self.child.delaybeforesend = 0.02

    def see(self, text: str) -> str:
        """Wait for `text`; what stood before it."""
        self.child.expect_exact(text)
        return ESCAPE.sub("", str(self.child.before))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def answer(self, question: str, *keys: str) -> None:
        """Answer the prompt that follows `question`."""
        self.see(question)
        self.child.expect_exact(">")
        self.press(*keys, "\r")

    def end(self) -> tuple[int, str]:
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.signalstatus is None
        return int(self.child.exitstatus or 0), ESCAPE.sub("", str(self.child.before))


@pytest.fixture
def screen(rules: str) -> Iterator[Screen]:
    one = Screen("ask", rules=rules)
    yield one
    one.child.close(force=True)


def until_medicines(screen: Screen) -> None:
    screen.answer("kidney disease?", UP)
    screen.answer("eGFR", "90")
    screen.answer("How old are you?", "38")
    screen.answer("your sex?", UP)
    screen.answer("In which country", "us")


def from_supplements_to_review(screen: Screen) -> None:
    screen.answer("something else that may hold magnesium")
    screen.answer("any of these conditions?")
    screen.answer("any symptoms now?")
    screen.answer("blood magnesium?")
    screen.see(REVIEW)


def test_a_simple_session_ends_with_a_drawn_report_and_the_offer_to_save(screen: Screen, profile: Path) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "ciprofloxaci", TAB)
    screen.answer("How do you take it?")
    screen.answer("At which times", "08:00, 20:00")
    screen.answer("And what else?")
    screen.answer("Which magnesium product", "magnesium citrate")
    screen.answer("How many milligrams", "200 mg")
    screen.answer("elemental")
    screen.answer("At which times", "21:30")
    screen.answer("And what else?")
    from_supplements_to_review(screen)
    screen.press("\r")
    report = screen.see("Do you want to keep your answers")
    assert "╭" in report
    assert "KEEP APART" in report
    assert "ciprofloxacin at 20:00 and magnesium at 21:30" in " ".join(report.split())
    screen.press(str(profile), "\r")
    code, rest = screen.end()
    assert code == 10
    assert f"magcheck check {profile}" in " ".join(rest.split())
    told = read_profile(str(profile))
    assert told.medications[0].model_dump(exclude_defaults=True, mode="json") == {
        "name": "ciprofloxacin",
        "times": ["08:00", "20:00"],
    }
    assert told.supplements[0].amount_mg == 200
    assert profile.stat().st_mode & 0o777 == 0o600


def test_wrong_answers_are_explained_in_place(screen: Screen) -> None:
    screen.answer("kidney disease?", UP)
    screen.answer("eGFR", "240")
    screen.see("240 mL/min/1.73 m2 cannot be right")
    screen.press(*"\x7f" * 3, "45\r")
    screen.answer("How old are you?", "8pm")
    screen.see("is not the unit here")
    screen.press(*"\x7f" * 3, "38\r")
    screen.see("your sex?")


def test_eight_in_the_evening_is_explained(screen: Screen) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "cipro")
    screen.answer("How do you take it?")
    screen.answer("At which times", "8pm")
    screen.see("'8pm' is not a clock time. Write \"20:00\".")


def test_back_goes_back_and_enter_keeps(screen: Screen) -> None:
    screen.answer("kidney disease?", UP)
    screen.answer("eGFR", "45")
    screen.answer("How old are you?", "<")
    screen.see("Enter keeps 45 mL/min/1.73 m2")
    screen.child.expect_exact(">")
    screen.press("\r")
    screen.answer("How old are you?", "38")
    screen.answer("your sex?", DOWN)
    screen.see("Enter keeps 38 years")
    screen.child.expect_exact(">")
    screen.press("39\r")
    screen.see("your sex?")


def test_did_you_mean_offers_candidates_and_the_choice_is_used(screen: Screen) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "levothyroxn")
    screen.see("Did you mean one of these?")
    screen.see("levothyroxin (levothyroxine)")
    screen.see("keep it as written")
    screen.press(UP, "\r")
    screen.see("levothyroxin (levothyroxine): How do you take it?")


def test_an_answer_is_changed_in_the_review(screen: Screen) -> None:
    until_medicines(screen)
    screen.answer("Which medicines")
    screen.answer("Which magnesium product")
    from_supplements_to_review(screen)
    screen.see("Age: 38 years")
    screen.press(DOWN * 3, "\r")
    screen.see("Enter keeps 38 years")
    screen.child.expect_exact(">")
    screen.press("83\r")
    screen.see(REVIEW)
    screen.see("Age: 83 years")
    screen.press("\r")
    screen.answer("Do you want to keep your answers")
    assert screen.end()[0] in {0, 30}


def test_no_file_is_overwritten_without_a_yes(rules: str, profile: Path) -> None:
    profile.write_text("country: DE\n", encoding="utf-8")
    screen = Screen("ask", "--save", str(profile), rules=rules)
    screen.see("Shall it be replaced?")
    screen.press("\r")
    code, _ = screen.end()
    assert code == 2
    assert profile.read_text(encoding="utf-8") == "country: DE\n"


@pytest.mark.parametrize("after", ["kidney disease?", "eGFR"])
def test_ctrl_c_leaves_cleanly(after: str, screen: Screen) -> None:
    if after == "eGFR":
        screen.answer("kidney disease?", UP)
    screen.see(after)
    screen.child.expect_exact(">")
    screen.press(CTRL_C)
    code, rest = screen.end()
    assert code == 130
    assert "Traceback" not in rest
    assert "╭" not in rest


def test_the_end_of_the_input_checks_what_is_known(screen: Screen) -> None:
    screen.answer("kidney disease?", UP)
    screen.see("eGFR")
    screen.child.expect_exact(">")
    screen.press("\x04")
    report = screen.see("Do you want to keep your answers")
    assert "NOT COMPLETE" in report
    screen.press("\r")
    assert screen.end()[0] == 30


def test_plain_questions_on_a_terminal(rules: str) -> None:
    screen = Screen("ask", "--plain", rules=rules)
    screen.see("1 yes")
    screen.press("no\r")
    screen.see("eGFR")
    screen.press(CTRL_C)
    assert screen.end()[0] == 130


def test_a_check_on_a_terminal_asks_did_you_mean(rules: str, profile: Path) -> None:
    profile.write_text("medications: [levothyroxn]", encoding="utf-8")
    screen = Screen("check", str(profile), rules=rules)
    screen.see("Did you mean one of these?")
    screen.see("keep it as written")
    screen.press(UP, "\r")
    code, report = screen.end()
    assert code == 30
    assert "levothyroxin = levothyroxine" in report
    assert profile.read_text(encoding="utf-8") == "medications: [levothyroxn]"
