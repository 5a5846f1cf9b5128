"""Random people with medicines to keep apart, and a judge of their plans that knows nothing of the solver."""

from __future__ import annotations

import random
from typing import Any

from magcheck import Profile
from magcheck.checker import default_checker, told_in
from magcheck.core.scales import Status
from magcheck.findings.findings import findings
from magcheck.plan.day import day_plan
from magcheck.report import Change, Plan, PlanStatus, Report

DAY = 1440
MEDICINES = (
    "ciprofloxacin", "levothyroxine", "doxycycline", "alendronate", "ibandronate", "moxifloxacin", "gabapentin",
    "dolutegravir", "penicillamine", "amlodipine", "eltrombopag", "rilpivirine", "metformin", "iron",
)  # fmt: skip
PRODUCTS = ("magnesium citrate", "magnesium glycinate", "magnesium oxide", "magnesium chloride")
OTHERS = ("calcium carbonate", "ferrous sulfate", "vitamin C", "zinc")
DAYS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("06:30", "22:30", ("07:00", "12:30", "18:30")),
    ("17:00", "09:00", ("17:30", "23:00", "05:00")),
    ("03:00", "19:00", ("03:30", "10:00", "17:00")),
    ("08:00", "18:00", ("08:30", "13:00")),
    ("12:00", "16:00", ("12:30",)),
    ("07:15", "23:45", ()),
)
"""Usual, shift worker, 3 a.m. waker, short, very short, and without meals."""


def clock(minute: int) -> str:
    return f"{minute % DAY // 60:02d}:{minute % 60:02d}"


