"""Does a window open and close at the minute that its page says? The examples of that are made, not typed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.core.scales import Status
from magcheck.core.time_of_day import DAY
from magcheck.inference.usable import place_of
from magcheck.knowledge.rule import Expectation
from magcheck.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.checker import Checker
    from magcheck.knowledge.rule import Rule
    from magcheck.report import Subject

NOON = DAY // 2
"""When the magnesium of every made example is taken."""


class Boundary(NamedTuple):
    """The medicine is taken so many minutes after the magnesium (or before it, if negative)."""

    minutes: int
    status: Status


class WindowCase(NamedTuple):
    """A given profile, and which of its items are the medicine and the magnesium product."""

    given: dict[str, Any]
    medicine: Subject
    product: Subject


def window_problems(rule: Rule, checker: Checker) -> Iterator[Problem]:
    """At, one minute inside and one minute outside both sides of the window of `rule`."""
    points = [*boundaries(rule)]
    if not points:
        return
    where = place_of(rule, checker.book, "separate")
    if rule.separate and (rule.separate.before or 0) + (rule.separate.after or 0) >= DAY:
        yield Problem(where, "no hour of the day keeps this window.", "Write 'no_safe_gap: true' and an action.")
        return
    pair = first_pair(rule, checker)
    if pair is None:
        what = "no example that fires has one medicine and one magnesium product, so the window cannot be tested."
        yield Problem(place_of(rule, checker.book, "examples"), what, "Add one.")
        return
    for point in points:
        status = _status(rule, profile_at(pair, point), checker)
        if status is not point.status:
            when = f"{_clock(point.minutes)} with the magnesium at {_clock(0)}"
            outcome = status.value if status else "silent"
            yield Problem(
                where, f"the medicine at {when} should be '{point.status.value}', but it is '{outcome}'."
            )


def boundaries(rule: Rule) -> Iterator[Boundary]:
    """None for a page without a window; a side of no length has no boundary."""
    window = rule.separate
    if rule.retired or window is None or window.before is None or window.after is None:
        return
    for side, outwards in ((-window.before, -1), (window.after, 1)):
        if side:
            yield Boundary(side, Status.KEPT)
            yield Boundary(side - outwards, Status.BROKEN)
            if window.before + window.after < DAY - 1:
                yield Boundary(side + outwards, Status.KEPT)


def first_pair(rule: Rule, checker: Checker) -> WindowCase | None:
    """From the first example that fires for one medicine and one product."""
    for example in rule.examples:
        if example.expect is Expectation.FIRES:
            subjects = _subjects(rule, example.given, checker)
            if len(subjects) == 2:
                return WindowCase(example.given, *subjects)
    return None


def _subjects(rule: Rule, given: dict[str, Any], checker: Checker) -> tuple[Subject, ...]:
    """The medicine first; nothing where the page does not fire once, or the profile cannot be used."""
    try:
        report = checker.check(Profile.model_validate(given))
    except (ValidationError, InputError):
        return ()
    fired = [finding.subjects for finding in report.findings if finding.rule == rule.id]
    return fired[0] if len(fired) == 1 else ()


def profile_at(pair: WindowCase, point: Boundary) -> Profile:
    given = deepcopy(pair.given)
    for subject, minutes in ((pair.medicine, point.minutes), (pair.product, 0)):
        item = given[subject.list][subject.index]
        named = {"name": item} if isinstance(item, str) else item
        kept = {key: value for key, value in named.items() if key != "per_day"}
        given[subject.list][subject.index] = {**kept, "times": [_clock(minutes)]}
    return Profile.model_validate(given)


def _clock(minutes: int) -> str:
    """ "10:00" for two hours before noon."""
    hours, rest = divmod((NOON + minutes) % DAY, 60)
    return f"{hours:02}:{rest:02}"


def _status(rule: Rule, profile: Profile, checker: Checker) -> Status | None:
    findings = [finding for finding in checker.check(profile).findings if finding.rule == rule.id]
    separation = findings[0].separation if len(findings) == 1 else None
    return separation.status if separation else None
