"""What can go wrong, and how it is said: where, what, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class MagcheckError(Exception):
    """Root of every error that magcheck raises on purpose."""


class Problem(NamedTuple):
    """One thing that is wrong, with its place and, where it can be told, the mend."""

    where: str
    what: str
    fix: str = ""
    path: tuple[str | int, ...] = ()
    """Way to the field in what was told, where it is known: ("medications", 0, "times")."""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} {self.fix}".rstrip()


class _ProblemsError(MagcheckError):
    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputError(_ProblemsError):
    """The profile cannot be used as it is (exit 2)."""


class RulesError(_ProblemsError):
    """The rule pages cannot be used as they are (exit 2)."""


class EngineFault(MagcheckError):  # noqa: N818 - a fault of the machine, never of the input
    """The engine cannot vouch for its own answer, so there is none (exit 70)."""


class EngineNotBuiltError(EngineFault):
    """durable_rules was not built for this Python (exit 70); the message says which line mends it."""

    def __init__(self, reason: str, mend: str) -> None:
        self.mend = mend
        super().__init__(
            f"durable_rules, which magcheck needs, does not load here ({reason}); "
            f"with a C compiler and the Python headers, this mends it: {mend}"
        )


class MissingExtraError(MagcheckError):
    """What was asked for needs a part of magcheck that is installed on request (exit 2); the message says how."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"To get {what}, install what it needs: pip install 'magcheck[{extra}]'")
