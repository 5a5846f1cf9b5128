"""Are kidneys that were ill asked about, where the record says that it is over?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fhir.recording import checked, condition, medicine, said

if TYPE_CHECKING:
    from magcheck import Checker

MAGNESIUM = medicine("magnesium glycinate 100 mg elemental")


@pytest.mark.parametrize("status", ["resolved", "inactive", "remission"])
@pytest.mark.parametrize("name", ["dialysis", "hemodialysis", "peritoneal dialysis"])
def test_kidneys_that_were_ill_are_asked_about(checker: Checker, name: str, status: str) -> None:
    found = checked(checker, MAGNESIUM, condition(name, clinicalStatus={"coding": [{"code": status}]}))
    assert found.record.profile.conditions == (f"{name} ({status})",)
    assert "is left out" not in said(found)


@pytest.mark.parametrize("name", ["pneumonia", "diarrhea", "pregnancy"])
def test_what_is_over_is_left_out(checker: Checker, name: str) -> None:
    found = checked(checker, MAGNESIUM, condition(name, clinicalStatus={"coding": [{"code": "resolved"}]}))
    assert not found.record.profile.conditions
    assert "is left out" in said(found)


def test_what_is_refuted_is_left_out(checker: Checker) -> None:
    refuted = condition("dialysis", verificationStatus={"coding": [{"code": "refuted"}]})
    assert not checked(checker, MAGNESIUM, refuted).record.profile.conditions
