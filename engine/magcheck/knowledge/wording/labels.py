"""How is a key of the report or of the profile called in words?"""

from __future__ import annotations

import re
from typing import Annotated

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders, fill

_ITEM = re.compile(r"(?P<list>\w+)\[(?P<index>\d+)\](?:\.(?P<field>.+))?")
_FROM_HERE_ROUNDED = 1000


class FigureWords(Words):
    """Durations where there is little room."""

    hours: Annotated[str, Placeholders("count")]
    minutes: Annotated[str, Placeholders("count")]


class Labels(Words):
    """Names of keys; advice comes from the report itself."""

    actions: dict[str, str]
    """Verdict or action -> what is to be done, in two or three words."""
    not_complete: str
    not_all_told: str
    kept: str
    urgencies: dict[str, str]
    grades: dict[str, str]
    lists: dict[str, str]
    """List of the profile -> one of its entries."""
    fields: dict[str, str]
    """Field of the profile or fact of the report, or its last part -> its name."""
    answers: dict[str, str]
    """"yes" and "no"."""
    figures: FigureWords

    def field(self, path: str) -> str:
        """ "supplements[0].amount_mg" as "supplement 1, amount"."""
        found = _ITEM.fullmatch(path)
        if not found:
            return self.fields.get(path, path.rpartition(".")[2].replace("_", " "))
        item = self.item(found["list"], int(found["index"]))
        return f"{item}, {self.field(found['field'])}" if found["field"] else item

    def item(self, list_name: str, index: int) -> str:
        """ "medicine 1" for index 0 of the medications."""
        return f"{self.lists.get(list_name, list_name)} {index + 1}"

    def value(self, value: float | str | bool, unit: str | None = None) -> str:  # noqa: FBT001 - a value of the report
        """ "yes", "2,500 mg", "41.2 mL/min/1.73 m2": at most four figures, and whole numbers from 1000 on."""
        if isinstance(value, bool):
            return self.answers["yes" if value else "no"]
        rounded = ",.4g" if not isinstance(value, str) and abs(value) < _FROM_HERE_ROUNDED else ",.0f"
        text = value if isinstance(value, str) else format(value, rounded)
        return f"{text} {unit}" if unit else text

    def counted(self, name: str, value: float | str | bool, unit: str | None = None) -> str:  # noqa: FBT001 - as above
        """ "age 62 years"; "pregnant", which says itself what it is about."""
        text = self.value(value, unit)
        return text if name == "person.pregnancy" and text != "none" else f"{self.field(name)} {text}"

    def hours(self, hours: float) -> str:
        """ "2 h", "30 min"."""
        if hours >= 1:
            return fill(self.figures.hours, count=f"{hours:g}")
        return fill(self.figures.minutes, count=f"{hours * 60:g}")
