"""The word lists of conditions: every name exists, no diagnosis hides a red flag, every stem asks."""

from __future__ import annotations

import csv
from itertools import product
from typing import Any

import pytest

from magcheck import Profile
from magcheck.checker import default_checker
from magcheck.facts.traits import traits_of
from magcheck.knowledge.document import read_document
from magcheck.reading.conditions import read_condition
from magcheck.terminology.normalise import normal
from tests.support import ROOT

BOOK = default_checker().book
WORDS = BOOK.condition_words
FOLDER = ROOT / "rules" / "vocabulary" / "conditions"
LANGUAGES = ("de", "en", "es", "fr", "it", "nl")
NAMES = {kind: set(BOOK.traits[kind].values()) for kind in ("condition", "symptom", "goal")}


def document(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.yaml"
    data: dict[str, Any] = read_document(path.read_bytes(), path.name).data
    return data


DIAGNOSES: dict[str, list[str]] = document("diagnoses")["no page"]
ALL_DIAGNOSES = sorted(word for words in DIAGNOSES.values() for word in words)
DECIDED = {normal(word) for word in document("diagnoses")["decided"]}
CODES = list(csv.DictReader((ROOT / "rules/vocabulary/icd10.csv").read_text(encoding="utf-8").splitlines()))


def test_at_least_four_hundred_diagnoses_are_known_of_which_no_page_speaks() -> None:
    assert len(ALL_DIAGNOSES) >= 400
    assert len(set(ALL_DIAGNOSES)) == len(ALL_DIAGNOSES)


@pytest.mark.parametrize("chapter", DIAGNOSES)
def test_no_diagnosis_hides_a_red_flag(chapter: str) -> None:
    flagged = [
        word
        for word in DIAGNOSES[chapter]
        if normal(word) not in DECIDED and any(WORDS.group_of(part) for part in normal(word).split())
    ]
    assert flagged == []


def test_no_diagnosis_is_the_name_of_a_condition_of_ours() -> None:
    known = BOOK.traits["condition"].keys() | BOOK.traits["symptom"].keys()
    assert [word for word in ALL_DIAGNOSES if normal(word) in known] == []


def test_every_diagnosis_is_understood_and_asks_nothing() -> None:
    found = traits_of(Profile.model_validate({"conditions": ALL_DIAGNOSES[:100]}), BOOK)
    for word in ALL_DIAGNOSES:
        reading = read_condition(word, WORDS)
        assert reading.understood, word
        assert not reading.asks, word
    assert not found.unread
    assert not found.asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_word_list_is_one_of_ours(language: str) -> None:
    lists = document(language)
    for kind, entries in lists["names"].items():
        assert set(entries) <= NAMES[kind.removesuffix("s")], kind
    for section in ("asks", "stems"):
        assert set(lists[section]) <= set(WORDS.groups)
    assert set(lists.get("pregnancy", {})) <= {"pregnant", "breastfeeding", "none"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spelling_is_read_as_its_name(language: str) -> None:
    wrong = []
    for section, entries in document(language)["names"].items():
        kind = section.removesuffix("s")
        for name, spellings in entries.items():
            for spelling in spellings or ():
                reading = read_condition(spelling, WORDS, kind)
                if name not in {named.name for named in reading.present} or reading.not_read:
                    wrong.append((spelling, name, reading))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", ["kidney", "heart", "slow heart", "muscle", "bowel", "pregnancy"])
def test_an_unknown_word_with_the_stem_of_a_red_flag_asks(language: str, group: str) -> None:
    for stem in document(language)["stems"].get(group, ()):
        reading = read_condition(f"{stem}xyzopathia", WORDS)
        assert reading.asks, stem
        assert WORDS.groups[group].asks in {ask.field for ask in reading.asks}


def test_every_code_means_something_of_ours() -> None:
    fields = {"kidney.stage", "kidney.disease", "kidney.dialysis", "kidney.acute", "person.pregnancy"}
    for row in CODES:
        for part in row["means"].split("; "):
            key, _, value = part.partition("=")
            if key in ("condition", "symptom"):
                assert value in NAMES[key], row
            elif key == "asks":
                assert value in WORDS.groups, row
            else:
                assert key in fields | {"nothing", "unknown"}, row


def test_rules_of_the_groups_name_what_exists() -> None:
    names = NAMES["condition"] | NAMES["symptom"]
    assert set(WORDS.rule("passing")) <= names
    assert set(WORDS.rule("passing groups")) <= {*WORDS.groups, "pregnant"}
    assert set(WORDS.rule("passing groups").values()) <= {*WORDS.groups, "conditions"}
    assert WORDS.listed("elsewhere too") | WORDS.listed("unless alone") <= set(WORDS.groups)
    assert {*WORDS.rule("worse"), *WORDS.rule("worse").values()} <= names
    assert WORDS.listed("staged") | WORDS.listed("operations") <= names
    for group in WORDS.groups.values():
        assert group.asks == "conditions" or group.asks in BOOK.questions


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        (
            "E85.3 E85.4 E88.3 I75.81 I77.73 K91.83 M30.0 M31.1 M31.3 M31.31 M62.82 Q79.4 R39.2 T79.6 T85.611",
            "kidney",
        ),
        ("A27.0 A52.75 A98.5 E72.53 E75.2 E75.21 Q85.8 A18.11", "kidney"),
        ("K40.1 K41.0 K42.1 K43.4 K44.1 K45.1 K46.1 P77.9 Z98.0", "bowel"),
        ("A80.9 B91 M36.0 P94.2", "muscle"),
        ("R94.31", "heart"),
    ],
)
def test_a_code_below_a_harmless_one_asks_for_its_group(codes: str, group: str) -> None:
    for code in codes.split():
        asked = {ask.field for ask in read_condition(code, WORDS).asks}
        assert WORDS.groups[group].asks in asked, code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Z48.22", "kidney transplant"),
        ("P71.2", "low magnesium"),
        ("E89.6", "addison disease"),
        ("T82.110A", "pacemaker"),
        ("J96.01", "trouble breathing"),
        ("T78.00XA", "swelling of face or throat"),
    ],
)
def test_a_code_below_a_harmless_one_is_what_it_says(code: str, name: str) -> None:
    assert name in {named.name for named in read_condition(code, WORDS).present}


