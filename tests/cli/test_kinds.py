"""How is an answer read, and what is said about one that cannot be read?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck.cli.interview import problem_of
from magcheck.knowledge.load import load_rules
from magcheck.questions.answer_kinds import (
    Age,
    AnswerKind,
    ClockTimes,
    Measured,
    Milligrams,
    Named,
    NameList,
    NumberKind,
    OneOf,
    TimesADay,
    read_number,
    yes_or_no,
)
from magcheck.questions.country import Country

BOOK = load_rules()
LEXICON = BOOK.vocabulary.lexicon
WORDS = BOOK.wording.questions
TIMES = ClockTimes(WORDS, LEXICON, BOOK.planning)
EGFR = NumberKind(WORDS, "mL/min/1.73 m2", (0, 200))
AGE = Age(WORDS, "years", (0, 120), lexicon=LEXICON)
INTAKES = TimesADay(WORDS, "times a day", (1, 24), whole=True, lexicon=LEXICON)
AMOUNT = Milligrams(WORDS, (0.01, 100_000), LEXICON)
CREATININE = Measured(WORDS, {"mg/dL": (0.05, 20), "umol/L": (5, 1800)})
STAGE = OneOf(WORDS, {"G3": "G3", "G3a": "G3a", "G3b": "G3b"})
BASIS = OneOf(WORDS, {"magnesium itself (elemental)": "elemental", "the whole compound": "compound"})
YES_NO = yes_or_no(WORDS)
COUNTRY = Country(WORDS, ("US", "UK", "DE", "AT"), LEXICON)

READ: list[tuple[AnswerKind, str, Any]] = [
    (YES_NO, "yes", True),
    (YES_NO, "Y", True),
    (YES_NO, "2", False),
    (STAGE, "g3", "G3"),
    (STAGE, "3", "G3b"),
    (BASIS, "Compound", "compound"),
    (BASIS, "elemental", "elemental"),
    (EGFR, "45", 45.0),
    (EGFR, "45.5 mL/min/1.73 m2", 45.5),
    (AGE, "62 years", 62.0),
    (AGE, "1 year", 1.0),
    (AGE, "0,5", 0.5),
    (AGE, "seventy two", 72.0),
    (AGE, "6 months", 0.5),
    (INTAKES, "2", 2),
    (INTAKES, "twice a day", 2),
    (INTAKES, "1-0-1", 2),
    (AMOUNT, "200", 200.0),
    (AMOUNT, "200 mg", 200.0),
    (AMOUNT, "0.5 g", 500.0),
    (AMOUNT, "1,000", 1000.0),
    (AMOUNT, "2 tablets of 200 mg", 400.0),
    (CREATININE, "1.4", {"value": 1.4, "unit": None}),
    (CREATININE, "1,4 MG/DL", {"value": 1.4, "unit": "mg/dL"}),
    (CREATININE, "120 \u00b5mol/l", {"value": 120.0, "unit": "umol/L"}),
    (TIMES, "08:00", ["08:00"]),
    (TIMES, "9pm", ["21:00"]),
    (TIMES, "22.30", ["22:30"]),
    (TIMES, "8am and 9:30pm", ["08:00", "21:30"]),
    (TIMES, "bedtime", ["23:00"]),
    (TIMES, "08:00, 20:00", ["08:00", "20:00"]),
    (TIMES, "08:00 12:00 and 20:00;22:00", ["08:00", "12:00", "20:00", "22:00"]),
    (NameList(WORDS), "diabetes, kidney stones;  asthma ,", ["diabetes", "kidney stones", "asthma"]),
    (NameList(WORDS), "vitamin C 1,000 mg,aspirin", ["vitamin C 1,000 mg", "aspirin"]),
    (NameList(WORDS), "None", []),
    (NameList(WORDS), "no.", []),
    (NameList(WORDS), "nothing", []),
    (Named(WORDS), "Cipro 500 mg", "Cipro 500 mg"),
    (COUNTRY, "de", "DE"),
    (COUNTRY, "Germany", "DE"),
]
REFUSED: list[tuple[AnswerKind, str, str]] = [
    (YES_NO, "perhaps", "'perhaps' is none of these. Write a number from 1 to 2."),
    (YES_NO, "3", "Write a number from 1 to 2."),
    (STAGE, "G4", "Write a number from 1 to 3."),
    (EGFR, "about 45", "'about 45' is not a number. Write digits, such as 45 or 1.4."),
    (EGFR, ">60", "is not a number"),
    (EGFR, "240", "240 mL/min/1.73 m2 cannot be right. Write a number from 0 to 200."),
    (EGFR, "45 %", "'%' is not the unit here. Write the number in mL/min/1.73 m2."),
    (EGFR, "-3", "cannot be right"),
    (EGFR, "1.2.3", "is not a number"),
    (AGE, "121", "from 0 to 120"),
    (AGE, "in my seventies", "is not a number"),
    (INTAKES, "1.5", "1.5 is not a whole number."),
    (INTAKES, "25", "from 1 to 24"),
    (AMOUNT, "200 ml", "Write milligrams, such as 200 mg."),
    (AMOUNT, "-200", "cannot be right"),
    (CREATININE, "1.4 mmol/L", "'mmol/L' is no unit of this. Write mg/dL or umol/L."),
    (CREATININE, "120 mg/dL", "120 mg/dL cannot be right. Write a number from 0.05 to 20."),
    (CREATININE, "9999", "9999 cannot be right in any unit."),
    (TIMES, "8", 'Write "08:00".'),
    (TIMES, "later", 'such as "20:00"'),
    (TIMES, "twice a day", "is not a clock time"),
    (INTAKES, "weekly", "is not each day"),
    (INTAKES, "2-0-2", "is not the unit here"),
    (AMOUNT, "1.000 mg", "is not an amount"),
    (AMOUNT, "1.000", "can be read in two ways"),
    (AMOUNT, "100-200 mg", "is not a"),
    (TIMES, "08:00, 24:00", "'24:00' is not a clock time."),
    (Named(WORDS), "x" * 501, "This name has 501 characters. Write at most 500."),
    (NameList(WORDS), "x" * 501, "Write at most 500."),
    (NameList(WORDS), "x," * 101, "These are 101 entries. Write at most 100."),
    (NameList(WORDS), "Yes", "Which? Write the names, with commas between them."),
    (BASIS, "magnesium compound", "is none of these"),
    (
        COUNTRY,
        "Atlantis",
        "'Atlantis' is no country known here. Write its name, or two letters such as US, UK, DE, AT.",
    ),
]
KINDS = list({id(kind): kind for kind, _, _ in READ}.values())


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_what_is_right_is_read(kind: AnswerKind, text: str, value: object) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_what_is_shown_reads_as_the_same(kind: AnswerKind, text: str, value: object) -> None:
    assert kind.read(kind.shown(kind.read(text))) == value


@pytest.mark.parametrize(("kind", "text", "said"), REFUSED)
def test_what_is_wrong_is_refused_with_the_mend(kind: AnswerKind, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".\.") as refused:
        kind.read(text)
    assert said in str(refused.value)


@given(text=st.text(max_size=200), kind=st.sampled_from(KINDS))
def test_any_text_is_read_or_refused(text: str, kind: AnswerKind) -> None:
    said = problem_of(text, kind)
    assert said or isinstance(kind.shown(kind.read(text)), str)


@given(value=st.floats(0, 1e6))
def test_a_number_is_read_as_written(value: float) -> None:
    assert read_number(f"{value:.3f} mg", WORDS.wrong) == (float(f"{value:.3f}"), "mg")
