"""What follows from the rules that fired? Matches become findings, each with its reasons and its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import QUANTITIES, SCALE
from magcheck.core.scales import URGENCIES, Severity, Status
from magcheck.findings.policy import spoken
from magcheck.findings.separations import broken_gaps, separation
from magcheck.findings.subjects import named, subjects_of
from magcheck.inference.program import Outcome
from magcheck.report import FactUsed, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def findings(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Most urgent first; one finding for each page, and for each medicine where a window has to be kept."""
    worded = [_finding(spoken_page, evaluation) for spoken_page in spoken(evaluation.holding(Outcome.FIRES))]
    return tuple(sorted(worded, key=lambda finding: _order(finding, evaluation)))


def _order(finding: Finding, evaluation: Evaluation) -> tuple[object, ...]:
    """What surely holds for this person stands before what the label of a product may settle."""
    page = evaluation.book.rules_by_id[finding.rule]
    counts_amount = evaluation.situation.known.get(_SUM) in finding.facts
    return (
        URGENCIES[finding.urgency],
        not finding.counts,
        finding.action.rank,
        _STATUS_ORDER[finding.separation.status if finding.separation else None],
        page.guidance,
        counts_amount and any(part.low != part.high for part in evaluation.situation.dose),
        _SEVERITY_ORDER[finding.severity],
        counts_amount,
        finding.rule,
        tuple((subject.list, subject.index) for subject in finding.subjects),
    )


def _finding(spoken_page: Spoken, evaluation: Evaluation) -> Finding:
    page, facts, situation = spoken_page.rule, spoken_page.facts, evaluation.situation
    window = separation(page.separate, facts, situation) if page.separate else None
    return Finding(
        rule=page.id,
        action=page.strongest,
        title=page.title,
        what_to_do=_advice(page, window, facts, evaluation),
        why=page.why.strip(),
        severity=page.severity,
        urgency=page.urgency,
        seriousness=page.seriousness,
        mechanism=page.mechanism,
        short=page.in_short,
        subjects=tuple(subjects_of(spoken_page.matches, evaluation)),
        facts=tuple(_facts_used(spoken_page.matches, situation)),
        separation=window,
        evidence=evaluation.book.citations[page.id],
    )


def _facts_used(matches: Sequence[tuple[Clause, Fact]], situation: Situation) -> Iterable[FactUsed]:
    """What the page counted with, by name."""
    for name in sorted({test.fact for clause, _ in matches for test in clause.tests}):
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
