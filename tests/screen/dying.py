"""Workers that die over a row; in a module of its own, because a new process loads it by its name."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from magcheck.screen import crew
from magcheck.screen.batch import answered

if TYPE_CHECKING:
    from magcheck.screen.batch import AnsweredBatch, Batch

DEADLY = b'{"goals": ["deadly"]}'


def dies_over_a_row(batch: Batch) -> AnsweredBatch:
    if DEADLY in batch.told:
        os._exit(9)
    return answered(batch, crew._here[0])


def slower_at_first(batch: Batch) -> AnsweredBatch:
    """The first batches are ready last."""
    time.sleep(max(0.0, 0.4 - 0.1 * batch.first))
    return answered(batch, crew._here[0])
