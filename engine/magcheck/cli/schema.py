"""What shape have a profile, a report and a rule page? For editors and programs."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from magcheck.cli.console import print_data
from magcheck.core.errors import InputError, Problem
from magcheck.core.json_schema import Mode, json_schema

if TYPE_CHECKING:
    from pydantic import BaseModel

SHAPES: dict[str, tuple[str, str, Mode]] = {
    "profile": ("magcheck.profile", "Profile", "validation"),
    "report": ("magcheck.report", "Report", "serialization"),
    "page": ("magcheck.knowledge.rule", "Rule", "validation"),
}


def print_schema(of: str) -> int:
    """Raises InputError for a shape that is not published."""
    if of not in SHAPES:
        known = ", ".join(SHAPES)
        raise InputError([Problem("magcheck schema", f"no schema is called '{of[:60]}'.", f"There are: {known}.")])
    module, name, mode = SHAPES[of]
    model = cast("type[BaseModel]", getattr(import_module(module), name))
    print_data(json.dumps(_schema(model, mode), indent=2, ensure_ascii=False))
    return 0


def _schema(model: type[BaseModel], mode: Mode) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(model, mode)}
