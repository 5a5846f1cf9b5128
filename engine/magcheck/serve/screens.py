"""How is a report shown in a page? Its first screen and its hours as parts of one, its handout as a whole one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from magcheck.core.model import Model
from magcheck.core.time_of_day import DAY, minutes
from magcheck.profile import Clock, Profile
from magcheck.rendering.html.page import handout
from magcheck.rendering.html.screen import screen
from magcheck.rendering.line import one_line
from magcheck.report import Verdict
from magcheck.serve.body import JSON, bytes_of, document_of, model_of
from magcheck.serve.documented import DAY as NEEDS_SOLVER
from magcheck.serve.documented import Tag, get, post, whole
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.checker import Checker
    from magcheck.report import Closed, Recognised, Report, Subject
    from magcheck.serve.service import Service

HTML = "text/html"


class ShutHours(Model):
    start: Clock
    end: Clock
    because_of: str
    at: Clock


class HoursOf(Model):
    """One thing that is taken, with its hours as told."""

    list: str
    index: int
    name: str
    read: str
    times: tuple[Clock, ...]
    shut: tuple[ShutHours, ...]
    """Hours in which it is not to be taken, because of something else that is taken at a told time."""
    too_close: tuple[Clock, ...]
    """Its own times that lie within them."""


class Screen(Model):
    """The report of a profile, ready to be shown."""

    verdict: Verdict
    complete: bool
    headline: str
    html: str
    """The first screen."""
    more_steps: str
    """HTML too; empty where the first screen holds all steps."""
    hours: tuple[HoursOf, ...]
    """Empty where there is no gap to keep."""


class Screens:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def screen(self, request: Request) -> Response:
        """The first screen of the report of the profile, as HTML, and the hours of everything that is taken."""
        checker = self.service.checker
        raw = await bytes_of(request, self.service.settings)

        def work() -> str:
            return screen_of(model_of(Profile, document_of(raw)), checker).model_dump_json()

        return self.service.answer(await self.service.checks.run(work), JSON)

    async def handout(self, request: Request) -> Response:
        """The handout of the profile, with its day: one page of HTML, to be printed and taken along."""
        checker = self.service.checker
        raw = await bytes_of(request, self.service.settings)

        def work() -> str:
            profile = model_of(Profile, document_of(raw))
            return handout(checker.plan(profile), profile, checker.book.wording)

        return self.service.answer(await self.service.plans.run(work), HTML)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.PAGE])
        profile = whole(Profile, "validation")
        page = post(profile, {"type": "string"}, NEEDS_SOLVER)
        page["responses"][200] = get({"type": "string"}, media_type=HTML)["responses"][200]
        router.add_api_route("/screen", self.screen, **post(profile, whole(Screen)))
        router.add_api_route("/handout", self.handout, **page)
        return router


def screen_of(profile: Profile, checker: Checker) -> Screen:
    report = checker.with_hours(profile)
    shown = screen(report, checker.book.wording)
    return Screen(
        verdict=report.verdict,
        complete=report.complete,
        headline=one_line(report.headline),
        html=shown.first,
        more_steps=shown.more_steps,
        hours=tuple(_hours(report)),
    )


def _hours(report: Report) -> Iterator[HoursOf]:
    """Of everything that is taken, where there are gaps to keep."""
    if any(finding.separation for finding in report.findings):
        yield from (_hours_of(item, report) for item in report.recognised if _is_taken(item))


def _is_taken(item: Recognised) -> bool:
    return item.read.taken and item.list in ("medications", "supplements")


def _hours_of(item: Recognised, report: Report) -> HoursOf:
    own = item.list, item.index
    times = tuple(entry.time for entry in report.plan.entries if own in map(_place, entry.items))
    closed = tuple(span for span in report.plan.closed if _place(span.item) == own)
    return HoursOf(
        list=item.list,
        index=item.index,
        name=one_line(item.is_),
        read=one_line(item.read.echo),
        times=times,
        shut=tuple(
            ShutHours(start=span.from_, end=span.to, because_of=one_line(span.around.is_), at=span.at)
            for span in closed
        ),
        too_close=tuple(time for time in times if any(_is_within(time, span) for span in closed)),
    )


def _place(subject: Subject) -> tuple[str, int]:
    return subject.list, subject.index


def _is_within(time: Clock, span: Closed) -> bool:
    """Both ends are open."""
    start = minutes(span.from_)
    return 0 < (minutes(time) - start) % DAY < (minutes(span.to) - start) % DAY
