"""HealthChain's sandbox client opens a chart: run by its own Python, which does not have magcheck.

python sandbox.py URL PREFETCH.json PATIENT prints the answers as JSON. The client invents a patient for each
request, and a record of somebody else is put aside; so PATIENT says whose it is.
"""

from __future__ import annotations

import json
import sys

from healthchain.models.responses.cdsresponse import CDSResponse
from healthchain.sandbox import SandboxClient

url, prefetch, patient = sys.argv[1:]
client = SandboxClient(url=url, workflow="patient-view", timeout=60)
client.load_from_path(prefetch)
for request in client.requests:
    request.context.patientId = patient
answers = client.send_requests()
for answer in answers:
    CDSResponse.model_validate(answer)
print(json.dumps(answers))  # noqa: T201
