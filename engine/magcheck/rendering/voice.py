"""Who reads the report? A person who takes magnesium, or one who advises such a person."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    PLAIN = "plain"
    """Action first, then the reason, in everyday words."""
    PROFESSIONAL = "professional"
    """Mechanism, severity, figures, evidence and rule ids."""
