"""People who answer an interview without a terminal: by keyword, or anything at all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from magcheck import Checker, Profile
from magcheck.cli.interview import Interview
from magcheck.cli.prompts import EndOfAnswers, Prompt

REVIEW = "one of them wrong"


class Scripted:
    """Gives the first unused answer whose key stands in the question, and Enter for everything else."""

    def __init__(self, *answers: tuple[str, str], patience: int = 200) -> None:
        self.answers = list(answers)
        self.patience = patience
        self.prompts: list[Prompt] = []
        self.said: list[str] = []

    def ask(self, prompt: Prompt) -> str:
        self.patience -= 1
        if self.patience < 0:
            raise EndOfAnswers
        self.prompts.append(prompt)
        text = self._answer(prompt)
        complaint = prompt.complaint(text)
        assert complaint is None, complaint
        return prompt.settled(text)

    def _answer(self, prompt: Prompt) -> str:
        for place, (key, text) in enumerate(self.answers):
            if key in prompt.question:
                del self.answers[place]
                return text
        return ""

    def say(self, text: str) -> None:
        self.said.append(text)

    @property
    def questions(self) -> list[str]:
        return [prompt.question for prompt in self.prompts]

    def prompt(self, key: str) -> Prompt:
        return next(prompt for prompt in reversed(self.prompts) if key in prompt.question)

    def times_asked(self, key: str) -> int:
        return sum(key in question for question in self.questions)

    def number_of(self, label: str) -> str:
        """What the last review wants to be typed to change the answer called `label`."""
        options = self.prompts[-1].options
        return str(next(place for place, option in enumerate(options, start=1) if option.startswith(label)))


class Rambling(Scripted):
    """Answers anything that is accepted, and often goes back."""

    def __init__(self, chooser: random.Random, words: Sequence[str]) -> None:
        super().__init__(patience=chooser.randrange(100))
        self.chooser = chooser
        self.words = words

    def _answer(self, prompt: Prompt) -> str:
        texts = (self.chooser.choice(self.words) for _ in range(50))
        return next((text for text in texts if prompt.complaint(text) is None), "")


def talk(
    checker: Checker, *answers: tuple[str, str], patience: int = 200, begun: Profile | None = None
) -> tuple[dict[str, Any], Scripted]:
    """What was told in the end, and the person who told it."""
    person = Scripted(*answers, patience=patience)
    interview = Interview(person, checker, begun)
    interview.run()
    return interview.profile().model_dump(mode="json", exclude_defaults=True), person
