"""Which illnesses does a record hold? What is over or refuted is left out and said; unread ones are one line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from magcheck.core.bounds import LONGEST_NAME, MOST_ENTRIES
from magcheck.fhir.notes import name_notes
from magcheck.fhir.plain import codes, codings, day, part, parts, text, wordings
from magcheck.fhir.status import is_taken
from magcheck.reading.conditions import read_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.fhir.gather import Gathered
    from magcheck.fhir.notes import Notes
    from magcheck.fhir.plain import Resource
    from magcheck.reading.conditions import ConditionReading
    from magcheck.terminology.condition_words import ConditionWords

ICD10 = frozenset(
    {
        "http://hl7.org/fhir/sid/icd-10-cm",
        "http://hl7.org/fhir/sid/icd-10",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
        "http://fhir.de/CodeSystem/dimdi/icd-10-gm",
    }
)
CONDITIONS = "conditions"
_KIDNEYS, _ACUTE = "kidney.disease", "kidney.acute"
_RECOVERY = timedelta(days=90)
"""Kidneys are looked at again three months after an acute injury (KDIGO 2012, AKI, 2.3.4)."""
_SEVERITIES = {"255604002": "mild", "6736007": "moderate", "24484000": "severe"}
"""SNOMED CT, the value set of severities."""
_OVER = frozenset({"inactive", "remission", "resolved"})
_VOID = frozenset({"refuted", "entered-in-error"})
_UNSURE = frozenset({"unconfirmed", "provisional", "differential"})
_TAG = re.compile(
    r"\s*\((?:disorder|finding|situation|procedure|event|observable entity|morphologic abnormality)\)\s*$"
)


def illnesses_of(inside: Gathered, today: date, words: ConditionWords, notes: Notes) -> list[str]:
    """Texts for the one reader."""
    told: list[str] = []
    unread: list[str] = []
    for resource in inside.of("Condition"):
        names = list(dict.fromkeys(_names(resource.get("code"))))
        if not names:
            unread.append(text(resource.get("id")) or "Condition")
        elif names := _present(resource, names, today, words, notes):
            read = list(_read(names, words))
            told += read
            unread += [] if read else names[:1]
            _degrees(resource, names[0], told, words, notes)
            name_notes(resource, CONDITIONS, names[0], notes)
    for concept in _reasons(inside):
        names = list(dict.fromkeys(_names(concept)))
        read = list(_read(names, words))
        told += read
        unread += [] if read else names[:1]
    if unread:
        listed = "; ".join(dict.fromkeys(unread))
        notes.unread(CONDITIONS, listed, notes.words.not_read.conditions)
    told = list(dict.fromkeys(told))
    if len(told) > MOST_ENTRIES:
        notes.unread(CONDITIONS, "; ".join(told[MOST_ENTRIES:]), notes.words.not_read.too_many)
    return told[:MOST_ENTRIES]


def _degrees(resource: Resource, name: str, told: list[str], words: ConditionWords, notes: Notes) -> None:
    """ "Stage 5" and "Severe", which belong to the name."""
    stages = (said for stage in parts(resource.get("stage")) for said in wordings(stage.get("summary")))
    for said in (*stages, *_severity(resource.get("severity"))):
        degree = f"{name}, {said}"[:LONGEST_NAME]
        if read_condition(degree, words).understood:
            told.append(degree)
        else:
            notes.unread(CONDITIONS, degree, notes.words.not_read.conditions)


def _severity(concept: object) -> Iterator[str]:
    """In the words of the reader where it is coded; a code of anybody else as it is."""
    known = [text(coding.get("code")) for coding in codings(concept)]
    degrees = [_SEVERITIES[code] for code in known if code in _SEVERITIES]
    yield from degrees or [*wordings(concept)] or filter(None, known)


def _reasons(inside: Gathered) -> Iterator[object]:
    """Why a medicine is taken is an illness too."""
    for kind in ("MedicationRequest", "MedicationStatement"):
        for resource in inside.of(kind):
            if is_taken(resource):
                yield from parts(resource.get("reasonCode"))
                yield from (reason.get("concept") for reason in parts(resource.get("reason")))


def _names(concept: object) -> Iterator[str]:
    """Its words without the tag of SNOMED, and its code where that is one of ICD-10."""
    for name in wordings(concept):
        yield _TAG.sub("", name)[:LONGEST_NAME] or name[:LONGEST_NAME]
    for system in ICD10:
        yield from (code[:LONGEST_NAME] for code in codes(concept, system))


def _read(names: list[str], words: ConditionWords) -> Iterator[str]:
    """The first name that is understood, and each other one that says something else besides."""
    known: set[object] = set()
    readings = [(name, read_condition(name, words)) for name in names]
    for name, reading in sorted(readings, key=lambda one: not one[1].understood):
        says = _says(reading)
        if (says and not says <= known) if known else (says or reading.understood):
            known |= says or {name}
            yield name


def _says(reading: ConditionReading) -> set[object]:
    return {*((trait.kind, trait.name) for trait in reading.present), *reading.implied, *reading.asks}


def _present(resource: Resource, names: list[str], today: date, words: ConditionWords, notes: Notes) -> list[str]:
    """What nobody says to be over counts, and what never is; the reader knows which illnesses stay."""
    clinical, verified = _state(resource.get("clinicalStatus")), _state(resource.get("verificationStatus"))
    void = next((status for status in verified if status in _VOID), None)
    over = next((status for status in (*verified, *clinical) if status in _OVER | _VOID), None)
    kept = [f"{name} ({over})" for name in names if over] if not void else []
    asked = {_KIDNEYS} if _is_long_over(resource, today) else {_KIDNEYS, _ACUTE}
    readings = [read_condition(name, words) for name in kept]
    kept = [reading.text for reading in readings if _stays(reading, asked)]
    if over and not kept:
        notes.say(CONDITIONS, notes.words.left_out, item=names[0], status=over)
        return []
    unsure = over or next((status for status in verified if status in _UNSURE), None)
    if unsure and (not over or any(reading.present for reading in readings)):
        notes.say(CONDITIONS, notes.words.unsure, item=names[0], status=unsure)
    return kept or names


def _stays(reading: ConditionReading, asked: set[str]) -> bool:
    """It never is over, or whoever had it may have ill kidneys still: that is asked."""
    return bool(reading.present) or any(ask.field in asked for ask in reading.asks)


def _is_long_over(resource: Resource, today: date) -> bool:
    """So long that kidneys which were hurt are well, or ill by another name; without a day it is not."""
    ended, began = part(resource.get("abatementPeriod")), part(resource.get("onsetPeriod"))
    told = (
        *(resource.get("abatementDateTime"), ended.get("end"), ended.get("start")),
        *(resource.get("onsetDateTime"), began.get("end"), began.get("start"), resource.get("recordedDate")),
    )
    last = next((found for when in told if (found := day(when))), None)
    return last is not None and today - last > _RECOVERY


def _state(concept: object) -> list[str]:
    written = [text(coding.get("code")) for coding in codings(concept)]
    return [status.lower() for status in (*written, text(part(concept).get("text")), text(concept)) if status]
