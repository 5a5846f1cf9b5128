"""The closed scales of the field: what follows, how serious, how urgent, how well founded, how times stand."""

from __future__ import annotations

from enum import StrEnum


class Ranked(StrEnum):
    """A scale whose members stand in their order, strongest first."""

    rank: int
    """0 for the strongest."""

    def __init__(self, value: str) -> None:
        del value
        self.rank = len(type(self).__members__)


class Action(Ranked):
    """What follows, strongest first."""

    AVOID = "avoid"
    ASK_FIRST = "ask_first"
    SEPARATE = "separate"
    LOWER_DOSE = "lower_dose"
    MONITOR = "monitor"
    NOTE = "note"


class Severity(StrEnum):
    CONTRAINDICATED = "contraindicated"
    MAJOR = "major"
    MODERATE = "moderate"
    MINOR = "minor"
    INFO = "info"


class Urgency(StrEnum):
    EMERGENCY = "emergency"
    TODAY = "today"


URGENCIES = {Urgency.EMERGENCY: 0, Urgency.TODAY: 1, None: 2}
"""0 for the most urgent."""


class Grade(StrEnum):
    """How good the evidence is; `unconfirmed` where nobody has read the decisive sentence."""

    LABEL = "label"
    AUTHORITY = "authority"
    STUDY = "study"
    REFERENCE = "reference"
    UNCONFIRMED = "unconfirmed"


class Status(StrEnum):
    """How the given times stand to a window."""

    BROKEN = "broken"
    KEPT = "kept"
    UNPLANNED = "unplanned"
    NO_SAFE_GAP = "no safe gap"
