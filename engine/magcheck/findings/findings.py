"""What follows from the rules that fired? Matches become findings, each with its reasons and its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import QUANTITIES, SCALE
from magcheck.core.scales import URGENCIES, Severity, Status
from magcheck.findings.policy import spoken
from magcheck.findings.separations import broken_gaps, separation
from magcheck.findings.subjects import named, subjects_of
from magcheck.inference.program import Outcome
from magcheck.report import FactUsed, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.core.scales import Action
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.findings.policy import Spoken
    from magcheck.inference.program import Clause, Fact
    from magcheck.knowledge.rule import Rule
    from magcheck.report import Separation

_AMOUNT = QUANTITIES["amount a day"].fact
_SUM = QUANTITIES["daily magnesium"].fact
_STATUS_ORDER = {Status.NO_SAFE_GAP: 0, Status.BROKEN: 1, Status.UNPLANNED: 2, None: 3, Status.KEPT: 4}
_SEVERITY_ORDER = {severity: position for position, severity in enumerate(Severity)}


class Said(NamedTuple):
    """A page that is said, before it is put into words."""

    page: Rule
    matches: Sequence[tuple[Clause, Fact]]
    window: Separation | None

    @property
    def facts(self) -> list[Fact]:
        return [fact for _, fact in self.matches]

    @property
    def action(self) -> Action:
        return self.page.strongest

    @property
    def counts(self) -> bool:
        """A window that the given times keep needs nothing."""
        return self.window is None or self.window.status is not Status.KEPT


def findings(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Most urgent first; one finding for each page, and for each medicine where a window has to be kept."""
    return tuple(_worded(said, evaluation) for said in said_of(evaluation))


def said_of(evaluation: Evaluation) -> list[Said]:
    """What becomes a finding, in the order of the findings."""
    every = [_said(spoken_page, evaluation) for spoken_page in spoken(evaluation.holding(Outcome.FIRES))]
    return sorted(every, key=lambda said: _order(said, evaluation))


def _said(spoken_page: Spoken, evaluation: Evaluation) -> Said:
    page, matches = spoken_page
    window = separation(page.separate, spoken_page.facts, evaluation.situation) if page.separate else None
    return Said(page, matches, window)


def _order(said: Said, evaluation: Evaluation) -> tuple[object, ...]:
    """What surely holds for this person stands before what the label of a product may settle."""
    page, situation = said.page, evaluation.situation
    counts_amount = _SUM in situation.known and _SUM in _tested(said.matches)
    return (
        URGENCIES[page.urgency],
        not said.counts,
        said.action.rank,
        _STATUS_ORDER[said.window.status if said.window else None],
        page.guidance,
        counts_amount and any(part.low != part.high for part in situation.dose),
        _SEVERITY_ORDER[page.severity],
        counts_amount,
        page.id,
        _places(said, evaluation),
    )


def _places(said: Said, evaluation: Evaluation) -> tuple[tuple[str, int], ...]:
    """Where its subjects were told: only a window is said more than once."""
    subjects = subjects_of(said.matches, evaluation) if said.window else ()
    return tuple((subject.list, subject.index) for subject in subjects)


def _worded(said: Said, evaluation: Evaluation) -> Finding:
    page, window = said.page, said.window
    return Finding(
        rule=page.id,
        action=said.action,
        title=page.title,
        what_to_do=_advice(page, window, said.facts, evaluation),
        why=page.why.strip(),
        severity=page.severity,
        urgency=page.urgency,
        seriousness=page.seriousness,
        mechanism=page.mechanism,
        short=page.in_short,
        subjects=tuple(subjects_of(said.matches, evaluation)),
        facts=tuple(_facts_used(said.matches, evaluation.situation)),
        separation=window,
        evidence=evaluation.book.citations[page.id],
    )


def _tested(matches: Iterable[tuple[Clause, Fact]]) -> set[str]:
    return {test.fact for clause, _ in matches for test in clause.tests}


def _facts_used(matches: Sequence[tuple[Clause, Fact]], situation: Situation) -> Iterable[FactUsed]:
    """What the page counted with, by name."""
    for name in sorted(_tested(matches)):
        if name in situation.known:
            yield situation.known[name]
        elif name == _AMOUNT:
            least = max(fact.values[name][0] for _, fact in matches)
            yield FactUsed(name="amount_mg_per_day", value=least / SCALE, unit="mg", origin="added up")


def _advice(page: Rule, window: Separation | None, facts: Sequence[Fact], evaluation: Evaluation) -> str:
    medicine = _medicine(facts, evaluation.situation)
    if page.separate is None or window is None or page.separate.no_safe_gap:
        advice = (page.what_to_do or "").strip().replace("{medicine}", medicine)
        return f"{_figures(page, evaluation)} {advice}" if page.lowers_to else advice
    is_broken = window.status is Status.BROKEN
    broken = broken_gaps(page.separate, facts, evaluation.situation) if is_broken else []
    return evaluation.book.wording.advice(page.separate, window.status, medicine, broken)


def _medicine(facts: Sequence[Fact], situation: Situation) -> str:
    """What stands for `{medicine}` in the sentences of a page."""
    names = {
        named(situation.taken[fact.medicine], fact.ingredient): None for fact in facts if fact.medicine is not None
    }
    return " and ".join(names) or "this medicine"


def _figures(page: Rule, evaluation: Evaluation) -> str:
    """The limit of the page beside what is taken, in milligrams of magnesium itself a day."""
    parts = evaluation.situation.dose
    low, high = sum(part.low for part in parts), [part.high for part in parts if part.high is not None]
    known = round(sum(high), 1) if len(high) == len(parts) else None
    return evaluation.book.wording.at_most(page.lowers_to / SCALE, round(low, 1), known)
