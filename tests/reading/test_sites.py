"""An eye or an ear in a line: where it goes, or where it hurts? What is swallowed is never taken for drops."""

from __future__ import annotations

import pytest

from magcheck import check


@pytest.mark.parametrize(
    "site", ["in left eye", "in the eye", "in ear", "in the ears", "in both ears", "right eye"]
)
@pytest.mark.parametrize("line", ["cipro 500 mg for infection {}", "doxycycline 100 mg twice daily for pain {}"])
def test_where_it_hurts_is_no_route(line: str, site: str) -> None:
    report = check({"medications": [line.format(site)], "supplements": ["magnesium oxide 200 mg"]})
    assert not report.complete
    assert any(entry.list == "medications" and entry.could_become == "separate" for entry in report.not_checked)


@pytest.mark.parametrize(
    ("line", "route"),
    [
        ("levofloxacin 1 drop in left eye", "eye"),
        ("ciprofloxacin drops both eyes", "eye"),
        ("ofloxacin 0.3% 5 drops in ear", "ear"),
        ("ofloxacin 3 mg/mL in both eyes", "eye"),
        ("ciprodex otic 4 drops left ear bid", "ear"),
        ("cipro 500 mg tablets for left ear infection", "oral"),
    ],
)
def test_drops_go_where_they_are_said_to_go(line: str, route: str) -> None:
    assert check({"medications": [line]}).recognised[0].route == route
