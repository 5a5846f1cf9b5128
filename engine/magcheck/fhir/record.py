"""What does a clinical record tell? Resources of FHIR R4, read leniently, become a profile; the rest is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.bounds import MOST_ENTRIES
from magcheck.fhir.gather import gathered
from magcheck.fhir.illnesses import illnesses_of
from magcheck.fhir.labs import labs_of
from magcheck.fhir.medicines import Medicines
from magcheck.fhir.notes import RECORD, Notes
from magcheck.fhir.once import MEDICATIONS, SUPPLEMENTS, once
from magcheck.fhir.person import country_in, patient_in, person_of
from magcheck.fhir.plain import text
from magcheck.fhir.pregnancy import pregnancy_of
from magcheck.profile import Day, Profile
from magcheck.reading.setting import Setting

if TYPE_CHECKING:
    from datetime import date

    from magcheck.fhir.once import Taken
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Assumed, NotChecked


class Record(NamedTuple):
    """What was read of a record."""

    profile: Profile
    not_read: tuple[NotChecked, ...]
    said: tuple[Assumed, ...]
    """What was left out, and what was taken for granted."""
    sources: dict[tuple[str, int], str]
    """(list, index) of an item -> the resource that tells it, such as "MedicationRequest/1"; empty without id."""
    patient: str = ""
    """The id of the person, empty where it is not told."""


def record_of(data: object, book: RuleBook, today: date, patient: str = "") -> Record:
    """`data`: a resource, a Bundle, or a list of them. `patient`: the id of the person whom it is about.

    Raises InputError only for more resources than are read at once.
    """
    notes = Notes(book.wording.record)
    inside = gathered(data, book.condition_words, notes)
    person = patient_in(inside, patient, notes)
    country = country_in(person, book.vocabulary.lexicon, notes)
    setting = Setting(book, country, Day(), MEDICATIONS)
    taken = once(Medicines(inside, setting, today, notes).read(), notes)
    told: dict[str, Any] = {
        "person": person_of(person, today, notes) | pregnancy_of(inside, today, book.condition_words, notes),
        "conditions": illnesses_of(inside, today, book.condition_words, notes),
        "country": country,
    }
    for field, value in labs_of(inside, today, notes).items():
        within, _, name = field.partition(".")
        told.setdefault(within, {})[name] = value
    lists = {
        name: _most([one for one in taken if one.within == name], name, notes)
        for name in (MEDICATIONS, SUPPLEMENTS)
    }
    told |= {name: [one.item for one in ones] for name, ones in lists.items()}
    sources = {(name, place): one.address for name, ones in lists.items() for place, one in enumerate(ones)}
    whose = text(person.get("id")) or patient
    return Record(Profile.model_validate(told), tuple(notes.not_read), tuple(notes.said), sources, whose)


def _most(taken: list[Taken], within: str, notes: Notes) -> list[Taken]:
    if len(taken) > MOST_ENTRIES:
        beyond = ", ".join(one.item.told for one in taken[MOST_ENTRIES:])
        notes.unread(within, beyond or RECORD, notes.words.not_read.too_many)
    return taken[:MOST_ENTRIES]
