"""What a written line is cut into, and what its numbers are worth."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck.terminology.tokens import number_of, tokenise


@given(st.text(max_size=40) | st.text("aZ1½,..\u2019-_ \u00a0\n;()日がé", max_size=40))
def test_every_character_that_is_no_space_stands_in_one_token(line: str) -> None:
    tokens = tokenise(line)
    covered = [place for token in tokens for place in range(token.start, token.end)]
    assert covered == sorted(set(covered))
    assert all(line[place].isspace() for place in set(range(len(line))) - set(covered))
    assert [token.glued for token in tokens[1:]] == [token.start == last.end for last, token in pairwise(tokens)]
    assert not any(token.glued for token in tokens[:1])
    assert all(token.norm for token in tokens)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("½", 0.5),
        ("¼", 0.25),
        ("¾", 0.75),
        ("⅓", 1 / 3),
        ("⅔", 2 / 3),
        ("⅛", 0.125),
        ("7", 7),
        ("007", 7),
        ("1.5", 1.5),
        (".5", 0.5),
        ("0,5", 0.5),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("12,5", 12.5),
        ("12,55", 12.55),
        ("1,0000", 1.0),
        ("1,000", 1000),
        ("999,000", 999_000),
        ("1,000,000", 1_000_000),
        ("1,234.5", 1234.5),
        ("12,345.67", 12_345.67),
        ("1.234,5", 1234.5),
        ("1'000", 1000),
        ("1\u2019234\u2019567", 1_234_567),
        ("1\u00a0500", 1500),
        ("10\u202f000,5", 10_000.5),
        ("1" * 15, int("1" * 15)),
    ],
)
def test_a_number_has_the_value_that_it_is_written_for(text: str, value: float) -> None:
    assert number_of(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "1.2.3",
        "1.000",
        "1.125",
        "12.500",
        "1,00,000",
        "0,5,5",
        "1,000,00",
        "1.000.000",
        "1.5,000.5",
        "1" * 16,
        "",
        "x",
    ],
)
def test_a_number_that_can_be_read_in_two_ways_has_no_value(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("line", "norms"),
    [
        ("Mg 400mg", ["mg", "400", "mg"]),
        ("2\u00d75 mg", ["2", "x", "5", "mg"]),
        ("10\u201320", ["10", "-", "20"]),
        ("a;b\nc", ["a", ",", "b", ",", "c"]),
        ("a;\n\nb", ["a", ",", "b"]),
        ("l'huile d\u2019olive", ["l", "huile", "d", "olive"]),
        ("qu'elle", ["qu", "elle"]),
        ("o'clock", ["oclock"]),
        ("Phillips' tablet", ["phillips", "tablet"]),
        ("Éphédrine", ["ephedrine"]),
        (".5 mg", [".5", "mg"]),
        ("a.5 mg", ["a", ".", "5", "mg"]),
        ("1 000,5", ["1", "000,5"]),
        ("1\u00a0000 mg", ["1\u00a0000", "mg"]),
        ("1½ tab", ["1", "½", "tab"]),
        ("b.i.d.", ["b", ".", "i", ".", "d", "."]),
        ("a_b", ["a", "_", "b"]),
        ("マグネシウムが", ["マグネシウムが"]),
    ],
)
def test_a_line_is_cut_into_words_numbers_and_signs(line: str, norms: list[str]) -> None:
    assert [token.norm for token in tokenise(line)] == norms


def test_kinds_are_told() -> None:
    assert [token.kind for token in tokenise("½ d'eau 3, ;")] == [
        "fraction",
        "word",
        "word",
        "number",
        "sign",
        "sign",
    ]
    assert [token.is_number for token in tokenise("½ d'eau 3, ;")] == [True, False, False, True, False, False]
