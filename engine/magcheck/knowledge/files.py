"""Which files make up a rule book, what is the one figure for all of them, and are all of them there?"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING

from magcheck.core.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable


TABLES = "vocabulary"
MANIFEST = "manifest.json"
"""Written into a wheel: its rule files, and their digest. A checkout has none: there the folder is the truth."""
_ADVICE = "Install magcheck again. Rules of your own belong into a folder of your own."


def shipped() -> Traversable:
    """The folder of rules that comes with magcheck. Raises EngineFault where there is none."""
    try:
        return files("magcheck.rules")
    except ModuleNotFoundError:
        raise EngineFault(f"the rules that come with magcheck are not there. {_ADVICE}") from None


def manifest(raw: Mapping[str, bytes]) -> str:
    """The text of MANIFEST for these files."""
    return json.dumps({"digest": digest(raw), "files": [*raw]}, indent=1) + "\n"


def refuse_damaged(folder: Traversable, raw: Collection[str], whole: str, needed: Iterable[str]) -> None:
    """Raises EngineFault where the files of an installation are not those that it was built with.

    `raw`: their paths, `whole`: their digest.
    Of a checkout only the files are known that nothing works without (`needed`).
    """
    lost = sorted(set(needed).difference(raw))
    if lost:
        raise EngineFault(f"the rules that come with magcheck are damaged: {lost[0]} is missing. {_ADVICE}")
    sealed = folder.joinpath(MANIFEST)
    if not sealed.is_file():
        return
    try:
        expected = json.loads(sealed.read_bytes())
        odd = sorted(set(expected["files"]).symmetric_difference(raw))
        changed = expected["digest"] != whole
    except (ValueError, TypeError, KeyError):
        raise EngineFault(f"{MANIFEST} of the installed rules cannot be read. {_ADVICE}") from None
    if odd or changed:
        what = f"{len(odd)} files are missing or too many, such as {odd[0]}" if odd else "a file was changed"
        raise EngineFault(f"the installed rules are damaged: {what}. {_ADVICE}")


def files_in(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """(path, file) of every file of knowledge under `folder`."""
    for entry in folder.iterdir():
        if entry.name.endswith((".yaml", ".csv")):
            yield f"{path}{entry.name}", entry
        elif not entry.name.startswith(("_", ".")) and entry.is_dir():
            yield from files_in(entry, f"{path}{entry.name}/")


def contents(files_by_path: Mapping[str, Traversable]) -> dict[str, bytes]:
    """The bytes of each file, in the order that the digest needs."""
    return {path: file.read_bytes() for path, file in sorted(files_by_path.items())}


def digest(raw: Mapping[str, bytes]) -> str:
    """Changes with every byte of every file."""
    whole = hashlib.sha256()
    for path, content in raw.items():
        whole.update(f"{path}\0{len(content)}\0".encode())
        whole.update(content)
    return f"sha256:{whole.hexdigest()}"
