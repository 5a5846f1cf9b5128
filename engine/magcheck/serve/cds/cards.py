"""What does a record system show? At most five cards; all gaps in hours on one, and what was not read on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid5

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.scales import Action
from magcheck.core.text import capital
from magcheck.fhir.illnesses import CONDITIONS
from magcheck.fhir.issues import RULES, finding_id
from magcheck.inference.compile import is_magnesium
from magcheck.knowledge.conditions import Taking
from magcheck.knowledge.placeholders import fill
from magcheck.serve.cds.markdown import cut, listed, plain, section, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.fhir.record import Record
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Cited, Finding, Report, Subject

Card = dict[str, Any]
MOST_CARDS = 5
SUMMARY = 140
"""Characters; a summary has fewer."""
_MOST_CHANGES = 3
_MOST_LINES = 40
_NAMES = uuid5(UUID(int=0), "magcheck card")
_OVERRIDES = uuid5(_NAMES, "override reasons").urn
_CRITICAL, _WARNING, _INFO = "critical", "warning", "info"
INDICATORS = {Action.AVOID: _CRITICAL, Action.ASK_FIRST: _WARNING, Action.SEPARATE: _WARNING}


class Shown(NamedTuple):
    """What cards are made of."""

    report: Report
    """With its day and its changes, where they could be computed."""
    record: Record
    drafts: frozenset[str]


def cards(shown: Shown, book: RuleBook) -> list[Card]:
    """Strongest first, and last what was not read; empty only where all was read and nothing is to be done."""
    return _Cards(shown, book).all()


class _Cards:
    def __init__(self, shown: Shown, book: RuleBook) -> None:
        self.shown, self.book, self.words = shown, book, book.wording.cards
        self.report = shown.report
        self.has_magnesium = _holds_magnesium(self.report)

    def all(self) -> list[Card]:
        unread = self._unread()
        groups = list(self._groups())
        most = MOST_CARDS - len(unread)
        if len(groups) > most:
            groups = [*groups[: most - 1], [finding for group in groups[most - 1 :] for finding in group]]
        return [*(self._card(group) for group in groups), *unread]

    def _groups(self) -> Iterator[list[Finding]]:
        """Findings that share a card."""
        counting = [finding for finding in self.report.findings if finding.counts and self._is_real(finding)]
        apart = [finding for finding in counting if _is_gap(finding)]
        for finding in counting:
            if not _is_gap(finding):
                yield [finding]
            elif finding is apart[0]:
                yield apart

    def _is_real(self, finding: Finding) -> bool:
        """Without magnesium in the record, a page that speaks of taking it speaks of nothing that is done."""
        if self.has_magnesium or finding.urgency:
            return True
        lines = self.book.rules_by_id[finding.rule].when
        return not any(isinstance(line, Taking) and is_magnesium(line, self.book.terms) for line in lines)

    def _card(self, group: Sequence[Finding]) -> Card:
        strongest = min(group, key=lambda finding: finding.action.rank)
        key = "|".join(sorted(str(finding_id(finding)) for finding in group))
        card: Card = {
            "uuid": str(uuid5(_NAMES, key)),
            "summary": cut(self._summary(group), SUMMARY),
            "indicator": INDICATORS.get(strongest.action, _INFO),
            "detail": self._detail(group),
            "source": self._source(strongest),
            "overrideReasons": [
                {"code": reason.code, "system": _OVERRIDES, "display": reason.words}
                for reason in self.words.overrides
            ],
        }
        suggestions = list(self._suggestions(group, key))
        return card | ({"suggestions": suggestions, "selectionBehavior": "any"} if suggestions else {})

    def _source(self, finding: Finding | None = None) -> Card:
        topic = {"topic": {"system": RULES, "code": finding.rule, "display": finding.title}} if finding else {}
        return {"label": fill(self.words.source, version=self.report.rules.version), **topic}

    def _summary(self, group: Sequence[Finding]) -> str:
        if len(group) == 1:
            return group[0].title
        if all(map(_is_gap, group)):
            names = dict.fromkeys(finding.separation.take for finding in group if finding.separation)
            return fill(self.words.apart, names=", ".join(names))
        return fill(self.words.more, count=str(len(group)))

    def _detail(self, group: Sequence[Finding]) -> str:
        titles = self.words.titles
        several = len(group) > 1
        changes = self.report.what_would_change or ()
        return together(
            (
                section(
                    titles.what_to_do, (_headed(finding, finding.what_to_do, several=several) for finding in group)
                ),
                section(titles.about, dict.fromkeys(self._about(one) for f in group for one in f.subjects)),
                section(titles.day, self._day() if any(map(_is_gap, group)) else ()),
                section(titles.facts, dict.fromkeys(fact for finding in group for fact in self._facts(finding))),
                section(titles.why, dict.fromkeys(finding.why for finding in group)),
                section(titles.change, [change.said for change in changes][:_MOST_CHANGES]),
                listed(
                    titles.sources,
                    dict.fromkeys(source for f in group for source in map(self._source_of, f.evidence)),
                ),
                plain(self.report.notice),
            )
        )

    def _about(self, subject: Subject) -> str:
        address = self.shown.record.sources.get((subject.list, subject.index), "")
        told = subject.input if subject.is_ in subject.input else f"{subject.input} ({subject.is_})"
        return f"{told} [{address}]" if address else told

    def _day(self) -> list[str]:
        return [f"{entry.time} {', '.join(entry.take)}" for entry in self.report.plan.entries]

    def _facts(self, finding: Finding) -> Iterator[str]:
        labels = self.book.wording.labels
        for fact in finding.facts:
            unit = f" {fact.unit}" if fact.unit else ""
            value = f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
            yield f"{labels.field(fact.name)}: {value}{unit} ({fact.origin})"
        told = {fact.name for fact in finding.facts}
        yield from (entry.what for entry in self.shown.record.said if entry.field in told)

    def _source_of(self, cited: Cited) -> str:
        grade = self.book.wording.labels.grades[cited.grade]
        words = plain(", ".join(filter(None, (cited.source, cited.where, grade))))
        return f"{words}: <{cited.url}>" if cited.url else words

    def _suggestions(self, group: Sequence[Finding], key: str) -> Iterator[Card]:
        """To remove a magnesium order that is being written, where it should not be taken at all."""
        worst = [finding for finding in group if finding.action is Action.AVOID]
        for subject in dict.fromkeys(subject for finding in worst for subject in finding.subjects):
            address = self.shown.record.sources.get((subject.list, subject.index), "")
            if address in self.shown.drafts and MAGNESIUM in subject.is_:
                words = cut(fill(self.words.remove, item=subject.input), SUMMARY)
                action = {"type": "delete", "description": words, "resourceId": address}
                yield {
                    "label": words,
                    "uuid": str(uuid5(_NAMES, f"{key}|{address}")),
                    "isRecommended": True,
                    "actions": [action],
                }

    # What was not read

    def _unread(self) -> list[Card]:
        """One card of all that was not read; of missing answers only where magnesium is taken."""
        unread = [
            fill(self.words.not_read, told=told, reason=reason)
            for reason, told in self._unread_by_reason().items()
        ]
        missing = [
            fill(self.words.missing, question=gap.question, action=self._become(gap.could_become.value))
            for gap in (self.report.missing if self.has_magnesium else ())
        ]
        lines = [*unread, *missing]
        if not lines:
            return []
        if len(lines) > _MOST_LINES:
            lines = [*lines[:_MOST_LINES], fill(self.words.more, count=str(len(lines) - _MOST_LINES))]
        return [
            {
                "uuid": str(uuid5(_NAMES, "\n".join(lines))),
                "summary": cut(self.words.not_checked, SUMMARY),
                "indicator": _INFO,
                "detail": together((section(self.words.not_checked, lines), plain(self.report.notice))),
                "source": self._source(),
            }
        ]

    def _unread_by_reason(self) -> dict[str, str]:
        """Why something was not read -> what; all diagnoses without a question are one line."""
        found: dict[str, list[str]] = {}
        for entry in self.report.not_checked:
            is_diagnosis = entry.list == CONDITIONS and not entry.question
            reason = (
                self.book.wording.record.not_read.conditions if is_diagnosis else entry.question or entry.reason
            )
            found.setdefault(reason, []).append(entry.input)
        return {reason: "; ".join(dict.fromkeys(told)) for reason, told in found.items()}

    def _become(self, action: str) -> str:
        return capital(self.book.wording.labels.actions[action])


def _holds_magnesium(report: Report) -> bool:
    """Is something taken that is magnesium, or may hold some, such as a multivitamin?"""
    counted = report.dose.parts if report.dose else ()
    named = (MAGNESIUM in (*entry.classes, *entry.ingredients) and entry.read.taken for entry in report.recognised)
    return bool(counted) or any(named)


def _is_gap(finding: Finding) -> bool:
    return finding.action is Action.SEPARATE and finding.separation is not None


def _headed(finding: Finding, words: str, *, several: bool) -> str:
    return f"{finding.title}. {words}" if several else words
