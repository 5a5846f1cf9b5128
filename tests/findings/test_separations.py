"""When do the given times keep a window? Only where they can be all of them."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import check

NOON = {"times": ["12:00"]}


def status(medicine: dict[str, Any], magnesium: dict[str, Any]) -> str:
    report = check(
        {
            "medications": [{"name": "doxycycline", **medicine}],
            "supplements": [{"name": "magnesium citrate", **magnesium}],
        }
    )
    (found,) = [finding.separation for finding in report.findings if finding.separation]
    return found.status.value


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"times": ["20:00"]}, "kept"),
        ({"times": ["20:00"], "per_day": 1}, "kept"),
        ({"times": ["20:00"], "per_day": 2}, "unplanned"),
        ({"times": ["20:00"], "frequency": "as needed"}, "unplanned"),
        ({"times": ["20:00"], "frequency": "weekly"}, "kept"),
        ({"times": ["12:30"], "frequency": "as needed"}, "broken"),
        ({"times": ["20:00", "12:30"]}, "broken"),
        ({"per_day": 1}, "unplanned"),
        ({}, "unplanned"),
    ],
)
def test_a_window_is_kept_only_where_every_hour_is_told(side: int, told: dict[str, Any], expected: str) -> None:
    items = [NOON, NOON]
    items[side] = told
    assert status(*items) == expected
