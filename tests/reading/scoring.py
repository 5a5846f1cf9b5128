"""How well are written lines read? `python -m tests.reading.scoring` prints it.

Right: every field that the corpus judges is as it must be. Asked: nothing read is false, and what is missing is
shown to the person as open. Wrong: a value that is not what the line says, or a missing one that nobody notices.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from magcheck.knowledge.load import load_rules
from magcheck.reading.line import LineItem, read_line
from magcheck.terminology.vocabulary import NotFound, Vocabulary
from tests.reading import generator

HERE = Path(__file__).parent
COUNTRY = "US"
"""Of a line that names none."""
TOLERANCE = 0.01
"""Part of an amount: corpus entries are rounded."""
DEFAULTS: Mapping[str, Any] = {
    "is": None,
    "amount_mg": None,
    "basis": None,
    "per_day": None,
    "times": [],
    "slots": [],
    "frequency": "daily",
    "every": None,
    "as_needed": False,
    "days": None,
    "taken": True,
    "route": None,
    "not_read": [],
}
WHEN = frozenset({"per_day", "times", "slots", "frequency", "every", "days"})
"""Fields that are open together with the schedule."""
UNKNOWN = "?"
"""An identity that is asked."""


class Mark(StrEnum):
    RIGHT = "right"
    ASKED = "asked"
    WRONG = "wrong"


@dataclass(frozen=True)
class Score:
    """What became of one line."""

    kind: str
    line: str
    mark: Mark
    why: tuple[str, ...] = ()
    """Each difference: field, what must be, what was read."""
    may_ask: bool = False


@cache
def vocabulary() -> Vocabulary:
    return load_rules().vocabulary


def read(line: str, country: str | None = COUNTRY) -> tuple[LineItem, ...]:
    return read_line(line, vocabulary(), vocabulary().lexicon, country)


def names_of(item: LineItem) -> set[str] | str | None:
    if item.read is None:
        return None
    if isinstance(item.read, NotFound):
        return UNKNOWN
    return {substance.name for substance in item.read.substances}


def fields(item: LineItem) -> dict[str, Any]:
    """What was read, in the fields of the corpus."""
    timing = item.timing
    routes = sorted(route.value for route in item.routes.possible) if item.routes else ()
    return {
        "is": names_of(item),
        "amount_mg": item.amount.high,
        "basis": item.basis and item.basis.value,
        "per_day": timing.per_day,
        "times": list(timing.times),
        "slots": list(timing.slots),
        "frequency": timing.frequency and timing.frequency.value,
        "every": {"days": timing.every_days} if timing.every_days and timing.every_days > 2 else None,
        "as_needed": timing.as_needed,
        "days": timing.days,
        "taken": item.taken,
        "route": " or ".join(routes) or None,
        "not_read": sorted(word.lower() for word in item.not_read),
    }


def asks(item: LineItem, *, named: bool = True) -> bool:
    """Does the person see that something of it is open? A dosage text alone has no name to ask for."""
    return bool(
        (named and names_of(item) in (UNKNOWN, None))
        or item.amount.open
        or item.timing.open
        or item.taken is None
        or item.not_read
        or (item.routes is not None and len(item.routes.possible) > 1)
    )


def expected_fields(expected: Mapping[str, Any]) -> dict[str, Any]:
    told = expected.get("is")
    wanted = {key: expected.get(key, default) for key, default in DEFAULTS.items()}
    wanted["is"] = told and set(str(told).split(" / "))
    wanted["not_read"] = sorted(str(word).lower() for word in wanted["not_read"])
    if wanted["every"] == {"days": 2}:
        wanted["every"] = None
    return wanted


def differences(expected: Mapping[str, Any], item: LineItem) -> Iterator[tuple[str, Any, Any]]:
    """(field, what must be, what was read) of every judged field that differs."""
    found = fields(item)
    for key, wanted in expected_fields(expected).items():
        if key not in expected.get("open", ()) and not _same(key, wanted, found[key]):
            yield key, wanted, found[key]


def _same(key: str, wanted: Any, found: Any) -> bool:
    if key == "amount_mg" and wanted is not None and found is not None:
        return bool(abs(wanted - found) <= TOLERANCE * max(wanted, found))
    if key == "route" and wanted is None:
        return found in (None, "oral")
    return bool(wanted == found)


def is_asked(key: str, wanted: Any, found: Any, item: LineItem) -> bool:
    """Is this difference one that the person is asked about?"""
    unnamed = names_of(item) in (UNKNOWN, None)
    if key in ("amount_mg", "basis"):
        unsaid = (found is None and unnamed) or (key == "basis" and (found == "unknown" or unnamed))
        return item.amount.open or unsaid
    if key in WHEN:
        return item.timing.open
    return {
        "is": found in (UNKNOWN, None),
        "taken": found is None,
        "route": " or " in (found or "") if key == "route" else False,
        "not_read": set(wanted) <= set(found) if key == "not_read" else False,
    }.get(key, False)


Judgement = tuple[Mark, tuple[str, ...]]
"""A mark, and why."""


def judge(expected: Sequence[Mapping[str, Any]], items: Sequence[LineItem], *, named: bool = True) -> Judgement:
    """Of one line that holds the `expected` items."""
    if len(items) != len(expected):
        shown = any(asks(item, named=named) for item in items) and len(items) >= len(expected)
        found = [(names_of(item), item.not_read) for item in items]
        return (Mark.ASKED if shown else Mark.WRONG), (f"{len(expected)} items, not {found}",)
    marks = [Mark.RIGHT]
    why: list[str] = []
    for wanted, item in zip(expected, items, strict=True):
        differing = list(differences(wanted, item))
        if wanted.get("unsure"):
            marks.append(Mark.RIGHT if asks(item, named=named) else Mark.WRONG)
            why += [] if asks(item, named=named) else [f"read as if it were clear: {fields(item)}"]
            continue
        marks += [Mark.ASKED if is_asked(*one, item) else Mark.WRONG for one in differing]
        why += [f"{key} must be {must!r}, not {was!r}" for key, must, was in differing]
    return max(marks, key=list(Mark).index), tuple(why)


def score(entry: Mapping[str, Any]) -> Score:
    """Of one entry of the corpus."""
    items = read(entry["line"], entry.get("country", COUNTRY))
    mark, why = judge(entry["items"], items, named=entry.get("part") != "sig")
    return Score(entry["kind"], entry["line"], mark, why, may_ask=bool(entry.get("may_ask")))


def corpus(name: str = "lines.yaml") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return entries


NAMES = (
    "ciprofloxacin", "levothyroxine", "metformin", "doxycycline", "gabapentin", "furosemide", "spironolactone",
    "digoxin", "omeprazole", "simvastatin", "amlodipine", "warfarin", "lisinopril", "bisoprolol", "sertraline",
    "zinc", "calcium carbonate", "potassium citrate", "sodium bicarbonate", "mycophenolate mofetil",
    "magnesium oxide", "magnesium citrate", "magnesium bisglycinate", "magnesium malate", "magnesium taurate",
    "magnesium l-threonate",
)  # fmt: skip
"""Names for random lines; each is the name of its substance."""


def random_scores(seed: int, count: int) -> Iterator[Score]:
    """`count` random lines whose meaning is known; a label names the salt in English and German."""
    for line, expected in generator.lines(seed, count, NAMES):
        yield Score("random", line, *judge([expected], read(line)))


def table(scores: Iterable[Score]) -> str:
    """Right, asked and wrong of each kind, and of all."""
    marks = Counter((one.kind, one.mark) for one in scores)
    kinds = sorted({kind for kind, _ in marks})
    rows = [(kind, [marks[kind, mark] for mark in Mark]) for kind in kinds]
    rows.append(("all", [sum(figures) for figures in zip(*(row for _, row in rows), strict=True)]))
    heading = f"{'kind':<18}" + "".join(f"{mark:>8}" for mark in Mark)
    return "\n".join([heading, *(f"{kind:<18}" + "".join(f"{n:>8}" for n in row) for kind, row in rows)])


def main(show: Sequence[str], random_lines: int = 3000) -> int:
    scores = [*map(score, corpus()), *random_scores(1, random_lines)]
    for one in scores:
        if one.mark in show and not (one.may_ask and one.mark is Mark.ASKED and "all" not in show):
            sys.stdout.write(f"{one.mark}: {one.line}\n    {'; '.join(one.why)}\n")
    sys.stdout.write(table(scores) + "\n")
    return int(any(one.mark is Mark.WRONG for one in scores))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["wrong"]))
