"""Did you mean? Asked on a terminal only, never applied without a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from magcheck import Profile, Report
from magcheck.cli.clarify import clarify
from magcheck.cli.prompts import Prompt
from tests.cli.running import own_checker, run
from tests.cli.scripted import Scripted


def clarified(rules: str, data: dict[str, object], *answers: tuple[str, str]) -> tuple[Profile, Profile, Scripted]:
    checker = own_checker(Path(rules))
    profile = Profile.model_validate(data)
    person = Scripted(*answers)
    return profile, clarify(profile, checker.check(profile), checker.book, person), person


def after(rules: str, profile: Profile) -> Report:
    return own_checker(Path(rules)).check(profile)


def test_the_chosen_name_replaces_the_mistyped_one_and_everything_else_stays(rules: str) -> None:
    item = {"name": "levothyroxn", "times": ["06:00"], "fixed": True, "frequency": "weekly"}
    _, clearer, _ = clarified(rules, {"medications": [item, "aspirin"]}, ("Did you mean", "1"))
    assert clearer.medications[0].model_dump(mode="json", exclude_defaults=True) == {
        **item,
        "name": "levothyroxin",
    }
    assert not after(rules, clearer).not_checked


@pytest.mark.parametrize("answer", ["", "don't know", "<"])
def test_none_of_these_changes_nothing(answer: str, rules: str) -> None:
    profile, clearer, person = clarified(rules, {"medications": ["levothyroxn"]}, ("Did you mean", answer))
    assert clearer is profile
    assert person.prompts[0].empty == "keep it as written"


def test_a_class_word_is_settled_by_writing_the_name(rules: str) -> None:
    _, clearer, _ = clarified(rules, {"medications": ["water pill"]}, ("Which one", "furosemide"))
    assert after(rules, clearer).recognised[0].is_ == "furosemide"


def test_a_choice_that_is_a_class_word_again_asks_again(rules: str) -> None:
    data: dict[str, object] = {"medications": ["water pil"]}
    _, clearer, person = clarified(rules, data, ("Did you mean", "1"), ("Which one", "furosemide"))
    assert len(person.prompts) == 2
    assert after(rules, clearer).recognised[0].is_ == "furosemide"


def test_a_name_without_a_neighbour_asks_nothing(rules: str) -> None:
    profile, clearer, person = clarified(rules, {"medications": ["Qqzzqq"], "conditions": ["hart block"]})
    assert clearer is profile
    assert not person.prompts


def test_the_end_of_the_answers_keeps_what_was_chosen(rules: str) -> None:
    checker = own_checker(Path(rules))
    profile = Profile.model_validate({"medications": ["levothyroxn"], "supplements": ["magnesium citrat"]})
    person = Scripted(("Did you mean", "1"), patience=1)
    clearer = clarify(profile, checker.check(profile), checker.book, person)
    assert clearer.medications[0].name == "levothyroxin"
    assert clearer.supplements == profile.supplements


@pytest.mark.parametrize("options", [("--json",), ("--no-input",)])
def test_it_is_not_asked_where_nobody_wants_it(options: tuple[str, ...], rules: str, profile: Path) -> None:
    profile.write_text("medications: [levothyroxn]", encoding="utf-8")
    ran = run("check", str(profile), "--only-rules", rules, *options, terminal=True)
    assert ran.err == ""
    assert ran.code == 30


def test_it_is_not_asked_without_a_terminal(rules: str) -> None:
    ran = run("check", "-", "--only-rules", rules, stdin=b"medications: [levothyroxn]")
    assert (ran.code, ran.err) == (30, "")
    assert "Did you mean: levothyroxin (levothyroxine)" in " ".join(ran.out.split())


def test_plain_lines_on_a_terminal_ask_on_stderr(rules: str, profile: Path) -> None:
    profile.write_text("medications: [levothyroxn]", encoding="utf-8")
    ran = run("check", str(profile), "--only-rules", rules, "--plain", stdin=b"1\n", terminal=True)
    assert "Did you mean one of these?" in ran.err
    assert "Did you mean" not in ran.out
    assert "levothyroxin = levothyroxine" in ran.out


def test_a_prompt_without_options_takes_any_text() -> None:
    assert Prompt("Which one?", "keep it").complaint("anything") is None
