"""Is a question open for somebody who answered like this, ruled out, or waiting for another answer?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from magcheck.knowledge.entries import KNOWN, UNKNOWN, Within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.entries import Question

Answers = dict[str, Any]
"""Path of a question -> its answer as plain data; None where the person does not know."""


class Standing(Enum):
    OPEN = "open"
    WAITING = "waiting"
    """An answer that decides whether it is open is still missing."""
    RULED_OUT = "ruled out"


def standing(name: str, answers: Mapping[str, Any], questions: Mapping[str, Question]) -> Standing:
    lines = {_line(gate, allowed, answers, questions) for gate, allowed in questions[name].only_if.items()}
    return next((one for one in (Standing.RULED_OUT, Standing.WAITING) if one in lines), Standing.OPEN)


def ruled_out_by(name: str, answers: Mapping[str, Any], questions: Mapping[str, Question]) -> list[str]:
    """The questions whose answers close `name`."""
    lines = questions[name].only_if.items()
    return [gate for gate, allowed in lines if _line(gate, allowed, answers, questions) is Standing.RULED_OUT]


def _line(
    gate: str,
    allowed: Within | tuple[bool | str, ...],
    answers: Mapping[str, Any],
    questions: Mapping[str, Question],
) -> Standing:
    ruled_out = standing(gate, answers, questions) is Standing.RULED_OUT
    if not ruled_out and gate not in answers:
        return Standing.WAITING
    value = None if ruled_out else answers[gate]
    return Standing.OPEN if _fits(value, allowed) else Standing.RULED_OUT


def _fits(value: Any, allowed: Within | tuple[bool | str, ...]) -> bool:  # noqa: ANN401 - any answer
    if isinstance(allowed, Within):
        return allowed.hold(value)
    if value is None:
        return UNKNOWN in allowed
    return KNOWN in allowed or any(value == one for one in allowed if one not in (KNOWN, UNKNOWN))


def decided_by(name: str, answers: Mapping[str, Any], questions: Mapping[str, Question]) -> Iterator[str]:
    """The open, unanswered questions for which `name` waits."""
    for gate in questions[name].only_if:
        if gate in answers:
            continue
        match standing(gate, answers, questions):
            case Standing.OPEN:
                yield gate
            case Standing.WAITING:
                yield from decided_by(gate, answers, questions)
            case Standing.RULED_OUT:
                pass
