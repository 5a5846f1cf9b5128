"""The root of all sentences that are read from a file: closed and frozen, their model made where it is needed.

A start that takes them from what is kept validates nothing; 57 models of pydantic would be a tenth of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from magcheck.core.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_OF_THE_CLASS = frozenset({"__dict__", "__weakref__", "_model"})


class Readable(Protocol):
    """A model, or words."""

    @classmethod
    def model_validate(cls, obj: Any, /) -> Self: ...  # noqa: ANN401 - whatever stands in a file


class Words:
    """Fields as those of a Model, and as frozen."""

    @classmethod
    def model(cls) -> type[Model]:
        """The model that reads these words; it is made once."""
        if "_model" not in vars(cls):
            body = {name: value for name, value in vars(cls).items() if name not in _OF_THE_CLASS}
            metaclass: Any = type(Model)
            cls._model = cast("type[Model]", metaclass(cls.__name__, (Model,), body))
        return cls._model

    _model: type[Model]

    @classmethod
    def model_validate(cls, obj: Any, /) -> Self:  # noqa: ANN401 - as above
        """Raises pydantic.ValidationError."""
        return cls._of(cls.model().model_validate(obj))

    def model_dump(self) -> dict[str, Any]:
        """As plain data."""
        return {name: _plain(value) for name, value in vars(self).items()}

    @classmethod
    def _of(cls, read: Model) -> Self:
        words = cls()
        vars(words).update(vars(read))
        return words

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema  # noqa: PLC0415 - only where words are read

        return core_schema.no_info_after_validator_function(cls._of, handler.generate_schema(cls.model()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays as it was read.")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({vars(self)!r})"


def _plain(value: object) -> object:
    if isinstance(value, Words):
        return value.model_dump()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in cast("dict[object, object]", value).items()}
    return tuple(map(_plain, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else value


def complete_words() -> None:
    """As `complete_models`: two threads may not be the first to need a model."""
    for kind in _below(Words):
        kind.model()


def _below(kind: type[Words]) -> Iterator[type[Words]]:
    for words in kind.__subclasses__():
        yield words
        yield from _below(words)


def fields_of(kind: type[Any]) -> dict[str, Any]:
    """The fields of a model or of words."""
    return (kind.model() if issubclass(kind, Words) else kind).model_fields
