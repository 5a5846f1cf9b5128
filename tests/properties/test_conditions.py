"""What must hold of every text about an illness, whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support import ROOT

from magcheck import InputError, Profile
from magcheck.checker import default_checker
from magcheck.facts.traits import traits_of, with_traits
from magcheck.reading.conditions import read_condition
from magcheck.terminology.condition_words import words_of

if TYPE_CHECKING:
    from magcheck import Report
    from magcheck.profile import Kidney

CHECKER = default_checker()
BOOK = CHECKER.book
WORDS = BOOK.condition_words
CORPUS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/reading/conditions.yaml").read_text(encoding="utf-8"))
TEXTS = [(str(case["words"]), str(case["list"])) for case in CORPUS]
SUPPLEMENTS = [{"name": "magnesium citrate", "amount_mg": 100, "basis": "elemental", "times": ["20:00"]}]
HEALTHY = {"person": {"age": 40, "sex": "female", "pregnancy": "none"}, "kidney": {"egfr": 95, "disease": False}}
PEOPLE: dict[str, dict[str, Any]] = {
    "healthy": HEALTHY,
    "nothing told": {},
    "last stage": {"person": {"age": 60}, "kidney": {"stage": "G5"}},
    "weak kidneys": {"person": {"age": 70, "sex": "male"}, "kidney": {"egfr": 40}},
    "pregnant": {"person": {"age": 30, "sex": "female", "pregnancy": "pregnant"}},
    "a word that nobody knows": {**HEALTHY, "conditions": ["glorbosis of the frumble"]},
}


def report(person: dict[str, Any], **more: list[str]) -> Report | None:
    """None where the words contradict what was told, which is refused."""
    lists = {name: [*person.get(name, ()), *words] for name, words in more.items()}
    told = {"country": "US", "supplements": SUPPLEMENTS, **person, **lists}
    try:
        return CHECKER.check(Profile.model_validate(told))
    except InputError:
        return None


@pytest.mark.parametrize("name", PEOPLE)
def test_one_more_condition_never_weakens_the_verdict_and_completes_nothing(name: str) -> None:
    before = report(PEOPLE[name])
    assert before is not None
    for words, where in TEXTS:
        after = report(PEOPLE[name], **{where: [words]})
        if after is None:
            continue
        assert after.verdict.rank <= before.verdict.rank, words
        answers = {field for trait in traits_told(words, where) for field, _ in trait}
        assert not (after.complete and not before.complete) or answers, words


def traits_told(words: str, where: str) -> list[tuple[tuple[str, Any], ...]]:
    return [trait.implies for trait in traits_of(Profile.model_validate({where: [words]}), BOOK).traits]


@pytest.mark.parametrize("form", ["CKD {}", "stage {} CKD", "CKD stage {}", "chronic kidney disease, stage {}"])
def test_a_worse_stage_is_never_weaker(form: str) -> None:
    ranks = [
        report({"person": {"age": 40}}, conditions=[form.format(s)]) for s in ("1", "2", "3a", "3b", "4", "5")
    ]
    verdicts = [found.verdict.rank for found in ranks if found]
    assert verdicts == sorted(verdicts, reverse=True)
    assert len(verdicts) == 6


def test_a_lower_value_is_never_weaker() -> None:
    found = [report({"person": {"age": 40}}, conditions=[f"eGFR {value}"]) for value in range(120, 4, -4)]
    ranks = [one.verdict.rank for one in found if one]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize(("words", "where"), TEXTS, ids=[words for words, _ in TEXTS])
def test_no_word_is_lost(words: str, where: str) -> None:
    kind = where.removesuffix("s")
    whole = read_condition(words, WORDS, kind)
    for word in words_of(words):
        if word.is_sign:
            continue
        less = read_condition(words[: word.start] + words[word.end :], WORDS, kind)
        traces = (*whole.not_read, *whole.details)
        changed = told(whole) != told(less)
        assert changed or any(word.text in trace for trace in traces), word.text


def told(reading: Any) -> tuple[object, ...]:
    return tuple(getattr(reading, name) for name in ("present", "implied", "asks", "denied", "family", "not_read"))


SAME = [
    [
        "CKD 3b",
        "CKD stage 3b",
        "stage 3b CKD",
        "stage IIIb CKD",
        "CKD G3b",
        "CKD G3bA2",
        "N18.32",
        "n1832",
        "ckd stage 3 b",
        "Chronic kidney disease stage 3B (disorder)",
        "chronische Niereninsuffizienz Stadium 3b",
        "enfermedad renal crónica estadio 3b",
    ],
    [
        "CKD 4",
        "CKD stage 4",
        "CKD stage IV",
        "CKD stage four",
        "stage 4 chronic kidney disease",
        "N18.4",
        "CKD 3-4",
        "Niereninsuffizienz Grad 4",
        "insuffisance rénale stade 4",
        "insufficienza renale stadio 4",
        "CKD, stage 4",
    ],
    ["CKD 5", "CKD stage 5", "CKD V", "N18.5", "CKD stage five", "CKD G5", "eGFR <15 CKD"],
    [
        "on dialysis",
        "Z99.2",
        "hemodialysis",
        "haemodialysis",
        "Dialyse",
        "sous dialyse",
        "en diálisis",
        "in dialisi",
        "nierdialyse",
    ],
    [
        "CKD",
        "chronic kidney disease",
        "N18.9",
        "renal disease",
        "Niereninsuffizienz",
        "insuffisance rénale",
        "nierinsufficiëntie",
    ],
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: str(spellings[0]))
def test_no_two_spellings_of_one_thing_differ(spellings: list[str]) -> None:
    def kidney(words: str) -> Kidney:
        told = Profile.model_validate({"conditions": [words]})
        return with_traits(told, traits_of(told, BOOK).traits, BOOK).kidney

    assert {words: kidney(words) for words in spellings} == dict.fromkeys(spellings, kidney(spellings[0]))


@pytest.mark.parametrize(
    ("kidney", "words", "stage"),
    [
        ({"stage": "G5"}, "severe kidney disease", "G5"),
        ({"stage": "G5"}, "CKD stage 2", "G5"),
        ({"stage": "G2"}, "CKD stage 4", "G4"),
        ({}, "CKD stage 4", "G4"),
        ({"stage": "G3"}, "CKD 3a", "G3"),
    ],
)
def test_a_condition_never_makes_a_told_stage_better(kidney: dict[str, str], words: str, stage: str) -> None:
    told = Profile.model_validate({"kidney": kidney, "conditions": [words]})
    assert with_traits(told, traits_of(told, BOOK).traits, BOOK).kidney.stage == stage


def test_the_last_stage_stays_the_last_stage() -> None:
    found = report({"kidney": {"stage": "G5"}}, conditions=["severe kidney disease"])
    assert found is not None
    assert "kidney-egfr-below-15" in [finding.rule for finding in found.findings]


def test_no_kidney_disease_told_and_a_kidney_condition_counts_and_is_said() -> None:
    found = report({"person": {"age": 40}, "kidney": {"disease": False, "egfr": 80}}, conditions=["nephropathy"])
    assert found is not None
    assert "kidney-disease-egfr-60-or-more" in [finding.rule for finding in found.findings]
    assert any("although you told us no kidney disease" in one.what for one in found.assumed)


@pytest.mark.parametrize(
    "words", ["no CKD", "denies kidney disease", "not on dialysis", "keine Nierenkrankheit", "kidneys fine"]
)
def test_what_is_denied_makes_nothing_better(words: str) -> None:
    for kidney in ({"stage": "G5"}, {"egfr": 20}, {"disease": True}, {}):
        plain, denied = report({"kidney": kidney}), report({"kidney": kidney}, conditions=[words])
        assert plain is not None
        assert denied is not None
        assert (denied.verdict, denied.findings) == (plain.verdict, plain.findings)
        assert any("not present" in one.what for one in denied.assumed)


@pytest.mark.parametrize(
    "words",
    [
        "CKD not ruled out",
        "no improvement of kidney disease",
        "no severe kidney disease",
        "not normal kidney function",
        "no longer on dialysis",
        "no more dialysis",
        "not yet on dialysis",
        "no CKD and dialysis",
        "CKD no",
        "no kidney failure, dialysis",
        "I don't think I have kidney disease",
        "denies no kidney disease",
        "CKD unlikely",
        "no CKD stage 5",
    ],
)
def test_a_denial_that_is_none_is_never_taken_for_one(words: str) -> None:
    found = report({**HEALTHY, "kidney": {"egfr": 95}}, conditions=[words])
    assert found is not None
    assert not found.ok


@pytest.mark.parametrize(
    "words",
    [
        "neuropathic pain",
        "cataract",
        "tennis elbow",
        "H25.9",
        "fracture of left wrist (disorder)",
        "appendectomy 1998",
    ],
)
def test_a_condition_of_which_no_page_speaks_is_named_and_leaves_the_report_complete(words: str) -> None:
    plain, found = report(HEALTHY), report(HEALTHY, conditions=[words])
    assert plain is not None
    assert found is not None
    assert (found.verdict, found.complete) == (plain.verdict, True)
    assert any(words in one.what for one in found.assumed)
