"""Is every spelling of the vocabulary read as that very entry, alone and among the words of a line?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from magcheck.profile import Route
from magcheck.reading.line import LineItem
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import NameRead, NotFound
from tests.reading.scoring import COUNTRY, read, vocabulary

Content = frozenset[tuple[frozenset[str], Route | None]]
"""What a name can mean: the substances, and how they go into the body."""
ALSO_A_SCHEDULE = {"One A Day", "inhaler"}
"""Behind a name they say how it is taken."""


def spellings() -> Iterator[tuple[str, str]]:
    """(spelling as written, a country where it is sold) of everything in the tables."""
    for meanings in vocabulary().names.values():
        for meaning in meanings:
            yield meaning.label, min(meaning.countries, default=COUNTRY)
    for groups in vocabulary().groups.values():
        for group in groups:
            yield group.label, min(group.countries, default=COUNTRY)


@cache
def every() -> list[tuple[str, str, Content]]:
    """Each spelling with a country and its content there."""
    entries = sorted(set(spellings()))
    return [(text, country, content(vocabulary().exactly(normal(text), country))) for text, country in entries]


def content(read_name: NameRead) -> Content:
    meanings = read_name.could_be if isinstance(read_name, NotFound) else (read_name,)
    return frozenset(
        (frozenset((*(substance.name for substance in meaning.substances), *meaning.others)), meaning.route)
        for meaning in meanings
    )


def contents(items: Iterable[LineItem]) -> list[Content | None]:
    return [item.read and content(item.read) for item in items]


def asks(items: Iterable[LineItem]) -> bool:
    return any(item.read is None or isinstance(item.read, NotFound) or item.not_read for item in items)


def test_there_are_many_spellings() -> None:
    assert len(every()) > 10_000


@pytest.mark.parametrize("line", ["{}", "take {}", "{} 200 mg at 21:00"])
def test_a_spelling_is_read_as_its_entry(line: str) -> None:
    check_whole(line)


@pytest.mark.thorough
@pytest.mark.parametrize("line", ["- {}", "1. {}", "({})", "{}.", "stopped {}", "{} twice a day", "{} (10 ml)"])
def test_a_spelling_among_signs_is_read_as_its_entry(line: str) -> None:
    check_whole(line)


def check_whole(line: str) -> None:
    wrong: list[object] = []
    for spelling, country, wanted in every():
        items = read(line.format(spelling), country)
        if contents(items) != [wanted] or items[0].not_read:
            wrong.append((spelling, [(item.text, item.not_read) for item in items]))
        elif "21:00" in line and items[0].timing.times != ("21:00",):
            wrong.append((spelling, items[0].timing))
    assert wrong == []


@pytest.mark.thorough
@pytest.mark.parametrize("line", ["2 x {}", "1 {}", "200 mg {}", "ciprofloxacin, {}", "{}, ciprofloxacin"])
def test_a_spelling_beside_other_words_is_read_or_asked(line: str) -> None:
    wrong: list[object] = []
    for spelling, country, wanted in every():
        items = read(line.format(spelling), country)
        if not asks(items) and wanted not in contents(items) and spelling not in ALSO_A_SCHEDULE:
            wrong.append((spelling, [item.text for item in items]))
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "substance", "milligrams", "pieces"),
    [
        ("mg(oh)2 400 mg at night", "magnesium hydroxide", 400, None),
        ("Mg(OH)2 311 mg", "magnesium hydroxide", 311, None),
        ("Mg(OH)\u2082 311 mg", "magnesium hydroxide", 311, None),
        ("2 tablets Mg (OH) 2 311 mg", "magnesium hydroxide", 622, 2),
        ("Vitamin D 2 tablets daily", "vitamin d", None, 2),
        ("Mag-Ox 400 tablets", "magnesium oxide", None, None),
        ("2 x 5-ASA 400 mg", "mesalazine", 800, 2),
        ("One-Alpha 2 capsules", "alfacalcidol", None, 2),
    ],
)
def test_a_name_holds_its_own_signs_and_figures(
    line: str, substance: str, milligrams: float | None, pieces: float | None
) -> None:
    (item,) = read(line, "GB")
    assert item.read is not None
    assert substance in {name for inside, _ in content(item.read) for name in inside}
    assert (item.amount.high, item.amount.count, item.not_read) == (milligrams, pieces, ())


@pytest.mark.parametrize(
    "line",
    ["calcium, magnesium carbonate", "ciprofloxacin, hydrocortisone", "zinc, vitamin c", "magnesium, calcium"],
)
def test_a_comma_stands_between_two_things(line: str) -> None:
    first, second = line.split(", ")
    assert contents(read(line)) == [*contents(read(first)), *contents(read(second))]


def test_what_a_bracket_says_is_not_lost() -> None:
    (canada,) = read("Gaviscon Liquid (Canada) 10 ml", "CA")
    assert canada.amount.ml == 10
    (own,) = read("Gaviscon Liquid (Atlantis) 10 ml", "CA")
    assert own.not_read == ("Atlantis",)
