"""How are answers and handouts kept? In files that only their owner can read, never over another file unasked."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

import yaml

from magcheck.errors import InputError, Problem
from magcheck.questions.resumed import told_data

if TYPE_CHECKING:
    from magcheck.profile import Profile

OWNER_ONLY = 0o600
LARGEST_WHOLE = 10**9
_DELICATE = re.compile(r"^[-+.0-9]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def exists(path: str) -> bool:
    try:
        return os.path.lexists(_place(path))
    except (OSError, ValueError):
        return False


def refuse_unwritable(path: str, *, replace: bool) -> None:
    """Raises InputError where the answers could not be kept, before anything is asked."""
    try:
        place = _place(path)
        problem = _problem(place, replace=replace)
    except (OSError, ValueError, RuntimeError):
        problem = "this is not a file name.", "Write another one."
    if problem:
        raise InputError([Problem(path[:200], *problem)])


def _problem(place: Path, *, replace: bool) -> tuple[str, str] | None:
    if "\0" in str(place):
        return "this is not a file name.", "Write another one."
    if place.is_dir():
        return "this is a folder, not a file.", "Write a file name."
    if not place.parent.is_dir():
        return "its folder does not exist.", "Make the folder first, or write another name."
    if not os.access(place.parent, os.W_OK):
        return "nothing may be written in its folder.", "Choose another folder."
    if os.path.lexists(place) and not replace:
        return "there is such a file already.", "Choose another name."
    return None


def _place(path: str) -> Path:
    return Path(path).expanduser()


def save_profile(profile: Profile, path: str) -> None:
    """Write a whole file or none. Raises InputError where that does not work."""
    write_whole(as_yaml(profile), path)


def write_whole(text: str, path: str) -> None:
    """Write a whole file or none, for its owner alone. Raises InputError where that does not work."""
    try:
        place = _place(path)
        number, name = mkstemp(dir=place.parent, prefix=f".{place.name[:40]}.")
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            os.chmod(file.fileno(), OWNER_ONLY)  # noqa: PTH101 - the open file, not its name
            file.write(text)
        Path(name).replace(place)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(
            [Problem(path[:200], f"this cannot be written: {said}.", "Write another name.")]
        ) from None


def as_yaml(profile: Profile) -> str:
    """What was told, and nothing else; reading it again gives the same profile."""
    return yaml.dump(told_data(profile), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


class _Dumper(yaml.SafeDumper):
    """What could be taken for something else stands in quotes, and whole numbers have no decimals."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if _DELICATE.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)  # pyright: ignore[reportUnknownMemberType]


def _number(dumper: _Dumper, number: float) -> yaml.Node:
    whole = number.is_integer() and abs(number) < LARGEST_WHOLE
    return dumper.represent_int(int(number)) if whole else dumper.represent_float(number)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
