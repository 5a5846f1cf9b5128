"""How is a file written? Whole or not at all, for its owner alone, never over another file unasked."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

OWNER_ONLY = 0o600
MOST_NAMES = 100
"""Tried for one file."""


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
        return "there is such a file already.", "Choose another name, or write over it with --force."
    return None


def _target(path: str) -> Path:
    return Path(path).expanduser()


class Stamp(NamedTuple):
    """By which a file is known again: whoever writes it anew gives it another one."""

    inode: int
    size: int
    changed: int
    """Nanoseconds."""


def stamp(path: str) -> Stamp | None:
    """None where there is no such file."""
    try:
        status = _target(path).lstat()
    except (OSError, ValueError, RuntimeError):
        return None
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)


def write_unless_changed(text: str, path: str, before: Stamp | None) -> str:
    """As `write_whole`, but beside the file, under another name, where it is not as it was `before`.

    The name that was written. None: there was no file.
    """
    for name in _names(path):
        if before is not None and name == path:
            if stamp(path) == before:
                write_whole(text, path)
                return path
        elif _write_new(text, name):
            return name
    raise InputError([Problem(path[:200], "there are too many files of this name.", "Write another name.")])


def _names(path: str) -> Iterator[str]:
    yield path
    place = Path(path)
    yield from (str(place.with_name(f"{place.stem}-{number}{place.suffix}")) for number in range(2, MOST_NAMES))


def _write_new(text: str, path: str) -> bool:
    """False where there is such a file, also one that came this very moment."""
    try:
        with _written_beside(text, _target(path)) as whole:
            _target(path).hardlink_to(whole)
    except FileExistsError:
        return False
    except (OSError, ValueError):
        if exists(path):
            return False
        write_whole(text, path)  # this disk knows no second name of a file
    return True


@contextmanager
def _written_beside(text: str, target: Path) -> Generator[Path, None, None]:
    """A whole file in the folder of `target`; it never stays there."""
    number, name = mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            os.chmod(file.fileno(), OWNER_ONLY)  # noqa: PTH101 - the open file, not its name
            file.write(text)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def write_whole(text: str, path: str) -> None:
    """Write a whole file or none, for its owner alone. Raises InputError where that does not work."""
    try:
        target = _target(path)
        with _written_beside(text, target) as whole:
            whole.replace(target)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError([Problem(path[:200], f"this cannot be written: {why}.", "Write another name.")]) from None
