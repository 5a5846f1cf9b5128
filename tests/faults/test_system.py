"""A full disk, signals: a command says so by its exit code and leaves nothing half written."""

from __future__ import annotations

import pytest

from tests.faults.system import FULL, SCENES, signals


@pytest.mark.thorough
@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
@pytest.mark.parametrize("scene", SCENES)
def test_a_full_disk_is_said_and_leaves_nothing_half_written(scene: str) -> None:
    found = list(SCENES[scene]())
    assert len(found) >= 5
    assert [happened for happened in found if not happened.is_right] == []


@pytest.mark.thorough
def test_a_signal_at_any_moment_leaves_a_whole_report_or_none() -> None:
    assert [happened for happened in signals(4) if not happened.is_right] == []
