"""Which placeholders may a sentence have? Each field of a model says it, and what is read is checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel

from magcheck.core.errors import Problem
from magcheck.core.words import Words, fields_of
from magcheck.knowledge.conditions import near
from magcheck.knowledge.refusal import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.document import Document, Path

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Placeholders:
    """Stands in the annotation of a field: every sentence below it has all of these, and may have optional ones.

    A field without it holds sentences without placeholders.
    """

    def __init__(self, *needed: str, optional: tuple[str, ...] = ()) -> None:
        self.needed, self.optional = needed, optional


NONE = Placeholders()


def fill(sentence: str, **values: object) -> str:
    """`sentence` with its placeholders filled, in one pass: braces in a value stay what they are.

    Raises KeyError for a placeholder without a value; `placeholder_problems` has refused it long before.
    """
    return sentence.format_map(values)


MEDICINE = "medicine"
"""The one placeholder that the sentences of a page may have."""


def strange_placeholders(text: str, known: tuple[str, ...]) -> str:
    """`text` itself; ValueError where it has a placeholder that nothing fills, or half of one."""
    for what, fix in _wrong(text, Placeholders(optional=known)):
        raise ValueError(f"{what} {fix}")
    return text


def placeholder_problems(model: BaseModel | Words, document: Document, path: Path = ()) -> Iterator[Problem]:
    """One for each placeholder that is unknown or missing in the sentences of `model`, with `file:line`."""
    for name, field in fields_of(type(model)).items():
        own = next((annotation for annotation in field.metadata if isinstance(annotation, Placeholders)), NONE)
        yield from _in(getattr(model, name), own, document, (*path, field.alias or name))


def _in(value: object, own: Placeholders, document: Document, path: Path) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from (Problem(f"{document.where(path)}: {dotted(path)}", *wrong) for wrong in _wrong(value, own))
    elif isinstance(value, (BaseModel, Words)):
        yield from placeholder_problems(value, document, path)
    elif isinstance(value, dict):
        for key, part in cast("Mapping[str, object]", value).items():
            yield from _in(part, own, document, (*path, key))
    elif isinstance(value, tuple):
        for number, part in enumerate(cast("tuple[object, ...]", value)):
            yield from _in(part, own, document, (*path, number))


def _wrong(sentence: str, own: Placeholders) -> Iterator[tuple[str, str]]:
    """(what is wrong, what would be right)."""
    used, known = dict.fromkeys(_PLACEHOLDER.findall(sentence)), (*own.needed, *own.optional)
    for name in used:
        if name not in known:
            fix = near(name[:60], known) if known else "This sentence has no placeholder."
            yield f"unknown placeholder '{name[:60]}'.", fix
    for name in own.needed:
        if name not in used:
            yield f"the placeholder '{name}' is missing.", f"Write {{{name}}} where it belongs."
    if set("{}") & set(_PLACEHOLDER.sub("", sentence)):
        yield "a brace stands alone.", "Write a placeholder as {name}."
