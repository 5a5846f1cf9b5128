"""Does a report say what words about an illness count as, and what they were preferred to?"""

from __future__ import annotations

import pytest

from magcheck import check


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({"conditions": ["chronic kidney disease"]}, "'chronic kidney disease' counts as kidney disease."),
        ({"conditions": ["stage 4 kidney disease"]}, "'stage 4 kidney disease' counts as kidney stage G4."),
        (
            {"conditions": ["chronic kidney disease"], "kidney": {"disease": False}},
            "'chronic kidney disease' counts as kidney disease, although you told us no kidney disease.",
        ),
        (
            {"conditions": ["dialysis"], "kidney": {"dialysis": False}},
            "'dialysis' counts as dialysis, although you told us no dialysis.",
        ),
        ({"conditions": ["eGFR 40"]}, "'eGFR 40' counts as kidney value (eGFR) 40."),
        (
            {"conditions": ["pregnant"], "person": {"pregnancy": "none"}},
            "'pregnant' counts as pregnant, although you told us no pregnancy.",
        ),
        (
            {"conditions": ["might be pregnant"]},
            "'might be pregnant' is not clear. It is taken as pregnant until you answer.",
        ),
    ],
)
def test_what_words_imply_is_said(profile: dict[str, object], said: str) -> None:
    assert any(assumed.what.startswith(said) for assumed in check(profile).assumed)


def test_whether_an_operation_is_still_to_come_is_asked_in_these_words() -> None:
    (why,) = [
        missing.why
        for missing in check({"conditions": ["hip replacement in March"]}).missing
        if missing.field == "conditions"
    ]
    assert why == "'hip replacement': is it still to come? It counts as planned until you answer."
