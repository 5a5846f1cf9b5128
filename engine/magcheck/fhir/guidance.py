"""How does a report read as a FHIR R4 GuidanceResponse, with its findings as DetectedIssues?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.fhir.form import CANONICAL
from magcheck.fhir.issues import detected_issue
from magcheck.fhir.lab_kinds import HEIGHT, KINDS, LOINC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Missing, Report

MODULE = f"{CANONICAL}/PlanDefinition/magcheck"
_PATIENT_FIELDS = {"person.age": "birthDate", "person.sex": "gender", "country": "address"}
_KIDNEY = "kidney.egfr"


class GuidanceContext(NamedTuple):
    """What the answer refers to."""

    places: Mapping[tuple[str, int], str] = {}
    """(list, index) of an item -> the resource that tells it."""
    patient: str = ""
    """Its id."""


def guidance(report: Report, book: RuleBook, when: datetime, told: GuidanceContext) -> Resource:
    """Everything that the report decides, and everything that it could not."""
    moment = when.isoformat(timespec="seconds")
    about: Resource | None = {"reference": f"Patient/{told.patient}"} if told.patient else None
    issues = [
        detected_issue(finding, book, told.places, about, moment) | {"id": f"issue-{number}"}
        for number, finding in enumerate((one for one in report.findings if one.counts), start=1)
    ]
    messages = list(_messages(report))
    needed = list(_needed(report))
    answer: Resource = {
        "resourceType": "GuidanceResponse",
        "contained": [
            *issues,
            *([{"resourceType": "OperationOutcome", "id": "messages", "issue": messages}] if messages else []),
            {"resourceType": "Parameters", "id": "output", "parameter": list(_output(report, issues))},
        ],
        "moduleCanonical": f"{MODULE}|{report.rules.version}",
        "status": "data-required" if needed else "success",
        "subject": about,
        "occurrenceDateTime": moment,
        "performer": {"display": "magcheck"},
        "note": [{"text": report.headline}, {"text": report.notice}],
        "evaluationMessage": [{"reference": "#messages"}] if messages else [],
        "outputParameters": {"reference": "#output"},
        "dataRequirement": needed,
    }
    return {key: value for key, value in answer.items() if value not in (None, [])}


def _output(report: Report, issues: list[Resource]) -> Iterator[Resource]:
    yield {"name": "verdict", "valueCode": report.verdict.value}
    yield {"name": "complete", "valueBoolean": report.complete}
    yield {"name": "ok", "valueBoolean": report.ok}
    yield {"name": "rules", "valueString": report.rules.digest}
    for issue in issues:
        yield {"name": "issue", "valueReference": {"reference": f"#{issue['id']}"}}


def _messages(report: Report) -> Iterator[Resource]:
    for entry in report.not_checked:
        words = f"{entry.input}: {entry.question or entry.reason}"
        yield {"severity": "warning", "code": "incomplete", "diagnostics": words}
    for gap in report.missing:
        yield {"severity": "warning", "code": "required", "diagnostics": gap.question, "expression": [gap.field]}
    for assumed in report.assumed:
        yield {"severity": "information", "code": "informational", "diagnostics": assumed.what}


def _needed(report: Report) -> Iterator[Resource]:
    """What a record system could send, and what only the person can answer."""
    told: list[Resource] = []
    for gap in report.missing:
        needed = _requirement(gap)
        if needed not in told:
            told.append(needed)
            yield needed


def _requirement(gap: Missing) -> Resource:
    if gap.field.startswith("kidney."):
        return _values(_KIDNEY, "kidney.creatinine")
    if gap.field.startswith("labs.") or gap.field == HEIGHT.field:
        return _values(gap.field)
    if gap.field in _PATIENT_FIELDS:
        return {"type": "Patient", "mustSupport": [_PATIENT_FIELDS[gap.field]]}
    return {"type": "QuestionnaireResponse", "mustSupport": ["item"]}


def _values(*fields: str) -> Resource:
    """The values that answer it, any one of them."""
    codes = [
        {"system": LOINC, "code": code} for kind in (*KINDS, HEIGHT) if kind.field in fields for code in kind.codes
    ]
    return {"type": "Observation", "mustSupport": ["value"], "codeFilter": [{"path": "code", "code": codes}]}


def is_complete(answer: Resource) -> bool:
    """Was everything checked that a GuidanceResponse of ours rests on?"""
    output = next(held for held in answer["contained"] if held["resourceType"] == "Parameters")
    return any(told["name"] == "complete" and told["valueBoolean"] for told in output["parameter"])
