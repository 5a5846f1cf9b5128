"""What phrases of word lists are found in a line: the longest first, with the numbers at their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck.profile import Route
from magcheck.terminology.form_phrases import form_phrases
from magcheck.terminology.lexicon import MOST_REMEMBERED, Lexicon, Phrase, Sense, Tag
from magcheck.terminology.normalise import DoseForms
from magcheck.terminology.tokens import tokenise
from magcheck.terminology.word_lists import phrases_of

LISTS = (
    {
        "numbers": {1: ["one"], 2: ["two", "a pair"], 3: ["three"]},
        "range": ["-", "to", "or"],
        "times a day": {
            1: ["daily", "once a day"],
            2: ["twice a day", "b.i.d.", "twice-daily"],
            "#": ["# a day", "# x"],
        },
        "forms": ["tablet", "tablets"],
        "duration": {7: ["for # weeks"]},
        "slots": {"morning": ["in the morning"]},
        "unclear": {"rectal or oral": ["drops by way"]},
        "routes": {"oral": ["by mouth"], "rectal": ["drops by way"]},
        "swallowed": ["caps", "tabl"],
        "filler": None,
    },
    {"as needed": ["if needed", "a day"], "units": {"mg": ["mg"]}, "vague": ["daily"]},
)
FORMS = DoseForms(
    {"eye drops": (Route.EYE,), "gel": (Route.SKIN, Route.ORAL), "powder": ()}, frozenset({"sodium"})
)


def lexicon() -> Lexicon:
    return Lexicon(phrases_of(LISTS, form_phrases(FORMS)))


def found(line: str, start: int = 0) -> list[Phrase]:
    return list(lexicon().beginning_at(tokenise(line), start))


def read(line: str) -> list[tuple[int, str, list[tuple[float, float]]]]:
    """(tokens, first tag, figures) of each phrase that begins the line."""
    return [
        (each.end, each.senses[0].tag.value, [(low, high) for low, high in each.figures]) for each in found(line)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("twice a day", [(3, "times a day", [])]),
        ("TWICE a Day", [(3, "times a day", [])]),
        ("twice-daily", [(3, "times a day", [])]),
        ("twice - daily", []),
        ("twice a", []),
        ("b.i.d.", [(5, "times a day", [])]),
        ("b.i.d", [(5, "times a day", [])]),
        ("bid", []),
        ("if needed", [(2, "as needed", [])]),
        ("if-needed", [(3, "as needed", [])]),
        ("if--needed", []),
        ("-if needed", [(1, "range", [])]),
        ("3 a day", [(3, "times a day", [(3, 3)])]),
        ("three a day", [(3, "times a day", [(3, 3)]), (1, "numbers", [])]),
        ("½ a day", [(3, "times a day", [(0.5, 0.5)])]),
        ("2-3 a day", [(5, "times a day", [(2, 3)])]),
        ("2 to 3 a day", [(5, "times a day", [(2, 3)])]),
        ("two or three a day", [(5, "times a day", [(2, 3)]), (1, "numbers", [])]),
        ("3-2 a day", []),
        ("2-2 a day", []),
        ("2 and 3 a day", []),
        ("2 3 a day", []),
        ("3 (three) a day", [(6, "times a day", [(3, 3)])]),
        ("three (3) x", [(5, "times a day", [(3, 3)]), (1, "numbers", [])]),
        ("3 (two) a day", []),
        ("3 (three a day", []),
        ("3 [three] a day", []),
        ("3 (three", []),
        ("3 (three)", []),
        ("3 -", []),
        ("3", []),
        ("# a day", []),
        ("for 2 weeks", [(3, "duration", [(2, 2)])]),
        ("for # weeks", []),
        ("for two weeks", [(3, "duration", [(2, 2)])]),
        ("one", [(1, "numbers", [])]),
        ("a day", [(2, "as needed", [])]),
        ("eye drops", [(2, "route", [])]),
        ("gel", [(1, "open form", [])]),
        ("powder", [(1, "form word", [])]),
        ("sodium", [(1, "salt", [])]),
        ("caps", []),
        ("unknown", []),
        ("", []),
    ],
)
def test_a_line_begins_with_these_phrases(
    line: str, expected: list[tuple[int, str, list[tuple[float, float]]]]
) -> None:
    assert read(line) == expected


@pytest.mark.parametrize("before", ["", "x ", "one two three four five six seven ", "a b c d e f g h "])
@pytest.mark.parametrize("written", ["3", "three", "2-3", "two or three", "3 (three)", "three (3)"])
def test_a_phrase_is_found_wherever_it_stands_and_ends_where_it_ends(before: str, written: str) -> None:
    line = f"{before}{written} a day"
    start = len(tokenise(before))
    (phrase,) = [each for each in found(line, start) if each.sense(Tag.PER_DAY)]
    assert (phrase.start, phrase.end) == (start, len(tokenise(line)))
    assert phrase.figures[0].high == 3
    assert phrase.figures[0].low == (2 if len(written) in (3, 12) and "(" not in written else 3)


def test_the_longest_goes_first_and_each_shorter_one_follows() -> None:
    longer = Lexicon(
        phrases_of([{"slots": {"morning": ["at the morning"]}, "at": ["at"], "filler": ["at the"]}], ())
    )
    tokens = tokenise("at the morning")
    assert [each.end for each in longer.beginning_at(tokens, 0)] == [3, 2, 1]
    longest = longer.longest(tokens, 0)
    assert longest is not None
    assert longest.sense(Tag.SLOTS) == Sense(Tag.SLOTS, "morning")
    assert longer.longest(tokens, 1) is None
    assert longer.longest(tokens, 3) is None


def test_one_word_may_say_several_things_and_the_first_list_goes_first() -> None:
    (phrase,) = found("daily")
    assert [sense.tag for sense in phrase.senses] == [Tag.PER_DAY, Tag.VAGUE]
    assert phrase.sense(Tag.PER_DAY) == Sense(Tag.PER_DAY, 1.0)
    assert phrase.sense(Tag.UNITS) is None


def test_a_word_of_two_routes_is_none_of_them() -> None:
    (phrase,) = found("drops by way")
    assert phrase.senses == (Sense(Tag.UNCLEAR, (Route.RECTAL, Route.ORAL)),)
    (sure,) = found("by mouth")
    assert sure.senses == (Sense(Tag.ROUTE, (Route.ORAL,)),)


def test_every_phrase_of_the_lists_is_listed() -> None:
    told = set(lexicon().phrases())
    assert ("twice daily", Sense(Tag.PER_DAY, 2.0)) in told
    assert ("b i d", Sense(Tag.PER_DAY, 2.0)) in told
    assert ("-", Sense(Tag.RANGE)) in told
    assert ("eye drops", Sense(Tag.ROUTE, (Route.EYE,))) in told
    assert ("# x", Sense(Tag.PER_DAY, "#")) in told
    assert ("gel", Sense(Tag.OPEN_FORM, (Route.SKIN, Route.ORAL))) in told
    assert ("powder", Sense(Tag.FORM_WORD)) in told
    assert len(told) == 24 + 4


@pytest.mark.parametrize(
    ("form", "swallowed"),
    [
        ("capsule", True),
        ("caps", True),
        ("soft tablet", True),
        ("cap", False),
        ("vial", False),
        ("", False),
        ("a-caps", False),
    ],
)
def test_what_is_swallowed_begins_with_one_of_the_words_for_it(form: str, *, swallowed: bool) -> None:
    assert lexicon().is_swallowed(form) is swallowed


@pytest.mark.parametrize(
    ("word", "resembles"),
    [
        ("dialy", True),
        ("daily", True),
        ("dail", True),
        ("twise", True),
        ("mornin", False),
        ("diary", False),
        ("weekly", False),
        ("day", False),
        ("dairies", False),
        ("tablte", False),
        ("twi", False),
        ("x" * 300, False),
    ],
)
def test_a_word_one_error_away_from_a_schedule_resembles_it(word: str, *, resembles: bool) -> None:
    assert lexicon().resembles_a_schedule(word) is resembles


def test_of_many_lines_not_all_are_remembered() -> None:
    kept = lexicon()
    for key in range(MOST_REMEMBERED):
        kept.remember(key, key)
    assert len(kept.remembered) == MOST_REMEMBERED
    kept.remember("more", 1)
    assert kept.remembered == {"more": 1}


@given(
    st.lists(
        st.sampled_from(["2", "two", "three", "-", "to", "(", ")", "a", "day", "x", "daily", "#", "."]), max_size=9
    )
)
def test_every_phrase_that_is_found_stands_in_the_line(words: list[str]) -> None:
    line = " ".join(words)
    tokens = tokenise(line)
    for start in range(len(tokens)):
        for phrase in lexicon().beginning_at(tokens, start):
            assert phrase.start == start < phrase.end <= len(tokens)
            assert all(figures.low <= figures.high for figures in phrase.figures)
            assert line[tokens[start].start : tokens[phrase.end - 1].end]
