"""A heading leads what follows: a denial, a relative, the past before a colon weaken nothing before it."""

from __future__ import annotations

import pytest

from magcheck import check
from magcheck.checker import default_checker
from magcheck.reading.conditions import ConditionReading, read_condition

WORDS = default_checker().book.condition_words
HEADINGS = {
    "denied": (
        "Ruled out", "Negative", "Excluded", "Absent", "No history of", "Denies", "Not present",
        "Ausgeschlossen", "Verneint", "Kein Hinweis auf", "Exclu", "Absence de", "Pas de",
        "Descartado", "Niega", "Escluso", "Nega", "Assenza di", "Uitgesloten", "Zonder",
    ),
    "a relative's": (
        "Mother", "Father", "Family history", "In the family", "Mutter", "Familienanamnese", "Familiengeschichte",
        "Mère", "Antécédents familiaux", "Madre", "Antecedentes familiares", "Padre", "Anamnesi familiare",
        "Moeder", "Familiegeschiedenis",
    ),
    "over": ("Resolved", "Healed", "Recovered", "Ausgeheilt", "Guéri", "Resuelto", "Risolto", "Genezen"),
    "before": ("History of", "Past", "Childhood", "Last year", "Früher", "Antécédents", "Pregresso"),
}  # fmt: skip
EVERY = [(kind, heading) for kind, headings in HEADINGS.items() for heading in headings]
COLON = [
    "{a}\n{h}:\n{b}", "{a}\n{h}: {b}", "{a} ({h}: {b})", "{a} [{h}: {b}]", "{a} - {h}: {b}", "{a} \u2013 {h}: {b}",
    "{a} — {h}: {b}", "{a}, {h}: {b}", "{a}; {h}: {b}", "{a}. {h}: {b}", "{a} | {h}: {b}", "{a} / {h}: {b}",
    "{a} {h}: {b}", "{a}, {h}:\n{b}", "{a} - {h}:\n{b}", "{a}\r\n\r\n{h}:\r\n- {b}",
    "gout\n{a}\n**{h}:**\n{b}\nasthma",
]  # fmt: skip
EITHER_WAY = ["{a}\n{h}\n{b}", "{a} - {h} - {b}", "{a} \u2013 {h} \u2013 {b}", "- {a}\n- {h}\n- {b}"]
AVOID = [
    ("conditions", "myasthenia gravis", "asthma"),
    ("conditions", "on dialysis", "gout"),
    ("conditions", "heart block", "diabetes"),
    ("conditions", "acute kidney injury", "migraine"),
    ("symptoms", "confusion", "headache"),
    ("symptoms", "slow breathing", "nausea"),
]


def read(words: str, where: str = "conditions") -> ConditionReading:
    return read_condition(words, WORDS, where.removesuffix("s"))


def names(reading: ConditionReading) -> set[str]:
    return {named.name for named in reading.present}


def counted(reading: ConditionReading) -> set[str]:
    return names(reading) | {named.name for ask in reading.asks for named in ask.takes}


@pytest.mark.parametrize(("where", "before", "behind"), AVOID)
@pytest.mark.parametrize(("kind", "heading"), EVERY)
def test_a_heading_weakens_nothing_before_it(
    kind: str, heading: str, where: str, before: str, behind: str
) -> None:
    for shape in (*COLON, *EITHER_WAY):
        words = shape.format(a=before, h=heading, b=behind)
        reading = read(words, where)
        assert names(read(before, where)) <= counted(reading), (kind, words)
        assert shape in EITHER_WAY or names(read(before, where)) <= names(reading), (kind, words)
        assert before not in (*reading.denied, *reading.family), (kind, words)


@pytest.mark.parametrize("shape", COLON)
@pytest.mark.parametrize(("kind", "heading"), [pair for pair in EVERY if pair[0] in ("denied", "a relative's")])
def test_it_leads_what_follows(kind: str, heading: str, shape: str) -> None:
    reading = read(shape.format(a="diabetes", h=heading, b="migraine"))
    assert "diabetes" in names(reading)
    assert "migraine" in (reading.denied if kind == "denied" else reading.family)


@pytest.mark.parametrize("heading", ["Negative", "Ruled out", "Mother", "Resolved", "Mutter", "Exclu", "Madre"])
@pytest.mark.parametrize("shape", EITHER_WAY)
def test_without_a_colon_both_are_asked(shape: str, heading: str) -> None:
    reading = read(shape.format(a="diabetes", h=heading, b="migraine"))
    assert names(reading) == {"diabetes", "migraine"}
    assert {ask.words for ask in reading.asks} == {"diabetes", "migraine"}


@pytest.mark.parametrize("heading", ["Negative", "Ruled out:", "Mother", "Family history", "Verneint", "Exclu :"])
def test_a_text_that_begins_with_a_heading_is_led_by_it(heading: str) -> None:
    reading = read(f"{heading}\nmigraine\nheart block")
    assert names(reading) == {"heart block"}  # how far the heading reaches, nobody can tell
    assert {ask.words for ask in reading.asks} == {"heart block"}


