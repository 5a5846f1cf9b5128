"""Who fills the form: what each writes into it, and the profile that the same person is by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple


class Person(NamedTuple):
    verdict: str
    answers: dict[str, Any]
    """linkId -> the words that are typed or clicked; of a medicine or product, those of its parts."""
    profile: dict[str, Any]
    record: dict[str, Any] | None = None
    """What a record system opens the form with."""


HEALTHY = {"person": {"age": 45, "sex": "male"}, "kidney": {"egfr": 90}}
TOLD_HEALTHY = {"blood-values": "Yes", "kidney.egfr": "90", "person.age": "45", "person.sex": "male"}
EVENING = {"name": "magnesium citrate", "amount_mg": 100, "basis": "elemental", "times": ["20:00"]}
TOLD_EVENING = {
    "name": "magnesium citrate",
    "amount_mg": "100",
    "basis": "magnesium itself (elemental)",
    "times": ["20:00:00"],
}
AGE = 76
BORN = datetime.now(UTC).year - AGE
EGFR_OF_RECORD = {
    "resourceType": "Observation",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "98979-8"}]},
    "effectiveDateTime": "2026-10-01",
    "valueQuantity": {
        "value": 38,
        "unit": "mL/min/1.73 m2",
        "system": "http://unitsofmeasure.org",
        "code": "mL/min/{1.73_m2}",
    },
}

PEOPLE: dict[str, Person] = {
    "two medicines": Person(
        "separate",
        {
            "blood-values": "Yes",
            "kidney.egfr": "95",
            "person.age": "30",
            "person.sex": "female",
            "person.pregnancy": "no",
            "medications": [
                {"name": "levothyroxine 50 mcg", "route": "by mouth", "times": ["07:00:00"]},
                {"name": "ciprofloxacin eye drops", "route": "in the eye"},
            ],
            "supplements": [
                {
                    "name": "magnesium glycinate",
                    "amount_mg": "1000",
                    "basis": "the whole compound",
                    "elemental_percent": "14.1",
                    "times": ["08:00:00", "20:00:28"],
                }
            ],
            "country": "United States",
            "goals": ["sleep"],
        },
        {
            "person": {"age": 30, "sex": "female", "pregnancy": "none"},
            "kidney": {"egfr": 95},
            "medications": [
                {"name": "levothyroxine 50 mcg", "route": "oral", "times": ["07:00"]},
                {"name": "ciprofloxacin eye drops", "route": "eye"},
            ],
            "supplements": [
                {
                    "name": "magnesium glycinate",
                    "amount_mg": 1000,
                    "basis": "compound",
                    "elemental_percent": 14.1,
                    "times": ["08:00", "20:00"],
                }
            ],
            "country": "US",
            "goals": ["sleep"],
        },
    ),
    "words of one's own": Person(
        "avoid",
        {
            "symptoms": ["diarrhoea", "I feel weak"],
            "kidney.disease": "No",
            "conditions": ["asthma", "zqx disease"],
            "blood-values": "Yes",
            "kidney.creatinine": {"value": "140", "unit": "umol/L"},
            "labs.magnesium": {"value": "0.9", "unit": "mmol/L"},
            "person.age": "66",
            "person.sex": "female",
            "medications": [{"name": "metformin 500 mg"}, {"name": "Zyntrexol 5 mg"}],
            "supplements": [TOLD_EVENING],
            "country": "Brazil",
        },
        {
            "symptoms": ["diarrhoea", "I feel weak"],
            "kidney": {"disease": False, "creatinine": {"value": 140, "unit": "umol/L"}},
            "conditions": ["asthma", "zqx disease"],
            "labs": {"magnesium": {"value": 0.9, "unit": "mmol/L"}},
            "person": {"age": 66, "sex": "female"},
            "medications": [{"name": "metformin 500 mg"}, {"name": "Zyntrexol 5 mg"}],
            "supplements": [EVENING],
            "country": "BR",
        },
    ),
    "a form filled from the record": Person(
        "ask_first",
        {"person.sex": "female", "medications": [{"name": "metformin 500 mg"}], "supplements": [TOLD_EVENING]},
        {
            "person": {"age": AGE, "sex": "female"},
            "kidney": {"egfr": 38},
            "medications": [{"name": "metformin 500 mg"}],
            "supplements": [EVENING],
        },
        {
            "patient": {"resourceType": "Patient", "id": "p-1", "birthDate": f"{BORN}-01-01", "gender": "female"},
            "found": [EGFR_OF_RECORD],
        },
    ),
}
MORE: dict[str, Person] = {
    "nothing wrong": Person(
        "clear", TOLD_HEALTHY | {"supplements": [TOLD_EVENING]}, HEALTHY | {"supplements": [EVENING]}
    ),
    "no kidneys": Person(
        "avoid",
        {
            "kidney.disease": "Yes",
            "kidney.dialysis": "Yes",
            "kidney.acute": "No",
            "kidney.stage": "G5",
            "person.age": "70",
            "supplements": [{"name": "milk of magnesia", "per_day": "2"}],
        },
        {
            "kidney": {"disease": True, "dialysis": True, "acute": False, "stage": "G5"},
            "person": {"age": 70},
            "supplements": [{"name": "milk of magnesia", "per_day": 2}],
        },
    ),
    "too much": Person(
        "lower_dose",
        TOLD_HEALTHY
        | {
            "medications": [{"name": "milk of magnesia", "dose_mg": "500", "times": ["22:00:00"]}],
            "supplements": [TOLD_EVENING],
            "country": "Germany",
        },
        HEALTHY
        | {
            "medications": [{"name": "milk of magnesia", "dose_mg": 500, "times": ["22:00"]}],
            "supplements": [EVENING],
            "country": "DE",
        },
    ),
    "a pregnancy": Person(
        "monitor",
        {
            "kidney.disease": "No",
            "person.age": "30",
            "person.sex": "female",
            "person.pregnancy": "pregnant",
            "supplements": [TOLD_EVENING],
        },
        {
            "kidney": {"disease": False},
            "person": {"age": 30, "sex": "female", "pregnancy": "pregnant"},
            "supplements": [EVENING],
        },
    ),
    "a note": Person(
        "note",
        TOLD_HEALTHY
        | {
            "conditions": ["diabetes"],
            "medications": [{"name": "furosemide 40 mg", "times": ["07:00:00"]}],
            "supplements": [TOLD_EVENING],
        },
        HEALTHY
        | {
            "conditions": ["diabetes"],
            "medications": [{"name": "furosemide 40 mg", "times": ["07:00"]}],
            "supplements": [EVENING],
        },
    ),
    "a child": Person(
        "ask_first",
        {
            "blood-values": "Yes",
            "kidney.creatinine": {"value": "0.5", "unit": "mg/dL"},
            "person.age": "9",
            "person.sex": "male",
            "person.height_cm": "130",
            "supplements": [TOLD_EVENING],
        },
        {
            "kidney": {"creatinine": {"value": 0.5, "unit": "mg/dL"}},
            "person": {"age": 9, "sex": "male", "height_cm": 130},
            "supplements": [EVENING],
        },
    ),
    "nothing told": Person("clear", {}, {}),
}
