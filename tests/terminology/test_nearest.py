"""Which known words are spelled nearly like this one? The same as a slow comparison finds, in the same order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from magcheck.terminology.nearest import MAX_CANDIDATES, SHORT_NAME, KnownWords, near_words

WORDS = st.text("abc", min_size=1, max_size=9)


def errors(one: str, other: str) -> int:
    """Letters left out, put in, replaced, or two of them swapped; no place is touched twice."""
    rows = [list(range(len(other) + 1))]
    for here, letter in enumerate(one, 1):
        row = [here]
        for there, same in enumerate(other, 1):
            least = min(row[-1] + 1, rows[-1][there] + 1, rows[-1][there - 1] + (letter != same))
            if here > 1 and there > 1 and one[here - 2] == same and other[there - 2] == letter:
                least = min(least, rows[-2][there - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


@given(text=WORDS, words=st.lists(WORDS, unique=True, max_size=40))
def test_the_nearest_words_are_found_the_first_of_the_list_before_others(text: str, words: list[str]) -> None:
    allowed = 1 if len(text) < SHORT_NAME else 2
    near = [(errors(text, word), place, word) for place, word in enumerate(words)]
    expected = [word for distance, _, word in sorted(near) if distance <= allowed]
    assert list(near_words(text, KnownWords(words))) == expected[:MAX_CANDIDATES]


def test_five_may_be_offered_and_no_more() -> None:
    words = [f"warfari{letter}" for letter in "abcdefg"]
    assert near_words("warfarix", KnownWords(words)) == tuple(words[:5])


def test_a_short_name_may_hold_one_error_and_a_longer_one_two() -> None:
    known = KnownWords(["abcde", "abcdef"])
    assert near_words("abxye", known) == ()
    assert near_words("abxyef", known) == ("abcdef",)


def test_what_is_longer_than_any_name_is_like_none() -> None:
    longest = "a" * 60
    known = KnownWords([longest])
    assert near_words(longest, known) == (longest,)
    assert near_words(longest + "a", known) == ()


def test_case_accents_and_signs_are_no_typing_errors() -> None:
    assert near_words("Éxâmplë", KnownWords(["example"])) == ("example",)
