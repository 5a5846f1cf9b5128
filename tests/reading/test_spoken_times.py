"""Clock times as they are said, and rhythms in hours: which time of the day, how often."""

from __future__ import annotations

import pytest

from magcheck.reading.line import read_line
from magcheck.reading.timing import Timing
from tests.reading.scoring import vocabulary


def timing(words: str) -> Timing:
    (item,) = read_line(f"zinc {words}", vocabulary(), vocabulary().lexicon)
    return item.timing


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("à neuf heures et demie", "09:30"),
        ("à 9 heures et quart", "09:15"),
        ("à neuf heures moins le quart", "08:45"),
        ("à 21 heures et demie", "21:30"),
        ("à 24 heures et quart", "00:15"),
        ("à 0 heures et quart", "00:15"),
        ("à 0 heures moins le quart", "23:45"),
        ("à 12 heures et demie", "12:30"),
        ("à 13 heures moins le quart", "12:45"),
        ("à une heure moins le quart", "12:45"),
        ("à une heure et quart", "01:15"),
        ("a las nueve y cuarto", "09:15"),
        ("a las 21 y media", "21:30"),
        ("a las doce menos cuarto", "11:45"),
        ("a la una menos cuarto", "12:45"),
        ("alle nove e mezza", "09:30"),
        ("alle 22 meno un quarto", "21:45"),
        ("alle 24 e un quarto", "00:15"),
        ("um 20 Uhr", "20:00"),
        ("at half past 8 pm", "20:30"),
        ("at half past 8 am", "08:30"),
        ("at quarter to nine am", "08:45"),
        ("at quarter past 12 pm", "12:15"),
        ("at quarter past 12 am", "00:15"),
        ("at quarter to 1 pm", "12:45"),
        ("at midnight", "00:00"),
        ("at 12 am", "00:00"),
        ("at 12 pm", "12:00"),
        ("at nine pm", "21:00"),
        ("at 20.30", "20:30"),
        ("at 8:05 pm", "20:05"),
        ("at 0:15", "00:15"),
    ],
)
def test_a_time_is_read_as_it_is_said(words: str, time: str) -> None:
    read = timing(words)
    assert (read.times, read.per_day, read.open) == ((time,), 1, False)


@pytest.mark.parametrize(
    "words", ["um halb neun", "om half negen", "at half past eight", "at 8", "at quarter to nine"]
)
def test_a_time_of_which_half_of_the_day_is_not_told_is_open(words: str) -> None:
    assert timing(words).open


@pytest.mark.parametrize(
    ("words", "per_day", "every_days"),
    [
        ("every 24 hours", 1, None),
        ("every 12 hours", 2, None),
        ("every 8 hours", 3, None),
        ("every 6 hours", 4, None),
        ("every 6-8 hours", 4, None),
        ("every 4 hours", 6, None),
        ("every 48 hours", None, 2),
        ("every 72 hours", None, 3),
        ("in the afternoon", 1, None),
        ("in the morning and in the afternoon", 2, None),
    ],
)
def test_a_rhythm_in_hours_is_so_many_a_day(words: str, per_day: int | None, every_days: int | None) -> None:
    read = timing(words)
    assert (read.per_day, read.every_days, read.open) == (per_day, every_days, False)


@pytest.mark.parametrize("words", ["every 5 hours", "every 7 hours", "every 36 hours", "every 0 hours"])
def test_a_rhythm_that_is_another_one_each_day_is_open(words: str) -> None:
    assert timing(words).open
