"""A clock of twelve hours with a word of the day, in six languages: the right hour or a question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from magcheck.reading.answers import time_of
from tests.reading.scoring import read, vocabulary

HOURS = {
    "morning": range(1, 12),
    "noon": range(11, 18),
    "afternoon": range(12, 21),
    "evening": range(15, 24),
    "night": (*range(18, 24), *range(5)),
}
"""The hours of the day that each part of it can mean; "'s middags" lasts till six."""
FORMS = {
    "en": ("{h}:00 {w}", "at {h} {w}", "at {h}:00 {w}", "{h} o'clock {w}", "{w} at {h}:00", "around {h} {w}"),
    "de": ("{h}:00 {w}", "um {h} {w}", "um {h} Uhr {w}", "{h} Uhr {w}", "{w} um {h} Uhr", "gegen {h}:00 {w}"),
    "fr": ("{h}h {w}", "à {h} heures {w}", "{h} heures {w}", "à {h}h {w}", "vers {h} h {w}", "{h}:00 {w}"),
    "es": ("a las {h} {w}", "a las {h}:00 {w}", "{h}:00 {w}", "sobre las {h} {w}", "a las {h} horas {w}"),
    "it": ("alle {h} {w}", "alle ore {h} {w}", "ore {h}:00 {w}", "{h}:00 {w}", "verso le {h} {w}"),
    "nl": ("om {h} uur {w}", "{h}:00 {w}", "om {h}:00 {w}", "rond {h} uur {w}"),
}
WORDS = {
    "en": {
        "morning": "in the morning|early in the morning|every morning",
        "noon": "at noon|at lunch",
        "afternoon": "in the afternoon|in the late afternoon|every afternoon|afternoon",
        "evening": "in the evening|late in the evening|after dinner",
        "night": "at night|late at night|before bed|every night",
    },
    "de": {
        "morning": "morgens|am Vormittag|in der Früh|früh",
        "noon": "mittags|am Mittag",
        "afternoon": "nachmittags|am Nachmittag|am späten Nachmittag",
        "evening": "abends|am Abend",
        "night": "nachts|in der Nacht|spät abends",
    },
    "fr": {
        "morning": "du matin|le matin",
        "noon": "à midi",
        "afternoon": "de l'après-midi|l'après-midi|après-midi",
        "evening": "du soir|le soir",
        "night": "de la nuit|au coucher",
    },
    "es": {
        "morning": "de la mañana|por la mañana|de la madrugada",
        "noon": "del mediodía|a mediodía",
        "afternoon": "de la tarde|por la tarde",
        "night": "de la noche|por la noche",
    },
    "it": {
        "morning": "del mattino|di mattina",
        "noon": "di mezzogiorno",
        "afternoon": "del pomeriggio|di pomeriggio|nel pomeriggio",
        "evening": "di sera|della sera|la sera",
        "night": "di notte|della notte",
    },
    "nl": {
        "morning": "'s ochtends|'s morgens",
        "noon": "'s middags|in de middag",
        "afternoon": "in de namiddag",
        "evening": "'s avonds|in de avond",
        "night": "'s nachts",
    },
}


def cases() -> Iterator[tuple[str, str, str]]:
    for language, parts in WORDS.items():
        for part, words in parts.items():
            for word in words.split("|"):
                yield from ((form, word, f"{language} {part}") for form in FORMS[language])


def meant(part: str, hour: int) -> set[str]:
    possible = HOURS[part.split()[1]]
    return {f"{at:02d}:00" for at in (hour % 12, hour % 12 + 12) if at in possible}


@pytest.mark.parametrize(("form", "word", "part"), list(cases()))
def test_the_hour_is_right_or_asked(form: str, word: str, part: str) -> None:
    for hour in range(1, 13):
        line = f"ciprofloxacin {form.format(h=hour, w=word)}"
        timing = read(line)[0].timing
        assert timing.open or set(timing.times) <= meant(part, hour), line
        assert timing.open or len(timing.times) == 1, line


SPOKEN = {
    "half past nine in the morning": "09:30",
    "half past twelve at night": "00:30",
    "half past twelve in the afternoon": "12:30",
    "quarter to twelve at night": "23:45",
    "quarter past one at night": "01:15",
    "quarter past three in the afternoon": "15:15",
    "at nine in the evening": "21:00",
    "three o'clock in the afternoon": "15:00",
    "neun Uhr abends": "21:00",
    "um halb neun abends": "20:30",
    "halb eins nachts": "00:30",
    "Viertel vor neun abends": "20:45",
    "à neuf heures et demie du soir": "21:30",
    "à neuf heures moins le quart du soir": "20:45",
    "neuf heures du soir": "21:00",
    "a las nueve y media de la noche": "21:30",
    "a las 9 menos cuarto de la noche": "20:45",
    "a la una menos cuarto de la noche": "00:45",
    "alle nove e mezza di sera": "21:30",
    "alle 12 e mezza di notte": "00:30",
    "12 at night": None,
    "4 o'clock": None,
    "12:30 in the morning": None,
    "3 in the afternoon": None,
    "8:00-9:00 pm": None,
    "4:00 teatime": None,
    "3:30 vespertina": None,
    "5:00 towards evening": None,
    "8-9 in the evening": None,
    "at 4:00 tonight": None,
}
"""None: it can be two hours, or nobody knows, so it is asked."""


@pytest.mark.parametrize(("said", "means"), SPOKEN.items())
def test_hours_told_in_words(said: str, means: str | None) -> None:
    timing = read(f"ciprofloxacin {said}")[0].timing
    assert timing.open if means is None else (timing.times, timing.open) == ((means,), False)


COUNTS = {
    "in the morning and afternoon": 2,
    "morning, afternoon and evening": 3,
    "8:00 and in the afternoon": 2,
    "morgens, mittags, nachmittags und abends": 4,
    "mañana y tarde": 2,
    "mattino e pomeriggio": 2,
    "le matin et l'après-midi": 2,
    "7:30 in the mornings and evenings": 2,
    "at 8:00 and 3:00 in the afternoon": 2,
    "in the afternoon": 1,
    "once in the afternoon": 1,
}


@pytest.mark.parametrize(("said", "count"), COUNTS.items())
def test_the_afternoon_is_an_intake_of_its_own(said: str, count: int) -> None:
    assert read(f"magnesium 100 mg {said}")[0].timing.per_day == count


@pytest.mark.parametrize("form", ["{h} {w}", "{h}:00 {w}", "at {h} {w}"])
def test_an_answer_of_twelve_hours(form: str) -> None:
    for part, words in WORDS["en"].items():
        for word in words.split("|"):
            for hour in range(1, 13):
                said = form.format(h=hour, w=word)
                told = time_of(said, vocabulary().lexicon)
                assert told is None or told in meant(f"en {part}", hour), said


def test_an_answer_without_its_half_of_the_day_is_asked_again() -> None:
    assert time_of("4 o'clock", vocabulary().lexicon) is None
    assert time_of("16 o'clock", vocabulary().lexicon) == "16:00"
