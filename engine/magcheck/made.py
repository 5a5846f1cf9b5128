"""How does the engine make the parts of a report? Without validating what it has just worked out itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from magcheck.profile import Model
from magcheck.report import (
    Assumed,
    Cited,
    Dose,
    DosePart,
    FactUsed,
    Finding,
    Missing,
    NotChecked,
    Plan,
    Recognised,
    Report,
    RulesUsed,
    Separation,
    Subject,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made", bound=Model)
Fields = ParamSpec("Fields")
_set: Any = object.__setattr__


def trusted(model: Callable[Fields, Made]) -> Callable[Fields, Made]:
    """`model` as a function that keeps its types for mypy and pyright, but builds no validator and runs none.

    Half of a cold start went into validators that could only find a mistake of ours. A test validates the
    reports of many people instead, strictly and both ways.
    """
    shape = cast("type[Made]", model)
    fields = shape.model_fields
    blank = {name: None if field.is_required() else field.get_default() for name, field in fields.items()}
    needed = {name for name, field in fields.items() if field.is_required()}

    def made(*_: Fields.args, **values: Fields.kwargs) -> Made:
        if not needed <= values.keys() <= blank.keys():
            raise TypeError(f"{shape.__name__}: {sorted(needed ^ values.keys())}")
        one = shape.__new__(shape)
        _set(one, "__dict__", blank | values)
        _set(one, "__pydantic_fields_set__", set(values))
        _set(one, "__pydantic_extra__", None)
        _set(one, "__pydantic_private__", None)
        return one

    return made


assumed = trusted(Assumed)
cited = trusted(Cited)
dose = trusted(Dose)
dose_part = trusted(DosePart)
fact_used = trusted(FactUsed)
finding = trusted(Finding)
missing = trusted(Missing)
not_checked = trusted(NotChecked)
plan = trusted(Plan)
recognised = trusted(Recognised)
report = trusted(Report)
rules_used = trusted(RulesUsed)
separation = trusted(Separation)
subject = trusted(Subject)
