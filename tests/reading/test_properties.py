"""What holds for every line? No word and no digit is lost, and a list is read as its lines apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck.reading.grammar.table import parts_of
from magcheck.reading.line import LineItem
from magcheck.reading.names import names_in
from magcheck.reading.parts import (
    BasisPart,
    Count,
    Duration,
    Mark,
    Name,
    NotRead,
    Part,
    Schedule,
    Strength,
    TakenPart,
    Way,
)
from magcheck.terminology.tokens import Token, tokenise
from tests.reading.generator import lines
from tests.reading.scoring import NAMES, corpus, names_of, read, vocabulary

CORPUS = [entry["line"] for entry in corpus()]
RANDOM = [line for line, _ in lines(40, 300, NAMES)]
WORDS = sorted({token.text for line in CORPUS for token in tokenise(line)})
LINES = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
)


def parts(line: str) -> tuple[Sequence[Token], list[Part]]:
    lexicon = vocabulary().lexicon
    tokens = tokenise(line)
    return tokens, list(parts_of(tokens, lexicon, names_in(tokens, vocabulary())))


@given(LINES)
def test_every_token_stands_in_one_part_and_no_digit_is_filler(line: str) -> None:
    check_tokens(line)


@pytest.mark.parametrize("line", CORPUS)
def test_no_digit_of_the_corpus_is_filler(line: str) -> None:
    check_tokens(line)


MASSES = {"mg", "g", "mcg", "mmol"}
RELEASE = {"12", "24"}
""" "24 hr tablet" is a form of release and stands in the word lists as one; nothing else with a digit does."""


def check_tokens(line: str) -> None:
    tokens, found = parts(line)
    assert [part.span.start for part in found] == [0, *(part.span.end for part in found)][: len(found)]
    assert not tokens or found[-1].span.end == len(tokens)
    for part in found:
        inside = tokens[part.span.start : part.span.end]
        if isinstance(part, Mark) and part.kind not in ("pack", "date", "food", "pace", "serving"):
            assert {token.text for token in inside if token.is_number} <= RELEASE, part
    items = read(line)
    shown = " ".join(word for item in items for word in (item.text, *item.not_read)).casefold()
    for part in found:
        if isinstance(part, NotRead):
            assert part.text.casefold() in shown


def said(items: Sequence[LineItem]) -> list[tuple[object, ...]]:
    return [
        (item.text, item.read, item.amount, item.basis, item.timing, item.taken, item.routes, item.not_read)
        for item in items
    ]


def without(line: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """The line with some tokens blanked out."""
    first, last = tokens[start].start, tokens[end - 1].end
    return f"{line[:first]} {line[last:]}"


SAID_TWICE: Mapping[type, tuple[type, ...]] = {
    Name: (Name, BasisPart, Strength),  # a brand and its ingredient
    BasisPart: (BasisPart, Strength),  # "elemental" beside millimoles
    Strength: (Strength,),  # the compound beside its magnesium, "97.2 mg (4 mmol)"
    Count: (Count, Strength),
    Way: (Way, Count),
    Schedule: (Schedule,),
    Duration: (Duration,),
    TakenPart: (TakenPart,),
}
"""Which other parts may say what a part says."""


def repeats_a_default(part: Part, others: Sequence[Part]) -> bool:
    """Does it say what is taken for granted anyway, or what another part says too?"""
    if any(isinstance(other, SAID_TWICE.get(type(part), ())) for other in others):
        return True
    match part:
        case TakenPart(taken=True) | Duration(days=None) | Count(high=1) | Strength(combined=True):
            return True
        case Strength(unit=unit):
            return unit not in MASSES
    return False


@pytest.mark.parametrize("line", [*CORPUS, *RANDOM])
def test_no_part_can_be_left_out_unnoticed(line: str) -> None:
    tokens, found = parts(line)
    items = read(line)
    whole = said(items)
    for part in found:
        if isinstance(part, Mark) or (isinstance(part, Strength) and any(item.amount.open for item in items)):
            continue
        if isinstance(part, Way) and part.left_open and not any(item.routes for item in items):
            continue  # a gel of what is swallowed only
        others = [other for other in found if other is not part]
        less = said(read(without(line, tokens, *part.span)))
        assert less != whole or repeats_a_default(part, others), part


HEADING = "take one twice a day until finished."


def lists_of_two() -> Iterator[tuple[str, str]]:
    rng = Random(7)
    single = [line for line in [*CORPUS, *RANDOM] if is_one_item(line)]
    for _ in range(1500):
        first, second = rng.choice(single), rng.choice(single)
        # it may be what the first brings, how the first is taken, or what heads them both
        if not second.casefold().startswith(("elemental", HEADING)) and not first.casefold().startswith(HEADING):
            yield first, second


def is_one_item(line: str) -> bool:
    items = read(line)
    return len(items) == 1 and isinstance(names_of(items[0]), set) and not items[0].not_read


@pytest.mark.parametrize("separator", [", ", "\n", "; "])
def test_a_list_is_read_as_its_lines_apart(separator: str) -> None:
    differing = []
    for first, second in lists_of_two():
        line = f"{first}{separator}{second}"
        if said(read(line)) != [*said(read(first)), *said(read(second))]:
            differing.append(line)
    assert differing == []


@pytest.mark.parametrize("line", ["doxycycline da 7/7", "doxycycline ieri 5/7", "Cipro 1-0-1 da 2/52"])
def test_a_day_or_a_duration_behind_a_word_of_dates_is_asked(line: str) -> None:
    (item,) = read(line)
    assert item.timing.open
    assert item.figures


MOST_GROWTH = 7
"""Of the work when a line gets twice as long: 4 is quadratic, 8 cubic. A ratio in one run, never a time."""


def best_seconds(piece: str, lengths: Sequence[int]) -> float:
    """The best of several lines of nearly one length: a line that was read before is only looked up."""
    taken: list[float] = []
    for length in lengths:
        line = (piece * 500)[:length]
        start = process_time()
        read(line)
        taken.append(process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "piece", ["a", "1 ", "1/", "1-", "1 1/2 ", "(", "one or two ", "take every ", "magnesium ", ".", "x "]
)
def test_the_work_of_a_hostile_line_grows_with_its_length_only(piece: str) -> None:
    best_seconds(piece, (100, 101))
    half = best_seconds(piece, range(245, 251))
    whole = best_seconds(piece, range(490, 501, 2))
    assert whole / half < MOST_GROWTH
