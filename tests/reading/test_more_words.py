"""Does a further word of a line ever calm a report? Words that say nothing of the dose may not weaken it."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from magcheck import Profile, Report
from magcheck.checker import default_checker
from magcheck.report import Verdict
from magcheck.terminology.lexicon import Tag
from tests.reading.scoring import vocabulary

RANKS = {verdict: place for place, verdict in enumerate(Verdict)}
"""The strongest first."""
PEOPLE: tuple[dict[str, Any], ...] = (
    {"person": {"age": 40}, "kidney": {"egfr": 95}},
    {"person": {"age": 70}, "kidney": {"egfr": 38}},
    {"person": {"age": 30, "sex": "female", "pregnancy": "pregnant"}, "kidney": {"egfr": 95}},
)
LINES = (
    ("ciprofloxacin 500 mg twice a day", "magnesium oxide 400 mg at bedtime"),
    ("levothyroxine 75 mcg in the morning", "magnesium glycinate 300 mg elemental twice a day"),
    ("alendronate 70 mg weekly", "magnesium citrate 200 mg with breakfast"),
    ("spironolactone 25 mg", "Magnesium (as magnesium oxide) 420 mg"),
    ("metformin 500 mg bid", "magnesium"),
    ("digoxin 125 mcg", "2 tablets of magnesium citrate 150 mg"),
)
SILENT = (Tag.FILLER, Tag.VAGUE, Tag.VAGUE_COUNT, Tag.LIMIT, Tag.TAKE, Tag.AT, Tag.OF, Tag.TAKEN, Tag.DATES)
"""What may be said without telling a value. A stop, a weekday or a route is a value, and may change a verdict."""
STRANGE = ("fortissimum", "zzyquil", "Bxq", "deluxe", "7", "1.000", "??", "dialy", "twise")
"""Words of nobody, and figures that nothing goes with."""
TRIES = 250


@cache
def words() -> tuple[str, ...]:
    told = {words for words, sense in vocabulary().lexicon.phrases() if sense.tag in SILENT}
    values = {words for words, sense in vocabulary().lexicon.phrases() if sense.tag not in SILENT}
    return (*sorted(words for words in told - values if "#" not in words), *STRANGE)


@cache
def checked(person: int, medication: str, supplement: str) -> Report:
    profile = PEOPLE[person] | {"medications": [{"name": medication}], "supplements": [{"name": supplement}]}
    return default_checker().check(Profile.model_validate(profile))


def with_word(rng: Random, line: str, word: str) -> str:
    """Behind the line or before it; between two words it could cut one in two."""
    return rng.choice((f"{line} {word}", f"{word} {line}", f"{line}, {word}"))


def test_a_further_word_never_calms_a_report() -> None:
    rng = Random(11)
    calmed = []
    for _ in range(TRIES):
        person, (medication, supplement) = rng.randrange(len(PEOPLE)), rng.choice(LINES)
        before = checked(person, medication, supplement)
        word = rng.choice(words())
        if rng.random() < 0.5:
            medication = with_word(rng, medication, word)
        else:
            supplement = with_word(rng, supplement, word)
        after = checked(person, medication, supplement)
        weaker = RANKS[after.verdict] > RANKS[before.verdict]
        if weaker or (after.complete and not before.complete):
            calmed.append((person, medication, supplement, before.verdict.value, after.verdict.value))
    assert calmed == []


def test_a_word_of_doubt_leaves_the_report_open() -> None:
    doubts = [
        words for words, sense in vocabulary().lexicon.phrases() if sense.tag is Tag.DOUBTFUL and words != "of"
    ]
    rng = Random(13)
    for word in rng.sample(doubts, 25):
        report = checked(
            0, f"{word} ciprofloxacin 500 mg twice a day", "magnesium oxide 400 mg elemental, once a day"
        )
        assert not report.complete, word
