"""Which numbers may be told, and how much of a long thing is taken or shown? Each bound stands here alone."""

from __future__ import annotations

Bounds = tuple[float, float]
"""From the least to the most, both included."""

AGE_YEARS: Bounds = (0, 120)
HEIGHT_CM: Bounds = (20, 280)
MOST_WEIGHT_KG = 700
MOST_PERCENT = 100
MOST_INTAKES = 24
"""Of one item on one day."""
MOST_ENTRIES = 100
"""Of one list of a profile."""
LONGEST_NAME = 500
"""Characters."""

SMALLEST = 0.001
"""The smallest answer that is tried where a bound is open at zero; facts are thousandths of their unit."""
ANY_EGFR: Bounds = (0, 1000)
ANY_AMOUNT_MG: Bounds = (SMALLEST, 1_000_000)
ANY_SERUM_MG_DL: Bounds = (SMALLEST, 100)
ANY_NUMBER: Bounds = (0, 1_000_000)
"""What is possible where questions.yaml names no range."""

SHORT_DIGEST = 19
"""Characters of a digest that tell two rule books apart for a person."""
