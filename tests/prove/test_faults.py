"""Does the prover find what was broken by hand? The faults of earlier editions, and others of each kind."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from typing import TYPE_CHECKING

import pytest

from magcheck import Profile
from magcheck.facts import situation as step
from tests.prove.proving import ORAL, act, broken, prover
from tests.support import checker_of, page

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck.knowledge.rule import Rule
    from magcheck.prove.theorems import Theorem

ONE_MORE = "one more thing taken never weakens the verdict"
ALWAYS_BELOW_30 = "egfr below 30 mL/min/1.73 m2: always at least 'avoid'"
BELOW_30 = {"when": {"egfr": {"below": 30}}, "verdict": "avoid"}


def verdicts(theorem: Theorem, *pages: Rule) -> list[str]:
    """What a check of these pages says to each person who breaks the theorem."""
    checker = checker_of(*pages)
    return [checker.check(Profile.model_validate(given)).verdict.value for given in theorem.profiles]


def test_an_upper_bound_on_an_open_amount_is_found() -> None:
    """`up to 2500 mg` took "above 700" away as soon as something without an amount was added."""
    pages = (
        page("high", ORAL, {"daily magnesium": {"above": "700 mg", "up to": "2500 mg"}}, **act("ask_first")),
        page("higher", ORAL, {"daily magnesium": {"above": "2500 mg"}}, **act("avoid")),
    )
    found = broken(prover(*pages))
    assert ONE_MORE in found
    assert verdicts(found[ONE_MORE], *pages) == ["ask_first", "clear"]


def test_the_same_pages_without_the_upper_bound_are_proven() -> None:
    pages = (
        page("high", ORAL, {"daily magnesium": {"above": "700 mg"}}, **act("ask_first")),
        page("higher", ORAL, {"daily magnesium": {"above": "2500 mg"}}, **act("avoid", covers=["high"])),
    )
    assert not broken(prover(*pages, never_weaker={"daily magnesium": "higher"}))


@pytest.fixture
def assumed_only_without_any_magnesium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The step to the facts as it once was: an infusion kept the magnesium by mouth from being assumed."""
    source = inspect.getsource(step)
    once = source.replace("item.salts and item.found.route is Route.ORAL for item", "item.salts for item")
    assert once != source
    place = tmp_path / "step_of_an_earlier_edition.py"
    place.write_text(once, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(place.stem, place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, place.stem, module)
    spec.loader.exec_module(module)
    for user in ("magcheck.prove.kinds", "magcheck.checker"):
        monkeypatch.setattr(f"{user}.situation", module.situation)


KIDNEYS = (page("weak", ORAL, {"egfr": {"below": 30}}, **act("avoid")),)


@pytest.mark.usefixtures("assumed_only_without_any_magnesium")
def test_an_infusion_that_switches_the_kidney_pages_off_is_found() -> None:
    found = broken(prover(*KIDNEYS, always=[BELOW_30]))
    assert found.keys() >= {ALWAYS_BELOW_30, ONE_MORE}
    (given,) = found[ALWAYS_BELOW_30].profiles
    assert given["kidney"]["egfr"] < 30
    assert verdicts(found[ALWAYS_BELOW_30], *KIDNEYS) == ["clear"]
    assert verdicts(found[ONE_MORE], *KIDNEYS) == ["avoid", "clear"]


def test_with_the_step_of_today_the_same_page_is_proven() -> None:
    assert not broken(prover(*KIDNEYS, always=[BELOW_30], never_weaker={"egfr": "lower"}))


def test_a_gap_and_an_overlap_are_found_with_the_value() -> None:
    gap = (page("a", ORAL, {"egfr": {"below": 30}}), page("b", ORAL, {"egfr": {"above": 30}}))
    twice = (page("a", ORAL, {"egfr": {"below": 30.001}}), page("b", ORAL, {"egfr": {"from": 30}}))
    for pages in (gap, twice):
        found = broken(prover(*pages))["a, b: neither gap nor overlap"]
        assert "at 30." in (found.broken or "")
        assert found.profiles[0]["kidney"] == {"egfr": 30.0}


def test_a_number_of_things_is_whole() -> None:
    """Between 1 and 2 there is nobody, so it is no gap."""
    opioids = "number taking"
    pages = (
        page("few", ORAL, {opioids: {"of": "opioid", "from": 1, "up to": 1}}, **act("note")),
        page("many", ORAL, {opioids: {"of": "opioid", "from": 2}}, **act("monitor")),
    )
    assert not broken(prover(*pages))


def test_a_lower_kidney_value_that_is_told_less_is_found() -> None:
    pages = (page("middle", ORAL, {"egfr": {"from": 30, "below": 60}}, **act("avoid")),)
    says = "egfr: a lower value never weakens the verdict"
    found = broken(prover(*pages, never_weaker={"egfr": "lower"}))[says]
    assert verdicts(found, *pages) == ["avoid", "clear"]


def test_what_is_weaker_on_purpose_is_told_and_holds() -> None:
    alone = page("alone", {"number taking": {"of": "opioid", "below": 1}}, ORAL, **act("avoid"))
    beside = page("beside", {"also taking": "opioid"}, ORAL, **act("note"))
    assert ONE_MORE in broken(prover(alone, beside))
    purpose = [{"page": "alone", "instead": "beside", "why": "It is meant so."}]
    assert not broken(prover(alone, beside, on_purpose=purpose))


def test_a_page_that_nobody_can_meet_is_found() -> None:
    impossible = page("never", {"dialysis": True}, {"kidney disease": False}, ORAL, **act("note"))
    (theorem,) = prover(impossible).pages()
    assert theorem.broken == "nobody can make it fire."


def test_a_page_that_another_always_silences_is_found() -> None:
    loud = page("loud", ORAL, {"egfr": {"below": 60}}, **act("avoid", covers=["quiet"]))
    quiet = page("quiet", ORAL, {"egfr": {"below": 30}}, **act("note"))
    shown = {theorem.says: theorem for theorem in prover(loud, quiet).pages()}
    assert shown["loud can be said"].holds
    assert "always keeps it silent" in (shown["quiet can be said"].broken or "")


def test_the_person_for_a_page_is_one_of_whom_the_check_says_it() -> None:
    levothyroxine = page(
        "thyroid", {"taking": "levothyroxine by mouth"}, ORAL, separate={"before": "4 h", "after": "4 h"}
    )
    (theorem,) = prover(levothyroxine).pages()
    assert theorem.holds
    checker = checker_of(levothyroxine)
    assert checker.check(Profile.model_validate(theorem.profiles[0])).findings[0].rule == "thyroid"
