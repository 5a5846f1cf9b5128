"""The questionnaire as a command: questions, then the report, then an offer to keep the answers."""

from __future__ import annotations

from contextlib import suppress
from shlex import quote
from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.check import checked_by
from magcheck.cli.interview import Interview
from magcheck.cli.keep_answers import Keeper, is_ours
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_profile
from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt, prompter_of
from magcheck.cli.save import exists, refuse_unwritable
from magcheck.cli.show import show
from magcheck.cli.signals import ToldToEnd, interrupted_by_signals
from magcheck.core.errors import InputError
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Profile
from magcheck.questions.resume import told_data
from magcheck.questions.whole_answers import is_none, is_unknown, is_yes
from magcheck.rendering.depth import SCREEN
from magcheck.rendering.first_screen import in_two_lines
from magcheck.rendering.text import wrapped
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.cli.chosen import Chosen
    from magcheck.cli.prompts import Prompter
    from magcheck.knowledge.wording.talk import TalkWords
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.depth import Depth
    from magcheck.report import Report


def ask_and_check(  # noqa: PLR0913 - one parameter for each option
    begun: str | None,
    rules: Chosen | None,
    save: str | None,
    *,
    force: bool = False,
    as_json: bool,
    plain: bool,
    voice: Voice = Voice.PLAIN,
    depth: Depth = SCREEN,
) -> int:
    """The exit code of the report on the answers; `begun` is a profile whose open questions are asked."""
    keeper = Keeper(save) if save else None
    begun_file = Keeper(begun) if begun and is_ours(begun) else None
    earlier = read_profile(begun, rules) if begun else Profile()
    checker = checker_of(rules)
    words = checker.book.wording
    prompter = prompter_of(words=words.talk, plain=plain)
    if save:
        refuse_unwritable(save, replace=force or save == begun or _may_replace(save, prompter, words))
    prompter.say(words.talk.welcome)
    interview = Interview(prompter, checker, earlier)
    profile, report = _told(interview, checked_by(checker, as_json=as_json), keeper, begun_file)
    code, last = report.exit_code, "\n".join(_for_this_screen(in_two_lines(report, words)))
    show(report, words, as_json=as_json, plain=plain, voice=voice, depth=depth)
    if not save and console.is_terminal_in() and told_data(profile) != told_data(earlier):
        _offer(profile, prompter, words, begun_file)
    if not as_json:
        console.print_result(last)
    return code


def _told(
    interview: Interview, check: Callable[[Profile], Report], keeper: Keeper | None, begun_file: Keeper | None
) -> tuple[Profile, Report]:
    """What was told and its report, kept where the person wishes; also when it is broken off."""
    words = interview.words
    with interrupted_by_signals():
        try:
            profile, report = interview.checked(check)
            if keeper:
                _keep(profile, keeper, interview.prompter, words)
        except KeyboardInterrupt as end:
            is_alone = isinstance(end, ToldToEnd) or not console.is_terminal_in()
            is_asked = not keeper and not is_alone and bool(interview.session.order)
            if is_asked and _offer_on_leaving(interview, begun_file):
                raise
            _leave(interview, keeper, words)
            raise
    return profile, report


def _for_this_screen(lines: Iterable[str]) -> Iterator[str]:
    """Broken between words where a terminal would break within them; a file gets whole lines."""
    for line in lines:
        yield from wrapped(line, console.width()) if console.is_rich() else [line]


def _keep(profile: Profile, keeper: Keeper, prompter: Prompter, words: TalkWords) -> None:
    path = keeper.keep(profile)
    _say_where(path, keeper, prompter, words)
    prompter.say(_checking(path, words))


def _say_where(path: str, keeper: Keeper, prompter: Prompter, words: TalkWords) -> None:
    if path != keeper.path:
        prompter.say(fill(words.saved_elsewhere, file=keeper.path, other=path))


