"""The root of every model: strict, frozen, closed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Strict, frozen, closed: nothing is coerced and nothing unknown is swallowed."""

    model_config = ConfigDict(
        extra="forbid",
        defer_build=True,
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


def complete_models() -> None:
    """Build every validator now: older pydantics are not safe when two threads are the first to need one.

    The command line has one thread and builds only those that it needs.
    """
    waiting: list[type[Model]] = [Model]
    while waiting:
        model = waiting.pop()
        model.model_rebuild()
        waiting += model.__subclasses__()
