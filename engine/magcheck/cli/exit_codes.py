"""How does a command end? With an exit code and, if anything is wrong, one plain message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli.console import leave_pipe, say
from magcheck.core.errors import EngineFault, EngineNotBuiltError, InputError, MissingExtraError, RulesError
from magcheck.core.exits import Exit
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PROBLEMS = 20
_LONGEST = 600


def guarded(command: Callable[[], int]) -> int:
    """The exit code of `command`, with a message on stderr where it failed."""
    try:
        return command()
    except (InputError, RulesError) as error:
        say(_problems(error))
        return Exit.WRONG_INPUT
    except MissingExtraError as error:
        say(str(error))
        return Exit.WRONG_INPUT
    except EngineFault as error:
        say(_fault(error))
    except KeyboardInterrupt:
        say("")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        leave_pipe()
        return Exit.NOT_READ
    except OSError as error:
        say(f"magcheck could not finish: {one_line(error.strerror or str(error))}.")
    except Exception as error:  # noqa: BLE001 - whatever it is, a person never sees a traceback
        say(f"magcheck stumbled: {type(error).__name__}: {_short(error)}. Please report it.")
    return Exit.ENGINE_FAULT


def engine_code() -> int:
    """Does the engine load at all? Said before anything is asked or read; it takes less than a millisecond."""
    from magcheck.inference.native import native_engine  # noqa: PLC0415 - --help needs none

    return guarded(lambda: Exit.NOTHING_TO_CHANGE if native_engine() else Exit.ENGINE_FAULT)


def _fault(error: EngineFault) -> str:
    if isinstance(error, EngineNotBuiltError):
        return one_line(str(error))
    return f"magcheck cannot vouch for its own answer, so it gives none: {_short(error)}"


def _short(error: Exception) -> str:
    return one_line(str(error))[:_LONGEST].rstrip(".")


def _problems(error: InputError | RulesError) -> str:
    """One line for each problem, and where to look when no line says what would be right."""
    most = MOST_PROBLEMS if isinstance(error, InputError) else len(error.problems)
    lines = [one_line(str(problem)) for problem in error.problems[:most]]
    if len(error.problems) > most:
        lines.append(f"... and {len(error.problems) - most} more.")
    if isinstance(error, InputError) and not any(problem.fix for problem in error.problems):
        lines.append("What a profile may hold: magcheck schema profile")
    return "\n".join(lines) or "The rules cannot be used."
