"""What does one person become? One row: what a check says in few words, its whole report, or why there is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.core.errors import EngineFault, InputError, Problem
from magcheck.fhir.check import checked_answers, checked_record
from magcheck.fhir.record import record_of
from magcheck.fhir.response import RESPONSE, answers_in
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.profile_data import NAME, profile_of
from magcheck.report_builder import Brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from magcheck.checker import Checker
    from magcheck.report import Finding, Report

ERROR = "error"
FAULT = "fault"
"""The engine could not vouch for its answer: no fault of the row."""
_LONGEST = 2000
"""Letters of one message."""


class Row(NamedTuple):
    data: dict[str, Any]
    outcome: str
    """A verdict, ERROR or FAULT."""


class Asked(NamedTuple):
    """What is made of every row."""

    full: bool
    today: date
    """On which the age of a person in a record is counted."""


def row_of(number: int, told: object, checker: Checker, asked: Asked) -> Row:
    """`told`: a line of JSON, or plain data. Whatever it is, a row comes of it."""
    try:
        data = _whole if asked.full else _brief
        document = _document(told)
        said = data(document, checker, asked.today)
    except InputError as error:
        return refused(number, "; ".join(map(str, error.problems)), ERROR)
    except EngineFault as error:
        return refused(number, f"magcheck cannot vouch for its own answer, so it gives none: {error}", FAULT)
    except Exception as error:  # noqa: BLE001 - one person never stops the others
        return refused(number, f"magcheck stumbled: {type(error).__name__}: {error}", FAULT)
    return Row({"row": number, **said}, said.get("report", said)["verdict"])


def refused(number: int, why: str, outcome: str) -> Row:
    return Row({"row": number, "error": why.encode("utf-8", "replace").decode()[:_LONGEST]}, outcome)


def _document(told: object) -> Document:
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


def _brief(document: Document, checker: Checker, today: date) -> dict[str, Any]:
    match document.data.get("resourceType"):
        case None:
            return row_of_brief(checker.brief(profile_of(document)))
        case kind if kind == RESPONSE:
            told = answers_in(document, checker.book)
            return row_of_brief(checker.brief(told.profile, not_read=told.not_read))
        case _:
            return _brief_of_record(document, checker, today)


def _brief_of_record(document: Document, checker: Checker, today: date) -> dict[str, Any]:
    """A record that contradicts itself is rare; only then are parts of it left out, as whole reports do it."""
    record = record_of(document.data, checker.book, today)
    try:
        return row_of_brief(checker.brief(record.profile, not_read=record.not_read))
    except InputError:
        return row_of_report(checked_record(document.data, checker, today).report)


def row_of_report(report: Report) -> dict[str, Any]:
    return row_of_brief(
        Brief(
            verdict=report.verdict,
            complete=report.complete,
            ok=report.ok,
            findings=report.findings,
            not_checked=tuple(entry.input for entry in report.not_checked),
            missing=tuple(sorted(gap.field for gap in report.missing)),
            dose=report.dose,
        )
    )


def row_of_brief(brief: Brief) -> dict[str, Any]:
    return {
        "verdict": brief.verdict.value,
        "ok": brief.ok,
        "complete": brief.complete,
        "rules": list(dict.fromkeys(finding.rule for finding in brief.findings)),
        "not_checked": list(brief.not_checked),
        "missing": list(brief.missing),
        "gaps": list(_gaps(brief.findings)),
        "dose_low": brief.dose and brief.dose.low,
        "dose_high": brief.dose and brief.dose.high,
    }


def _gaps(findings: Iterable[Finding]) -> Iterator[dict[str, str]]:
    """Every window between a medicine and magnesium or a mineral, kept or not."""
    for finding in findings:
        if finding.separation:
            yield {"medicine": finding.separation.take, "status": finding.separation.status.value}


def line_of(row: Row) -> bytes:
    text = json.dumps(row.data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace") + b"\n"
