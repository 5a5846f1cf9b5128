"""Are medicines read as records carry them, and none of them wrong?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fhir.codings import codings, seen

if TYPE_CHECKING:
    from magcheck import Checker

LEAST = 0.9


def test_there_are_three_hundred_of_every_kind() -> None:
    every = codings()
    assert len(every) >= 300
    assert len({coding.words for coding in every}) == len(every)
    assert {coding.kind for coding in every} == {"rxnorm", "old", "ndc", "snomed", "text", "pzn"}


@pytest.mark.thorough
def test_nine_in_ten_that_a_page_speaks_of_are_read_and_none_is_read_wrong(checker: Checker) -> None:
    found = [one for one in seen(checker) if one.has_page]
    assert not [one for one in found if one.is_wrong]
    assert sum(one.is_right for one in found) >= LEAST * len(found)