def _leave(interview: Interview, keeper: Keeper | None, words: TalkWords) -> None:
    """Ctrl-C and a closed terminal lose nothing that was to be kept."""
    path = keeper.keep(interview.profile()) if keeper else None
    with suppress(OSError):  # the terminal may be gone
        if keeper and path:
            interview.prompter.say("")
            _say_where(path, keeper, interview.prompter, words)
            interview.prompter.say(_going_on(path, words))
        else:
            interview.prompter.say(f"\n{words.nothing_saved}")


def _may_replace(path: str, prompter: Prompter, words: Wording) -> bool:
    """Asked only where something stands there already, and somebody can answer."""
    if not exists(path) or not console.is_terminal_in():
        return False
    return _agrees(fill(words.talk.overwrite, file=path), prompter, words)


def _agrees(question: str, prompter: Prompter, words: Wording) -> bool:
    yes, no = words.labels.value(True), words.labels.value(False)  # noqa: FBT003 - the two answers in words
    try:
        text = prompter.ask(Prompt(question, options=(yes, no), empty=no))
    except (Back, EndOfAnswers):
        return False
    return text == "1" or is_yes(text, words.questions)


def _offer(profile: Profile, prompter: Prompter, words: Wording, begun_file: Keeper | None) -> None:
    """After the report."""

    def said(path: str) -> str:
        return _checking(path, words.talk)

    if begun_file:
        _offered_back(profile, begun_file, prompter, words, said)
    else:
        _offered(profile, prompter, words, words.talk.save, said)


def _offer_on_leaving(interview: Interview, begun_file: Keeper | None) -> bool:
    """On Ctrl-C; False where nothing is to be kept, or Ctrl-C is pressed again."""
    words, prompter, profile = interview.session.book.wording, interview.prompter, interview.profile()
    prompter.say("")

    def said(path: str) -> str:
        return _going_on(path, words.talk)

    if begun_file:
        return _offered_back(profile, begun_file, prompter, words, said)
    return _offered(profile, prompter, words, words.talk.save_so_far, said)


def _offered_back(
    profile: Profile, begun_file: Keeper, prompter: Prompter, words: Wording, said: Callable[[str], str]
) -> bool:
    """Into the file that was gone on with, only with consent. Were the answers kept?"""
    try:
        if not _agrees(fill(words.talk.save_back, file=begun_file.path), prompter, words):
            return False
        written = begun_file.keep(profile)
    except KeyboardInterrupt:
        return False
    except InputError as error:
        prompter.say(str(error))
        return False
    _say_where(written, begun_file, prompter, words.talk)
    prompter.say(said(written))
    return True


def _checking(path: str, words: TalkWords) -> str:
    return fill(words.saved, command=f"magcheck check {quote(path)}")


def _going_on(path: str, words: TalkWords) -> str:
    return fill(words.saved_so_far, command=f"magcheck ask {quote(path)} --save {quote(path)}")


def _no_file_name(text: str, words: Wording) -> str | None:
    """What is wrong where neither a file nor a no is named; nothing is kept under a name that is none."""
    if is_ours(text.strip()) or is_none(text, words.questions):
        return None
    return fill(words.talk.no_file_name, text=text[:60])


def _offered(
    profile: Profile, prompter: Prompter, words: Wording, question: str, said: Callable[[str], str]
) -> bool:
    """Keep asking for a file name until one works or none is wanted. Were the answers kept?"""
    while True:
        try:
            path = prompter.ask(
                Prompt(
                    question,
                    empty=words.talk.do_not_save,
                    problem_of=lambda text: _no_file_name(text, words),
                    means_unknown=lambda text: is_unknown(text, words.questions),
                )
            )
        except (Back, EndOfAnswers, KeyboardInterrupt):
            return False
        if path in ("", UNKNOWN) or is_none(path, words.questions):
            return False
        keeper = Keeper(path)
        try:
            refuse_unwritable(path, replace=_may_replace(path, prompter, words))
            written = keeper.keep(profile)
        except InputError as error:
            prompter.say(str(error))
        else:
            _say_where(written, keeper, prompter, words.talk)
            prompter.say(said(written))
            return True
