"""A plain `magcheck check PROFILE` without typer, which takes longer to load than the check itself.

Whatever holds more than a profile and the switches below goes the long way; a test compares what both say.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from magcheck.cli.exit_codes import engine_code, guarded
from magcheck.rendering.depth import Depth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SWITCHES = frozenset({"--json", "--plain", "--no-input", "--more", "--sources"})
_COMPLETION = "_MAGCHECK_COMPLETE"
"""A shell that completes asks by this variable."""


def short_way(arguments: Sequence[str]) -> Callable[[], int] | None:
    """What gives the exit code; None where typer must read the arguments."""
    command, *others = arguments or ("",)
    switches = SWITCHES.intersection(others)
    names = [word for word in others if word not in switches]
    if command != "check" or len(names) != 1 or not _is_name(names[0]) or _COMPLETION in os.environ:
        return None
    return partial(_check, names[0], switches)


def _is_name(word: str) -> bool:
    return word == "-" or (word[:1] not in ("", "-") and os.name != "nt")  # on Windows click resolves patterns


def _check(source: str, switches: frozenset[str]) -> int:
    return engine_code() or guarded(partial(_checked, source, switches))


def _checked(source: str, switches: frozenset[str]) -> int:
    from magcheck.cli.check import check_profile  # noqa: PLC0415 - said first is whether the engine loads

    return check_profile(
        source,
        None,
        as_json="--json" in switches,
        plain="--plain" in switches,
        no_input="--no-input" in switches,
        depth=Depth("--more" in switches, "--sources" in switches),
    )
