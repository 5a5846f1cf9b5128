"""Is a result under words alone named where it may tell of kidneys, magnesium, the heart or a pregnancy?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fhir.recording import checked, reasons

if TYPE_CHECKING:
    from magcheck import Checker


def result(words: str, **value: Any) -> dict[str, Any]:
    value = value or {"valueQuantity": {"value": 28, "unit": "1"}}
    return {"resourceType": "Observation", "status": "final", "code": {"text": words}, **value}


WATCHED = """
eGFR|GFR|Kreatinin|Magnesium|Nierenfunktion|Nierenwert|Nierenwerte|DFG|DFGe|clairance|TFG|VFG
FG estimado|nierfunctie|Krea|crea|sCr|CrCl|renal|kidney|Kidney function|Mg|Mg im Serum|Serum Mg|Urea
BUN|ACR|Urine ACR|Albuminuria|Albuminurie|diálisis|Dialyse|pregnancy test|Schwangerschaftstest
test de grossesse|prueba de embarazo|gestational age|fonction rénale|función renal|funzione renale
filtrato glomerulare|filtrado glomerular|Harnstoff|urée|ureum|klaring|hCG|S-Krea|Cr (serum)
"""


@pytest.mark.parametrize("words", WATCHED.strip().replace("\n", "|").split("|"))
def test_a_result_that_may_matter_is_named(checker: Checker, words: str) -> None:
    found = checked(checker, result(words))
    assert words in reasons(found)
    assert not found.report.complete


@pytest.mark.parametrize("said", ["complete AV block", "third degree heart block", "AV-Block III"])
def test_what_a_result_says_may_matter(checker: Checker, said: str) -> None:
    assert "ECG" in reasons(checked(checker, result("ECG", valueString=said)))


HARMLESS = """
Haemoglobin|Hemoglobin|Hämoglobin|Weight|Blood pressure|Blutdruck|Body height|Temperature|Heart rate
Pain score|Glucose|HbA1c|Cholesterol|LDL|Vitamin D|Ferritin|Sodium|Calcium|TSH|C-reactive protein
Total protein|CRP|Platelets|White cells|INR|ALT|Bilirubin|Troponin|Renin|Smoking status
Oxygen saturation|Urine creatinine|Magnesium in urine|Eiweiß|protéine|frequenza cardiaca
Glucose (mg/dL)
"""


@pytest.mark.parametrize("words", HARMLESS.strip().replace("\n", "|").split("|"))
def test_a_harmless_result_is_only_counted(checker: Checker, words: str) -> None:
    assert not reasons(checked(checker, result(words)))


def test_an_amount_in_a_finding_is_no_magnesium(checker: Checker) -> None:
    assert not reasons(checked(checker, result("Chest X-ray", valueString="no infiltrates, 20 mg of contrast")))
