"""Every function that a command calls is made to raise, one at a time, each in a process of its own."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections import Counter
from functools import partial
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType
from typing import TYPE_CHECKING, NamedTuple

import magcheck
from magcheck.core.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType, FrameType

ENGINE = str(Path(magcheck.__file__).parent)
ERRORS: tuple[type[BaseException], ...] = (RuntimeError, MemoryError, BrokenPipeError, KeyboardInterrupt)
TRACEBACK = 1
"""How Python ends where not even the last guard of the command could answer."""
REFUSALS = (Exit.ENGINE_FAULT, Exit.NOT_READ, Exit.INTERRUPTED, TRACEBACK)
"""How a command may end where the error came through: never with a word of a report."""


class End(NamedTuple):
    """How a process ended, and what it printed as its result."""

    code: int
    result: str


class Injection(NamedTuple):
    function: str
    error: type[BaseException]
    end: End
    outcome: str
    """"refused", "the same answer", or what is wrong."""


def functions_called(arguments: list[str]) -> list[FunctionType]:
    """All functions of the engine that the command calls; those that close over others' names are left out."""
    known = _functions()
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "seen"
        _ends(arguments, lambda: _note(seen, known))
        numbers = sorted(set(map(int, seen.read_text(encoding="utf-8").split())))
    functions = list(known.values())
    return [functions[number] for number in numbers]


def _functions() -> dict[CodeType, FunctionType]:
    """Every function of the engine, its modules all loaded."""
    for module in walk_packages(magcheck.__path__, "magcheck."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.unfreeze()  # what another test froze would not be among them
    ours = (found for found in gc.get_objects() if isinstance(found, FunctionType))
    return {
        found.__code__: found
        for found in ours
        if found.__code__.co_filename.startswith(ENGINE) and not found.__code__.co_freevars
    }


def _note(seen: Path, known: dict[CodeType, FunctionType]) -> None:
    numbers = {code: number for number, code in enumerate(known)}
    called: set[CodeType] = set()
    file = seen.open("a", encoding="utf-8", buffering=1)

    def hook(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code in numbers and code not in called:
            called.add(code)
            file.write(f"{numbers[code]}\n")

    sys.setprofile(hook)


def injected(
    arguments: list[str], functions: Iterable[FunctionType], error: type[BaseException]
) -> Iterator[Injection]:
    """One injection for each function: it raises `error` whenever it is called."""
    right = _ends(arguments, lambda: None)
    for function in functions:
        end = _ends(arguments, partial(_break, function, error))
        yield Injection(f"{function.__module__}.{function.__qualname__}", error, end, _outcome(end, right))


def _break(function: FunctionType, error: type[BaseException]) -> None:
    """Its parameters stay those that it had: typer reads what a command can be told."""
    vars(function)["__signature__"] = signature(function)
    function.__code__ = _RAISING[error].__code__


def _raises(error: str) -> FunctionType:
    """Its code stands in other modules, so that it names nothing but what is built in."""
    names: dict[str, FunctionType] = {}
    exec(f"def raises(*_, **__): raise {error}('injected')", names)  # noqa: S102 - four fixed texts
    return names["raises"]


_RAISING: dict[type[BaseException], FunctionType] = {error: _raises(error.__name__) for error in ERRORS}


def _outcome(end: End, right: End) -> str:
    if end == right:
        return "the same answer"
    if end.code in REFUSALS and not end.result:
        return "refused"
    return f"WRONG: exit {end.code}, {len(end.result)} characters of a result"


def _ends(arguments: list[str], begin: Callable[[], None]) -> End:
    """Run the command in a forked child; `begin` sets the trap there."""
    with tempfile.TemporaryFile() as out:
        child = os.fork()
        if child == 0:
            _become_the_command(arguments, out.fileno(), begin)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        return End(os.waitstatus_to_exitcode(status), out.read().decode())


def _become_the_command(arguments: list[str], out: int, begin: Callable[[], None]) -> None:
    """Never returns."""
    from magcheck.cli.app import main

    code = -1
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        os.dup2(nothing, 0)
        os.dup2(out, 1)
        os.dup2(nothing, 2)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(fd, mode) for fd, mode in ((0, "r"), (1, "w"), (2, "w")))
        begin()
        main(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - nothing may escape into the process of the tests
        code = TRACEBACK
    finally:
        sys.setprofile(None)
        os._exit(code & 0xFF)


def table(injections: Iterable[Injection]) -> tuple[list[str], list[Injection]]:
    """Error -> outcomes, one line each; and whatever is wrong."""
    found = list(injections)
    counts = Counter((injection.error.__name__, injection.outcome.partition(":")[0]) for injection in found)
    lines = [f"{error:<18}{outcome:<18}{count:>5}" for (error, outcome), count in sorted(counts.items())]
    return lines, [injection for injection in found if injection.outcome.startswith("WRONG")]
