"""Questions on a terminal: lists to move through with the arrow keys, names that complete while one types."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output import create_output

from magcheck.cli.plain import wrapped
from magcheck.cli.prompts import BACK, UNKNOWN, EndOfAnswers, Prompt, keys, progress, settled, together
from magcheck.cli.streams import one_line, width
from magcheck.names import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.output import Output

MOST_SHOWN = 8
SHORTEST = 2
"""Letters from which on names are completed."""


class FancyPrompter:
    """Draws on stderr, so that stdout holds the report alone."""

    def __init__(self) -> None:
        self.output: Output = create_output(stdout=sys.stderr)

    def ask(self, prompt: Prompt) -> str:
        self._show(prompt)
        try:
            answer: str = (self._choice(prompt) if prompt.options else self._text(prompt)).unsafe_ask()
        except EOFError:
            raise EndOfAnswers from None
        return settled(one_line(together(answer)))

    def say(self, text: str) -> None:
        for line in text.split("\n"):
            self._line("", line)

    def _show(self, prompt: Prompt) -> None:
        """The question stands out; why it is asked stands below."""
        self._line("", "")
        self._line("bold", prompt.question)
        if prompt.why:
            self._line("ansibrightblack", prompt.why)
        below = "; ".join(progress(prompt)) if prompt.options else keys(prompt)
        if below:
            self._line("ansibrightblack", f"({below})")

    def _line(self, style: str, text: str) -> None:
        for line in wrapped(one_line(text), width()) or [""]:
            print_formatted_text(FormattedText([(style, line)]), output=self.output)

    def _choice(self, prompt: Prompt) -> questionary.Question:
        choices = [questionary.Choice(text, str(number)) for number, text in enumerate(prompt.options, start=1)]
        keep = [questionary.Choice(f"keep: {prompt.earlier}", "")] if prompt.earlier else []
        unknown = questionary.Choice(prompt.empty, UNKNOWN if prompt.earlier else "")
        back = questionary.Choice("back", BACK)
        every = [unknown, *choices, back] if prompt.empty_first else [*keep, *choices, unknown, back]
        return questionary.select(
            "",
            every,
            default=keep[0] if keep else unknown,
            qmark=">",
            instruction=" ",
            use_search_filter=True,
            use_jk_keys=False,
            output=self.output,
        )

    def _text(self, prompt: Prompt) -> questionary.Question:
        def is_right(text: str) -> str | bool:
            return prompt.complaint(one_line(together(text))) or True

        return questionary.text(
            "",
            qmark=">",
            default=prompt.earlier if prompt.several else "",
            validate=is_right,
            completer=_Names(prompt.completions) if prompt.completions else None,
            complete_while_typing=True,
            output=self.output,
        )


class _Names(Completer):
    """Names that begin like the last word group typed, then names that hold it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = [(normal(name), name) for name in names]

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
