"""What does a check of a FHIR document say?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.errors import InputError
from magcheck.fhir.guidance import GuidanceContext, guidance
from magcheck.fhir.notes import RECORD
from magcheck.fhir.plain import part, text
from magcheck.fhir.record import Record, record_of
from magcheck.fhir.response import RESPONSE, answers_in
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Profile
from magcheck.reading.document import FromDocument
from magcheck.report import NotChecked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from magcheck.checker import Checker
    from magcheck.core.errors import Problem
    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.document import Document
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Report

_PLACE = re.compile(r"(person|kidney|labs)\.(\w+)|(medications|supplements|conditions)\[(\d+)\](?:\.(\w+))?")
_LISTS = ("medications", "supplements")


class CheckedRecord(NamedTuple):
    report: Report
    record: Record


def told_in_fhir(document: Document, checker: Checker, today: date) -> FromDocument:
    """What a QuestionnaireResponse tells, or the resources of a record.

    Raises InputError for answers that cannot be used; of a record, what cannot be used is named.
    """
    if part(document.data).get("resourceType") == RESPONSE:
        return _told_in_answers(document, checker)
    record = checked_record(document.data, checker, today).record
    return FromDocument(record.profile, record.not_read, record.said)


def _told_in_answers(document: Document, checker: Checker) -> FromDocument:
    told = answers_in(document, checker.book)
    return FromDocument(told.profile, told.not_read)


def checked_answers(document: Document, checker: Checker) -> Report:
    """The report of a QuestionnaireResponse. Raises InputError for everything in it that cannot be used."""
    return checker.check(_told_in_answers(document, checker))


def checked_record(
    data: object, checker: Checker, today: date, patient: str = "", not_read: tuple[NotChecked, ...] = ()
) -> CheckedRecord:
    """The report of the resources of a clinical record, such as a Bundle; what of it was not read stands in it.

    `patient`: the id of the person whom it is about. `not_read`: what is known not to have been sent.
    Raises InputError only for more resources than are read at once.
    """
    record = record_of(data, checker.book, today, patient)
    checked = _checked(record._replace(not_read=(*record.not_read, *not_read)), checker)
    said = (*checked.record.said, *checked.report.assumed)
    return checked._replace(report=checked.report.model_copy(update={"assumed": said}))


def _checked(record: Record, checker: Checker) -> CheckedRecord:
    """Nobody is there to correct a record. Of two parts that contradict each other the milder one is left out."""
    try:
        return CheckedRecord(checker.check(record.profile, not_read=record.not_read), record)
    except InputError as error:
        tried = (_checked(shorter, checker) for shorter in _shorter(record, error.problems, checker.book))
        return min(tried, key=lambda checked: checked.report.verdict.rank)


def _shorter(record: Record, problems: Sequence[Problem], book: RuleBook) -> Iterator[Record]:
    """The record without the first, and without the last, of the parts that each problem names."""
    reason = book.wording.record.not_read.contradicts
    named = [
        NotChecked(list=RECORD, input=_in_words(problem.where, book)[:500], reason=fill(reason, why=problem.what))
        for problem in problems
    ]
    places = [list(_PLACE.finditer(problem.where)) for problem in problems]
    made: list[Profile] = []
    for end in (0, -1):
        data: dict[str, Any] = record.profile.model_dump(exclude_unset=True)
        dropped = [_drop(found[end], data) for found in places if found]
        if not any(dropped):
            _halve(data)
        profile = Profile.model_validate(data)
        if profile not in made:
            made.append(profile)
            yield record._replace(profile=profile, not_read=(*record.not_read, *named))


def _in_words(where: str, book: RuleBook) -> str:
    """ "kidney value (eGFR) and kidney stage": nobody who reads a report knows the fields of a profile."""
    return _PLACE.sub(lambda place: book.wording.labels.field(place[0]), where)


def _drop(place: re.Match[str], data: dict[str, Any]) -> bool:
    """Was there anything to be left out?"""
    if place[1]:
        return data.get(place[1], {}).pop(place[2], None) is not None
    entries: list[Any] = list(data.get(place[3], ()))
    number = int(place[4])
    if number >= len(entries):
        return False
    if place[5]:
        return entries[number].pop(place[5], None) is not None
    del entries[number]
    data[place[3]] = entries
    return True


def _halve(data: dict[str, Any]) -> None:
    """More than one check can look at: the first half of the longest list is looked at."""
    longest = max((*_LISTS, "conditions"), key=lambda name: len(data.get(name, ())))
    data[longest] = data.get(longest, ())[: len(data.get(longest, ())) // 2]


def answered(document: Document, checker: Checker, now: datetime) -> Resource:
    """The GuidanceResponse to a QuestionnaireResponse, or to the resources of a record.

    Raises InputError for answers that cannot be used; of a record, what cannot be used is named in the answer.
    """
    data = part(document.data)
    if data.get("resourceType") == RESPONSE:
        about = part(data.get("subject")).get("reference")
        patient = text(about).removeprefix("Patient/") if text(about).startswith("Patient/") else ""
        return guidance(checked_answers(document, checker), checker.book, now, GuidanceContext({}, patient))
    checked = checked_record(document.data, checker, now.date())
    return guidance(
        checked.report, checker.book, now, GuidanceContext(checked.record.sources, checked.record.patient)
    )
