"""How are answers kept? As a profile in YAML that reads again as what was told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from magcheck.cli.save import stamp, write_unless_changed, write_whole
from magcheck.questions.resume import told_data

if TYPE_CHECKING:
    from magcheck.cli.save import Stamp
    from magcheck.profile import Profile

ENDINGS = (".yaml", ".yml")
LARGEST_WHOLE = 10**9
_DELICATE = re.compile(r"^[-+.0-9]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def save_profile(profile: Profile, path: str) -> None:
    """Write a whole file or none. Raises InputError where that does not work."""
    write_whole(as_yaml(profile), path)


def is_ours(path: str) -> bool:
    """Is it a file as answers are kept in, and no stream, JSON or record of another kind?"""
    return path.endswith(ENDINGS)


class Keeper:
    """Writes answers into one file, and never over what somebody else wrote there after it was made."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._before: Stamp | None = stamp(path)

    def keep(self, profile: Profile) -> str:
        """The name that was written: another one where the file was changed. Raises InputError."""
        written = write_unless_changed(as_yaml(profile), self.path, self._before)
        if written == self.path:
            self._before = stamp(written)
        return written


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
