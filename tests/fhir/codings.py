"""Medicines as records carry them: how many are read? Print the figures with `python -m tests.fhir.codings`."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck import Checker
from magcheck.fhir.check import checked_record

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEMS = {
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "old": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "ndc": "http://hl7.org/fhir/sid/ndc",
    "snomed": "http://snomed.info/sct",
    "pzn": "http://fhir.de/CodeSystem/ifa/pzn",
}
DAY = date(2026, 11, 26)


class Coding(NamedTuple):
    kind: str
    code: str
    words: str
    is_: frozenset[str]
    """What it is in truth; empty where the words leave that open."""

    def concept(self) -> dict[str, Any]:
        if self.kind == "text":
            return {"text": self.words}
        coding = {"system": SYSTEMS[self.kind], "display": self.words} | ({"code": self.code} if self.code else {})
        return {"coding": [coding]}


class Seen(NamedTuple):
    coding: Coding
    read: frozenset[str]
    has_page: bool
    """A page speaks of what it is in truth, or of what it was read as."""

    @property
    def is_right(self) -> bool:
        return self.read == self.coding.is_

    @property
    def is_wrong(self) -> bool:
        """Something was read that it is not; to read less is not wrong, and is said."""
        return not self.read <= self.coding.is_


def codings() -> list[Coding]:
    with Path(__file__).with_name("codings.csv").open(encoding="utf-8") as lines:
        return [
            Coding(row["kind"], row["code"], row["words"], frozenset(filter(None, row["is"].split("; "))))
            for row in csv.DictReader(lines, delimiter="|")
        ]


def seen(checker: Checker) -> Iterator[Seen]:
    for coding in codings():
        order = {
            "resourceType": "MedicationRequest",
            "status": "active",
            "medicationCodeableConcept": coding.concept(),
        }
        report = checked_record(order, checker, DAY).report
        read = frozenset(name for entry in report.recognised for name in entry.ingredients)
        told = checker.check({"medications": sorted(coding.is_)}) if coding.is_ else None
        spoken_of = told is not None and any(entry.has_rules for entry in told.recognised)
        yield Seen(coding, read, spoken_of or any(entry.has_rules for entry in report.recognised))


def main() -> None:
    found = list(seen(Checker()))
    for kind in [*dict.fromkeys(one.coding.kind for one in found), "all"]:
        of = [one for one in found if kind in (one.coding.kind, "all") and one.has_page]
        count = Counter("right" if one.is_right else "wrong" if one.is_wrong else "not read" for one in of)
        print(f"{kind}: {len(of)} that a page speaks of, {dict(count)}, right {count['right'] / len(of):.1%}")  # noqa: T201
    for one in found:
        if not one.is_right:
            mark = "WRONG" if one.is_wrong else "less"
            print(f"{mark}: {one.coding.words} -> {sorted(one.read)}, is {sorted(one.coding.is_)}")  # noqa: T201


if __name__ == "__main__":
    main()
