"""How does a failed validation read? pydantic's errors as sentences with a place and a mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from magcheck.core.errors import Problem
from magcheck.core.words import Readable, Words, fields_of
from magcheck.knowledge.conditions import near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from magcheck.knowledge.document import Document, Path

_SENTENCES: dict[str, str] = {
    "missing": "this is missing.",
    "string_type": "this must be text. Put it in quotes.",
    "string_too_short": "this text is too short.",
    "string_too_long": "this text is longer than {max_length} characters.",
    "float_type": "this must be a number, without quotes.",
    "int_type": "this must be a whole number, without quotes.",
    "int_from_float": "this must be a whole number.",
    "bool_type": "write true or false.",
    "finite_number": "this is not a number that can be used.",
    "greater_than": "this must be more than {gt}.",
    "greater_than_equal": "this must be at least {ge}.",
    "less_than": "this must be less than {lt}.",
    "less_than_equal": "this can be at most {le}.",
    "enum": "expected {expected}.",
    "too_long": "more than {max_length} entries.",
    "too_short": "fewer than {min_length} entries.",
    "tuple_type": "this must be a list.",
    "model_type": "this must hold keys and values.",
    "model_attributes_type": "this must hold keys and values.",
    "dict_type": "this must hold keys and values.",
    "string_pattern_mismatch": "this does not look as expected ({pattern}).",
}


def problems_of(
    error: ValidationError, model: type[Readable], document: Document, under: Path = ()
) -> list[Problem]:
    """All problems of one document (or of its part `under`), each with `file:line` where it is known."""
    return [_problem(detail, model, document, under) for detail in error.errors(include_url=False)]


def _problem(error: ErrorDetails, model: type[Readable], document: Document, under: Path) -> Problem:
    loc = error["loc"]
    strange = loc[-1:] if error["type"] == "extra_forbidden" else ()
    way = loc[: len(loc) - len(strange)]
    path: Path = (*under, *(part for part in way if not _is_internal(part)), *strange)
    where = f"{document.where(path)}: {dotted(path)}" if path else document.where()
    kind: str = error["type"]
    if kind == "extra_forbidden":
        return Problem(
            where,
            f"unknown key '{str(path[-1])[:60]}'.",
            near(str(path[-1])[:60], _keys(model, path[len(under) : -1])),
            path,
        )
    if kind == "value_error":
        return Problem(where, str(error.get("ctx", {}).get("error", error["msg"])), path=path)
    sentence = _SENTENCES.get(kind, f"{error['msg']}.").format_map(error.get("ctx", {}))
    if kind == "missing":
        return Problem(where, sentence, path=path)
    return Problem(where, f"{_shown(error['input'])} cannot be used here:", sentence, path)


def _is_internal(part: object) -> bool:
    """pydantic names its validators in the path; they mean nothing to a person."""
    return isinstance(part, str) and any(mark in part for mark in "[](")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def dotted(path: Iterable[str | int]) -> str:
    """ "medications[0].times"."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")[:120]


def _keys(model: type[Readable], path: Path) -> list[str]:
    """The keys that would be right at `path`."""
    for part in path:
        if isinstance(part, str) and part in fields_of(model):
            model = _model_in(fields_of(model)[part].annotation) or model
    return list(fields_of(model))


def _model_in(annotation: object) -> type[BaseModel | Words] | None:
    if isinstance(annotation, type) and issubclass(annotation, (BaseModel, Words)):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model), None)
