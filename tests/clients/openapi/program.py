"""A program that knows our service by the generated types alone. It prints what it heard, as JSON.

python program.py URL TOKEN URL_WITHOUT_RULES, run by a Python that has httpx and attrs, and not magcheck.
"""

from __future__ import annotations

import json
import sys

from httpx import Timeout
from magcheck_client.api.cds_hooks import patient_view_cds_services_magcheck_patient_view_post as patient_view
from magcheck_client.api.checks import check_check_post as check
from magcheck_client.api.rules import drugs_drugs_get as drugs
from magcheck_client.api.rules import rule_rules_id_get as rule
from magcheck_client.client import AuthenticatedClient
from magcheck_client.models import (
    Basis,
    Detail,
    HookCards,
    Medication,
    PatientViewCdsServicesMagcheckPatientViewPostBody,
    Person,
    ProblemBody,
    Profile,
    Report,
    Suggestions,
    Supplement,
)

url, token, without_rules = sys.argv[1:]
client = AuthenticatedClient(base_url=url, token=token, timeout=Timeout(60))
stranger = AuthenticatedClient(base_url=url, token="another", timeout=Timeout(60))  # noqa: S106 - no secret
unready = AuthenticatedClient(base_url=without_rules, token=token, timeout=Timeout(60))


def report() -> dict[str, object]:
    profile = Profile(
        person=Person(age=30.0),
        medications=[Medication(name="ciprofloxacin 500 mg", times=["08:00"]), "Zyntrexol 5 mg"],
        supplements=[
            Supplement(name="magnesium citrate", amount_mg=200.0, basis=Basis.ELEMENTAL, times=["08:30"])
        ],
    )
    told = check.sync(client=client, body=profile)
    assert isinstance(told, Report), told
    return {
        "verdict": told.verdict.value,
        "ok": told.ok,
        "complete": told.complete,
        "rules": [finding.rule for finding in told.findings],
        "unread": [entry.input_ for entry in told.not_checked],
        "whole": True,
    }


def brief() -> str:
    told = check.sync(client=client, body=Profile(), detail=Detail.BRIEF)
    assert told is not None
    assert not isinstance(told, ProblemBody)
    return str(told.verdict.value)


def cards() -> list[str]:
    body = PatientViewCdsServicesMagcheckPatientViewPostBody.from_dict(
        {"hook": "patient-view", "context": {"patientId": "p"}, "prefetch": {}}
    )
    told = patient_view.sync(client=client, body=body)
    assert isinstance(told, HookCards), told
    return [card.indicator.value for card in told.cards]


def names() -> list[str]:
    told = drugs.sync(client=client, q="cipro")
    assert isinstance(told, Suggestions), told
    return [suggestion.name for suggestion in told.found]


def described(problem: object) -> dict[str, object]:
    assert isinstance(problem, ProblemBody), problem
    pointers = [error.pointer or "" for error in problem.errors or ()]
    return {"type": problem.type_, "status": problem.status, "pointers": pointers}


def problems() -> list[dict[str, object]]:
    answers: list[object] = [
        check.sync(client=stranger, body=Profile()),
        rule.sync("no-such-page", client=client),
        check.sync(client=client, body=Profile(conditions=["x" * 1_200_000])),
        check.sync(client=client, body=Profile(person=Person(age=500.0))),
        check.sync(client=unready, body=Profile()),
    ]
    return [described(answer) for answer in answers]


heard = {"report": report(), "brief": brief(), "cards": cards(), "drugs": names(), "problems": problems()}
print(json.dumps(heard))  # noqa: T201
