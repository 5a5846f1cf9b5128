"""The titles, labels and sentences of the report itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class ReportTitles(Words):
    advice: str
    kept: str
    findings: str
    """As `advice`, for professionals."""
    windows_kept: str
    """As `kept`, for professionals."""
    unread: str
    missing: str
    changes: str
    dose: str
    understood: str
    assumed: str
    sources: str


class DetailLabels(Words):
    """What stands before the details of an entry."""

    about: str
    because: str
    risk: str
    counted: str
    sources: str
    rule: str
    mechanism: str
    severity: str
    seriousness: str
    window: str
    facts: str
    rationale: str
    evidence: str
    patient_reads: str
    did_you_mean: str
    could_become: str
    why: str
    how: str
    from_: Annotated[str, Field(alias="from")]
    at: str
    classes: str
    route: str
    found_by: str
    rxcui: str
    not_understood: str


class AmountWords(Words):
    """Milligrams of magnesium itself."""

    exactly: Annotated[str, Placeholders("high")]
    between: Annotated[str, Placeholders("low", "high")]
    at_least: Annotated[str, Placeholders("low")]
    unknown: str

    def of(self, low: float, high: float | None) -> tuple[str, dict[str, str]]:
        """The sentence for a sum between `low` and `high` (None: not known) milligrams, and its values."""
        figures = {"low": f"{low:g}", "high": "" if high is None else f"{high:g}"}
        if high is None:
            return (self.at_least if low else self.unknown), figures
        return (self.exactly if low == high else self.between), figures


class WindowWords(Words):
    """A separation in figures."""

    sides: Annotated[str, Placeholders("medicine", "before", "after", "magnesium")]
    preferred: Annotated[str, Placeholders("window")]
    status: Annotated[str, Placeholders("status")]


class BarWords(Words):
    """How much of the limit the day uses, drawn."""

    surely: str
    perhaps: str
    limit: Annotated[str, Placeholders("limit")]


class ReportWords(Words):
    titles: ReportTitles
    details: DetailLabels
    reasons: dict[str, str]
    """Why a name could not be checked -> how a person reads it."""
    urgent: Annotated[str, Placeholders("urgency", "action")]
    more_candidates: Annotated[str, Placeholders("names", "count")]
    amount: AmountWords
    total: Annotated[str, Placeholders("amount")]
    total_limit: Annotated[str, Placeholders("amount", "limit")]
    total_no_limit: Annotated[str, Placeholders("amount")]
    bar: BarWords
    no_rule: Annotated[str, Placeholders("names")]
    not_taken: Annotated[str, Placeholders("item")]
    untold: Annotated[str, Placeholders("things")]
    window: WindowWords
    hours: str
    """Where no day was solved."""
    edition: Annotated[str, Placeholders("version", "digest")]
    only: str
    """The first line, where none of the pages that come with magcheck was used."""
