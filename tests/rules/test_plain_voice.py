"""The plain voice informs and sends people to ask; it never orders a treatment with a medicine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from magcheck import Profile, Report
from magcheck.checker import default_checker
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.rule import Expectation, Rule
from magcheck.rendering.outline import SectionKind
from magcheck.rendering.report_outline import report_outline
from magcheck.rendering.voice import Voice

BOOK = load_rules()
MEDICINES = "medicines? medication drugs? tablets? pills? antibiotics? insulin treatment therapy prescription"
MEDICINE = rf"(?:{'|'.join(MEDICINES.split())}|{{medicine}})"
YOUR = r"(?:your|the|this|these|that|any|all|an?)"
HOLD_BACK = r"(?:stop|pause|skip|quit|discontinue|leave out|come off|wean off|hold)(?: taking)?"
CHANGE = r"(?:increase|raise|double|halve|reduce|lower|cut|change|adjust|split)"
BEGIN = r"(?:take|start|begin|resume|restart|swallow|inject|use|switch to|replace)"
CLAUSE = r"(?:^|[,;:] |\b(?:and|or|then) )"
"""Where an imperative stands."""
ORDERS = [
    re.compile(rf"{CLAUSE}{HOLD_BACK} (?:{YOUR} )?(?:\w+ )?{MEDICINE}(?!\w)"),
    re.compile(rf"{CLAUSE}{CHANGE} (?:{YOUR} )?(?:\w+ )?(?:dose|doses|dosage|{MEDICINE})(?!\w)"),
    re.compile(rf"{CLAUSE}{BEGIN} (?:{YOUR} )?(?:\w+ )?{MEDICINE}(?!\w)"),
    re.compile(
        rf"{CLAUSE}(?:{BEGIN}|give|start with) \d[\d.,]*(?: to \d[\d.,]*)? ?(?:mg|mcg|g|ml|iu|tablets?|drops?)\b"
    ),
    re.compile(r"\byou (?:must|should|need to|have to) (?:take|stop|start|increase|reduce|switch)\b"),
]
"""What only a prescriber may say."""
ALLOWED = re.compile(
    r"\b(?:do not|don't|never|no one should|before you|ask (?:\w+ )*?(?:when to|which|whether|how|if|before)"
    r"|until you|if you|as long as you|while you|when you|that you|unless you)\b[^.;:!?]*$"
)
"""The words before an order that turn it into a warning or a question."""
OF_MAGNESIUM = re.compile(r"\bmagnesium\b")


def orders_in(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """Every treatment order in `text`; `names` are medicines of the person."""
    verbs = f"{CLAUSE}(?:{HOLD_BACK}|{CHANGE}|{BEGIN})"
    named = [re.compile(rf"{verbs} (?:{YOUR} )?{re.escape(name.casefold())}(?!\w)") for name in names]
    return [
        said
        for sentence in re.split(r"(?<=[.;:!?])\s+", text.casefold())
        for order in (*ORDERS, *named)
        for said in _spoken(order, sentence)
    ]


def _spoken(order: re.Pattern[str], sentence: str) -> Iterator[str]:
    for found in order.finditer(sentence):
        told_of_magnesium = OF_MAGNESIUM.search(sentence[found.start() : found.end() + 25])
        if not ALLOWED.search(sentence[: found.start()]) and not told_of_magnesium:
            yield found[0]


@pytest.mark.parametrize(
    "order",
    [
        "Stop taking your medicine.",
        "Stop your tablets and call your doctor.",
        "Pause this antibiotic for two days.",
        "Take 400 mg of ibuprofen.",
        "Take 2 tablets at night.",
        "Increase your dose.",
        "Halve the dose until you feel well.",
        "Start a water tablet.",
        "You should stop the treatment.",
        "Leave out {medicine} today.",
        "Take {medicine} at least 2 hours before magnesium.",
        "It is new; take levothyroxine in the evening.",
    ],
)
def test_an_order_is_recognised(order: str) -> None:
    assert orders_in(order, ("levothyroxine",))


@pytest.mark.parametrize(
    "said",
    [
        "Do not stop a medicine on your own.",
        "Do not change your medicines because of it.",
        "Ask which medicines to pause then.",
        "Ask your pharmacist before you take {medicine}.",
        "Stop magnesium and call your doctor today.",
        "Start with 100 to 150 mg of magnesium itself a day.",
        "Keep levothyroxine and magnesium apart: levothyroxine at least 4 hours before magnesium.",
    ],
)
def test_a_warning_or_a_question_is_no_order(said: str) -> None:
    assert not orders_in(said, ("levothyroxine",))


@pytest.mark.parametrize("page", BOOK.rules, ids=[page.id for page in BOOK.rules])
def test_no_page_orders_a_treatment(page: Rule) -> None:
    texts = (page.title, page.what_to_do, page.headline, page.why, page.seriousness)
    assert [order for text in texts if text for order in orders_in(text)] == []


def test_no_sentence_of_our_own_orders_a_treatment() -> None:
    sentences = [*_strings(BOOK.wording.model_dump()), *(q.question for q in BOOK.questions.values())]
    assert [order for text in sentences for order in orders_in(text.replace("{item}", "{medicine}"))] == PLANNED


PLANNED = [*["take {medicine}"] * 2, *["leave out {medicine}"] * 2, *["take {medicine}"] * 2]
"""Changes that a plan proposes where no day is possible, the reminder of a calendar that somebody asked for, and
another hour of a supplement that would change the verdict. The changes are never about what is prescribed: see
`magcheck.plan.repairs`, `magcheck.alternatives` and their tests."""


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)


def _reports(page: Rule) -> Iterator[Report]:
    for example in page.examples:
        if example.expect is Expectation.FIRES:
            yield default_checker().check(Profile.model_validate(example.given))


@pytest.mark.parametrize("page", BOOK.rules, ids=[page.id for page in BOOK.rules])
def test_no_report_of_an_example_orders_a_treatment(page: Rule) -> None:
    for report in _reports(page):
        names = tuple(
            dict.fromkeys(
                word
                for one in report.recognised
                if one.list == "medications" and "magnesium" not in one.classes
                for word in (*one.ingredients, one.input)
                if "magnesium" not in word.casefold()
            )
        )
        for section in report_outline(report, BOOK.wording, Voice.PLAIN).sections:
            if section.kind in (SectionKind.ADVICE, SectionKind.KEPT):
                for entry in section.entries:
                    said = " ".join((entry.text, *(text for label, text in entry.details if label == "Because")))
                    assert orders_in(said, names) == [], entry.text
