"""What does the reading of an item need to know besides the item?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Day
    from magcheck.terminology.vocabulary import Vocabulary


@dataclass(frozen=True)
class Setting:
    """The rules, the person's country and day, and the list that the item stands in."""

    book: RuleBook
    country: str | None
    day: Day
    list: str

    @property
    def vocabulary(self) -> Vocabulary:
        return self.book.vocabulary
