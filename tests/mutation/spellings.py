"""Who notices a name or a code that is gone? Tests that say what it is; and the list of what was promised."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from magcheck.knowledge.document import read_document
from magcheck.terminology.normalise import normal
from tests.mutation.noticing import NOBODY
from tests.people.test_people import PEOPLE, profile_of
from tests.reading.scoring import COUNTRY, read
from tests.terminology.promised import current, promised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from tests.terminology.promised import Promise

TESTS = Path(__file__).parents[1]
LISTS = ("medications", "supplements")
TRAITS = {"condition": "conditions", "symptom": "symptoms", "goal": "goals"}
_COUNTRY = re.compile(r"^[A-Z]{2}:")
MEANING, PROMISE = "a test that says what it is", "only the list of promises"


def outcome(book: RuleBook) -> dict[str, Counter[str]]:
    """Kind of name or code -> who notices how many of them; a name counts once, whatever it means where."""
    said, kept = said_by_tests(book), {(promise.kind, _spelling(promise)) for promise in promised()}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, name in sorted({(promise.kind, _spelling(promise)) for promise in current(book)}):
        promise = PROMISE if (kind, name) in kept else NOBODY
        counts[kind][MEANING if name in said[kind] else promise] += 1
    return counts


def _spelling(promise: Promise) -> str:
    return normal(_COUNTRY.sub("", promise.name)) if promise.kind == "name" else promise.name


def said_by_tests(book: RuleBook) -> dict[str, set[str]]:
    """Kind -> every name and code that an example, a person or a list of tests holds with what it means."""
    said: defaultdict[str, set[str]] = defaultdict(set)
    for profile in _profiles(book):
        for trait, key in TRAITS.items():
            said[trait] |= {str(word).casefold() for word in profile.get(key) or ()}
        for item in (item for key in LISTS for item in profile.get(key) or () if isinstance(item, dict)):
            said["rxnorm"].add(str(item.get("rxcui")))
            said["atc"].add(str(item.get("atc")))
    for entry in _data("reading/conditions.yaml"):
        said[entry["list"].removesuffix("s")].add(entry["words"].casefold())
    for line, country in _lines(book):
        said["name"] |= {normal(item.text) for item in read(line, country)}
    return said


def _profiles(book: RuleBook) -> Iterator[dict[str, Any]]:
    yield from (given for rule in book.rules for example in rule.examples for given in example.profiles)
    yield from (profile_of(name).model_dump(mode="json") for name in PEOPLE)


def _lines(book: RuleBook) -> Iterator[tuple[str, str]]:
    """Each with a country."""
    for profile in _profiles(book):
        for item in (item for key in LISTS for item in profile.get(key) or ()):
            name = item.get("name") if isinstance(item, dict) else item
            if name:
                yield name, profile.get("country") or COUNTRY
    yield from ((entry["line"], entry.get("country", COUNTRY)) for entry in _data("reading/lines.yaml"))
    for name, mark in (
        ("rules/silent_medicines", ": "),
        ("rules/interacting_medicines", ": "),
        ("terminology/spellings", " = "),
    ):
        yield from ((line.partition(mark)[0], COUNTRY) for line in _text(name))
    for line in _text("terminology/ten_countries"):
        country, _, rest = line.partition(": ")
        yield rest.partition(" = ")[0], country


def _data(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_document((TESTS / name).read_bytes(), name).data
    return found


def _text(name: str) -> list[str]:
    return (TESTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
