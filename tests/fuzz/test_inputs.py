"""What was found by fuzzing, and what it began with, again; and a few inputs that nobody chose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

INPUTS = sorted((Path(__file__).parent / "inputs").glob("*/*"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name[:20]}")
def test_an_input_that_was_kept(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_begins_with_something() -> None:
    assert {path.parent.name for path in INPUTS} == TARGETS.keys()


SLOW = {"cds", "record", "service"}
"""Each input is a request with a whole check."""


@pytest.mark.parametrize("name", sorted(TARGETS.keys() - SLOW))
@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=300) | st.text(max_size=150).map(str.encode))
def test_any_bytes(name: str, raw: bytes) -> None:
    TARGETS[name](raw)


@pytest.mark.parametrize("name", sorted(SLOW))
@settings(max_examples=15, deadline=None)
@given(raw=st.binary(min_size=3, max_size=30))
def test_any_change_of_a_request(name: str, raw: bytes) -> None:
    TARGETS[name](raw)
