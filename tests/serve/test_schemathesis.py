"""Whatever is sent to whatever address: no 500, and no answer that is not described."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from magcheck.checker import default_checker
from magcheck.serve import create_app
from tests.serve.calling import Client

if TYPE_CHECKING:
    from schemathesis import Case

THOROUGH = os.environ.get("MAGCHECK_CLIENTS") == "thorough"
EXAMPLES = 400 if THOROUGH else 15
"""For each endpoint; `make test-clients` sends many, others at every run."""
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]

configuration = schemathesis.Config.from_dict(
    {"generation": {"mode": "all", "allow-x00": True}, "phases": {"coverage": {"enabled": THOROUGH}}}
)
app = create_app(checker=default_checker())
Client(app).get("/openapi.json")  # made now, because schemathesis waits ten seconds only
api = schemathesis.openapi.from_asgi("/openapi.json", app, config=configuration)


@pytest.mark.thorough
@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=not THOROUGH,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate] if THOROUGH else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_described_and_none_is_a_fault(case: Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS)
