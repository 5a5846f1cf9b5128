"""Which values does somebody know? All in one answer: "eGFR 45", "creatinine 1.4 mg/dL, magnesium 2.1 mg/dL"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from magcheck.knowledge.placeholders import fill
from magcheck.questions.answer_kinds import Answer, AnswerKind, OneOf, yes_or_no
from magcheck.questions.whole_answers import is_none
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Mapping

_BETWEEN = re.compile(r"\s*(?:[;\n&]|,(?!\d)|(?<!\d),|\band\b)\s*")
_VALUE = re.compile(r"(?P<name>[^\d]*?)[\s:=]*(?P<value>-?\d.*)", re.DOTALL)
_BOUND = re.compile(r"[<>≤≥~±]|\d\s*[-\u2013]\s*\d")
"""Of a value that is only known to lie above, below or between: it is no value."""
_FILLER = frozenset({"my", "is", "was", "of", "about", "the", "last", "latest", "yes"})


@dataclass(frozen=True)
class KnownValues(AnswerKind):
    """Yes, no, or the values themselves; what is not written then is not known."""

    values: Mapping[str, AnswerKind] = field(kw_only=True)
    """Path of a question -> how its value is read. The first is what a number alone means."""
    names: Mapping[str, str] = field(kw_only=True)
    """What people call a value -> its path."""

    @property
    def hint(self) -> str:
        return self.words.hints.known_values

    @property
    def _yes_or_no(self) -> OneOf:
        return yes_or_no(self.words)

    def read(self, text: str) -> Answer:
        """True, False, or path -> value."""
        if is_none(text, self.words):
            return False
        if not any(letter.isdigit() for letter in text):
            return self._without_figure(text)
        parts = [part for part in _BETWEEN.split(text) if part and part.casefold() != "yes"]
        told = dict(map(self._value, parts))
        if len(told) < len(parts):
            raise self._not_read(text)
        return told

    def _without_figure(self, text: str) -> bool:
        try:
            return bool(self._yes_or_no.read(text))
        except ValueError:
            raise self._not_read(text) from None

    def _value(self, text: str) -> tuple[str, Answer]:
        found = _VALUE.fullmatch(text.strip())
        if found is None or _BOUND.search(text):
            raise self._not_read(text)
        said = [word for word in normal(found["name"]).split() if word not in _FILLER]
        path = self.names.get(" ".join(said)) if said else next(iter(self.values))
        if path is None:
            raise self._not_read(text)
        return path, self.values[path].read(found["value"].rstrip(" ."))

    def _not_read(self, text: str) -> ValueError:
        return ValueError(fill(self.words.wrong.no_value, text=text[:60], hint=self.hint))

    def shown(self, value: Answer) -> str:
        if not isinstance(value, dict):
            return self._yes_or_no.shown(value)
        known = cast("dict[str, Answer]", value)
        return ", ".join(f"{self._name(path)} {self.values[path].shown(told)}" for path, told in known.items())

    def _name(self, path: str) -> str:
        return next(name for name, other in self.names.items() if other == path)