@pytest.mark.parametrize("ending", ["Current:", "Me:", "Present:"])
def test_another_heading_ends_it(ending: str) -> None:
    reading = read(f"Mother:\nmigraine\n{ending}\nheart block")
    assert names(reading) == {"heart block"}
    assert not reading.asks


@pytest.mark.parametrize(
    "heading", ["Negative:", "Ruled out:", "Mother:", "Family history:", "Mother", "Negative"]
)
@pytest.mark.parametrize("own", ["Current: heart block", "Positive:\nheart block", "Me: heart block"])
@pytest.mark.parametrize("before", ["", "gout\n"])
def test_an_empty_heading_takes_nothing_from_the_next(before: str, own: str, heading: str) -> None:
    assert "heart block" in names(read(f"{before}{heading}\n{own}"))


@pytest.mark.parametrize(
    ("words", "present"),
    [
        ("asthma: ruled out", set[str]()),
        ("CKD - ruled out", set[str]()),
        ("CKD ruled out: yes", set[str]()),
        ("surgery planned: no", set[str]()),
        ("asthma (mother)", set[str]()),
        ("asthma - mother", set[str]()),
        ("asthma: no; gout: yes", {"gout"}),
        ("Mother: none. Father: asthma", set[str]()),
        ("mother and father: asthma", set[str]()),
        ("me and mother: asthma", {"asthma"}),
        ("not ruled out: asthma", {"asthma"}),
        ("gout (not ruled out: asthma)", {"asthma", "gout"}),
        ("none: asthma", {"asthma"}),
        ("no symptoms of: heart block", {"heart block"}),
        ("myasthenia gravis ruled out: xyzzy", {"myasthenia gravis"}),
        ("Past medical history:\nheart block", {"heart block"}),
    ],
)
def test_an_answer_is_no_heading(words: str, present: set[str]) -> None:
    assert names(read(words)) == present


BOXES = ["☐ {}", "[ ] {}", "[] {}", "- [ ] {}", "{}: -", "{}: —", "{} [ ]", "{}: [ ]", "{} ☐", "✗ {}", "{} (-)"]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize(("where", "name", "other"), AVOID)
def test_an_empty_box_is_no_yes_and_no_no(box: str, where: str, name: str, other: str) -> None:
    for words in (box.format(name), f"{box.format(name)}\n{other}", f"{other}\n{box.format(name)}"):
        reading = read(words, where)
        assert names(read(name, where)) <= names(reading)
        assert [ask.words for ask in reading.asks] == [name], words


@pytest.mark.parametrize("box", ["☑ {}", "[x] {}", "[X] {}", "☒ {}", "✓ {}", "- [x] {}", "- {}", "• {}"])
def test_a_ticked_box_is_a_yes(box: str) -> None:
    reading = read(box.format("heart block"))
    assert names(reading) == {"heart block"}
    assert not reading.asks


def test_a_box_between_two_names_is_asked_of_both() -> None:
    assert {ask.words for ask in read("heart block ☐ asthma ☑").asks} == {"heart block", "asthma"}
    assert {ask.words for ask in read("heart block: -, asthma: yes").asks} == {"heart block"}


PASSING = [
    "AKI", "acute kidney injury", "bowel obstruction", "colonoscopy", "dehydration",
    "akutes Nierenversagen", "Darmspiegelung", "coloscopie", "lesión renal aguda", "ileus", "N17.9",
]  # fmt: skip
WHEN = [
    "{} 2015", "{} (2020)", "{} in 2020", "{}, 2019", "{} 03/2020", "2018: {}", "{} last year",
    "{} letztes Jahr", "{} l'année dernière", "{} el año pasado", "{} l'anno scorso", "{} vorig jaar",
]  # fmt: skip


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("when", WHEN)
def test_an_illness_of_the_moment_with_a_day_that_is_past_counts_and_is_asked(when: str, name: str) -> None:
    reading = read(when.format(name))
    assert counted(reading) >= names(read(name))
    assert reading.asks


@pytest.mark.parametrize("words", ["AKI", "AKI since 2020", "colonoscopy 2027", "colonoscopy next week"])
def test_what_is_so_now_or_lies_ahead_is_not_asked(words: str) -> None:
    assert not read(words).asks


def report(words: str) -> tuple[str, bool]:
    found = check(
        {
            "person": {"age": 45, "sex": "male"},
            "kidney": {"egfr": 95},
            "conditions": [words],
            "symptoms": [],
            "medications": [],
            "supplements": ["magnesium glycinate 100 mg elemental"],
        }
    )
    return found.verdict.value, found.complete


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("diabetes\nmyasthenia gravis\nRuled out:\nasthma", ("avoid", True)),
        ("diabetes\non dialysis\nResolved:\nasthma", ("avoid", True)),
        ("myasthenia gravis - Father - asthma", ("avoid", False)),
        ("AKI 2015", ("avoid", False)),
        ("[ ] dialysis", ("avoid", False)),
    ],
)
def test_the_report_says_so(words: str, said: tuple[str, bool]) -> None:
    assert report(words) == said
