"""The questionnaire on a real terminal: arrow keys, completion, corrections, saving, and Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from magcheck.cli.profile_file import read_profile
from tests.cli.screen import CTRL_C, CTRL_D, DOWN, ERASE, REVIEW, TAB, UP, Screen
from tests.support import ROOT


@pytest.fixture
def screen() -> Iterator[Screen]:
    one = Screen("ask")
    yield one
    one.child.close(force=True)


def until_age(screen: Screen) -> None:
    screen.answer("symptoms now")
    screen.answer("your creatinine or", UP)
    screen.answer("Which illnesses")
    screen.answer("kidney disease?", UP)


def until_medicines(screen: Screen) -> None:
    until_age(screen)
    screen.answer("How old are you", "70")


def test_a_simple_session_ends_with_a_drawn_report_and_the_offer_to_save(screen: Screen, profile: Path) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "aspirin, ciprofloxaci", TAB)
    screen.answer("At which times", "08:00, 20:00")
    screen.answer("Which magnesium", "magnesium citrate 200 mg once a day")
    screen.answer("At which times", "21:30")
    screen.answer("What do you take magnesium for")
    screen.see(REVIEW)
    screen.press("\r")
    report = screen.see("Do you want to keep your answers")
    assert "╭" in report
    assert "ciprofloxacin at 20:00 and magnesium at 21:30" in " ".join(report.split())
    screen.press(str(profile), "\r")
    code, rest = screen.end()
    assert code == 30
    assert f"magcheck check {profile}" in " ".join(rest.split())
    taken = read_profile(str(profile)).medications
    assert [one.name for one in taken] == ["aspirin", "ciprofloxacin"]
    assert taken[1].times == ("08:00", "20:00")
    assert profile.stat().st_mode & 0o777 == 0o600


def test_wrong_answers_are_explained_and_written_again(screen: Screen) -> None:
    until_age(screen)
    screen.answer("How old are you", "400")
    screen.at("400 years cannot be right. Write a number from 0 to 120.")
    screen.press("40\r")
    screen.at("about")
    assert screen.lines().count(">  40") == 1


def test_letters_that_no_choice_holds_choose_nothing(screen: Screen) -> None:
    until_age(screen)
    screen.answer("How old are you", "30")
    screen.answer("What is your sex", "qq")
    screen.press("female\r")
    screen.answer("pregnant")
    screen.at("Which medicines")
    assert ">  female" in screen.lines()


def test_back_goes_back_enter_keeps_and_the_review_changes(screen: Screen) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "<")
    screen.see("Enter keeps 70 years")
    screen.child.expect_exact(">")
    screen.press("71\r")
    screen.answer("Which medicines")
    screen.answer("Which magnesium")
    screen.answer("What do you take magnesium for")
    screen.see("Age: 71 years")
    screen.press(DOWN * 5, "\r")
    screen.see("Enter keeps 71 years")
    screen.child.expect_exact(">")
    screen.press("83\r")
    screen.see("Age: 83 years")
    screen.press(CTRL_C)
    screen.at("keep your answers so far")
    screen.press(CTRL_C)
    assert screen.end()[0] == 130


def test_did_you_mean_offers_candidates_and_the_choice_is_used(screen: Screen) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "levothyroxn")
    screen.see("Did you mean one of these?")
    screen.see("keep it as written")
    screen.press(UP, "\r")
    screen.see("levothyroxin (levothyroxine): ")


def test_a_changed_list_can_be_edited_and_emptied(screen: Screen) -> None:
    until_medicines(screen)
    screen.answer("Which medicines", "aspirin, metformin")
    screen.answer("Which magnesium", "<")
    screen.at("Which medicines")
    screen.press(ERASE * len(", metformin"), "\r")
    screen.answer("Which magnesium", "<")
    screen.see("Enter keeps aspirin")
    screen.child.expect_exact(">")
    screen.press(ERASE * len("aspirin"), "\r")
    screen.answer("Which magnesium")
    screen.answer("What do you take magnesium for")
    screen.see("Medicines: not known")  # an emptied list is no "none"


def test_no_file_is_overwritten_without_a_yes(profile: Path) -> None:
    profile.write_text("country: DE\n", encoding="utf-8")
    screen = Screen("ask", "--save", str(profile))
    screen.see("Shall it be replaced?")
    screen.press("\r")
    assert screen.end()[0] == 2
    assert profile.read_text(encoding="utf-8") == "country: DE\n"


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_ctrl_c_leaves_cleanly_and_the_kept_answers_are_not_asked_again(
    options: tuple[str, ...], profile: Path
) -> None:
    screen = Screen("ask", "--save", str(profile), *options)
    screen.answer("symptoms now", "none")
    screen.answer("your creatinine or", "no")
    screen.answer("Which illnesses", "diabetes")
    screen.at("kidney disease?")
    screen.press(CTRL_C)
    code, rest = screen.end()
    assert code == 130
    assert "Traceback" not in rest
    assert "WHAT WAS READ" not in rest.upper()
    assert f"magcheck ask {profile} --save {profile}" in " ".join(rest.split())
    assert read_profile(str(profile)).conditions == ("diabetes",)
    again = Screen("ask", str(profile), "--save", str(profile), *options)
    again.answer("your creatinine or", "no")
    again.see("kidney disease?")
    assert not [line for line in again.lines() if "symptoms" in line or "illnesses" in line]
    again.child.expect_exact(">")
    again.press(CTRL_C)
    assert again.end()[0] == 130


@pytest.mark.parametrize(("yes", "options"), [(True, ("--plain",)), (False, ("--plain",)), (True, ())])
def test_a_file_that_is_gone_on_with_is_written_back_only_with_consent(
    profile: Path, options: tuple[str, ...], *, yes: bool
) -> None:
    before = "conditions: [diabetes]  # since 2019\n"
    profile.write_text(before, encoding="utf-8")
    screen = Screen("ask", str(profile), *options)
    screen.answer("symptoms now", "none")
    screen.at("your creatinine or")
    screen.press(CTRL_D)
    screen.see("Shall your answers be written")
    screen.child.expect_exact(">")
    screen.press("y" if yes else "", "\r")
    screen.end()
    if yes:
        kept = read_profile(str(profile))
        assert (kept.conditions, kept.symptoms) == (("diabetes",), ())
        assert "symptoms" in kept.model_fields_set
    else:
        assert profile.read_text(encoding="utf-8") == before


def test_a_file_with_nothing_new_is_not_offered_to_be_written(profile: Path) -> None:
    profile.write_text("conditions: [diabetes]\n", encoding="utf-8")
    screen = Screen("ask", str(profile), "--plain")
    screen.at("symptoms now")
    screen.press(CTRL_D)
    assert "Shall your answers" not in screen.end()[1]


def test_ctrl_c_without_a_file_says_that_nothing_was_kept(screen: Screen) -> None:
    screen.at("symptoms now")
    screen.press(CTRL_C)
    code, rest = screen.end()
    assert code == 130
    assert "Nothing was kept" in rest
    assert "Traceback" not in rest


def test_the_end_of_the_input_checks_what_is_known(screen: Screen) -> None:
    screen.at("symptoms now")
    screen.press(CTRL_D)
    code, report = screen.end()
    assert code == 30
    assert "NOT COMPLETE" in report


def test_a_check_on_a_terminal_asks_did_you_mean(rules: str, profile: Path) -> None:
    profile.write_text("medications: [levothyroxn]", encoding="utf-8")
    screen = Screen("check", str(profile), "--only-rules", rules)
    screen.see("Did you mean one of these?")
    screen.see("keep it as written")
    screen.press(UP, "\r")
    code, report = screen.end()
    assert code == 30
    assert "levothyroxin = levothyroxine" in report
    assert profile.read_text(encoding="utf-8") == "medications: [levothyroxn]"


def test_letters_that_are_an_answer_are_not_searched_for(screen: Screen) -> None:
    """ "female" holds "male" and stands first."""
    until_age(screen)
    screen.answer("How old are you", "30")
    screen.answer("What is your sex", "male")
    screen.at("Which medicines")
    assert ">  male" in screen.lines()


def test_a_list_takes_words_that_are_no_choice_and_explains_those_that_are_no_answer(screen: Screen) -> None:
    until_age(screen)
    screen.answer("How old are you", "30")
    screen.answer("What is your sex", "Frau")
    screen.answer("pregnant", "yes")
    screen.see("Which one? Write pregnant or breastfeeding")
    screen.press("maybe\r")
    screen.at("Which medicines")
    assert {">  Frau", ">  maybe"} <= set(screen.lines())


def test_a_key_behind_the_answer_that_stands_there_is_that_key(screen: Screen) -> None:
    screen.answer("symptoms now", "none")
    screen.answer("your creatinine or", "eGFR 95")
    screen.answer("Which illnesses", "CKD stage 4")
    screen.see("leave it out")
    screen.answer("Which illnesses", "<")
    screen.answer("your creatinine or", "eGFR 20")
    screen.answer("Which illnesses")
    screen.see("kidney stage: G4")
    screen.child.expect_exact(">")
    assert sum("leave it out" in line for line in screen.lines()) == 1


@pytest.mark.parametrize("no", ["no", "Nope, thanks", "nein", "none", "n", "no idea"])
def test_a_no_is_no_file_name(no: str, screen: Screen) -> None:
    screen.at("symptoms now")
    screen.press("none\r")
    screen.at("your creatinine or")
    screen.press(CTRL_C)
    screen.at("keep your answers so far")
    screen.press("yes\r")
    screen.at("Write one that ends in .yaml")
    screen.press(no, "\r")
    assert screen.end()[0] == 130
    assert not (ROOT / no).exists()
