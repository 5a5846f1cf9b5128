"""How is a file written? Whole or not at all, for its owner alone, never over another file unasked."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp

from magcheck.core.errors import InputError, Problem

OWNER_ONLY = 0o600


def exists(path: str) -> bool:
    try:
        return os.path.lexists(_target(path))
    except (OSError, ValueError):
        return False


def refuse_unwritable(path: str, *, replace: bool) -> None:
    """Raises InputError where the answers could not be kept, before anything is asked."""
    try:
        target = _target(path)
        problem = _problem(target, replace=replace)
    except (OSError, ValueError, RuntimeError):
        problem = "this is not a file name.", "Write another one."
    if problem:
        raise InputError([Problem(path[:200], *problem)])


def _problem(target: Path, *, replace: bool) -> tuple[str, str] | None:
    if "\0" in str(target):
        return "this is not a file name.", "Write another one."
    if target.is_dir():
        return "this is a folder, not a file.", "Write a file name."
    if not target.parent.is_dir():
        return "its folder does not exist.", "Make the folder first, or write another name."
    if not os.access(target.parent, os.W_OK):
        return "nothing may be written in its folder.", "Choose another folder."
    if os.path.lexists(target) and not replace:
        return "there is such a file already.", "Choose another name."
    return None


def _target(path: str) -> Path:
    return Path(path).expanduser()


def write_whole(text: str, path: str) -> None:
    """Write a whole file or none, for its owner alone. Raises InputError where that does not work."""
    try:
        target = _target(path)
        number, name = mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            os.chmod(file.fileno(), OWNER_ONLY)  # noqa: PTH101 - the open file, not its name
            file.write(text)
        Path(name).replace(target)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError([Problem(path[:200], f"this cannot be written: {why}.", "Write another name.")]) from None
