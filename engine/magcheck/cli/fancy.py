"""Questions on a terminal: lists to move through with the arrow keys, names that complete while one types."""

from __future__ import annotations

import sys
from select import select
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output
from questionary.prompts.common import InquirerControl

from magcheck.cli.console import width
from magcheck.cli.prompts import (
    BACK,
    HELP,
    PASTE_SECONDS,
    UNKNOWN,
    EndOfAnswers,
    Prompt,
    help_lines,
    keys,
    progress,
    together,
)
from magcheck.core.lazy import cached_property
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.text import wrapped
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent
    from prompt_toolkit.output import Output

    from magcheck.knowledge.wording.talk import KeyWords

MARGIN = 5
"""Columns that the list needs beside its words."""
MOST_SHOWN = 8
SHORTEST = 2
"""Letters from which on names are completed."""


class FancyPrompter:
    """Draws on stderr, so that stdout holds the report alone."""

    def __init__(self, words: KeyWords) -> None:
        self.words = words
        self.output: Output = create_output(stdout=sys.stderr)
        self.input: Input = create_input()

    def ask(self, prompt: Prompt) -> str:
        self._show(prompt)
        try:
            answer: str = self._choice(prompt).unsafe_ask() if prompt.options else self._written(prompt)
        except EOFError:
            raise EndOfAnswers from None
        return prompt.settled(answer)

    def _written(self, prompt: Prompt) -> str:
        """What is typed; a text that cannot be read is explained, and a list stands there to be mended."""
        begun = one_line(prompt.earlier) if prompt.several else ""
        while True:
            text = _alone(one_line(together(self._lines(prompt, begun))), begun)
            if begun and not text:
                return UNKNOWN
            if text == HELP:
                self.say("\n".join(help_lines(prompt, self.words)))
                continue
            complaint = prompt.complaint(text)
            if complaint is None:
                return text
            self._line("ansired", complaint)
            begun = text if prompt.several else ""

    def _lines(self, prompt: Prompt, begun: str) -> str:
        """One line, or all lines that were pasted together; the last may still wait for Enter."""
        lines = [self._text(prompt, begun).unsafe_ask()]
        while prompt.several and self._is_pasting():
            lines.append(self._text(prompt, "").unsafe_ask())
        return "\n".join(lines)

    def _is_pasting(self) -> bool:
        ahead = get_typeahead(self.input)
        store_typeahead(self.input, ahead)
        with self.input.raw_mode():
            return bool(ahead) or bool(select([self.input.fileno()], [], [], PASTE_SECONDS)[0])

    def say(self, text: str) -> None:
        for line in text.split("\n"):
            self._line("", line)

    def _show(self, prompt: Prompt) -> None:
        """The question stands out; why it is asked stands below."""
        self._line("", "")
        self._line("bold", prompt.question)
        if prompt.why:
            self._line("ansibrightblack", prompt.why)
        below = "; ".join(progress(prompt, self.words)) if prompt.options else keys(prompt, self.words)
        if below:
            self._line("ansibrightblack", f"({below})")

    def _line(self, style: str, text: str) -> None:
        for line in wrapped(one_line(text), width()) or [""]:
            print_formatted_text(FormattedText([(style, line)]), output=self.output)

    def _choice(self, prompt: Prompt) -> questionary.Question:
        choices = [_choice(text, str(number)) for number, text in enumerate(prompt.options, start=1)]
        keep = [_choice(fill(self.words.choose_keep, answer=prompt.earlier), "")] if prompt.earlier else []
        unknown = questionary.Choice(prompt.empty, UNKNOWN if prompt.earlier else "")
        back = questionary.Choice(self.words.choose_back, BACK)
        every = [unknown, *choices, back] if prompt.empty_first else [*keep, *choices, unknown, back]
        question = questionary.select(
            "",
            every,
            default=keep[0] if keep else unknown,
            qmark=">",
            instruction=" ",
            use_search_filter=True,
            use_jk_keys=False,
            input=self.input,
            output=self.output,
        )
        self._help(prompt, question.application)
        self._read_letters(prompt, question.application)
        return question

    def _help(self, prompt: Prompt, list_: Application[str]) -> None:
        """A list has no line in which a question mark could be written."""
        bindings = KeyBindings()

        @bindings.add(HELP, eager=True)
        def show(_: object) -> None:
            run_in_terminal(lambda: self.say("\n".join(help_lines(prompt, self.words))))

        list_.key_bindings = merge_key_bindings([list_.key_bindings or KeyBindings(), bindings])

    def _read_letters(self, prompt: Prompt, list_: Application[str]) -> None:
        """Enter behind letters: they are an answer, or choose what holds them, or are explained and taken away."""
        control = _control_of(list_)
        first, bindings = control.pointed_at, KeyBindings()

        @bindings.add(Keys.Any)
        def search(event: KeyPressEvent) -> None:
            if event.data.isprintable():
                control.search_filter, control.pointed_at = f"{control.search_filter or ''}{event.data}", 0

        @bindings.add("enter", eager=True, filter=Condition(lambda: _means_what_is_typed(control, prompt)))
        def answer(event: KeyPressEvent) -> None:
            typed = control.search_filter or ""
            control.choices, control.search_filter, control.pointed_at = [questionary.Choice(typed)], None, 0
            control.is_answered = True
            event.app.exit(result=typed)

        def is_nonsense() -> bool:
            is_found = bool(control.filtered_choices) and control.found_in_search
            return bool(control.search_filter) and not is_found and not _means_what_is_typed(control, prompt)

        @bindings.add("enter", eager=True, filter=Condition(is_nonsense))
        def forget(_: object) -> None:
            complaint = prompt.complaint(control.search_filter or "")
            control.search_filter, control.pointed_at = None, first
            if complaint:
                run_in_terminal(lambda: self._line("ansired", complaint))

        list_.key_bindings = merge_key_bindings([list_.key_bindings or KeyBindings(), bindings])

    def _text(self, prompt: Prompt, begun: str) -> questionary.Question:
        return questionary.text(
            "",
            qmark=">",
            default=begun,
            completer=_Names(prompt.completions) if prompt.completions else None,
            complete_while_typing=True,
            input=self.input,
            output=self.output,
        )


