"""Does the echo, read again, give the same item? For every line of the corpus and for random ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.profile import Day, Medication, Supplement
from magcheck.reading.echo import echo
from magcheck.reading.item import ReadItem, read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found
from tests.reading.generator import lines
from tests.reading.scoring import COUNTRY, NAMES, corpus

LISTS: Mapping[str, type[Medication | Supplement]] = {"medications": Medication, "supplements": Supplement}


@cache
def book() -> RuleBook:
    return load_rules()


def read_as(line: str, kind: str, country: str = COUNTRY) -> tuple[ReadItem, ...]:
    item = LISTS[kind].model_validate({"name": line})
    return read_item(item, Setting(book(), country, Day(), kind))


WORDS = book().wording.reading.echo


def content(read: ReadItem) -> dict[str, Any]:
    """What of an item the rules and the plan use."""
    assert isinstance(read.found, Found)
    assert read.line is not None
    item, timing = read.item, read.line.timing
    amount = (
        item.amount_mg if isinstance(item, Supplement) else item.dose_mg if isinstance(item, Medication) else None
    )
    often_open = "per_day" in read.open
    return {
        "substances": {substance.name for substance in read.found.meaning.substances},
        "amount": amount and round(amount, 4),
        "least": read.amount_low and round(read.amount_low, 4),
        "basis": item.basis if isinstance(item, Supplement) and amount else None,
        "pieces": read.line.amount.count if amount is None and "amount" not in read.open else None,
        "ml": read.line.amount.ml if amount is None and "amount" not in read.open else None,
        "route": read.found.route,
        "per_day": None if often_open else item.per_day or len(item.times) or None,
        "times": () if often_open else item.times,
        "slots": () if often_open else timing.slots,
        "frequency": item.frequency,
        "every": item.every,
        "days": timing.days,
        "taken": read.taken,
    }


def recognised() -> Iterator[tuple[str, str, str]]:
    """(line, list, country) of every line with one recognised item."""
    for entry in corpus():
        if entry.get("part") != "sig":
            yield entry["line"], entry["list"], entry.get("country", COUNTRY)


def check(line: str, kind: str, country: str) -> None:
    for read in read_as(line, kind, country):
        if not isinstance(read.found, Found):
            continue
        shown = echo(read.found.meaning, read.item, read, WORDS)
        again = read_as(shown, kind, country)
        assert len(again) == 1, shown
        assert isinstance(again[0].found, Found), shown
        assert content(again[0]) == content(read), shown


@pytest.mark.parametrize(("line", "kind", "country"), list(recognised()))
def test_the_echo_of_a_corpus_line_is_the_same_item(line: str, kind: str, country: str) -> None:
    check(line, kind, country)


def test_the_echo_of_random_lines_is_the_same_item() -> None:
    for line, expected in lines(30, 1500, NAMES):
        check(line, "medications" if expected["basis"] is None else "supplements", COUNTRY)
