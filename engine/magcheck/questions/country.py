"""Which country is meant? Its name in any language, or its two letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.questions.answer_kinds import AnswerKind
from magcheck.reading.answers import country_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.terminology.lexicon import Lexicon

SHORTEST_COUNTRY = 4
"""Letters of a name; fewer are an abbreviation."""


@dataclass(frozen=True)
class Country(AnswerKind):
    """Two letters of a country."""

    known: Sequence[str]
    lexicon: Lexicon

    @property
    def completions(self) -> Sequence[str]:
        """A name of each country, which is read again, and the letters of those for which there are limits."""
        names: dict[object, str] = {}
        for phrase, sense in self.lexicon.phrases():
            if sense.tag is Tag.COUNTRY and len(phrase.replace(" ", "")) >= SHORTEST_COUNTRY:
                names.setdefault(sense.value, phrase.title())
        return [*sorted(names.values()), *self.known]

    @property
    def hint(self) -> str:
        return fill(self.words.hints.country, countries=", ".join(self.known[:4]))

    def read(self, text: str) -> str:
        country = country_of(text, self.lexicon)
        if country is None and not re.fullmatch(r"[A-Za-z]{2}", text):
            raise ValueError(fill(self.words.wrong.no_country, text=text[:60], hint=self.hint))
        return country or text.upper()
