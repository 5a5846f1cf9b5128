"""What does this text hold? YAML or JSON in, plain data and line numbers out; everything dangerous refused."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.core.errors import InputError, Problem
from magcheck.core.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MOST_DIGITS = 4_000
"""Of a whole number in JSON; Python reads a few more."""

Path = tuple[str | int, ...]


@dataclass
class Document:
    """Plain data (dict, list, str, int, float, bool, None) and the line on which each part stands."""

    name: str
    data: Any
    find_lines: Callable[[], dict[Path, int]] = field(default=dict[Path, int], repr=False)
    """Called once, when a place has to be named."""

    @cached_property
    def lines(self) -> dict[Path, int]:
        return self.find_lines()

    def where(self, path: Path = ()) -> str:
        """`file:line` of the deepest known part of `path`."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return f"{self.name}:{line}"
        return self.name


class UnreadDocument(Document):
    """A document that was found right before: what stands in it is read when somebody asks."""

    def __init__(self, name: str, find_data: Callable[[], Any], find_lines: Callable[[], dict[Path, int]]) -> None:
        self.name, self._find_data, self.find_lines = name, find_data, find_lines

    @cached_property
    def data(self) -> Any:
        return self._find_data()


def read_document(raw: bytes, name: str) -> Document:
    """Parse `raw` (UTF-8 YAML, or JSON when it begins with `{` or `[`).

    Raises InputError, with the line where there is one, for text that is not UTF-8, larger than 1 MB, empty,
    nested deeper than 30, with an anchor, alias, tag, second document, repeated key, or broken syntax.
    """
    text = _decode(raw, name)
    if not text.strip():
        raise refused(name, "the file is empty.", "Fill it, or leave it out.")
    if text.lstrip()[0] in "{[":
        return _read_json(text, name)
    return _read_yaml(text, name)


def refused(where: str, what: str, fix: str = "", path: Path = ()) -> InputError:
    return InputError([Problem(where, what, fix, path)])


def _decode(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        raise refused(name, f"the file is larger than {MAX_BYTES:,} bytes.", "A profile has a few hundred lines.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(name, f"byte {error.start} is not UTF-8 text.", "Save the file as UTF-8 text.") from None


def _read_json(text: str, name: str) -> Document:
    odd: list[object] = []
    try:
        data = _plain(text, odd)
    except json.JSONDecodeError as error:
        raise refused(f"{name}:{error.lineno}", f"this is not JSON: {error.msg.lower()}.") from None
    except RecursionError:
        raise refused(name, f"nested deeper than {MAX_DEPTH}.") from None
    if odd or not _is_shallow(text):
        _refuse_what_json_lets_pass(data, name)
    return Document(name, data, lambda: _lines_of(text, name))


def _plain(text: str, odd: list[object]) -> object:
    read = partial(
        json.loads,
        text,
        object_pairs_hook=partial(_once_each, odd),
        parse_constant=partial(_not_a_number, odd),
    )
    try:
        return read()
    except json.JSONDecodeError:
        raise
    except ValueError:  # more digits than Python reads; a hook for each number would slow all others
        return read(parse_int=partial(_whole, odd))


class _Twice(NamedTuple):
    """Stands for an object with a repeated key until its place is known."""

    key: str


class _NotANumber(NamedTuple):
    """The same for NaN and its like, and for more digits than Python reads."""

    word: str

    @property
    def wrong(self) -> str:
        return "a number is too long." if self.word.lstrip("-").isdigit() else f"{self.word} is not a number."


def _whole(odd: list[object], digits: str) -> int | _NotANumber:
    return int(digits) if len(digits) <= MOST_DIGITS else _not_a_number(odd, digits)


def _once_each(odd: list[object], items: list[tuple[str, Any]]) -> dict[str, Any] | _Twice:
    kept = dict(items)
    if len(kept) == len(items):
        return kept
    twice = _Twice(next(key for key, times in Counter(key for key, _ in items).items() if times > 1))
    odd.append(twice)
    return twice


def _not_a_number(odd: list[object], word: str) -> _NotANumber:
    found = _NotANumber(word)
    odd.append(found)
    return found


def _is_shallow(text: str) -> bool:
    """Nothing can be nested deeper than it is opened."""
    return text.count("{") + text.count("[") <= MAX_DEPTH


def _refuse_what_json_lets_pass(data: object, name: str) -> None:
    level = _containers([((), data)], name)
    for _ in range(MAX_DEPTH):
        level = _containers((child for path, part in level for child in _children(path, part)), name)
        if not level:
            return
    raise refused(name, f"nested deeper than {MAX_DEPTH}.")


def _containers(parts: Iterable[tuple[Path, object]], name: str) -> list[tuple[Path, object]]:
    found: list[tuple[Path, object]] = []
    for path, part in parts:
        if isinstance(part, _Twice):
            raise refused(name, f"the key '{part.key[:60]}' stands twice.", "Keep one of them.", (*path, part.key))
        if isinstance(part, _NotANumber):
            raise refused(name, part.wrong, "Leave the value out when it is not known.", path)
        found.append((path, part))
    return found


def _children(path: Path, part: object) -> Iterator[tuple[Path, object]]:
    """Those that have children of their own, or are to be refused."""
    if isinstance(part, dict):
        named = cast("dict[str, object]", part).items()
        yield from (((*path, key), child) for key, child in named if _is_part(child))
    else:
        numbered = enumerate(cast("list[object]", part))
        yield from (((*path, index), child) for index, child in numbered if _is_part(child))


def _is_part(child: object) -> bool:
    return isinstance(child, dict | list | _Twice | _NotANumber)


def _lines_of(json_text: str, name: str) -> dict[Path, int]:
    """JSON is nearly always YAML too: read it again for the lines, and do without where it is not."""
    try:
        return _read_yaml(json_text, name).lines
    except InputError:
        return {}


def _read_yaml(text: str, name: str) -> Document:
    from magcheck.knowledge.yaml_text import read_yaml  # noqa: PLC0415 - JSON needs no YAML

    return read_yaml(text, name)
