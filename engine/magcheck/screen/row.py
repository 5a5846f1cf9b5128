"""What does one person become? One row: what a check says in few words, its whole report, or why there is none."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.core.errors import EngineFault, InputError, Problem
from magcheck.fhir.check import checked_answers, checked_record
from magcheck.fhir.record import record_of
from magcheck.fhir.response import RESPONSE, answers_in
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.profile_data import NAME, profile_of
from magcheck.screen.brief import brief, brief_of, could_become, could_become_in

if TYPE_CHECKING:
    from datetime import date

    from magcheck.checker import Checker
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Profile
    from magcheck.report import NotChecked, Report

ERROR = "error"
FAULT = "fault"
"""The engine could not vouch for its answer: no fault of the row."""
_LONGEST = 2000
"""Letters of one message."""


class Row(NamedTuple):
    data: dict[str, Any]
    outcome: str
    """A verdict, ERROR or FAULT."""


class Person(NamedTuple):
    """Who was told in a row."""

    profile: Profile
    not_read: tuple[NotChecked, ...]
    """What of the document could not be read."""
    is_record: bool = False
    """Nobody is there to correct it."""


class Kind(StrEnum):
    """How much a row says."""

    BRIEF = "brief"
    COULD_BECOME = "could become"
    """Brief, and what each missing answer and each name that was not understood could become."""
    FULL = "full"
    """The whole report."""


class RowOptions(NamedTuple):
    """What is made of every row."""

    kind: Kind
    today: date
    """On which the age of a person in a record is counted."""


def row_of(number: int, told: object, checker: Checker, asked: RowOptions) -> Row:
    """`told`: a line of JSON, or plain data. Whatever it is, a row comes of it."""
    try:
        document = document_of(told)
        whole = asked.kind is Kind.FULL
        said = _whole(document, checker, asked.today) if whole else _brief(document, checker, asked)
    except InputError as error:
        return refused(number, "; ".join(map(str, error.problems)), ERROR)
    except EngineFault as error:
        return refused(number, f"magcheck cannot vouch for its own answer, so it gives none: {error}", FAULT)
    except Exception as error:  # noqa: BLE001 - one person never stops the others
        return refused(number, f"magcheck stumbled: {type(error).__name__}: {error}", FAULT)
    return answer(number, said)


def refused(number: int, why: str, outcome: str) -> Row:
    return Row({"row": number, "error": why.encode("utf-8", "replace").decode()[:_LONGEST]}, outcome)


def document_of(told: object) -> Document:
    document = _parsed(told) if isinstance(told, bytes) else Document(NAME, without_nulls(told))
    if not isinstance(document.data, dict):
        raise _no_object()
    return document


def _parsed(told: bytes) -> Document:
    begin = told.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin in {b"", b"{"}:
        return read_document(told, NAME)
    raise _no_object()


def _no_object() -> InputError:
    return InputError([Problem(NAME, "this is no JSON object.", "Write one profile, or one resource of FHIR.")])


def without_nulls(data: object) -> object:
    """In a table, every row has every field: those that were not told are null."""
    if isinstance(data, dict):
        named = cast("dict[str, object]", data)
        return {name: without_nulls(part) for name, part in named.items() if part is not None}
    if isinstance(data, list):
        return [without_nulls(part) for part in cast("list[object]", data)]
    return data


def _whole(document: Document, checker: Checker, today: date) -> dict[str, Any]:
    return {"report": _report(document, checker, today).model_dump(mode="json")}


def _report(document: Document, checker: Checker, today: date) -> Report:
    match document.data.get("resourceType"):
        case None:
            return checker.check(profile_of(document))
        case kind if kind == RESPONSE:
            return checked_answers(document, checker)
        case _:
            return checked_record(document.data, checker, today).report


def _brief(document: Document, checker: Checker, asked: RowOptions) -> dict[str, Any]:
    """A record that contradicts itself is rare; only then are parts of it left out, as whole reports do it."""
    person = person_of(document, checker, asked.today)
    try:
        seen = checker.seen(person.profile)
    except InputError:
        if not person.is_record:
            raise
        report = checked_record(document.data, checker, asked.today).report
        return said_of_report(report, asked.kind)
    return said_briefly(checker.evaluations([seen.situation])[0], (*seen.strange, *person.not_read), asked.kind)


def said_briefly(evaluation: Evaluation, strange: tuple[NotChecked, ...], kind: Kind) -> dict[str, Any]:
    said = brief(evaluation, strange).as_data()
    return said | {"could_become": could_become(evaluation, strange)} if kind is Kind.COULD_BECOME else said


def said_of_report(report: Report, kind: Kind) -> dict[str, Any]:
    said = brief_of(report).as_data()
    return said | {"could_become": could_become_in(report)} if kind is Kind.COULD_BECOME else said


def person_of(document: Document, checker: Checker, today: date) -> Person:
    match document.data.get("resourceType"):
        case None:
            return Person(profile_of(document), ())
        case kind if kind == RESPONSE:
            return Person(*answers_in(document, checker.book)[:2])
        case _:
            record = record_of(document.data, checker.book, today)
            return Person(record.profile, record.not_read, is_record=True)


def answer(number: int, said: dict[str, Any]) -> Row:
    return Row({"row": number, **said}, said.get("report", said)["verdict"])


def line_of(row: Row) -> bytes:
    text = json.dumps(row.data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace") + b"\n"
