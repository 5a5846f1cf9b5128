"""What do forms of Structured Data Capture want besides? How an item is shown, what it means, how it is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.fhir.lab_kinds import KINDS, LOINC

if TYPE_CHECKING:
    from magcheck.fhir.plain import Resource

PROFILE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"
_HL7 = "http://hl7.org/fhir/StructureDefinition"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
_SOME = 5
"""So many choices and more are a list to unfold, in which one finds words by typing."""
_CODES = {
    "person.age": ("30525-0", "Age"),
    "person.sex": ("46098-0", "Sex"),
    "person.height_cm": ("8302-2", "Body height"),
    "person.pregnancy": ("82810-3", "Pregnancy status"),
    "kidney.egfr": ("98979-8", "Glomerular filtration rate (CKD-EPI 2021)"),
    "kidney.creatinine": ("2160-0", "Creatinine in serum or plasma"),
    "labs.magnesium": ("19123-9", "Magnesium in serum or plasma"),
}
_BIRTH, _TODAY = "%patient.birthDate.toString()", "today().toString()"
_YEAR, _REST = "substring(0, 4).toInteger()", "substring(5, 5)"
_AGE = (
    f"iif({_BIRTH}.length() = 10, ({_TODAY}.{_YEAR} - {_BIRTH}.{_YEAR}"
    f" - iif({_TODAY}.{_REST} < {_BIRTH}.{_REST}, 1, 0)).toDecimal(), {{}})"
)
_EXACT = "comparator.empty() and code = 'mL/min/{1.73_m2}'"
_EGFR = f"%egfr.entry.resource.value.where({_EXACT}).value"
_FILLED = {
    "person.age": _AGE,
    "person.sex": "%patient.gender.where($this = 'female' or $this = 'male')",
    "blood values": f"iif({_EGFR}.exists(), true, {{}})",
    "kidney.egfr": _EGFR,
}
"""Question -> how a form fills it from the record. A value that is only a bound is left to the person."""


def control(code: str) -> Resource:
    coded = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return {"url": f"{_HL7}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [coded]}}


def shown_as(choices: int) -> list[Resource]:
    """How a question with so many choices is shown; a few are shown as they are.

    Never as an "autocomplete": without a value set Smart Forms shows no field at all for it.
    """
    return [control("drop-down")] if choices >= _SOME else []


def meaning(name: str) -> dict[str, Any]:
    """The code of a question."""
    if name not in _CODES:
        return {}
    code, display = _CODES[name]
    return {"code": [{"system": LOINC, "code": code, "display": display}]}


def filled_from_record(name: str) -> list[Resource]:
    if name not in _FILLED:
        return []
    return [_expression(f"{_SDC}/sdc-questionnaire-initialExpression", "text/fhirpath", _FILLED[name])]


def launched() -> list[Resource]:
    """What a form must know when it is opened: the patient, and the newest eGFR."""
    patient = {"system": "http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext", "code": "patient"}
    egfr = next(",".join(f"{LOINC}|{code}" for code in kind.codes) for kind in KINDS if kind.label == "egfr")
    query = (
        f"Observation?patient={{{{%patient.id}}}}&code={egfr}&status=final,amended,corrected&_sort=-date&_count=1"
    )
    return [
        {
            "url": f"{_SDC}/sdc-questionnaire-launchContext",
            "extension": [{"url": "name", "valueCoding": patient}, {"url": "type", "valueCode": "Patient"}],
        },
        _expression(f"{_HL7}/variable", "application/x-fhir-query", query, "egfr"),
    ]


def _expression(url: str, language: str, expression: str, name: str = "") -> Resource:
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": {**named, "language": language, "expression": expression}}
