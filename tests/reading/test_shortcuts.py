"""What is skipped because nothing can come of it: trying everything everywhere reads the same."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from magcheck.reading.grammar import clock, counts, table
from magcheck.reading.grammar.table import parts_of
from magcheck.reading.names import names_in
from magcheck.terminology.lexicon import WordNode
from magcheck.terminology.tokens import tokenise
from magcheck.terminology.vocabulary import Vocabulary
from tests.reading.scoring import corpus, vocabulary

if TYPE_CHECKING:
    from magcheck.reading.parts import Part

WORDS = " ".join(entry["line"] for entry in corpus()).split()
PIECES = (
    "8", "0", "1", "12", "100", "½", "1½", "0.5", "1.5", "2019", "0630", "7/7", "000", ",", ".", "/", "-", "(",
    ")", "x", "mg", "tablets", "at", "stopped", "blue", "qux", "of", "and", "#", "ー", "2",
    ":", "30", "h", "Uhr", "pm", "noon", "half", "each",
)  # fmt: skip
PHRASES = sorted({words for words, _ in vocabulary().lexicon.phrases()})


class Everything:
    """A container that holds whatever it is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


def line(dice: Random) -> str:
    pieces = [dice.choice(dice.choice((WORDS, PIECES, PIECES, PHRASES))) for _ in range(dice.randint(1, 12))]
    return dice.choice((" ", " ", " ", ", ")).join(pieces)


def parts(written: str) -> list[Part]:
    tokens, known = tokenise(written), vocabulary()
    return list(parts_of(tokens, known.lexicon, names_in(tokens, known)))


def always(*_: object) -> bool:
    return True


def never(*_: object) -> bool:
    return False


@pytest.mark.parametrize("seed", range(4))
def test_trying_everything_everywhere_reads_the_same(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = Random(seed)
    lines = [line(dice) for _ in range(400)]
    quick = [parts(written) for written in lines]
    monkeypatch.setattr(table, "_may_begin", always)
    monkeypatch.setattr(Vocabulary, "beginnings", Everything())
    monkeypatch.setattr(WordNode, "leads_on", always)
    monkeypatch.setattr(clock, "_is_bare", never)
    monkeypatch.setattr(counts, "_counts_nothing", never)
    assert [parts(written) for written in lines] == quick
