"""What may be sent to a tool, in few bytes, for they are read before every conversation. The reader judges it."""

from __future__ import annotations

from typing import Any

from magcheck.core.json_schema import json_schema
from magcheck.profile import Profile

Schema = dict[str, Any]


def small_profile() -> Schema:
    """Names, kinds and choices of a profile; without bounds, patterns and defaults."""
    whole = json_schema(Profile)
    return _small(whole, whole["$defs"])


def _small(node: Schema, parts: dict[str, Schema]) -> Schema:
    if "$ref" in node:
        return _small(parts[node["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in node:
        return _either([_small(choice, parts) for choice in node["anyOf"] if choice.get("type") != "null"])
    if "enum" in node:
        return {"type": node["type"], "enum": node["enum"]}
    small: Schema = {"type": node["type"]}
    if "properties" in node:
        small["properties"] = {name: _small(part, parts) for name, part in node["properties"].items()}
    if "items" in node:
        small["items"] = _small(node["items"], parts)
    return small


def _either(choices: list[Schema]) -> Schema:
    """Each choice has one type: some assistants know no lists of them."""
    return choices[0] if len(choices) == 1 else {"anyOf": choices}
