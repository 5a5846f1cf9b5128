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


class Enablement(Enum):
    OPEN = "open"
    WAITING = "waiting"
    """An answer that decides whether it is open is still missing."""
    RULED_OUT = "ruled out"


def enablement_of(name: str, answers: Mapping[str, Any], questions: Mapping[str, Question]) -> Enablement:
    gates = {_gate(gate, allowed, answers, questions) for gate, allowed in questions[name].only_if.items()}
    return next((worse for worse in (Enablement.RULED_OUT, Enablement.WAITING) if worse in gates), Enablement.OPEN)


def ruled_out_by(name: str, answers: Mapping[str, Any], questions: Mapping[str, Question]) -> list[str]:
    """The questions whose answers close `name`."""
    gates = questions[name].only_if.items()
    return [gate for gate, allowed in gates if _gate(gate, allowed, answers, questions) is Enablement.RULED_OUT]


def _gate(
    gate: str,
    allowed: Within | tuple[bool | str, ...],
    answers: Mapping[str, Any],
    questions: Mapping[str, Question],
) -> Enablement:
    ruled_out = enablement_of(gate, answers, questions) is Enablement.RULED_OUT
    if not ruled_out and gate not in answers:
        return Enablement.WAITING
    value = None if ruled_out else answers[gate]
    return Enablement.OPEN if _fits(value, allowed) else Enablement.RULED_OUT


def _fits(value: Any, allowed: Within | tuple[bool | str, ...]) -> bool:  # noqa: ANN401 - any answer
    if isinstance(allowed, Within):
        return allowed.hold(value)
    if value is None:
        return UNKNOWN in allowed
    return KNOWN in allowed or any(value == answer for answer in allowed if answer not in (KNOWN, UNKNOWN))


def decided_by(name: str, answers: Mapping[str, Any], questions: Mapping[str, Question]) -> Iterator[str]:
    """The open, unanswered questions for which `name` waits."""
    for gate in questions[name].only_if:
        if gate in answers:
            continue
        match enablement_of(gate, answers, questions):
            case Enablement.OPEN:
                yield gate
            case Enablement.WAITING:
                yield from decided_by(gate, answers, questions)
            case Enablement.RULED_OUT:
                pass
