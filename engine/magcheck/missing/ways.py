"""Would anything be said otherwise if what has an open form ("gel") went another way? Else nobody is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.errors import InputError
from magcheck.missing.chosen import Choice
from magcheck.missing.missing import OF_A_WHOLE_SITUATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.facts.recognition import Unread
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Fact, Matches

    Held = Callable[[tuple[Fact, ...]], Matches]
    """Which clauses hold on these facts."""


def without_idle_ways(evaluation: Evaluation, held: Held) -> Evaluation:
    """The same answer, without what is open of a way that changes nothing; it counts as swallowed all the same."""
    unread = evaluation.situation.unread
    kept = tuple(item for item in unread if item.why.meanwhile is None or _matters(item, evaluation, held))
    if len(kept) == len(unread):
        return evaluation
    return replace(evaluation, situation=replace(evaluation.situation, unread=kept))


def _matters(unread: Unread, evaluation: Evaluation, held: Held) -> bool:
    choice, situation = Choice(evaluation, unread), evaluation.situation
    own = next(item for item in situation.taken if (item.list, item.index) == (unread.list, unread.index))
    if own.salts or not choice.is_simple or choice.is_apart:
        return True
    for meaning in unread.why.could_be:
        if evaluation.effort.is_used_up:
            return True
        evaluation.effort.spent += OF_A_WHOLE_SITUATION * len(situation.facts)
        try:
            if held(choice.situation(meaning).facts) != evaluation.matches:
                return True
        except InputError:
            return True
    return False
