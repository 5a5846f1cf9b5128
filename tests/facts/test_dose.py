"""Elemental magnesium: a low and a high value, and how they come about."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import Profile, check
from magcheck.knowledge.load import load_rules
from magcheck.report import Dose


def dose(*supplements: dict[str, Any], medications: tuple[Any, ...] = ()) -> Dose:
    profile = {"person": {"age": 40}, "supplements": list(supplements), "medications": list(medications)}
    found = check(Profile.model_validate(profile)).dose
    assert found is not None
    return found


def test_an_elemental_amount_is_taken_as_it_is() -> None:
    found = dose({"name": "magnesium glycinate", "amount_mg": 320, "basis": "elemental"})
    assert (found.low, found.high) == (320, 320)


def test_the_share_that_a_label_prints_is_used() -> None:
    found = dose(
        {"name": "magnesium glycinate", "amount_mg": 1000, "basis": "compound", "elemental_percent": 14.1}
    )
    assert (found.low, found.high) == (141, 141)
    assert found.parts[0].how == "1000 mg x 14.1 %"


def test_an_unknown_hydrate_gives_a_range() -> None:
    found = dose({"name": "magnesium glycinate", "amount_mg": 1000, "basis": "compound"})
    assert found.low == pytest.approx(116.6)
    assert found.high == pytest.approx(224.1)


def test_an_unknown_basis_ranges_from_the_poorest_compound_to_pure_magnesium() -> None:
    found = dose({"name": "magnesium oxide", "amount_mg": 400})
    assert found.low == pytest.approx(241.2, abs=0.1)
    assert found.high == 400


def test_intakes_are_counted_by_their_times_or_by_per_day() -> None:
    two = {"name": "magnesium citrate", "amount_mg": 100, "basis": "elemental"}
    assert dose(two | {"times": ["08:00", "20:00"]}).high == 200
    assert dose(two | {"per_day": 3}).high == 300
    assert dose(two).high == 100


def test_all_products_add_up_also_among_the_medicines() -> None:
    found = dose(
        {"name": "magnesium citrate", "amount_mg": 100, "basis": "elemental"},
        medications=({"name": "milk of magnesia", "dose_mg": 1200},),
    )
    assert found.high == 1300
    assert found.low == pytest.approx(100 + 1200 * 0.4168, abs=0.5)


def test_a_product_that_is_not_swallowed_does_not_count() -> None:
    profile = Profile.model_validate(
        {"person": {"age": 40}, "supplements": [{"name": "Epsom salts", "amount_mg": 5000, "route": "skin"}]}
    )
    assert check(profile).dose is None


def test_an_amount_written_in_the_name_is_read_and_said() -> None:
    profile = Profile.model_validate({"person": {"age": 40}, "supplements": ["magnesium citrate 200 mg"]})
    report = check(profile)
    assert report.dose is not None
    assert report.dose.high == 200
    assert any("read from its name" in one.what for one in report.assumed)


def test_an_unknown_amount_is_asked_for() -> None:
    report = check(Profile.model_validate({"person": {"age": 40}, "supplements": ["magnesium citrate"]}))
    assert not report.complete
    assert "supplements[0].amount_mg" in [one.field for one in report.missing]


def test_a_known_product_brings_what_its_label_says_when_nobody_told_the_amount() -> None:
    found = dose({"name": "Mag-Ox 400 mg"})
    assert (found.low, found.high) == (240, 240)
    ranged = dose({"name": "milk of magnesia"})
    assert (ranged.low, ranged.high) == (500, 2000)


def test_a_range_that_crosses_the_limit_asks_for_the_amount() -> None:
    items = ({"name": "Pepcid Complete"},)
    supplement = {"name": "magnesium citrate", "amount_mg": 250, "basis": "elemental"}
    profile = {"person": {"age": 40}, "medications": list(items), "supplements": [supplement], "country": "US"}
    report = check(Profile.model_validate(profile))
    assert "dose-limit-us" not in [finding.rule for finding in report.findings]
    assert [(gap.field, gap.could_become) for gap in report.missing] == [("medications[0].dose_mg", "lower_dose")]


def test_the_least_that_a_product_brings_counts_in_any_case() -> None:
    report = check(Profile.model_validate({"person": {"age": 40}, "medications": ["milk of magnesia"]}))
    assert "laxative-course" in [finding.rule for finding in report.findings]
    assert report.dose is not None
    assert report.dose.low == 500


def test_every_known_content_cites_a_source() -> None:
    book = load_rules()
    assert [name for name, content in book.contents.items() if content.source not in book.sources] == []
    assert all(content.low_mg <= content.high_mg for content in book.contents.values())
