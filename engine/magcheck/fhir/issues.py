"""How does a finding read as a FHIR R4 DetectedIssue?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.scales import Action, Severity
from magcheck.fhir.form import CANONICAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Finding, Subject

RULES = f"{CANONICAL}/CodeSystem/magcheck-rules"
_ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_NAMES = uuid5(UUID(int=0), "magcheck finding")
_SEVERITIES = {
    Severity.CONTRAINDICATED: "high",
    Severity.MAJOR: "high",
    Severity.MODERATE: "moderate",
    Severity.MINOR: "low",
    Severity.INFO: "low",
}


def finding_id(finding: Finding) -> UUID:
    """The same as long as the same page speaks of the same things."""
    subjects = ",".join(sorted({subject.is_ or subject.input for subject in finding.subjects}))
    return uuid5(_NAMES, f"{finding.rule}:{subjects}")


def detected_issue(
    finding: Finding, book: RuleBook, places: Mapping[tuple[str, int], str], about: Resource | None, when: str
) -> Resource:
    """`about`: the reference to the person. `when`: the moment of the check."""
    issue: Resource = {
        "resourceType": "DetectedIssue",
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": finding_id(finding).urn}],
        "status": "final",
        "code": {"coding": list(_codes(finding)), "text": finding.title},
        "severity": _SEVERITIES[finding.severity],
        **({"patient": about} if about else {}),
        "identifiedDateTime": when,
        "author": {"display": "magcheck"},
        "implicated": [_implicated(subject, places) for subject in finding.subjects],
        "evidence": [{"code": [{"text": words}]} for words in (*_facts(finding, book), *_sources(finding, book))],
        "detail": f"{finding.what_to_do} {finding.why}",
        "reference": next((cited.url for cited in finding.evidence if cited.url), None),
        "mitigation": [{"action": {"text": finding.what_to_do}}],
    }
    return {key: value for key, value in issue.items() if value not in (None, [])}


def _codes(finding: Finding) -> Iterator[Resource]:
    lists = {subject.list for subject in finding.subjects if MAGNESIUM not in subject.is_}
    if finding.action is Action.LOWER_DOSE:
        yield {"system": _ACT, "code": "DOSEH"}
    elif "medications" in lists or "supplements" in lists:
        yield {"system": _ACT, "code": "DRG"}
    elif finding.facts:
        yield {"system": _ACT, "code": "OBSA"}
    else:
        yield {"system": _ACT, "code": "COND"}
    yield {"system": RULES, "code": finding.rule, "display": finding.title}


def _implicated(subject: Subject, places: Mapping[tuple[str, int], str]) -> Resource:
    address = places.get((subject.list, subject.index), "")
    return {**({"reference": address} if address else {}), "display": subject.input}


def _facts(finding: Finding, book: RuleBook) -> Iterator[str]:
    for fact in finding.facts:
        value = f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
        unit = f" {fact.unit}" if fact.unit else ""
        yield f"{book.wording.labels.field(fact.name)}: {value}{unit} ({fact.origin})"


def _sources(finding: Finding, book: RuleBook) -> Iterator[str]:
    for cited in finding.evidence:
        grade = book.wording.labels.grades[cited.grade]
        yield ", ".join(filter(None, (cited.source, cited.where, grade, cited.url)))