@pytest.mark.parametrize("code", ["M31.30", "E75.22", "R79.82", "J96.10", "K40.90", "T82.9", "Z84.1", "H26.9"])
def test_a_code_of_which_no_page_speaks_asks_nothing(code: str) -> None:
    reading = read_condition(code, WORDS)
    assert reading.understood, code
    assert not reading.asks, code
    assert [named.name for named in reading.present] == [code]


@pytest.mark.parametrize("code", ["E83.5", "E83.81", "E87.8", "R79.89", "P74.3"])
def test_a_code_of_minerals_that_says_too_little_is_not_understood(code: str) -> None:
    assert not read_condition(code, WORDS).understood


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_organ_that_is_fine_is_no_illness_unless_more_is_said(language: str) -> None:
    lists = document(language)
    for organ, good in product(lists["organs"], lists["good"]):
        first = good.split()[0]
        if "dialysis" in organ or organ.endswith(first) or f"{organ} {first}" in lists["organs"]:
            continue  # "kidney function normally" names another organ
        for words in (f"{organ} {good}", f"{organ} {good}, asthma"):
            reading = read_condition(words, WORDS)
            assert not reading.asks, words
            assert not reading.not_read, words
            assert {named.name for named in reading.present} <= {"asthma"}, words
        assert read_condition(f"{organ} {good} zzz", WORDS).asks, (organ, good)


def lasting(means: str) -> set[tuple[str, str]]:
    """What a code says of an illness that does not go away."""
    told = [(key, value) for key, _, value in (part.partition("=") for part in means.split("; "))]
    passing = WORDS.rule("passing").keys() | {"kidney.acute"}
    names = {(key, value) for key, value in told if key == "condition" and value not in passing}
    return names | {(key, value) for key, value in told if key.startswith("kidney.") and key not in passing}


def test_a_code_of_what_lasts_counts_though_it_is_called_past_and_of_what_passes_is_asked() -> None:
    for row in CODES:
        reading = read_condition(f"history of {row['code']}", WORDS)
        counted = {(named.kind, named.name) for named in reading.present}
        counted |= {(key, str(value).lower() if value is True else str(value)) for key, value in reading.implied}
        assert lasting(row["means"]) <= counted, row
        if row["means"].startswith(("symptom=", "kidney.acute=")) and ";" not in row["means"]:
            assert reading.asks, row
            assert not counted, row
