"""What a person sees of a plan. MAGCHECK_UPDATE_PLANS=1 writes the golden texts anew; read every difference."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar

from magcheck.cli.plan import Files, plan_profile
from magcheck.core.errors import InputError
from magcheck.knowledge.load import load_rules
from magcheck.rendering.day_chart import day_chart
from magcheck.rendering.day_outline import day_outline
from magcheck.rendering.ical import calendar
from magcheck.rendering.svg import svg_file
from magcheck.rendering.terminal import terminal_text
from magcheck.rendering.text import plain_text
from magcheck.report import Plan, Report
from tests.plan.making import planned
from tests.plan.test_plans import AT_MEALS, CIPRO, FIVE, USUAL

DAY = date(2026, 11, 22)
WORDS = load_rules().wording
GOLDEN = Path(__file__).parent / "golden_days"
PEOPLE: dict[str, dict[str, Any]] = {
    "calm-day": FIVE,
    "ciprofloxacin-moved": {"medications": [CIPRO], "supplements": [AT_MEALS], "day": USUAL},
    "ciprofloxacin-impossible": {
        "medications": [CIPRO],
        "supplements": [{**AT_MEALS, "fixed": True}],
        "day": USUAL,
    },
    "shift-worker-with-antacid": {
        "medications": [{"name": "levothyroxine", "times": ["17:00"]}, "ciprofloxacin"],
        "supplements": [{"name": "magnesium hydroxide", "frequency": "as needed"}],
        "day": {"wake": "17:00", "sleep": "09:00", "meals": ["17:30", "23:00", "05:00"]},
    },
    "nothing-to-move": {
        "medications": [{"name": "levothyroxine", "times": ["06:30"]}],
        "supplements": [{"name": "magnesium glycinate", "times": ["21:30"]}],
        "day": USUAL,
    },
}


def terminal_plan(report: Report, columns: int, *, colour: bool) -> str:
    return terminal_text(day_outline(report, WORDS), columns, colour=colour)


def plain_plan(report: Report, columns: int) -> str:
    return plain_text(day_outline(report, WORDS), columns)


def ics(plan: Plan, first_day: date) -> bytes:
    return calendar(plan, first_day, WORDS.calendar)


def drawing(plan: Plan) -> str:
    chart = day_chart(plan, WORDS.day)
    assert chart
    return svg_file(chart)


WAYS = {
    "wide": lambda report: terminal_plan(report, 100, colour=False),
    "narrow": lambda report: terminal_plan(report, 40, colour=False),
    "plain": lambda report: plain_plan(report, 80),
}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("way", WAYS)
def test_a_plan_looks_as_we_reviewed_it(name: str, way: str) -> None:
    text = WAYS[way](planned(PEOPLE[name])[0])
    golden = GOLDEN / f"{name}.{way}.txt"
    if os.environ.get("MAGCHECK_UPDATE_PLANS"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("columns", [40, 61, 80, 110])
def test_no_line_is_wider_than_the_terminal(name: str, columns: int) -> None:
    report = planned(PEOPLE[name])[0]
    for text in (terminal_plan(report, columns, colour=False), plain_plan(report, columns)):
        assert max(len(line) for line in text.splitlines()) <= columns


def test_colour_adds_nothing_but_escape_codes() -> None:
    report = planned(FIVE)[0]
    plain = terminal_plan(report, 80, colour=False)
    coloured = terminal_plan(report, 80, colour=True)
    assert "\x1b[" in coloured
    assert "\x1b" not in plain


def plan_of(name: str) -> Plan:
    return planned(PEOPLE[name])[1]


def events(raw: bytes) -> list[Any]:
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def test_a_calendar_holds_every_dose_at_a_local_time_without_a_zone() -> None:
    found = events(ics(plan_of("calm-day"), DAY))
    assert [(str(one["summary"]), one.decoded("dtstart").isoformat()) for one in found] == [
        ("Take alendronic acid", "2026-11-22T06:00:00"),
        ("Take levothyroxine", "2026-11-22T06:30:00"),
        ("Take iron", "2026-11-22T14:30:00"),
        ("Take calcium carbonate", "2026-11-22T18:30:00"),
        ("Take magnesium bisglycinate", "2026-11-22T21:30:00"),
    ]
    assert [one["rrule"]["FREQ"] for one in found] == [["WEEKLY"], *[["DAILY"]] * 4]
    assert all(one.decoded("duration") == timedelta(minutes=10) for one in found)


def test_a_calendar_says_what_keeps_away_from_a_dose() -> None:
    found = {str(one["summary"]): str(one.get("description", "")) for one in events(ics(plan_of("calm-day"), DAY))}
    assert found["Take levothyroxine"] == "No magnesium bisglycinate from 02:30 to 10:30."
    assert found["Take calcium carbonate"] == ""


def test_what_is_not_taken_every_day_begins_on_a_day_of_its_own() -> None:
    given = {
        "medications": [
            {"name": "alendronate", "frequency": "weekly"},
            {"name": "ibandronate", "frequency": "monthly"},
            {"name": "azithromycin", "frequency": "single dose"},
        ],
        "supplements": ["magnesium glycinate"],
        "day": USUAL,
    }
    found = events(ics(planned(given)[1], DAY))
    days = {str(one["summary"]): one.decoded("dtstart").date() for one in found}
    assert days["Take magnesium bisglycinate"] == days["Take azithromycin"] == DAY
    assert days["Take alendronic acid"] == DAY + timedelta(days=1)
    assert days["Take ibandronic acid"] == DAY + timedelta(days=2)


def test_a_monthly_medicine_leaves_out_no_month() -> None:
    given = {
        "medications": [{"name": "ibandronate", "frequency": "monthly"}],
        "supplements": ["magnesium glycinate"],
        "day": USUAL,
    }
    made = events(ics(planned(given)[1], date(2026, 10, 31)))
    (monthly,) = (event for event in made if "ibandronic" in event["summary"])
    rule = rrulestr(monthly["rrule"].to_ical().decode(), dtstart=monthly.decoded("dtstart"))
    assert [day.date().isoformat() for day in rule[:6]] == [
        "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31",
    ]  # fmt: skip


def test_what_is_taken_every_other_day_is_told_and_repeated_like_that() -> None:
    medicine = {"name": "levothyroxine", "frequency": "every other day", "times": ["07:00"]}
    report, plan = planned({"medications": [medicine], "supplements": ["magnesium glycinate"], "day": USUAL})
    assert "07:00 levothyroxine (every other day)" in plain_plan(report, 100)
    found = {str(one["summary"]): one["rrule"] for one in events(ics(plan, DAY))}
    assert (found["Take levothyroxine"]["FREQ"], found["Take levothyroxine"]["INTERVAL"]) == (["DAILY"], [2])


def test_a_dose_after_midnight_belongs_to_the_day_before() -> None:
    given = {
        "medications": [{"name": "ciprofloxacin", "frequency": "single dose", "times": ["20:00", "05:00"]}],
        "supplements": ["magnesium glycinate"],
        "day": {"wake": "17:00", "sleep": "09:00", "meals": ["17:30"]},
    }
    found = events(ics(planned(given)[1], DAY))
    times = [one.decoded("dtstart") for one in found if "ciprofloxacin" in one["summary"]]
    assert [time.isoformat() for time in times] == ["2026-11-22T20:00:00", "2026-11-23T05:00:00"]


def test_one_medicine_listed_twice_begins_its_daily_doses_today() -> None:
    doses = [{"name": "levothyroxine", "times": ["06:30"], "frequency": often} for often in ("daily", "weekly")]
    more = {"name": "azithromycin", "frequency": "single dose"}
    given = {"medications": [*doses, more], "supplements": ["magnesium glycinate"], "day": USUAL}
    found = events(ics(planned(given)[1], DAY))
    days = {one["rrule"]["FREQ"][0]: one.decoded("dtstart").date() for one in found if "levo" in one["summary"]}
    assert days == {"DAILY": DAY, "WEEKLY": DAY + timedelta(days=1)}


def test_a_new_plan_moves_the_same_events_instead_of_adding_others() -> None:
    moved = {**PEOPLE["ciprofloxacin-moved"], "day": {**USUAL, "wake": "07:00", "sleep": "23:00"}}
    one, other = (
        ics(plan, date(2026, 1, day))
        for day, plan in enumerate((plan_of("ciprofloxacin-moved"), planned(moved)[1]), 1)
    )
    uids = [str(event["uid"]) for event in events(one)]
    assert len(set(uids)) == 5
    assert sorted(uids) == sorted(str(event["uid"]) for event in events(other))


def test_a_drawing_is_well_formed_and_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(drawing(plan_of("calm-day")))  # noqa: S314 - our own text
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.findtext("s:title", namespaces=space)
    assert "06:30 levothyroxine" in (root.findtext("s:desc", namespaces=space) or "")
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 6  # the doses and the sign in the legend


def test_a_drawing_shows_the_free_hours_of_what_is_taken_as_needed() -> None:
    text = drawing(plan_of("shift-worker-with-antacid"))
    assert "magnesium hydroxide" in text
    assert "take it only from 01:00 to 09:00" in text
    root = ET.fromstring(text)  # noqa: S314 - our own text
    free = [box for box in root.iter("{http://www.w3.org/2000/svg}rect") if box.get("class") == "free"]
    assert len(free) == 2  # the hours and the sign in the legend


@pytest.mark.parametrize("name", ["<b>&\"'", "magnesium\x00 citrate", "magnesium\x0b\x1b[31m"])
def test_a_name_cannot_break_a_drawing_or_a_ics(name: str) -> None:
    plan = plan_of("nothing-to-move")
    entry = plan.entries[0].model_copy(update={"take": (name,)})
    named = plan.model_copy(update={"entries": (entry,)})
    assert ET.fromstring(drawing(named)) is not None  # noqa: S314
    assert not any(code < 32 for code in ics(named, DAY).replace(b"\r\n", b""))


def test_only_hours_without_magnesium_are_marked_as_such() -> None:
    given = {
        "medications": [{"name": "doxycycline", "frequency": "as needed"}],
        "supplements": [{"name": "magnesium citrate", "times": ["12:00"]}],
        "day": USUAL,
    }
    text = terminal_plan(planned(given)[0], 100, colour=False)
    assert "░ not free" in text
    assert "no magnesium" not in text


def test_two_things_taken_as_needed_leave_no_empty_line() -> None:
    given = {
        "medications": [{"name": "doxycycline", "frequency": "as needed"}],
        "supplements": [{"name": "magnesium hydroxide", "frequency": "as needed"}],
    }
    text = plain_plan(planned(given)[0], 80)
    assert "doxycycline and magnesium hydroxide: at least 4 hours apart" in text
    assert "-" not in {line.strip() for line in text.splitlines()}


def test_the_command_writes_what_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "me.yaml"
    profile.write_text(
        "medications: [levothyroxine]\nsupplements: [magnesium glycinate]\n"
        'day: {wake: "06:30", sleep: "22:30", meals: ["07:00"]}\n',
        encoding="utf-8",
    )
    files = Files(str(tmp_path / "day.ics"), str(tmp_path / "day.svg"))
    code = plan_profile(str(profile), None, files, as_json=True, plain=False)
    assert code in (10, 30)
    assert Plan.model_validate_json(_plan_text(capsys.readouterr().out)).entries
    assert events((tmp_path / "day.ics").read_bytes())
    assert (tmp_path / "day.svg").read_text(encoding="utf-8").startswith("<svg")
    with pytest.raises(InputError, match="folder does not exist"):
        plan_profile(str(profile), None, Files(str(tmp_path / "none" / "day.ics")), as_json=True, plain=False)


def _plan_text(printed: str) -> str:
    import json

    return json.dumps(json.loads(printed)["plan"])
