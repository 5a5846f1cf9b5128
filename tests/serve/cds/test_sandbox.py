"""Does a client that we did not write understand the cards? `make test-clients` gives it a Python of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.serve.cds.asking import PATIENT, bundle, order, prefetch, sound, statement, value
from tests.serve.running import service

PYTHON = os.environ.get("MAGCHECK_CLIENTS_PYTHON")
"""An interpreter with healthchain."""


@pytest.mark.thorough
def test_healthchain_opens_a_chart(tmp_path: Path) -> None:
    if not PYTHON:
        pytest.skip("no Python with healthchain (make test-clients)")
    held = prefetch(
        medicationStatements=bundle(statement("magnesium oxide 400 mg"), statement("Blubb")),
        medicationRequests=bundle(order("ciprofloxacin 500 MG Oral Tablet", status="active")),
        egfr=bundle(value("98979-8", 20, "mL/min/{1.73_m2}")),
    )
    (tmp_path / "prefetch.json").write_text(json.dumps(held))
    script = Path(__file__).with_name("sandbox.py")
    with service() as running:
        url = f"{running.url}/cds-services/magcheck-patient-view"
        told = subprocess.run(
            [str(Path(PYTHON).absolute()), str(script), url, str(tmp_path / "prefetch.json"), PATIENT],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
        )
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout.splitlines()[-1])[0]
    cards = sound(answer)
    assert cards[0]["indicator"] == "critical"
    assert "Blubb" in cards[-1]["detail"]
