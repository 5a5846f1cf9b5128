"""The questionnaire as a command: questions, then the report, then an offer to keep the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli import streams
from magcheck.cli.checking import checker_of, prompter_of, show
from magcheck.cli.interview import Interview
from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt
from magcheck.cli.saving import exists, refuse_unwritable, save_profile
from magcheck.cli.voice import Voice
from magcheck.errors import InputError
from magcheck.profile import Profile

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.cli.prompts import Prompter
    from magcheck.report import Report

WELCOME = "A few questions. Enter or ? means: I don't know. < goes back. Ctrl-C stops."
SAVE = "Do you want to keep your answers for next time? Then name a file."
OVERWRITE = "There is such a file already. Shall it be replaced?"
KEPT = "Only you can read it. Check it again with:"


def ask_and_check(
    rules: str | None, save: str | None, *, as_json: bool, plain: bool, voice: Voice = Voice.PLAIN
) -> int:
    """The exit code of the report on the answers."""
    prompter = prompter_of(plain=plain)
    if save:
        refuse_unwritable(save, replace=_may_replace(save, prompter))
    checker = checker_of(rules)
    prompter.say(WELCOME)
    profile, report = _talk(Interview(prompter, checker.book), checker)
    if save:
        save_profile(profile, save)
        prompter.say(f"{KEPT} magcheck check {save}")
    show(report, as_json=as_json, plain=plain, voice=voice)
    if not save and streams.is_terminal_in():
        _offer(profile, prompter)
    return report.exit_code


def _talk(interview: Interview, checker: Checker) -> tuple[Profile, Report]:
    """Ask until the answers do not contradict each other; without anybody to ask, the contradiction is raised."""
    while True:
        interview.run()
        profile = Profile.model_validate(interview.data())
        try:
            return profile, checker.check(profile)
        except InputError as error:
            if interview.ended:
                raise
            interview.prompter.say(f"\n{error}")


def _may_replace(path: str, prompter: Prompter) -> bool:
    """Asked only where something stands there already, and somebody can answer."""
    if not exists(path) or not streams.is_terminal_in():
        return False
    yes = Prompt(f"{path}: {OVERWRITE}", options=("yes", "no"), empty="no")
    try:
        return prompter.ask(yes) in ("1", "yes", "y")
    except (Back, EndOfAnswers):
        return False


def _offer(profile: Profile, prompter: Prompter) -> None:
    """Keep asking for a file name until one works or none is wanted."""
    while True:
        try:
            path = prompter.ask(Prompt(SAVE, empty="do not keep them"))
        except (Back, EndOfAnswers, KeyboardInterrupt):
            return
        if path in ("", UNKNOWN):
            return
        try:
            refuse_unwritable(path, replace=_may_replace(path, prompter))
            save_profile(profile, path)
        except InputError as error:
            prompter.say(str(error))
        else:
            prompter.say(f"{KEPT} magcheck check {path}")
            return
