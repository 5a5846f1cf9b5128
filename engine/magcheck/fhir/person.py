"""Whose record is it? Age, sex and country of the one patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.fhir.notes import RECORD
from magcheck.fhir.plain import day, part, parts, text
from magcheck.reading.answers import country_of

if TYPE_CHECKING:
    from datetime import date

    from magcheck.fhir.gather import Gathered
    from magcheck.fhir.notes import Notes
    from magcheck.fhir.plain import Resource
    from magcheck.terminology.lexicon import Lexicon

_OLDEST, _OF_AGE = 120, 18
_ABOUT_A_PERSON = ("MedicationRequest", "MedicationStatement", "NutritionOrder", "Observation", "Condition")


def patient_in(inside: Gathered, wanted: str, notes: Notes) -> Resource:
    """The patient with the id `wanted`, or the only one; what belongs to somebody else is put aside and said."""
    patients = inside.of("Patient")
    others = [one for one in patients if wanted and text(one.get("id")) not in ("", wanted)]
    for other in others:
        notes.unread(RECORD, f"Patient/{text(other.get('id'))}", notes.words.not_read.other_person)
    mine = [one for one in patients if one not in others]
    identity = wanted or next((text(one.get("id")) for one in mine), "")
    is_one = len({text(one.get("id")) for one in mine}) < 2 and len({_told_of(one) for one in mine}) < 2
    people = {told for one in mine if (told := text(one.get("id")))} or _people(inside)
    if not is_one or (not identity and len(people) > 1):
        names = ", ".join(sorted(people)) or "Patient"
        notes.unread(RECORD, names, notes.words.not_read.several_people)
    if is_one or wanted:
        _put_others_aside(inside, identity, notes)
    return mine[0] if mine and is_one else {}


def _told_of(patient: Resource) -> tuple[str, ...]:
    """What is used of a patient; of one person it cannot be two things."""
    return tuple(text(patient.get(key)) for key in ("birthDate", "gender"))


def _people(inside: Gathered) -> set[str]:
    """Whom the resources are about."""
    return {whose for kind in _ABOUT_A_PERSON for one in inside.of(kind) if (whose := _whose(one, inside))}


def _put_others_aside(inside: Gathered, mine: str, notes: Notes) -> None:
    if not mine:
        return
    for kind in _ABOUT_A_PERSON:
        for resource in list(inside.of(kind)):
            whose = _whose(resource, inside)
            if whose and whose != mine:
                inside.by_kind[kind].remove(resource)
                told = "/".join(filter(None, (kind, text(resource.get("id")))))
                notes.unread(RECORD, told, notes.words.not_read.other_person)


def _whose(resource: Resource, inside: Gathered) -> str:
    """The id of the person whom it is about; empty where that is not told."""
    address = text(part(resource.get("subject")).get("reference")) or text(
        part(resource.get("patient")).get("reference")
    )
    return text(inside.by_reference.get(address, {}).get("id")) or _local_id(address)


def _local_id(address: str) -> str:
    """The id in "Patient/1" or "https://.../Patient/1/_history/2"; empty for other kinds of address."""
    parts_of = address.partition("/_history")[0].split("/")
    return parts_of[-1] if len(parts_of) > 1 and parts_of[-2] == "Patient" else ""


def person_of(patient: Resource, today: date, notes: Notes) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if text(patient.get("gender")) in ("female", "male"):
        told["sex"] = text(patient["gender"])
    elif patient.get("gender") not in (None, "other", "unknown"):
        notes.unread("person.sex", text(patient["gender"]) or "gender", notes.words.not_read.answer)
    age = _age(text(patient.get("birthDate")), today)
    if age is not None:
        told["age"] = age
        notes.say("person.age", notes.words.age, born=text(patient["birthDate"]))
    elif patient.get("birthDate"):
        notes.unread("person.age", text(patient["birthDate"]) or "birthDate", notes.words.not_read.value)
    return told


def _age(birth: str, today: date) -> float | None:
    """Whole years; where the day of birth is not told, the older of two for adults, the younger for children."""
    born = day(birth)
    if born is None or born > today:
        return None
    told = birth.count("-")
    years = today.year - born.year
    had = (today.month, today.day) >= (born.month, born.day)
    if told == 0 or (told == 1 and today.month == born.month):
        years = years if years > _OF_AGE else max(years - 1, 0)
    elif not had:
        years -= 1
    return float(years) if 0 <= years <= _OLDEST else None


def country_in(patient: Resource, lexicon: Lexicon, notes: Notes) -> str | None:
    """Of the address at home, or else of the first one that names a country; one that is not known is said."""
    addresses = sorted(parts(patient.get("address")), key=lambda address: text(address.get("use")) != "home")
    told = [address["country"] for address in addresses if address.get("country") is not None]
    named = (country_of(text(country)[:60], lexicon) for country in told)
    found = next((country for country in named if country), None)
    if not found and (told or (patient.get("address") and not addresses)):
        notes.unread("country", next(map(text, told), "") or "Patient.address", notes.words.not_read.answer)
    return found
