"""What does this text hold? YAML or JSON in, plain data and line numbers out; everything dangerous refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import yaml

from magcheck.core.errors import InputError, Problem
from magcheck.core.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_NUMBER_CHARACTERS = 40

Path = tuple[str | int, ...]

_WORDS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None,
    "true": True, "True": True, "yes": True,
    "false": False, "False": False, "no": False,
}  # fmt: skip
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = {".nan": "nan", ".inf": "inf", "+.inf": "inf", "-.inf": "-inf"}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def read_document(raw: bytes, name: str) -> Document:
    """Parse `raw` (UTF-8 YAML, or JSON when it begins with `{` or `[`).

    Raises InputError, with the line where there is one, for text that is not UTF-8, larger than 1 MB, empty,
    nested deeper than 30, with an anchor, alias, tag, second document, repeated key, or broken syntax.
    """
    text = _decode(raw, name)
    if not text.strip():
        raise _error(name, "the file is empty.", "Fill it, or leave it out.")
    if text.lstrip()[0] in "{[":
        return _read_json(text, name)
    return _read_yaml(text, name)


def _error(where: str, what: str, fix: str = "", path: Path = ()) -> InputError:
    return InputError([Problem(where, what, fix, path)])


def _decode(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        raise _error(name, f"the file is larger than {MAX_BYTES:,} bytes.", "A profile has a few hundred lines.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(name, f"byte {error.start} is not UTF-8 text.", "Save the file as UTF-8 text.") from None


def _read_json(text: str, name: str) -> Document:
    odd: list[object] = []
    once_each, not_a_number = partial(_once_each, odd), partial(_not_a_number, odd)
    try:
        data = json.loads(text, object_pairs_hook=once_each, parse_constant=not_a_number)
    except json.JSONDecodeError as error:
        raise _error(f"{name}:{error.lineno}", f"this is not JSON: {error.msg.lower()}.") from None
    except RecursionError:
        raise _error(name, f"nested deeper than {MAX_DEPTH}.") from None
    except ValueError:
        raise _error(name, "a number is too long.") from None
    if odd or not _is_shallow(text):
        _refuse_what_json_lets_pass(data, name)
    return Document(name, data, lambda: _lines_of(text, name))


class _Twice(NamedTuple):
    """Stands for an object with a repeated key until its place is known."""

    key: str


class _NotANumber(NamedTuple):
    """The same for NaN and its like."""

    word: str


def _once_each(odd: list[object], items: list[tuple[str, Any]]) -> dict[str, Any] | _Twice:
    kept = dict(items)
    if len(kept) == len(items):
        return kept
    seen: set[str] = set()
    twice = _Twice(next(key for key, _ in items if key in seen or seen.add(key)))
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
    raise _error(name, f"nested deeper than {MAX_DEPTH}.")


def _containers(parts: Iterable[tuple[Path, object]], name: str) -> list[tuple[Path, object]]:
    found: list[tuple[Path, object]] = []
    for path, part in parts:
        if isinstance(part, _Twice):
            raise _error(name, f"the key '{part.key[:60]}' stands twice.", "Keep one of them.", (*path, part.key))
        if isinstance(part, _NotANumber):
            raise _error(name, f"{part.word} is not a number.", "Leave the value out when it is not known.", path)
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
    try:
        return _Builder(name).build(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "broken syntax"
        raise _error(where, f"this is not YAML: {problem}.") from None


class _Builder:
    """Builds data from parser events with a stack of its own, so that no depth can break the interpreter."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}
        self.stack: list[tuple[Any, Path]] = []
        self.keys: list[str | None] = []
        self.root: Any = None

    def build(self, events: Iterator[Any]) -> Document:
        documents = 0
        for event in events:
            self._refuse(event)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second document begins here ('---').", "Keep one per file.")
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
                self.keys.pop()
        return Document(self.name, self.root, lambda: self.lines)

    def _error(self, event: Any, what: str, fix: str = "") -> InputError:
        return _error(f"{self.name}:{event.start_mark.line + 1}", what, fix)

    def _refuse(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._error(event, "anchors and aliases (& and *) are not allowed.", "Write the value out.")
        if getattr(event, "tag", None) not in (None, "!"):
            raise self._error(event, f"the tag {event.tag[:60]} is not allowed.", "Leave it out.")

    def _open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self._error(event, f"nested deeper than {MAX_DEPTH}.")
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(event, container)
        self.stack.append((container, path))
        self.keys.append(None)

    def _scalar(self, event: Any) -> None:
        if self.stack and isinstance(self.stack[-1][0], dict) and self.keys[-1] is None:
            self._key(event)
        else:
            self._place(event, self._value(event))

    def _key(self, event: Any) -> None:
        if event.value in self.stack[-1][0]:
            raise self._error(event, f"the key '{event.value[:60]}' stands twice.", "Keep one of them.")
        self.keys[-1] = event.value

    def _place(self, event: Any, value: Any) -> Path:
        if not self.stack:
            self.root = value
            path: Path = ()
        else:
            container, parent = self.stack[-1]
            if isinstance(container, list):
                path = (*parent, len(container))  # pyright: ignore[reportUnknownArgumentType]
                container.append(value)  # pyright: ignore[reportUnknownMemberType]
            else:
                key = self.keys[-1]
                if key is None:
                    raise self._error(event, "a key must be a plain word.")
                path = (*parent, key)
                container[key] = value
                self.keys[-1] = None
        self.lines[path] = event.start_mark.line + 1
        return path

    def _value(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text.lower() in _NOT_FINITE:
            return float(_NOT_FINITE[text.lower()])
        if _INT.fullmatch(text) or _FLOAT.fullmatch(text):
            if len(text) > MAX_NUMBER_CHARACTERS:
                raise self._error(event, "this number is too long.")
            return int(text) if _INT.fullmatch(text) else float(text)
        return text
