"""No input whatever gives a traceback or half a report: random bytes, texts and structures through `check -`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magcheck import InputError
from magcheck.cli.keep_answers import as_yaml
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.profile_data import profile_of
from tests.cli.running import Ran, run

pytestmark = pytest.mark.thorough

CODES = {0, 2, 10, 20, 30}
KEYS = [
    "person",
    "kidney",
    "labs",
    "conditions",
    "symptoms",
    "goals",
    "medications",
    "supplements",
    "day",
    "country",
]
INNER = [
    "age",
    "sex",
    "pregnancy",
    "egfr",
    "creatinine",
    "stage",
    "dialysis",
    "magnesium",
    "value",
    "unit",
    "name",
]
INNER += [
    "rxcui",
    "atc",
    "route",
    "times",
    "per_day",
    "frequency",
    "fixed",
    "dose_mg",
    "amount_mg",
    "basis",
    "wake",
]
WORDS = ["cipro", "magnesium citrate 200 mg", "water pill", "Xyzol", "male", "oral", "08:00", "8pm", "mg/dL", "G3"]
WORDS += ["elemental", "US", "DE", "diabetes", "\x1b[31m", "a\nb", "\u202e", "", "x" * 300, "2551", "[red]", "{}"]

numbers = st.one_of(st.integers(), st.floats(), st.sampled_from([0, 1, 45, 200, 1e-07, 1e308, 10**30]))
scalars = st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=30), st.sampled_from(WORDS))
keys = st.one_of(st.sampled_from(INNER), st.text(max_size=12))
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=12,
)
items = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.fixed_dictionaries(
            {"name": st.sampled_from(WORDS)},
            optional={
                "times": st.lists(st.sampled_from(["08:00", "23:59", "8pm", "24:00"]), max_size=3),
                "route": st.sampled_from(["oral", "eye", "by mouth"]),
                "per_day": st.integers(-1, 30),
                "amount_mg": numbers,
                "dose_mg": numbers,
                "basis": st.sampled_from(["elemental", "compound", "unknown", "half"]),
            },
        ),
    ),
    max_size=4,
)
profiles = st.fixed_dictionaries(
    {},
    optional={
        "person": st.fixed_dictionaries({}, optional={"age": numbers, "sex": st.sampled_from(["male", "f"])}),
        "kidney": st.fixed_dictionaries(
            {},
            optional={
                "egfr": numbers,
                "stage": st.sampled_from(["G3", "G5", "g3"]),
                "creatinine": st.fixed_dictionaries(
                    {"value": numbers, "unit": st.sampled_from(["mg/dL", "umol/L"])}
                ),
                "dialysis": st.booleans(),
            },
        ),
        "medications": items,
        "supplements": items,
        "conditions": st.lists(st.sampled_from(WORDS), max_size=3),
        "country": st.sampled_from(["US", "DE", "ZZ", "us"]),
        "labs": anything,
    },
)
structures = st.one_of(
    anything, st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text()), anything, max_size=4)
)
many = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def assert_whole_or_nothing(raw: bytes, rules: str, *options: str) -> Ran:
    ran = run("check", "-", "--only-rules", rules, *options, stdin=raw)
    assert ran.code in CODES
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.out + ran.err
    assert bool(ran.out) != bool(ran.err)
    assert (ran.out == "") == (ran.code == 2)
    return ran


@many
@given(raw=st.binary(max_size=300))
def test_any_bytes(raw: bytes, rules: str) -> None:
    assert_whole_or_nothing(raw, rules)


@many
@given(text=st.one_of(st.text(max_size=300), st.text(alphabet="{}[]:,-&*!|>'\"%@`#?~\n\t a1", max_size=80)))
def test_any_text(text: str, rules: str) -> None:
    assert_whole_or_nothing(text.encode("utf-8", "surrogatepass"), rules)


@many
@given(data=structures)
def test_any_json(data: Any, rules: str) -> None:
    assert_whole_or_nothing(json.dumps(data).encode("utf-8", "surrogatepass"), rules, "--json")


@many
@given(data=st.one_of(structures, profiles))
def test_any_yaml(data: Any, rules: str) -> None:
    assert_whole_or_nothing(yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"), rules)


@many
@given(data=profiles)
def test_any_profile_gives_a_report_that_is_json(data: Any, rules: str) -> None:
    ran = assert_whole_or_nothing(json.dumps(data).encode(), rules, "--json")
    if ran.code != 2:
        assert json.loads(ran.out)["notice"]


@many
@given(data=profiles)
def test_any_profile_survives_being_saved(data: Any, rules: str) -> None:
    raw = json.dumps(data).encode()
    if run("check", "-", "--only-rules", rules, stdin=raw).code != 2:
        profile = profile_of(read_document(raw, "told"))
        assert profile_of(read_document(as_yaml(profile).encode(), "saved")) == profile


@many
@given(name=st.one_of(st.text(min_size=1, max_size=40), st.from_regex(r"[-+.0-9eE_:x]{1,8}", fullmatch=True)))
def test_any_name_survives_being_saved(name: str) -> None:
    try:
        profile = profile_of(Document("told", {"medications": [name]}))
    except InputError:
        return
    assert profile_of(read_document(as_yaml(profile).encode(), "saved")) == profile


@many
@given(name=st.text(max_size=60))
def test_any_file_name(name: str, rules: str) -> None:
    ran = run("check", "--only-rules", rules, "--", name)
    assert ran.code == 2 or Path(name).exists()
    assert ran.out == "" or ran.code != 2
