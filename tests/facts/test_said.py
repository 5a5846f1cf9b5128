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
    ],
)
def test_what_words_imply_is_said(profile: dict[str, object], said: str) -> None:
    assert any(assumed.what.startswith(said) for assumed in check(profile).assumed)
