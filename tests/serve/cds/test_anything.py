"""Whatever is sent: never a fault, never a broken card, and never an all-clear beside something unread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magcheck.checker import default_checker
from magcheck.serve import create_app
from magcheck.serve.cds.services import PREFETCH, SERVICES
from tests.serve.calling import Client
from tests.serve.cds.asking import bundle, order, patient, prefetch, request, sound, statement, value

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = Client(create_app(checker=default_checker()))
Data = dict[str, Any]
DEEPER = b'{"resourceType": "Bundle", "entry": [{"resource": '
SCALAR = st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats(allow_nan=False) | st.text(max_size=30)
HOSTILE = st.sampled_from(
    (
        "<script>alert(1)</script>",
        "a" * 5000,
        "\x00",
        "\ud800",
        "{{context.patientId}}",
        "../../etc/passwd",
        "' OR 1=1",
        "\U0001d510\U0001d524",
    )
)
PARTS = st.sampled_from(("hook", "context", "prefetch", "x"))
ANYTHING = st.recursive(
    SCALAR | HOSTILE,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
)
WHOLE = request(
    "order-sign",
    prefetch(
        patient=patient(),
        medicationStatements=bundle(statement("magnesium oxide 400 mg"), statement("levothyroxine 100 mcg")),
        egfr=bundle(value("98979-8", 25, "mL/min/{1.73_m2}")),
        conditions=bundle({"resourceType": "Condition", "code": {"text": "Myasthenia gravis"}}),
    ),
    [order("ciprofloxacin 500 MG Oral Tablet"), order("magnesium citrate 200 mg", "draft-2")],
)


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(part, dict):
        for key, below in part.items():
            yield from places(below, (*path, key))
    elif isinstance(part, list):
        for number, below in enumerate(part):
            yield from places(below, (*path, number))


PLACES = [place for place in places(WHOLE) if place]


def with_other(part: Any, path: tuple[Any, ...], other: Any) -> Any:
    """`part` with something else at `path`; Ellipsis: nothing."""
    first, *rest = path
    copy = dict(part) if isinstance(part, dict) else list(part)
    if rest:
        copy[first] = with_other(part[first], tuple(rest), other)
    elif other is ...:
        del copy[first]
    else:
        copy[first] = other
    return copy


def sent(body: Any, service: str = "magcheck-order-sign") -> list[Data] | None:
    """The cards; None for what is refused with a problem that names what is wrong."""
    answer = CLIENT.post(f"/cds-services/{service}", json.dumps(body).encode())
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 422:
        assert answer.headers["content-type"] == "application/problem+json"
        return None
    return sound(answer.json())


@pytest.mark.thorough
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES), st.just(...) | ANYTHING)
def test_a_request_in_which_anything_is_missing_or_wrong(place: tuple[Any, ...], other: Any) -> None:
    found = sent(with_other(WHOLE, place, other))
    assert found is None or found, (place, other)


@pytest.mark.thorough
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(SERVICES)), st.dictionaries(PARTS, ANYTHING))
def test_a_request_that_is_none(service: str, body: Data) -> None:
    found = sent(body, service)
    assert found is None or found


@pytest.mark.thorough
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(PREFETCH)), ANYTHING.filter(lambda sent_: sent_ not in ({}, [])))
def test_a_prefetch_that_is_no_resource_is_never_clear(key: str, other: Any) -> None:
    body = request("patient-view", prefetch(**{key: other}))
    found = sent(body, "magcheck-patient-view")
    assert found is None or found


def test_huge_requests_are_answered_or_refused_in_words() -> None:
    many = [statement(f"magnesium oxide {number} mg") for number in range(1, 150)]
    held = prefetch(medicationStatements=bundle(*many, *[statement(f"Blubb {number}") for number in range(150)]))
    found = sent(request("patient-view", held), "magcheck-patient-view")
    assert found
    answer = CLIENT.post(
        "/cds-services/magcheck-patient-view",
        b'{"prefetch": ' + DEEPER * 2000 + b"{}" + b"}]}" * 2000 + b"}",
    )
    assert answer.status_code in (200, 422)
    wide = request("patient-view", prefetch(conditions=bundle(*[{"resourceType": "Condition"}] * 6000)))
    assert sent(wide, "magcheck-patient-view") is None


CLEAN = request(
    "patient-view",
    prefetch(
        patient=patient(),
        medicationStatements=bundle(
            statement(
                "magnesium citrate 200 mg elemental",
                dosage=[{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}],
            )
        ),
        medicationRequests=bundle(
            order("loratadine 10 mg", status="active", dosageInstruction=[{"text": "1 tablet daily"}])
        ),
        egfr=bundle(value("98979-8", 95, "mL/min/{1.73_m2}")),
        conditions=bundle({"resourceType": "Condition", "code": {"text": "Asthma"}}),
    ),
)
"""Everything is well, and everything was sent: no card."""
TELLS_NOTHING = frozenset(
    {
        *("hook", "hookInstance", "context", "userId", "patientId", "id", "search", "mode", "type", "subject"),
        *("reference", "use", "display", "intent"),
        *("status", "clinicalStatus"),  # what is not said to be over counts
        *("effectiveDateTime", "period"),  # a value without a day counts, and 7 days are a period
        *("system",),  # a code of LOINC is known without it
    }
)
READ_PLACES = [
    place for place in places(CLEAN) if place and place != ("prefetch",) and TELLS_NOTHING.isdisjoint(place)
]
STRANGE: tuple[Any, ...] = (7, "Qxzq", ["Qxzq"], True, 1e308, [[]], "<script>")


def test_where_all_is_well_there_is_no_card() -> None:
    assert sent(CLEAN, "magcheck-patient-view") == []
    assert len(READ_PLACES) > 30


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(READ_PLACES), st.sampled_from(STRANGE))
def test_one_strange_thing_where_something_is_read_is_never_an_all_clear(
    place: tuple[Any, ...], strange: Any
) -> None:
    found = sent(with_other(CLEAN, place, strange), "magcheck-patient-view")
    assert found is None or found


@pytest.mark.parametrize("code", ["29463-7", "9999-9"])
def test_another_value_in_the_place_of_the_kidney_value_is_said(code: str) -> None:
    other = with_other(CLEAN, ("prefetch", "egfr"), bundle(value(code, 95, "kg")))
    (card,) = sent(other, "magcheck-patient-view") or []
    assert "something else was sent in its place" in card["detail"]