def _alone(text: str, begun: str) -> str:
    """A key that was typed behind the earlier answer, which stood there already."""
    typed = text.removeprefix(begun).strip() if begun else ""
    return typed if typed in (BACK, HELP) else text


def _control_of(list_: Application[str]) -> InquirerControl:
    return next(found for found in list_.layout.find_all_controls() if isinstance(found, InquirerControl))


def _means_what_is_typed(control: InquirerControl, prompt: Prompt) -> bool:
    """Letters that are an answer by themselves; the list is only searched where they are none.

    Else "male" would take "female", which holds it and stands first.
    """
    typed = control.search_filter or ""
    is_searched = control.found_in_search and (control.pointed_at > 0 or typed.isdigit())
    return bool(typed.strip()) and not is_searched and prompt.complaint(typed) is None


def _choice(text: str, value: str) -> questionary.Choice:
    """Long words are broken between words, not by the terminal."""
    lines = wrapped(one_line(text), width() - MARGIN) or [""]
    return questionary.Choice(f"\n{' ' * MARGIN}".join(lines), value)


class _Names(Completer):
    """Names that begin like the last word group typed, then names that hold it."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """Ten thousand, so only for somebody who types."""
        return [(normal(name), name) for name in self._names]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        del complete_event
        typed = document.text_before_cursor.replace(";", ",").rpartition(",")[2].lstrip()
        text = normal(typed)
        if len(text) < SHORTEST:
            return
        begun = [name for key, name in self.names if key.startswith(text)]
        inside = [name for key, name in self.names if f" {text}" in key] if len(begun) < MOST_SHOWN else []
        for name in [*begun, *inside][:MOST_SHOWN]:
            yield Completion(name, start_position=-len(typed))
