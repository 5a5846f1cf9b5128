"""What shape have a profile, a report, a rule page and the questions? For editors and programs."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from magcheck.cli.console import print_data
from magcheck.core.errors import InputError, Problem
from magcheck.core.json_schema import Mode, json_schema

if TYPE_CHECKING:
    from pydantic import BaseModel

_SHAPES: dict[str, tuple[str, str, Mode]] = {
    "profile": ("magcheck.profile", "Profile", "validation"),
    "report": ("magcheck.report", "Report", "serialization"),
    "page": ("magcheck.knowledge.rule", "Rule", "validation"),
}


def print_schema(of: str) -> int:
    """Raises InputError for a shape that is not published."""
    if of not in _SHAPES:
        known = ", ".join(_SHAPES)
        raise InputError([Problem("magcheck schema", f"no schema is called '{of[:60]}'.", f"There are: {known}.")])
    module, name, mode = _SHAPES[of]
    model = cast("type[BaseModel]", getattr(import_module(module), name))
    print_data(json.dumps(_schema(model, mode), indent=2, ensure_ascii=False))
    return 0


def print_questionnaire(rules: str | None) -> int:
    """Raises RulesError for a folder whose pages cannot be used."""
    from magcheck.cli.own_rules import checker_of  # noqa: PLC0415 - a schema needs no rules
    from magcheck.fhir.questionnaire import questionnaire  # noqa: PLC0415

    print_data(json.dumps(questionnaire(checker_of(rules).book), indent=2, ensure_ascii=False))
    return 0


def _schema(model: type[BaseModel], mode: Mode) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(model, mode)}
