"""Every name and code that this edition reads, and what as: who embeds magcheck relies on them.

The lists only tell that something is gone, not that it was right. `make docs` adds what is new; what is to go is
said in CHANGELOG.md ("levothyroxine lost the name Synthroid").
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck.knowledge.load import RuleBook, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.terminology.vocabulary import Meaning

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "promised"
OPEN = "several things"
"""What a name means that is asked."""


class Promise(NamedTuple):
    """A name or code, and what it is read as."""

    kind: str
    """And the file that holds those of this kind."""
    thing: str
    name: str
    """ "US:Synthroid": sold there under it."""

    def __str__(self) -> str:
        return f"{self.thing} lost the {self.kind} {self.name}"


def current(book: RuleBook | None = None) -> frozenset[Promise]:
    book = book or load_rules()
    return frozenset([*_names(book), *_codes(book), *_traits(book)])


def _names(book: RuleBook) -> Iterator[Promise]:
    for meanings in book.vocabulary.names.values():
        for meaning in meanings:
            for country in sorted(meaning.countries) or [""]:
                yield Promise("name", _thing(meaning), f"{country}:{meaning.label}".removeprefix(":"))
    for groups in book.vocabulary.groups.values():
        yield from (Promise("name", OPEN, group.label) for group in groups)


def _thing(meaning: Meaning) -> str:
    """ "ibuprofen + paracetamol, oral"."""
    inside = " + ".join(sorted(substance.name for substance in meaning.substances))
    return f"{inside}, {meaning.route.value}" if meaning.route else inside


def _codes(book: RuleBook) -> Iterator[Promise]:
    vocabulary = book.vocabulary
    for codes in (vocabulary.codes, vocabulary.more_codes()):
        yield from (Promise("rxnorm", _thing(meaning), code) for code, meaning in codes.items())
    yield from (Promise("atc", _thing(meaning), code) for code, meaning in vocabulary.atc.items())
    rows = csv.DictReader(io.StringIO(book.condition_codes))
    yield from (Promise("icd10", row["means"], row["code"]) for row in rows)


def _traits(book: RuleBook) -> Iterator[Promise]:
    for kind, words in book.traits.items():
        yield from (Promise(kind, canonical, word) for word, canonical in words.items())
    for language in book.condition_lists:
        for kinds, meanings in language.get("names", {}).items():
            yield from _words(kinds.removesuffix("s"), "", meanings)
        for part in ("pregnancy", "asks"):
            yield from _words("condition", f"{part} ", language.get(part, {}))


def _words(kind: str, before: str, meanings: Mapping[str, Iterable[str]]) -> Iterator[Promise]:
    for canonical, words in meanings.items():
        yield from (Promise(kind, f"{before}{canonical}", word) for word in words)


KINDS = ("name", "rxnorm", "atc", "icd10", "condition", "symptom", "goal")


@cache
def promised() -> frozenset[Promise]:
    return frozenset(promise for kind in KINDS for promise in _read(kind))


def _read(kind: str) -> Iterator[Promise]:
    path = HERE / f"{kind}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        thing, _, names = line.partition(" = ")
        yield from (Promise(kind, thing, name) for name in names.split(" | "))


def lost(now: Iterable[Promise]) -> list[Promise]:
    """Promised, gone, and not said to be gone."""
    said = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split())
    return sorted(promise for promise in promised() - frozenset(now) if str(promise) not in said)


def documents() -> dict[Path, str]:
    """The lists as they are to be: what is there now, and what is lost and may not be."""
    now = current()
    every = [*now, *lost(now)]
    return {HERE / f"{kind}.txt": _written(promise for promise in every if promise.kind == kind) for kind in KINDS}


def _written(promises: Iterable[Promise]) -> str:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for promise in promises:
        names[promise.thing].add(promise.name)
    return "".join(f"{thing} = {' | '.join(sorted(names[thing]))}\n" for thing in sorted(names))
