"""What do all endpoints share? The checker, or why there is none, and the places where they compute."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from magcheck._version import __version__
from magcheck.checker import Checker, default_checker
from magcheck.core.errors import EngineFault, RulesError
from magcheck.core.lazy import cached_property
from magcheck.core.model import complete_models
from magcheck.profile import Profile
from magcheck.rendering.line import one_line
from magcheck.serve.metrics import Metrics
from magcheck.serve.pool import Pool
from magcheck.serve.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

    from magcheck.core.errors import MagcheckError

RULES_HEADER = "X-Magcheck-Rules"
WARMING = Profile.model_validate({"medications": ["-"]})
"""Checked once at the start, so that the first person does not wait until the word lists are read."""
CHECK_BEFORE_USE = {"Cache-Control": "no-cache"}
"""What a client keeps may be used again as soon as the ETag was found to be the same."""


class NotReadyError(Exception):
    """There are no usable rules."""

    def __init__(self, why: MagcheckError) -> None:
        super().__init__(str(why))
        self.why = why


class Service:
    """A process that answers. It starts without usable rules too, and then says why at every question."""

    def __init__(self, settings: Settings | None = None, checker: Checker | None = None) -> None:
        """`checker`: one that is there already; else the one that `settings` ask for."""
        complete_models()
        self.settings = settings or Settings()
        self.metrics = Metrics()
        seconds, worked = self.settings.seconds, self.metrics.worked
        self.checks = Pool("check", self.settings.most_waiting, seconds, worked)
        self.plans = Pool("plan", self.settings.most_plans_waiting, seconds, worked)
        self.fault: RulesError | EngineFault | None = None
        """Why there is no checker."""
        self._checker = checker or self._made()

    def _made(self) -> Checker | None:
        rules, only_rules = self.settings.rules, self.settings.only_rules
        try:
            checker = Checker(rules, only_rules=only_rules) if rules or only_rules else default_checker()
            checker.check(WARMING)
        except (RulesError, EngineFault) as error:
            self.fault = error
            return None
        return checker

    @property
    def checker(self) -> Checker:
        """Raises NotReadyError where the rules cannot be used."""
        if self._checker is None:
            raise NotReadyError(self.fault or RulesError([]))
        return self._checker

    @property
    def rules(self) -> tuple[str, str] | None:
        """Their version and digest; None where there are no usable ones."""
        return (self._checker.book.version, self._checker.book.digest) if self._checker else None

    @cached_property
    def rules_in_use(self) -> str | None:
        """The same for a header, which holds plain letters only."""
        return one_line(" ".join(self.rules)).encode("ascii", "replace").decode() if self.rules else None

    def answer(self, content: str | bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
        """A result; it names the rules that it rests on."""
        rules = {RULES_HEADER: self.rules_in_use} if self.rules_in_use else {}
        return Response(content, headers={**rules, **(headers or {})}, media_type=media_type)

    def tagged(self, request: Request, content: str, media_type: str) -> Response:
        """What follows from the rules and this edition of magcheck; 304 where the client has it already."""
        tag = f'W/"{self.checker.book.digest}-{__version__}"'
        headers = {"ETag": tag, **CHECK_BEFORE_USE}
        kept = [given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")]
        if "*" in kept or tag.removeprefix("W/") in kept:
            return Response(None, HTTPStatus.NOT_MODIFIED, headers)
        return self.answer(content, media_type, headers)

    def close(self) -> None:
        self.checks.close()
        self.plans.close()
