"""Which single changes would change the verdict? Each is tried; what is told of one is what a check says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from magcheck.alternatives.answers import answers
from magcheck.alternatives.candidate import AT_EASE
from magcheck.alternatives.hours import hours
from magcheck.alternatives.product import amounts, forms
from magcheck.report import Alternative, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.alternatives.candidate import Candidate
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Profile
    from magcheck.report import Missing

MOST_TRIES = 18
"""Checks for one report, besides its own."""
_NEEDS_A_DOCTOR = frozenset({Verdict.AVOID, Verdict.ASK_FIRST})
_ORDER = {"hour": 0, "form": 1, "amount": 2, "answer": 3}


class TrialResult(NamedTuple):
    """What a check of a changed profile says."""

    verdict: Verdict
    complete: bool


class Trial(NamedTuple):
    """A changed profile."""

    verdict: Verdict
    """By the plain clauses; most changes help nobody, and no more is asked of those."""
    checked: Callable[[], TrialResult]
    """What both evaluators agree on."""


@dataclass
class Trials:
    """Tries candidates as long as there are checks left."""

    now: Verdict
    trial: Callable[[Profile], Trial | None]
    left: int = MOST_TRIES

    def best(self, groups: Iterable[Iterator[Candidate]]) -> Iterator[Alternative]:
        """Of each group, every candidate that is better than all before it."""
        for group in groups:
            mildest = self.now
            for candidate in group:
                result = self._tried(candidate, partial(_is_milder, mildest))
                if result:
                    mildest = result.verdict
                    yield candidate.alternative(result.verdict, complete=result.complete)
                if mildest in AT_EASE or not self.left:
                    break

    def other(self, groups: Iterable[list[Candidate]]) -> Iterator[Alternative]:
        """Of each group that can be tried as a whole, every candidate with another verdict."""
        for group in groups:
            for candidate in group if len(group) <= self.left else ():
                result = self._tried(candidate, self._is_other)
                if result:
                    yield candidate.alternative(result.verdict, complete=result.complete)

    def _tried(self, candidate: Candidate, is_told: Callable[[Verdict], bool]) -> TrialResult | None:
        """The check of a candidate that changes the verdict to one that is told."""
        if not self.left:
            return None
        self.left -= 1
        if candidate.expected and not is_told(candidate.expected):
            return None
        trial = self.trial(candidate.profile)
        if trial is None or not is_told(trial.verdict):
            return None
        result = trial.checked()
        return result if is_told(result.verdict) else None

    def _is_other(self, verdict: Verdict) -> bool:
        return verdict is not self.now


def _is_milder(mildest: Verdict, verdict: Verdict) -> bool:
    return verdict.rank > mildest.rank and verdict not in _NEEDS_A_DOCTOR


def alternatives(
    profile: Profile,
    evaluation: Evaluation,
    now: Verdict,
    missing: Iterable[Missing],
    trial: Callable[[Profile], Trial | None],
) -> tuple[Alternative, ...]:
    """The best first, what makes it worse last. No hour, form or amount that would still need a doctor."""
    trials = Trials(now, trial)
    changes = [*hours(profile, evaluation), *forms(profile, evaluation), *amounts(profile, evaluation, now)]
    helping = list(trials.best(changes))
    helping += trials.other(answers(profile, evaluation, missing))
    return tuple(sorted(helping, key=lambda it: (-it.verdict.rank, _ORDER[it.kind], not it.complete)))


def nothing_settles_it(now: Verdict, helping: Iterable[Alternative]) -> bool:
    """Something has to change, and none of the changes alone is enough."""
    return now not in AT_EASE and not any(alternative.verdict in AT_EASE for alternative in helping)
