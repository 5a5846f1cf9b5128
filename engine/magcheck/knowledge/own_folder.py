"""What does a folder of one's own hold? Its files as bytes within fixed limits, or every reason to refuse it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import Problem, RulesError
from magcheck.knowledge.document import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 5_000
"""Files and folders of any kind; more are not even looked at."""
MAX_FILES = 2_000
"""Files of knowledge; magcheck itself comes with fewer than 500."""
MAX_DEPTH = 8
"""Folders within folders."""
MAX_PAGE_BYTES = 50_000
"""Ours have at most 3,000."""
MAX_TOTAL_BYTES = 10_000_000
SUFFIXES = (".yaml", ".csv")
_MISSPELT = (*SUFFIXES, ".yml")
"""Endings that mean rules, whatever their case."""
_NOT_KNOWLEDGE = "__pycache__"
"""Python writes it beside everything it imports."""


class OwnFolder(NamedTuple):
    """A folder that was read whole."""

    folder: Path
    files: dict[str, bytes]
    """Path within the folder -> content, sorted by path."""

    def shown(self, path: str) -> str:
        """The name of a file in a message."""
        return str(self.folder / path)


def read_folder(name: Path | str) -> OwnFolder:
    """Raises RulesError with everything that keeps the folder from being read: nothing in it is passed over."""
    folder = Path(name)
    if not str(name):
        raise RulesError([Problem("rules", "no folder is named.", "Name a folder with rule pages.")])
    try:
        is_folder = folder.is_dir()
    except ValueError:
        is_folder = False
    if not is_folder:
        raise RulesError([Problem(str(name), "this is not a folder.", "Name a folder with rule pages.")])
    reader = _FolderReader(folder)
    reader.walk(folder, 0)
    if reader.problems:
        raise RulesError(reader.problems)
    if not reader.files:
        raise RulesError([Problem(str(name), "there is no rule page here.", "Add one, or name another folder.")])
    return OwnFolder(folder, dict(sorted(reader.files.items())))


class _FolderReader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self.entries = 0
        self.bytes = 0

    def walk(self, folder: Path, depth: int) -> None:
        if depth > MAX_DEPTH:
            self._refuse(f"folders stand in folders deeper than {MAX_DEPTH}.", "Lay them side by side.")
        for entry in self._entries(folder):
            self._entry(entry, depth)

    def _refuse(self, what: str, fix: str = "Name a folder that holds rule pages alone.") -> None:
        """A limit is reached: what else there may be is not looked at."""
        raise RulesError([*self.problems[:1], Problem(str(self.folder), what, fix)])

    def _entries(self, folder: Path) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    self.entries += 1
                    if self.entries > MAX_ENTRIES:
                        self._refuse(f"this folder holds more than {MAX_ENTRIES:,} files.")
                    yield entry
        except OSError as error:
            self._problem(folder, f"this folder cannot be read: {error.strerror}.", "Check its permissions.")

    def _entry(self, entry: os.DirEntry[str], depth: int) -> None:
        path, name = Path(entry.path), entry.name
        is_knowledge = name.lower().endswith(_MISSPELT)
        if self._is_folder(entry):
            if entry.is_symlink():
                self._problem(path, "a link to a folder is not followed.", "Put the folder itself here.")
            elif name.startswith("_") and name != _NOT_KNOWLEDGE:
                self._problem(path, "a folder that begins with '_' is not read.", "Rename it.")
            elif not name.startswith((".", "_")):
                self.walk(path, depth + 1)
        elif is_knowledge and not name.endswith(SUFFIXES):
            self._problem(path, "a file with this ending is not read.", "Let its name end in .yaml.")
        elif is_knowledge and name.startswith("."):
            self._problem(path, "a hidden file is not read.", "Rename it, or delete it.")
        elif is_knowledge:
            self._file(path)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:
            return False

    def _file(self, path: Path) -> None:
        if len(self.files) >= MAX_FILES:
            self._refuse(f"this folder holds more than {MAX_FILES:,} files of rules.")
        try:
            raw = _content(path)
        except OSError as error:
            self._problem(path, f"this cannot be read: {error.strerror}.", "Put a file here, or delete it.")
            return
        if raw is None:
            self._problem(path, "this is no file that ends.", "Put a file here, or delete it.")
            return
        if len(raw) > MAX_BYTES:
            self._problem(path, f"the file is larger than {MAX_BYTES:,} bytes.", "Split it.")
            return
        self.bytes += len(raw)
        if self.bytes > MAX_TOTAL_BYTES:
            self._refuse(f"the files here are larger than {MAX_TOTAL_BYTES:,} bytes together.")
        self.files[path.relative_to(self.folder).as_posix()] = raw

    def _problem(self, path: Path, what: str, fix: str) -> None:
        self.problems.append(Problem(str(path), what, fix))


def _content(path: Path) -> bytes | None:
    """One byte more than allowed is enough to know; None for a pipe, a device, and whatever never ends."""
    # Without O_NONBLOCK, to open a pipe waits until somebody writes into it.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return None
        return file.read(MAX_BYTES + 1)
