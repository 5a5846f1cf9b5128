"""Is a read profile read again as it was? Each part bears its own words, so that none is counted twice."""

from __future__ import annotations

from random import Random

import pytest

from magcheck import Checker, Profile
from magcheck.knowledge.load import load_rules
from magcheck.reading.profile import ReadProfile, read_profile
from magcheck.terminology.vocabulary import NotFound
from tests.reading.generator import lines
from tests.reading.scoring import NAMES, corpus

CORPUS = [entry["line"] for entry in corpus() if len(entry["line"]) < 200]
RANDOM = [line for line, _ in lines(71, 150, NAMES)]
JOINTS = (" and ", ", ", " + ", "; ", "\n")
UNKNOWN_PARTS = """
Zyxolo and cipro
cipro and Zyxolo
Zyxolo, cipro 500 mg bid
Zyxolo + magnesium citrate 200 mg twice daily
Zyxolo 5 mg at night, magnesium 200 mg
Vortiquin and Bramelix and cipro
Zyxolo (with cipro)
cipro / Zyxolo 5 mg
Zyxolo; levothyroxine 75 mcg in the morning
levothyroxine, Zyxolo, magnesium oxide 400 mg
Zyxolo und Ciprofloxacin
Zyxolo et lévothyroxine 75 µg le matin
Zyxolo y omeprazol 20 mg
Zyxolo e magnesio 300 mg
Zyxolo en metformine 500 mg
stopped Zyxolo, cipro
cipro, stopped Zyxolo
Zyxolo 25
cipro, Zyxolo or Vortiquin
Zyxolo bid, Vortiquin bid, cipro bid
Zyxolo cream and doxycycline 100 mg
magnesium citrate and Zyxolo
Zyxolo, magnesium glycinate 3 x 100 mg at night
maybe Zyxolo, cipro 500 mg
Zyxolo every other day and alendronate weekly
""".strip().splitlines()

BOOK = load_rules()


def read(line: str, name: str = "supplements") -> ReadProfile:
    return read_profile(Profile.model_validate({name: [line]}), BOOK)


def said(reading: ReadProfile) -> list[tuple[object, ...]]:
    """Of each entry everything but its name and what was told whole."""
    return [
        (
            entry.list,
            entry.read.item.model_dump(exclude={"name"}),
            (entry.read.found.reason, set(entry.read.found.could_be))
            if isinstance(entry.read.found, NotFound)
            else (entry.read.found.meaning.substances, entry.read.found.route),
            entry.read.taken,
            entry.read.open,
        )
        for entry in reading.entries
    ]


def check_again(line: str) -> None:
    reading = read(line)
    assert said(read_profile(reading.profile, BOOK)) == said(reading), [e.read.item.name for e in reading.entries]


@pytest.mark.parametrize("line", UNKNOWN_PARTS)
def test_an_unknown_part_bears_its_own_words(line: str) -> None:
    check_again(line)


def test_lines_of_the_corpus_are_read_again_as_they_were() -> None:
    for line in (*CORPUS, *RANDOM):
        check_again(line)


def test_joined_lines_are_read_again_as_they_were() -> None:
    chance = Random(72)
    for _ in range(150):
        check_again(chance.choice(JOINTS).join((*chance.sample(RANDOM, 2), "Zyxolo 5 mg")))
    for first in CORPUS[::7]:
        check_again(f"Zyxolo{chance.choice(JOINTS)}{first}")


def test_a_known_part_counts_once_in_what_would_change(checker: Checker) -> None:
    def changes(*names: str) -> object:
        alone = ["magnesium citrate 300 mg elemental at 20:00"]
        return checker.with_changes({"medications": list(names), "supplements": alone}).what_would_change

    assert changes("Zyxolo and magnesium oxide 200 mg") == changes("Zyxolo", "magnesium oxide 200 mg")
