"""Which fields does a shape have? Its JSON Schema as tables for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from magcheck.core.json_schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.profile import Profile
    from magcheck.report import Report

Schema = dict[str, Any]
_BOUNDS = {
    "minimum": "from {}",
    "exclusiveMinimum": "above {}",
    "maximum": "up to {}",
    "exclusiveMaximum": "below {}",
    "pattern": "`{}`",
}
_NAMED = re.compile(r"#/\$defs/(\w+)")


def fields(model: type[Profile | Report]) -> str:
    """One table for the model, and one for each model inside it."""
    schema = json_schema(model)
    return "\n".join(line for each in _in_order(schema) for line in _table(each)).strip()


def _in_order(schema: Schema) -> Iterator[Schema]:
    """The shape itself, then what it holds, in the order in which one reads of it."""
    parts: dict[str, Schema] = schema["$defs"]
    waiting, seen = [schema], set[str]()
    while waiting:
        current = waiting.pop(0)
        yield current
        for name in _NAMED.findall(str(current.get("properties", {}))):
            if name not in seen and "properties" in parts[name]:
                waiting.append({**parts[name], "title": name})
            seen.add(name)
    yield from ({**part, "title": name} for name, part in parts.items() if name in seen and "enum" in part)


def _table(shape: Schema) -> Iterator[str]:
    yield from ("", f"## {shape['title']}", "")
    if "description" in shape:
        yield from (shape["description"], "")
    if "enum" in shape:
        yield ", ".join(f"`{value}`" for value in shape["enum"])
        return
    needed = shape.get("required", ())
    yield from ("| field | value | meaning |", "|---|---|---|")
    for name, field in shape["properties"].items():
        told = " ".join(field.get("description", "").split())
        yield f"| `{name}`{' (needed)' if name in needed else ''} | {_value(field)} | {told} |".replace("  ", " ")


def _value(field: Schema) -> str:
    """ "number, from 0 up to 120", "list of [Medication](#medication)"."""
    if "anyOf" in field:
        values = [_value(option) for option in field["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(values))
    if "$ref" in field:
        name = _NAMED.fullmatch(field["$ref"])
        return f"[{name[1]}](#{name[1].casefold()})" if name else ""
    if "enum" in field or "const" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    if field.get("type") == "array":
        return f"list of {_value(field.get('items', {}))}"
    bounds = [text.format(f"{field[key]}".replace("|", "\\|")) for key, text in _BOUNDS.items() if key in field]
    return ", ".join([str(field.get("type", "anything")), *bounds])
