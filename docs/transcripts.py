"""What does a person see who answers the questionnaire? Real sessions, with answers from a script."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING
from unittest.mock import patch

from magcheck.cli import ask
from magcheck.cli.interview import Interview
from magcheck.cli.prompts import PlainPrompter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.cli.prompts import Prompt
    from magcheck.knowledge.wording.talk import TalkWords

COLUMNS = 72
Script = dict[str, str]
"""Path of a question -> what is typed, if it is asked; Enter alone where nothing stands."""
SIMPLE: Script = {
    "blood values": "no",
    "symptoms": "none",
    "conditions": "none",
    "medications": "none",
    "person.age": "34, woman",
    "person.pregnancy": "no",
    "supplements": "magnesium glycinate 120 mg elemental once a day",
    "goals": "sleep",
}
COMPLICATED: Script = {
    "blood values": "yes",
    "kidney.egfr": "",
    "kidney.creatinine": "100 umol/L",
    "symptoms": "none",
    "conditions": "none",
    "person.age": "58, woman",
    "person.pregnancy": "no",
    "medications": "Cipro 500 mg, levothyroxn, Dulcolax",
    "medications[0].route": "by mouth",
    "medications[0].times": "08:00 and 20:00",
    "medications[1].is0": "1",
    "medications[1].times": "06:30",
    "medications[2].is0": "1",
    "medications[2].route": "by mouth",
    "medications[2].times": "22:30",
    "supplements": "magnesium oxide 400 mg",
    "supplements[0].basis": "2",
    "supplements[0].times": "21:00",
}


class _Typist:
    """Stands in for standard input: types what the script says to the question that is being put."""

    def __init__(self, script: Mapping[str, str]) -> None:
        self.left = dict(script)
        self.interview: Interview | None = None
        self.question = ""
        self.tries = 0

    @property
    def buffer(self) -> _Typist:
        return self

    def isatty(self) -> bool:
        return False

    def readline(self, _most: int = -1) -> bytes:
        """A line, which a terminal would show while it is typed."""
        self.tries += 1
        if self.tries > 1:
            raise ValueError(f"the script's answer to '{self.question}' is not accepted.")
        text = self.left.pop(self._path(), "")
        sys.stderr.write(f"{text}\n")
        return f"{text}\n".encode()

    def _path(self) -> str:
        asks = self.interview.session.asks() if self.interview else ()
        return next((ask.path for ask in asks if ask.question == self.question), "")


class _Scripted(PlainPrompter):
    """The plain prompter itself, which lets the typist know what is asked."""

    def __init__(self, words: TalkWords, typist: _Typist) -> None:
        super().__init__(words.keys)
        self.typist = typist

    def ask(self, prompt: Prompt) -> str:
        self.typist.question, self.typist.tries = prompt.question, 0
        return super().ask(prompt)


def transcript(script: Mapping[str, str]) -> str:
    """Everything on the screen. Raises ValueError for an answer that is not accepted."""
    typist, screen = _Typist(script), StringIO()

    def interview(*arguments: object) -> Interview:
        typist.interview = Interview(*arguments)  # type: ignore[arg-type]
        return typist.interview

    with (
        patch.dict(os.environ, {"COLUMNS": str(COLUMNS), "NO_COLOR": "1"}),
        patch.object(sys, "stdin", typist),
        patch.object(ask, "prompter_of", lambda words, **_: _Scripted(words, typist)),
        patch.object(ask, "Interview", interview),
        redirect_stderr(screen),
        redirect_stdout(screen),
    ):
        ask.ask_and_check(None, None, None, as_json=False, plain=True)
    return f"$ magcheck ask --plain\n{screen.getvalue().rstrip()}"
