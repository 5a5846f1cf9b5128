"""What does reading a line cost? As a ratio to splitting the same line into words, so that machines compare."""

from __future__ import annotations

import re
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.reading.scoring import corpus

from magcheck.knowledge.load import load_rules
from magcheck.reading.line import read_line
from magcheck.terminology.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from magcheck.terminology.vocabulary import Vocabulary

LONG = 100
"""The longest lines of the corpus."""
ROUNDS = 15
BARE = ("ciprofloxacin", "levothyroxine", "magnesium oxide", "mycophenolate mofetil")
HOSTILE = ("a" * 500, "1 " * 250, "1/" * 250, "1 1/2 " * 83, "(" * 500, "one or two " * 45, "take every " * 45)
"""500 letters, as many as a name may have."""
_WORD = re.compile(r"\w+|\S")


class Took(NamedTuple):
    """Microseconds of processor time of one line."""

    mean: float
    worst: float


def microseconds(work: Callable[[str], object], lines: Sequence[str]) -> Took:
    """The least of several rounds, for each line."""
    least = [min(_once(work, line) for _ in range(ROUNDS)) for line in lines]
    return Took(statistics.mean(least), max(least))


def _once(work: Callable[[str], object], line: str) -> float:
    start = time.process_time_ns()
    work(line)
    return (time.process_time_ns() - start) / 1000


def split(line: str) -> list[str]:
    """The trivial parse: lower case, words and signs."""
    return _WORD.findall(line.lower())


def anew(line: str, vocabulary: Vocabulary) -> object:
    """Read as if it had never been read."""
    vocabulary.lexicon.remembered.clear()
    tokenise.cache_clear()
    return read_line(line, vocabulary, vocabulary.lexicon, "US")


def main() -> None:
    vocabulary = load_rules().vocabulary
    every = [entry["line"] for entry in corpus()]
    samples = {
        "bare names": BARE,
        "corpus": every,
        "long lines": sorted(every, key=len)[-LONG:],
        "hostile": HOSTILE,
    }
    for line in every:
        read_line(line, vocabulary, vocabulary.lexicon, "US")
    print(f"{'microseconds a line':<20}{'split':>9}{'read':>9}{'worst':>9}{'ratio':>9}{'again':>9}")
    for name, lines in samples.items():
        trivial = microseconds(split, lines)
        read = microseconds(lambda line: anew(line, vocabulary), lines)
        again = microseconds(lambda line: read_line(line, vocabulary, vocabulary.lexicon, "US"), lines)
        ratio = read.mean / trivial.mean
        print(f"{name:<20}{trivial.mean:9.1f}{read.mean:9.1f}{read.worst:9.1f}{ratio:9.0f}{again.mean:9.2f}")


if __name__ == "__main__":
    main()
