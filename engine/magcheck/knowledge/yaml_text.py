"""What does this YAML hold? Plain data of the parser's events, and the line on which each part stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from magcheck.knowledge.document import MAX_DEPTH, Document, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.core.errors import InputError
    from magcheck.knowledge.document import Path

MAX_NUMBER_CHARACTERS = 40
_WORDS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None,
    "true": True, "True": True, "yes": True,
    "false": False, "False": False, "no": False,
}  # fmt: skip
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = {".nan": "nan", ".inf": "inf", "+.inf": "inf", "-.inf": "-inf"}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, name: str) -> Document:
    try:
        return _Builder(name).build(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "broken syntax"
        raise refused(where, f"this is not YAML: {problem}.") from None


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
        return refused(f"{self.name}:{event.start_mark.line + 1}", what, fix)

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
