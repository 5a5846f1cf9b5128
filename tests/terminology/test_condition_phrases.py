"""What phrases about illnesses are found in a text, which stems are never missed, and what codes say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck.terminology.condition_words import ConditionWords, Meant, Says, words_of

GROUPS: dict[str, Any] = {
    "groups": {
        "kidney": {"asks": "kidney.disease", "takes": {"condition": "kidney disease"}},
        "heart": {"asks": "conditions", "takes": {}},
        "graft": {"asks": "conditions", "takes": {}},
    },
    "stages": {"3b": ["G3b", "stage 3b"], "4": ["G4"]},
    "albumin": ["a1", "a2"],
    "signs": {"above": [">"], "below": ["<"], "comma": [",", ";"], "and": ["+"], "or": None},
    "passing": ["fever"],
}
ENGLISH: dict[str, Any] = {
    "names": {
        "conditions": {
            "heart failure": ["CHF", "weak heart"],
            "gout": None,
            "Süd-Leiden": ["end-stage gout", "p.r.n gout"],
        },
        "symptoms": {"fever": ["hot"]},
    },
    "no page": {"skin": ["acne", "dry skin"]},
    "pregnancy": {"pregnant": ["expecting"]},
    "normal": {"kidney value": ["kidneys fine"]},
    "procedures": ["bypass"],
    "examinations": ["colonoscopy"],
    "numbers": {2: ["two"]},
    "no": ["no", "without"],
    "and": ["and"],
    "only alone": ["Süd", "ED"],
    "time days": {7: ["week", "Wöche"], 1: ["day"]},
    "stems": {"kidney": ["renal", "kidne", "ren"], "heart": ["cardi", "adrenal heart"]},
    "not stems": ["adrenal", "Rénin"],
    "history": None,
}
MORE: dict[str, Any] = {
    "stems": {"graft": ["renalgraft"], "heart": ["herz"]},
    "no": ["kein"],
    "time days": {30: ["monat"]},
}
CODES = [
    {"code": "N18", "means": "condition=kidney disease"},
    {"code": "N184", "means": "condition=kidney disease; kidney.stage=4"},
    {"code": "O10", "means": "asks=pregnancy"},
]
WORDS = ConditionWords([ENGLISH, GROUPS, MORE], {"condition": {"heart weakness": "heart failure"}}, CODES)


def anything(_end: int, _meant: Meant) -> bool:
    return True


def longest(text: str, start: int = 0) -> tuple[int, list[tuple[str, str]]] | None:
    found = WORDS.longest(words_of(text), start, anything)
    return None if found is None else (found[0], [(str(meant.says), meant.value) for meant in found[1]])


HEART_FAILURE = ("conditions", "heart failure")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heart failure", (2, [HEART_FAILURE])),
        ("Heart-Failure now", (3, [HEART_FAILURE])),
        ("heart / failure", (3, [HEART_FAILURE])),
        ("(heart failure", None),
        ("heart, failure", None),
        ("heart", None),
        ("heart weakness", (2, [HEART_FAILURE])),
        ("weak heart", (2, [HEART_FAILURE])),
        ("chf", (1, [HEART_FAILURE])),
        ("gout gout", (1, [("conditions", "gout")])),
        ("fever", (1, [("symptoms", "fever")])),
        ("end-stage gout", (4, [("conditions", "Süd-Leiden")])),
        ("end stage gout", (3, [("conditions", "Süd-Leiden")])),
        ("sud leiden", (2, [("conditions", "Süd-Leiden")])),
        ("prn gout", None),
        ("p.r.n. gout", (7, [("conditions", "Süd-Leiden")])),
        ("hot", (1, [("symptoms", "fever")])),
        ("dry skin", (2, [("no page", "dry skin")])),
        ("skin", None),
        ("expecting", (1, [("pregnancy", "pregnant")])),
        ("kidneys fine", (2, [("normal", "kidney value")])),
        ("bypass", (1, [("procedures", "bypass")])),
        ("colonoscopy", (1, [("conditions", "planned bowel examination")])),
        ("two", (1, [("numbers", "2")])),
        ("without", (1, [("no", "")])),
        ("kein", (1, [("no", "")])),
        ("G3b", (1, [("stages", "3b")])),
        ("stage 3B", (2, [("stages", "3b")])),
        ("", None),
    ],
)
def test_a_text_begins_with_this_phrase(text: str, expected: tuple[int, list[tuple[str, str]]] | None) -> None:
    assert longest(text) == expected


def test_a_phrase_is_found_from_its_own_first_word_only() -> None:
    text = "no weak heart failure"
    assert longest(text, 1) == (3, [HEART_FAILURE])
    assert longest(text, 2) == (4, [HEART_FAILURE])
    assert longest(text, 3) is None
    assert longest(text, 4) is None


def test_only_what_fits_is_taken_and_a_shorter_phrase_where_the_longer_does_not() -> None:
    words = ConditionWords(
        [{"names": {"conditions": {"gout": None, "gout attack": None}}, "no": ["gout"]}, GROUPS], {}, []
    )
    text = words_of("gout attack")
    assert words.longest(text, 0, anything) == (2, (Meant(Says.CONDITION, "gout attack"),))
    assert words.longest(text, 0, lambda end, _: end == 1) == (
        1,
        (Meant(Says.CONDITION, "gout"), Meant(Says.NO)),
    )
    assert words.longest(text, 0, lambda end, meant: end == 1 and meant.says is Says.NO) == (1, (Meant(Says.NO),))


def test_what_a_word_names_goes_before_what_it_does_to_others() -> None:
    """Whatever the order of the lists."""
    lists: list[dict[str, Any]] = [
        {"no": ["x"], "and": ["x"], "names": {"symptoms": {"x": None}}},
        {"names": {"conditions": {"x": ["x"]}}},
    ]
    found = ConditionWords(lists, {}, []).longest(words_of("x"), 0, anything)
    assert found is not None
    assert [meant.says for meant in found[1]] == [Says.CONDITION, Says.SYMPTOM, Says.AND, Says.NO]


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("renal", "kidney"),
        ("perirenal", "kidney"),
        ("renitis", "kidney"),
        ("siren", None),
        ("old renitis", "kidney"),
        ("old siren", None),
        ("adrenal", None),
        ("adrenalrenal", "kidney"),
        ("renin", None),
        ("pericardial", "heart"),
        ("cardi", "heart"),
        ("card", None),
        ("xkidne", "kidney"),
        ("herzweh", "heart"),
        ("schmerz", None),
        ("renalgraft", "graft"),
        ("renal cardi", "kidney"),
        ("cardi renal", "kidney"),
        ("acne", None),
        ("", None),
    ],
)
def test_a_word_belongs_to_the_group_whose_stem_it_carries(word: str, group: str | None) -> None:
    """A stem of five letters stands anywhere, a shorter one at the beginning; the longest stem says most."""
    assert WORDS.group_of(word) == group


@pytest.mark.parametrize(
    ("norm", "stage"),
    [("g3ba2", "3b"), ("g4a1", "4"), ("g4a3", None), ("g4", None), ("a2", None), ("gouta1", None), ("", None)],
)
def test_a_stage_may_be_followed_by_a_degree_of_albumin(norm: str, stage: str | None) -> None:
    assert WORDS.stage_with_albumin(norm) == stage


@pytest.mark.parametrize(
    ("code", "means"),
    [
        ("N18", (("condition", "kidney disease"),)),
        ("N18.9", (("condition", "kidney disease"),)),
        ("n18.4", (("condition", "kidney disease"), ("kidney.stage", "4"))),
        ("N184", (("condition", "kidney disease"), ("kidney.stage", "4"))),
        ("N184XXA", (("condition", "kidney disease"), ("kidney.stage", "4"))),
        ("O10.1", (("asks", "pregnancy"),)),
        ("N17", None),
        ("N1", None),
        ("N184XXAA", None),
        ("118", None),
        ("NN8", None),
        ("N18-4", None),
        ("N18é", None),
        ("", None),
    ],
)
def test_a_code_says_what_its_row_says_or_that_of_the_wider_code(
    code: str, means: tuple[tuple[str, str], ...] | None
) -> None:
    row = WORDS.code(code)
    assert (None if row is None else row.means) == means


def test_tables_of_all_lists_are_put_together() -> None:
    assert WORDS.union("no") == ("no", "without", "kein")
    assert WORDS.union("history") == ()
    assert WORDS.days == {"week": 7, "woche": 7, "day": 1, "monat": 30}
    assert WORDS.only_alone == {"sud", "ed"}
    assert WORDS.signs == {">": Says.ABOVE, "<": Says.BELOW, ",": Says.COMMA, ";": Says.COMMA, "+": Says.AND}
    assert WORDS.listed("passing") == {"fever"}
    assert WORDS.listed("or") == frozenset()
    assert WORDS.rule("albuminuria") == {}
    assert list(WORDS.groups) == ["kidney", "heart", "graft"]
    assert WORDS.groups["kidney"].asks == "kidney.disease"


def test_names_are_offered_for_what_is_spelled_nearly_like_them() -> None:
    assert WORDS.spellings.near("gouty", 1) == ["gout"]
    assert WORDS.spellings.near("haert failure", 1) == ["heart failure"]
    assert WORDS.spellings.near("dry skim", 1) == ["dry skin"]
    assert WORDS.spellings.near("withouts", 1) == []
    assert WORDS.spellings.near("expectin", 1) == []


def test_without_any_list_nothing_is_known() -> None:
    nothing = ConditionWords([], {}, [])
    assert nothing.longest(words_of("heart"), 0, anything) is None
    assert nothing.group_of("renal") is None
    assert nothing.stage_with_albumin("g3ba2") is None
    assert [*nothing.groups, *nothing.signs, *nothing.days] == []


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("Stage-4 CKD", ["stage", "-", "4", "ckd"]),
        ("eGFR 28,5", ["egfr", "28.5"]),
        ("1.5 1,5 1.5.2", ["1.5", "1.5", "152"]),
        ("d'insuffisance l\u2019eau", ["d", "insuffisance", "l", "eau"]),
        ("can't", ["cant"]),
        ("s/p", ["s", "/", "p"]),
        ("\uff9e", ["\uff9e"]),
        ("Übel_keit", ["ubel", "_", "keit"]),
        ("d'e", ["de"]),
    ],
)
def test_a_text_is_cut_into_words_and_signs(text: str, norms: list[str]) -> None:
    assert [word.norm for word in words_of(text)] == norms


@given(st.text(max_size=30) | st.text("aé\uff9e\u0301\u093f1.,'\u2019-_ ", max_size=30))
def test_every_sign_that_is_no_space_stands_in_one_word_that_has_a_norm(text: str) -> None:
    words = words_of(text)
    covered = [place for word in words for place in range(word.start, word.end)]
    assert covered == sorted(set(covered))
    assert all(text[place].isspace() for place in set(range(len(text))) - set(covered))
    assert all(word.norm and text[word.start : word.end] == word.text for word in words)
