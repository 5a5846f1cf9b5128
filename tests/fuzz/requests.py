"""Requests to the service, changed by the bytes of a fuzzer: a few places, or anything at all."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from magcheck.checker import default_checker
from magcheck.serve import create_app
from tests.contract.test_promises import EVERYTHING
from tests.serve.calling import Client, problem_in
from tests.serve.cds.asking import sound
from tests.serve.cds.test_anything import WHOLE, places, with_other

if TYPE_CHECKING:
    import httpx

MOST_CHANGES = 4
STRANGE: tuple[Any, ...] = (
    ...,
    *(None, True, 0, -7, 1e308, 10**30, "", "Qxzq", "\x00", "\ud800", "<script>", "a" * 3000, "> 60", "1e-7"),
    *([], {}, [[]], ["Qxzq"], {"x": "Qxzq"}, [None] * 300, {"resourceType": "Bundle"}, {"resourceType": 7}),
)
"""What is put somewhere; Ellipsis takes away what stands there."""
PROFILES = ("/check", "/explain", "/plan", "/next-question")


@cache
def client() -> Client:
    return Client(create_app(checker=default_checker()))


def changed(whole: dict[str, Any], raw: bytes) -> bytes:
    """`whole` with strange things in up to four places: two bytes choose the place, the third what stands there.

    The bytes alone where they are JSON. What follows the changes is text that may be put somewhere too.
    """
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        pass
    else:
        return raw
    count = min(MOST_CHANGES, len(raw) // 3)
    text = raw[3 * count :].decode("utf-8", "replace")
    for at in range(0, 3 * count, 3):
        where = [place for place in places(whole) if place]
        if where:
            place = where[int.from_bytes(raw[at : at + 2], "big") % len(where)]
            other = (*STRANGE, text)[raw[at + 2] % (len(STRANGE) + 1)]
            whole = with_other(whole, place, other)
    return json.dumps(whole).encode()


def cds(raw: bytes) -> None:
    """A request with something to be avoided: cards that hold, or a refusal in words, and never an all-clear."""
    answer = client().post("/cds-services/magcheck-order-sign", changed(WHOLE, raw))
    if _is_refused(answer):
        return
    assert sound(answer.json()), "no card"


def record(raw: bytes) -> None:
    """The same resources in a Bundle: a GuidanceResponse that never says of itself that all is well."""
    entries = [{"resource": held} for held in _resources(WHOLE)]
    answer = client().post("/fhir/check", changed({"resourceType": "Bundle", "entry": entries}, raw))
    if _is_refused(answer):
        return
    output = next(held for held in answer.json()["contained"] if held["resourceType"] == "Parameters")
    told = {entry["name"]: entry.get("valueBoolean") for entry in output["parameter"]}
    assert told["ok"] is False


def _resources(asked: dict[str, Any]) -> list[Any]:
    held = [*asked["prefetch"].values(), asked["context"]["draftOrders"]]
    return [entry["resource"] for bundle in held for entry in bundle.get("entry", [{"resource": bundle}])]


def service(raw: bytes) -> None:
    """A profile with everything to each endpoint in turn: an answer or a problem."""
    path = PROFILES[sum(raw[:3]) % len(PROFILES)]
    answer = client().post(path, changed(EVERYTHING, raw))
    if not _is_refused(answer) and path in ("/check", "/plan"):
        report = answer.json()
        assert report["verdict"]
        assert report["complete"] == (not report["not_checked"] and not report["missing"])


def _is_refused(answer: httpx.Response) -> bool:
    if answer.status_code == 200:
        return False
    problem_in(answer, 413 if answer.status_code == 413 else 422)
    return True
