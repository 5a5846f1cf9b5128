"""A full disk, and signals at random moments: how does a command end, and is anything half written?"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EXAMPLES = Path(__file__).parents[2] / "examples"
PROFILE, WITH_A_DAY = str(_EXAMPLES / "evening.yaml"), str(_EXAMPLES / "close.yaml")
FULL = Path("/dev/full")
SMALLEST_FILE = 20
"""Bytes that the disk still takes."""
PATIENCE_SECONDS = 300
SEED = 14
_START = "import sys; from magcheck.cli.start import main; main()"
_SMALL_DISK = (
    "import resource; "
    f"resource.setrlimit(resource.RLIMIT_FSIZE, ({SMALLEST_FILE}, resource.RLIM_INFINITY)); "
    f"{_START}"
)
_DEFAULT_SIGNALS = (
    "import signal; [signal.signal(n, signal.SIG_DFL) for n in (signal.SIGTERM, signal.SIGHUP)]; "
    f"signal.signal(signal.SIGINT, signal.default_int_handler); {_START}"
)
"""Whoever runs this may ignore them (nohup), and a child inherits that."""


class Happened(NamedTuple):
    what: str
    end: str
    is_right: bool


def people(folder: Path, count: int = 40) -> str:
    file = folder / "people.ndjson"
    line = json.dumps({"supplements": ["magnesium citrate 200 mg"], "medications": ["cipro"]})
    file.write_text(f"{line}\n" * count, encoding="utf-8")
    return str(file)


def to_a_full_device() -> Iterator[Happened]:
    """Nothing can be written to stdout: exit 70, and a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (
            ["check", PROFILE],
            ["check", PROFILE, "--json"],
            ["check", PROFILE, "--html", "-"],
            ["plan", PROFILE],
            ["explain", PROFILE],
            ["screen", people(Path(folder)), "-", "--workers", "1"],
        ):
            with FULL.open("wb") as full:
                done = _run(_START, arguments, full)
            is_right = done.returncode == Exit.ENGINE_FAULT and b"No space left" in done.stderr
            yield Happened(f"{_shown(arguments)} > /dev/full", f"exit {done.returncode}", is_right)


def to_a_small_disk() -> Iterator[Happened]:
    """A file cannot be written to its end: exit 2 or 70, a sentence, and no file of that name."""
    for name, arguments in (
        ("handout.html", ["check", PROFILE, "--html"]),
        ("day.ics", ["plan", WITH_A_DAY, "--ics"]),
        ("day.svg", ["plan", WITH_A_DAY, "--svg"]),
        ("answers.yaml", ["ask", "--save"]),
        ("rows.ndjson", ["screen", "PEOPLE"]),
    ):
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / name
            told = [people(Path(folder)) if argument == "PEOPLE" else argument for argument in arguments]
            options = ["--workers", "1"] if arguments[0] == "screen" else []
            done = _run(_SMALL_DISK, [*told, str(target), *options], subprocess.PIPE)
            refused = done.returncode in (Exit.WRONG_INPUT, Exit.ENGINE_FAULT) and b"Traceback" not in done.stderr
            what = f"{_shown(arguments)} {name} on a full disk"
            yield Happened(what, f"exit {done.returncode}", refused and not target.exists())


def _run(program: str, arguments: list[str], out: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", program, *arguments]
    told: dict[str, object] = {"stdout": out, "stderr": subprocess.PIPE, "timeout": PATIENCE_SECONDS}
    return subprocess.run(command, input=b"magnesium citrate 200 mg\n" * 3, check=False, **told)  # type: ignore[call-overload, no-any-return]


def _shown(arguments: list[str]) -> str:
    return " ".join(Path(argument).name if "/" in argument else argument for argument in arguments)


def signals(rounds: int, seed: int = SEED) -> Iterator[Happened]:
    """At random moments: ended by the signal or with 130 and not a word of a report, or with the whole of it."""
    chance = random.Random(seed)
    whole = _run(_DEFAULT_SIGNALS, ["check", PROFILE], subprocess.PIPE)
    began = time.monotonic()
    _run(_DEFAULT_SIGNALS, ["check", PROFILE], subprocess.PIPE)
    longest = time.monotonic() - began
    for _ in range(rounds):
        number = chance.choice((signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL))
        end = _signalled(["check", PROFILE], number, chance.uniform(0, longest))
        ended = (Exit.INTERRUPTED, -number)
        is_right = (end.returncode in ended and end.stdout in (b"", whole.stdout)) or (
            (end.returncode, end.stdout) == (whole.returncode, whole.stdout)
        )
        yield Happened(f"check and {number.name}", f"exit {end.returncode}", is_right)


def _signalled(arguments: list[str], number: int, after: float) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", _DEFAULT_SIGNALS, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        with suppress(subprocess.TimeoutExpired):
            running.wait(after)
        running.send_signal(number)
        out, err = running.communicate(timeout=PATIENCE_SECONDS)
    return subprocess.CompletedProcess(command, running.returncode, out, err)


SCENES: dict[str, Callable[[], Iterator[Happened]]] = {"full": to_a_full_device, "small": to_a_small_disk}
