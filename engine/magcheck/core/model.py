"""The root of every model: strict, frozen, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict, model_serializer

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler, SerializerFunctionWrapHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


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


class OnRequest(Model):
    """A model some fields of which are not printed at all where nobody asked for them."""

    on_request: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _what_was_asked_for(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = handler(self)
        left_out = {name for name in self.on_request if getattr(self, name) is None}
        return {name: value for name, value in fields.items() if name not in left_out}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Of a model with a serializer, pydantic would publish no more than "an object"."""
        fields = {key: part for key, part in core_schema.items() if key != "serialization"}
        return handler(cast("CoreSchema", fields))


def complete_models() -> None:
    """Build every validator now: older pydantics are not safe when two threads are the first to need one.

    The command line has one thread and builds only those that it needs.
    """
    from magcheck.core.words import complete_words  # noqa: PLC0415 - they are made of models

    complete_words()
    waiting: list[type[Model]] = [Model]
    while waiting:
        model = waiting.pop()
        model.model_rebuild()
        waiting += model.__subclasses__()
