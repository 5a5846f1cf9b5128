"""What do all endpoints share? The checker, or why there is none, and the places where they compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.checker import Checker, default_checker
from magcheck.core.errors import EngineFault, RulesError
from magcheck.serve.pool import Pool
from magcheck.serve.settings import Settings

if TYPE_CHECKING:
    from magcheck.core.errors import MagcheckError

RULES_HEADER = "X-Magcheck-Rules"


class NotReadyError(Exception):
    """There are no usable rules."""

    def __init__(self, why: MagcheckError) -> None:
        super().__init__(str(why))
        self.why = why


class Service:
    """A process that answers. It starts without usable rules too, and then says why at every question."""

    def __init__(self, settings: Settings | None = None, checker: Checker | None = None) -> None:
        """`checker`: one that is there already; else the one that `settings` ask for."""
        self.settings = settings or Settings()
        self.checks = Pool("check", self.settings.most_waiting, self.settings.seconds)
        self.plans = Pool("plan", self.settings.most_plans_waiting, self.settings.seconds)
        self.fault: RulesError | EngineFault | None = None
        """Why there is no checker."""
        self._checker = checker or self._made()

    def _made(self) -> Checker | None:
        rules, only_rules = self.settings.rules, self.settings.only_rules
        try:
            return Checker(rules, only_rules=only_rules) if rules or only_rules else default_checker()
        except (RulesError, EngineFault) as error:
            self.fault = error
            return None

    @property
    def checker(self) -> Checker:
        """Raises NotReadyError where the rules cannot be used."""
        if self._checker is None:
            raise NotReadyError(self.fault or RulesError([]))
        return self._checker

    @property
    def rules_in_use(self) -> str | None:
        """Version and digest, as they stand in the header."""
        book = self._checker.book if self._checker else None
        return f"{book.version} {book.digest}" if book else None

    def close(self) -> None:
        self.checks.close()
        self.plans.close()
