"""Hours of a neighbour, spans of hours, and figures beside a time: read rightly, or the schedule is open."""

from __future__ import annotations

import pytest

from tests.reading.scoring import read

LEADING = [
    "in the morning metformin and cipro and in the evening atorvastatin",
    "at breakfast I take metformin and cipro at dinner atorvastatin",
    "8am metformin, cipro 6pm atorvastatin",
    "8 am metformin and cipro 6 pm atorvastatin",
    "8am metformin 500 mg, cipro 500 mg 6pm atorvastatin 20 mg",
    "8am metformin cipro 6pm atorvastatin",
    "8am metformin, cipro 6pm my atorvastatin",
    "8am metformin, cipro 6pm 1 tablet atorvastatin",
    "AM meds metformin cipro PM meds atorvastatin",
    "morning meds metformin cipro evening meds atorvastatin",
    "at noon metformin, cipro in the afternoon atorvastatin",
    "with breakfast metformin; calcium, cipro at bedtime atorvastatin",
    "morgens Metformin und Cipro abends Atorvastatin",
    "um 8 Uhr Metformin, Cipro um 18 Uhr Atorvastatin",
    "le matin metformine, cipro le soir atorvastatine",
    "à 8h metformine et cipro à 18h atorvastatine",
    "por la mañana metformina, cipro por la noche atorvastatina",
    "al mattino metformina, cipro la sera atorvastatina",
    "'s ochtends metformine, cipro 's avonds atorvastatine",
    "8am metformin cipro 6pm atorvastatin 10pm",
    "8am metformin, cipro 6pm atorvastatin 10pm",
]


@pytest.mark.parametrize("line", LEADING)
def test_an_hour_that_leads_the_next_name_is_not_of_the_name_before_it(line: str) -> None:
    cipro = next(item for item in read(line) if item.text == "cipro")
    timing = cipro.timing
    assert timing.open or not (timing.times or timing.slots or timing.per_day), line


@pytest.mark.parametrize(
    "line",
    [
        "metformin 8am, cipro 6pm atorvastatin 10pm",
        "metformin in the morning cipro 6pm",
        "metformin 8am cipro 6pm atorvastatin",
        "8am metformin, cipro 6pm, atorvastatin",
    ],
)
def test_an_hour_behind_its_name_stays_with_it(line: str) -> None:
    cipro = next(item for item in read(line) if item.text == "cipro")
    assert (cipro.timing.times, cipro.timing.open) == (("18:00",), False)


SPANS = [
    "12h later", "morning and 12h later", "morning, 12h later", "4h before food", "2h p.c.",
    "2h pc", "2h ac", "2h after food", "2h after meals", "2h nach dem Essen", "2h vor dem Essen",
    "12h später", "2h avant le repas", "2h après le repas", "12h plus tard", "2h antes de la comida",
    "12h más tarde", "12h più tardi", "2h voor het eten", "12h later dan ontbijt", "12h tablet",
    "12h release", "12h sustained release",
    "8h apart", "4h gap", "in 12h", "for 12h", "morning +12h", "12h tomorrow",
]  # fmt: skip


@pytest.mark.parametrize("words", SPANS)
def test_a_number_of_hours_is_no_clock_time(words: str) -> None:
    timing = read(f"cipro {words}")[0].timing
    assert timing.open or not (timing.times or timing.slots)


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("8h et 20h", ("08:00", "20:00")),
        ("22h", ("22:00",)),
        ("8h, 20h", ("08:00", "20:00")),
        ("8h+20h", ("08:00", "20:00")),
        ("7h avant le petit déjeuner", ("07:00",)),
        ("20h avant le repas", ("20:00",)),
        ("à 8h avant le repas", ("08:00",)),
        ("1000pm", ("22:00",)),
        ("1030pm", ("22:30",)),
        ("1030 p.m.", ("22:30",)),
        ("730am", ("07:30",)),
        ("0830 pm", ("20:30",)),
        ("500 mg 1030pm", ("22:30",)),
        ("0730am and 0730pm", ("07:30", "19:30")),
    ],
)
def test_clock_times_without_a_colon_are_read(words: str, times: tuple[str, ...]) -> None:
    timing = read(f"cipro {words}")[0].timing
    assert (timing.times, timing.open) == (times, False)


UNREAD = [
    "8/8pm", "8 Uhr und 20", "8 Uhr, 20", "8 Uhr 20", "8h 20", "morning and 20", "morning, 2000", "am + 2000",
    "am & 20", "20 and 8am", "20 + 8am", "le matin et 20", "matin, 20", "la mattina e 20", "por la mañana y 20",
    "'s ochtends en 20", "morgens und 20", "8:00, 2000", "8am/20", "500 pm", "1000 pm", "late evening",
    "late in the evening", "mid morning", "am späten Abend", "morning or evening", "8am or 10pm",
    "morgens oder abends", "matin ou soir", "mattina o sera", "ochtend of avond", "morning or whenever I remember",
]  # fmt: skip


@pytest.mark.parametrize("words", UNREAD)
def test_what_may_be_an_hour_and_is_not_read_opens_the_schedule(words: str) -> None:
    item = read(f"cipro {words}")[0]
    assert item.timing.open
    assert item.taken


@pytest.mark.parametrize(
    "words",
    ["20 in the morning", "20 morning", "500 in the evening", "300 morning, 600 evening", "100 am"],
)
def test_a_dose_without_its_unit_beside_a_time_is_no_hour(words: str) -> None:
    assert not read(f"lithium {words}")[0].timing.open


def test_what_was_neither_read_nor_shown() -> None:
    assert read("doxycycline 0800/2000")[0].not_read
    assert read("doxycycline voor het slapen")[0].timing.slots == ("bedtime",)
    assert read("doxycycline o.n.")[0].timing.slots == ("bedtime",)