def minute(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def person(number: int) -> dict[str, Any]:
    """The same person for the same number."""
    rnd = random.Random(number)
    wake, sleep, meals = rnd.choice(DAYS)
    awake = (minute(sleep) - minute(wake)) % DAY
    start = minute(wake)
    given: dict[str, Any] = {
        "person": {"age": 40, "sex": "male"},
        "medications": [_item(rnd, name, start, awake) for name in rnd.sample(MEDICINES, rnd.randint(1, 3))],
        "supplements": [_item(rnd, name, start, awake) for name in rnd.sample(PRODUCTS, rnd.randint(1, 2))],
        "goals": rnd.choice([[], ["sleep"]]),
    }
    given["supplements"] += [_item(rnd, name, start, awake) for name in rnd.sample(OTHERS, rnd.randint(0, 1))]
    if rnd.random() < 0.9:
        given["day"] = {"wake": wake, "sleep": sleep, "meals": list(meals)}
    return given


def _item(rnd: random.Random, name: str, start: int, awake: int) -> dict[str, Any]:
    count = rnd.choice((1, 1, 1, 2, 3))
    item: dict[str, Any] = {"name": name}
    if rnd.random() < 0.6:
        grid = rnd.choice((30, 30, 5, 1))
        times = {clock(start + rnd.randrange(0, awake + 1, grid)) for _ in range(count)}
        item["times"] = sorted(times)
        item["fixed"] = rnd.random() < 0.15
    else:
        item["per_day"] = count
    item["frequency"] = rnd.choice(("daily",) * 8 + ("weekly", "as needed"))
    return item


def planned(given: dict[str, Any]) -> tuple[Report, Plan]:
    report = default_checker().plan(Profile.model_validate(given))
    return report, report.plan


def day_of(given: dict[str, Any]) -> Plan:
    """The plan alone: trying what else would change the verdict takes longer than solving the day."""
    profile, checker = Profile.model_validate(given), default_checker()
    _, answer = checker._read(told_in(profile))
    return day_plan(answer, findings(answer), profile.day)


def with_times_of(plan: Plan, given: dict[str, Any]) -> dict[str, Any]:
    """The person, taking everything at the hours of the plan; what is only taken if needed left out."""
    times: dict[tuple[str, int], list[str]] = {}
    for entry in plan.entries:
        for item in entry.items:
            times.setdefault((item.list, item.index), []).append(entry.time)
    lists = {
        name: [
            {**one, "times": times[name, index]}
            for index, one in enumerate(given.get(name, []))
            if (name, index) in times
        ]
        for name in ("medications", "supplements")
    }
    return {**given, **lists}


def broken_gaps(given: dict[str, Any]) -> list[str]:
    """Gaps of the pages that the given hours do not keep, counted by hand from the report."""
    wrong: list[str] = []
    for finding in default_checker().check(Profile.model_validate(given)).findings:
        window = finding.separation
        if window is None or window.before_h is None or window.after_h is None:
            continue
        if window.status is Status.BROKEN:
            wrong.append(f"{finding.rule} is broken")
        medicine, *products = finding.subjects
        for product in products:
            for one in given[medicine.list][medicine.index].get("times", ()):
                for other in given[product.list][product.index].get("times", ()):
                    before, after = (minute(other) - minute(one)) % DAY, (minute(one) - minute(other)) % DAY
                    if before < window.before_h * 60 or after < window.after_h * 60:
                        wrong.append(f"{finding.rule}: {one} and {other}")
    return wrong


def closed_windows(plan: Plan, given: dict[str, Any]) -> list[str]:
    """Hours said to be free for something that is taken if needed, in which it is not."""
    wrong: list[str] = []
    for needed in plan.as_needed:
        item = {**given[needed.item.list][needed.item.index], "frequency": "daily"}
        for time in sorted({edge for span in needed.open for edge in (span.from_, span.to)}):
            told = with_times_of(plan, given)
            told[needed.item.list] = [*told[needed.item.list], {**item, "times": [time]}]
            wrong += [f"{needed.item.input} at {time}: {gap}" for gap in broken_gaps(told)]
    return wrong


def other_faults(plan: Plan, given: dict[str, Any]) -> list[str]:
    """Doses lost or added, doses in the night, fixed hours moved, hours that are not free for what is needed."""
    told = with_times_of(plan, given)
    day = given.get("day")
    wrong: list[str] = []
    for name in ("medications", "supplements"):
        for one in given.get(name, []):
            if one["frequency"] == "as needed":
                continue
            after = next(other for other in told[name] if other["name"] == one["name"])
            wanted = len(one["times"]) if one.get("times") else one.get("per_day", 1)
            if len(after["times"]) != wanted:
                wrong.append(f"{one['name']}: {len(after['times'])} doses instead of {wanted}")
            if one.get("fixed") and sorted(after["times"]) != sorted(one["times"]):
                wrong.append(f"{one['name']}: a fixed hour was moved")
            new = set(after["times"]) - set(one.get("times", []))
            if day and any(_asleep(time, day) for time in new):
                wrong.append(f"{one['name']}: a dose in the night")
    return wrong


def with_change(given: dict[str, Any], change: Change) -> dict[str, Any]:
    """The person after a change that the plan proposes."""
    places = {item.index for item in change.items}
    return {
        **given,
        "supplements": [
            _changed(one, change) if index in places else one
            for index, one in enumerate(given["supplements"])
            if index not in places or change.kind != "skip"
        ],
    }


def _changed(item: dict[str, Any], change: Change) -> dict[str, Any]:
    bare = {key: value for key, value in item.items() if key not in ("times", "fixed")}
    match change.kind:
        case "form":
            return {**item, "name": "magnesium chloride"}
        case "fewer":
            return {**bare, "per_day": len(change.to)}
        case _:
            return {**item, "fixed": False} if not change.to else {**bare, "times": list(change.to), "fixed": True}


def _asleep(time: str, day: dict[str, Any]) -> bool:
    awake = (minute(day["sleep"]) - minute(day["wake"])) % DAY
    return (minute(time) - minute(day["wake"])) % DAY > awake


def _has_day_as_told(given: dict[str, Any]) -> bool:
    """Is there a day in which nothing that has a time moves?"""
    lists = {
        name: [{**one, "fixed": bool(one.get("times"))} for one in given[name]]
        for name in ("medications", "supplements")
    }
    usual = {"wake": "07:00", "sleep": "23:00"}
    return day_of({"day": usual, **given, **lists}).status is not PlanStatus.IMPOSSIBLE


def faults_of(numbers: range) -> tuple[list[str], dict[str, int]]:
    """Everything wrong with the plans of these people, and how many plans there were of each kind."""
    wrong: list[str] = []
    kinds: dict[str, int] = {}
    for number in numbers:
        given = person(number)
        plan = day_of(given)
        kinds[plan.status.value] = kinds.get(plan.status.value, 0) + 1
        if plan.status is PlanStatus.FEASIBLE:
            gaps = broken_gaps(with_times_of(plan, given))
            found = [*gaps, *closed_windows(plan, given), *other_faults(plan, given)]
            wrong += [f"person {number}: {fault}" for fault in found]
        if plan.status is PlanStatus.NOT_NEEDED:
            wrong += [f"person {number}: not needed, but {gap}" for gap in broken_gaps(given)]
        if plan.moved and not broken_gaps(given) and _has_day_as_told(given):
            wrong.append(f"person {number}: moved without need")
    return wrong, kinds
