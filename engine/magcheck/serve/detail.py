"""How much of a report is answered? All of it, or what decides and what was not read, without its grounds."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from magcheck.report import Report

GROUNDS: dict[str, frozenset[str]] = {
    "findings": frozenset({"evidence", "mechanism", "seriousness"}),
    "recognised": frozenset({"classes", "ingredients", "rules"}),
}
"""List of the report -> what a brief one leaves out of each entry. Nothing that was told or is to be done."""


class Detail(StrEnum):
    FULL = "full"
    BRIEF = "brief"


def json_of(report: Report, detail: Detail) -> str:
    if detail is Detail.FULL:
        return report.model_dump_json()
    return report.model_dump_json(exclude={name: {"__all__": set(parts)} for name, parts in GROUNDS.items()})


def brief_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a brief report, made of that of a whole one. Its entries are parts of their own."""
    parts: dict[str, Any] = {**schema["$defs"]}
    properties: dict[str, Any] = {**schema["properties"]}
    for name, left_out in GROUNDS.items():
        entry = properties[name]["items"]["$ref"].rpartition("/")[2]
        parts[f"Brief{entry}"] = _without(parts.pop(entry), left_out)
        properties[name] = {**properties[name], "items": {"$ref": f"#/$defs/Brief{entry}"}}
    return {**schema, "title": "BriefReport", "$defs": parts, "properties": properties}


def _without(part: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    properties = {name: value for name, value in part["properties"].items() if name not in left_out}
    required = [name for name in cast("list[str]", part["required"]) if name not in left_out]
    return {**part, "title": f"Brief{part['title']}", "properties": properties, "required": required}
