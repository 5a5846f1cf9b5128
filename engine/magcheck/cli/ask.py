"""The questionnaire as a command: questions, then the report, then an offer to keep the answers."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.check import checked_by, prompter_of, show
from magcheck.cli.interview import Interview
from magcheck.cli.keep_answers import save_profile
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_profile
from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt
from magcheck.cli.save import exists, refuse_unwritable
from magcheck.core.errors import InputError
from magcheck.profile import Profile
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.cli.prompts import Prompter
    from magcheck.report import Report

WELCOME = "A few questions about the person who takes magnesium. < goes back. Ctrl-C stops."
SAVE = "Do you want to keep your answers for next time? Then name a file."
OVERWRITE = "There is such a file already. Shall it be replaced?"
SO_FAR = "Your answers so far are kept. Go on with:"
NOTHING_KEPT = "Nothing was kept. With --save FILE, answers are kept when you leave."
KEPT = "Only you can read it. Check it again with:"


def ask_and_check(  # noqa: PLR0913 - one parameter for each option
    begun: str | None,
    rules: str | None,
    save: str | None,
    *,
    as_json: bool,
    plain: bool,
    voice: Voice = Voice.PLAIN,
) -> int:
    """The exit code of the report on the answers; `begun` is a profile whose open questions are asked."""
    told = read_profile(begun, rules) if begun else Profile()
    prompter = prompter_of(plain=plain)
    if save:
        refuse_unwritable(save, replace=save == begun or _may_replace(save, prompter))
    checker = checker_of(rules)
    prompter.say(WELCOME)
    interview = Interview(prompter, checker, told)
    try:
        profile, report = _talk(interview, checked_by(checker, as_json=as_json))
    except KeyboardInterrupt:
        _leave(interview, save)
        raise
    if save:
        save_profile(profile, save)
        prompter.say(f"{KEPT} magcheck check {quote(save)}")
    show(report, as_json=as_json, plain=plain, voice=voice)
    if not save and console.is_terminal_in():
        _offer(profile, prompter)
    return report.exit_code


def _talk(interview: Interview, check: Callable[[Profile], Report]) -> tuple[Profile, Report]:
    """Ask until the answers do not contradict each other; without anybody to ask, the contradiction is raised."""
    while True:
        interview.run()
        profile = interview.profile()
        try:
            return profile, check(profile)
        except InputError as error:
            if interview.ended:
                raise
            interview.refuse(error)


def _leave(interview: Interview, save: str | None) -> None:
    """Ctrl-C loses nothing that was to be kept."""
    if save:
        save_profile(interview.profile(), save)
        interview.prompter.say(f"\n{SO_FAR} magcheck ask {quote(save)} --save {quote(save)}")
    else:
        interview.prompter.say(f"\n{NOTHING_KEPT}")


def _may_replace(path: str, prompter: Prompter) -> bool:
    """Asked only where something stands there already, and somebody can answer."""
    if not exists(path) or not console.is_terminal_in():
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
            prompter.say(f"{KEPT} magcheck check {quote(path)}")
            return
