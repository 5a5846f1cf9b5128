"""What does a report say, in names and figures alone? Made without any sentence, or of a whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.findings.dose import total_of
from magcheck.findings.findings import said_of
from magcheck.findings.policy import verdict_of
from magcheck.missing.meanings import consequences
from magcheck.missing.missing import missing
from magcheck.missing.open_fields import open_fields
from magcheck.report_builder import field_as_told, is_ok, moves

if TYPE_CHECKING:
    from magcheck.core.scales import Action, Status
    from magcheck.findings.evaluation import Evaluation
    from magcheck.report import NotChecked, Report, Verdict


class Brief(NamedTuple):
    """A report without what its unknowns could become."""

    verdict: Verdict
    complete: bool
    rules: tuple[str, ...]
    not_checked: tuple[str, ...]
    missing: tuple[str, ...]
    gaps: tuple[tuple[str, Status], ...]
    """(medicine, status) of every window between a medicine and magnesium or a mineral, kept or not."""
    dose_low: float | None
    dose_high: float | None

    def as_data(self) -> dict[str, Any]:
        """As a row says it."""
        gaps = [{"medicine": medicine, "status": status.value} for medicine, status in self.gaps]
        said = {"verdict": self.verdict.value, "ok": is_ok(self.verdict, complete=self.complete)}
        names = {part: list(getattr(self, part)) for part in ("rules", "not_checked", "missing")}
        dose = {"dose_low": self.dose_low, "dose_high": self.dose_high}
        return {**said, "complete": self.complete, **names, "gaps": gaps, **dose}


def brief(evaluation: Evaluation, strange: tuple[NotChecked, ...]) -> Brief:
    """The sentences and the models of a report cost more than the rest of a check, so none is made."""
    said, moved = said_of(evaluation), moves(evaluation.situation)
    fields = sorted({field_as_told(field, moved) for field, _ in open_fields(evaluation)})
    not_checked = (*(item.input for item in evaluation.situation.unread), *(part.input for part in strange))
    total = total_of(evaluation)
    return Brief(
        verdict=verdict_of(said),
        complete=not fields and not not_checked,
        rules=tuple(dict.fromkeys(part.page.id for part in said)),
        not_checked=not_checked,
        missing=tuple(fields),
        gaps=tuple((part.window.take, part.window.status) for part in said if part.window),
        dose_low=total.low if total else None,
        dose_high=total.high if total else None,
    )


def brief_of(report: Report) -> Brief:
    windows = (finding.separation for finding in report.findings)
    return Brief(
        verdict=report.verdict,
        complete=report.complete,
        rules=tuple(dict.fromkeys(finding.rule for finding in report.findings)),
        not_checked=tuple(entry.input for entry in report.not_checked),
        missing=tuple(sorted({gap.field for gap in report.missing})),
        gaps=tuple((window.take, window.status) for window in windows if window),
        dose_low=report.dose.low if report.dose else None,
        dose_high=report.dose.high if report.dose else None,
    )


Could = list[dict[str, str | None]]
"""What each missing answer, and then each name that was not understood, could become; None where nobody knows."""


def could_become(evaluation: Evaluation, strange: tuple[NotChecked, ...]) -> Could:
    """The most costly part of a report: each answer that the pages can tell apart is tried."""
    situation = evaluation.situation
    moved, consequence = moves(situation), consequences(evaluation)
    gaps = [(field_as_told(gap.field, moved), gap.could_become) for gap in missing(evaluation, situation.profile)]
    names = [(item.input, consequence(item).action) for item in situation.unread]
    return _could(gaps, [*names, *((entry.input, entry.could_become) for entry in strange)])


def could_become_in(report: Report) -> Could:
    gaps = [(gap.field, gap.could_become) for gap in report.missing]
    return _could(gaps, [(entry.input, entry.could_become) for entry in report.not_checked])


def _could(gaps: list[tuple[str, Verdict]], names: list[tuple[str, Action | None]]) -> Could:
    """A field that is missing of two items of one line stands once, with the stronger verdict."""
    fields: dict[str, Verdict] = {}
    for field, verdict in sorted(gaps, key=lambda gap: (gap[0], gap[1].rank)):
        fields.setdefault(field, verdict)
    every = [*fields.items(), *names]
    return [{"what": what, "verdict": verdict and verdict.value} for what, verdict in every]
