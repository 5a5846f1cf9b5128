"""What do words mean that speak of a whole clause? Settled once the text is read: stages, denials, "resolved"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.condition_findings import Assertion, Mention, WalkedText
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_stages import ToldStage
    from magcheck.terminology.condition_words import ConditionWords

COLONS = frozenset({":", "-", "=", "?", "\u2013"})
RESTANDS = {Says.RESOLVED: Assertion.PAST, Says.FAMILY_AFTER: Assertion.FAMILY, Says.PLANNED: Assertion.PLANNED}


def is_staged(finding: Mention, words: ConditionWords) -> bool:
    """Is it a kidney disease, to which a stage may belong?"""
    if finding.says is Says.CODE:
        row = words.code(finding.value)
        return row is not None and any(key.startswith("kidney.") for key, _ in row.means)
    if finding.says is Says.ASKS:
        return finding.value == "kidney"
    return finding.value in words.listed("staged")


def _restand(targets: Sequence[Mention], standing: Assertion) -> None:
    for finding in targets:
        if finding.standing in (Assertion.PRESENT, Assertion.PAST):
            finding.standing = standing


def _detail(targets: Sequence[Mention], says: Says, *, year: bool) -> None:
    for finding in targets:
        finding.acute |= says is Says.ACUTE
        finding.dated |= says is Says.WHEN
        finding.year |= year


class Settling(WalkedText):
    """Changes the findings of one text; `done` grows by what is a detail of them, or was not read."""

    def stage(self, clause: int, index: int, told: ToldStage) -> None:
        stages, text = told.stages, told.text
        targets = self.targets(clause)
        kidneys = [finding for finding in targets if is_staged(finding, self.words)]
        if kidneys:
            nearest = min(kidneys, key=lambda finding: abs(finding.place - index))
            nearest.stages += stages
            if not stages:
                self.done.findings.append(Mention(Says.ASKS, "kidney stage", text, clause, index))
            elif nearest.standing is Assertion.DENIED or (
                nearest.denied_at is not None and nearest.clause == clause
            ):
                nearest.standing, nearest.stages = Assertion.DOUBTFUL, []  # "no CKD stage 5" leaves a lighter one
            self.done.details.append(text)
        elif targets:
            self.done.details.append(text)
        elif told.of_kidneys:
            self.done.findings.append(Mention(Says.KIDNEY_VALUE, "", text, clause, index, stages=stages))
        else:
            self.done.not_read.append(text)

    def targets(self, clause: int) -> list[Mention]:
        """The findings of a clause; where it has none, those of the clause before."""
        for number in (clause, clause - 1):
            found = [finding for finding in self.done.findings if finding.clause == number]
            if found:
                return found
        return []

    def denials(self) -> None:
        """Denials behind which nothing came: "CKD: no" denies what stands before it."""
        for number, clause in enumerate(self.clauses):
            for place in clause.denials:
                self._denial(number, place)
            clause.denials = []

    def _denial(self, number: int, place: int) -> None:
        mark = self.marks[place]
        found = [finding for finding in self.done.findings if finding.clause == number]
        if found and self.marks[place - 1].text in COLONS:
            found[-1].standing, found[-1].denied_at = Assertion.DENIED, place
            self.done.details.append(mark.text)
        elif mark.can(Says.NOTHING) and not self.done.findings:
            self.done.nothing.append(mark.text)
        else:
            self.done.not_read.append(mark.text)

    def clause(self, clause: int, says: Says, place: int) -> None:
        mark, targets = self.marks[place], self.targets(clause)
        if not targets:
            if not mark.ends_a_date:
                (self.done.details if says is Says.SEVERE else self.done.not_read).append(mark.text)
            return
        if not mark.ends_a_date:
            self.done.details.append(mark.text)
        if says is Says.SEVERE:
            targets[-1].severe = True
        elif says is Says.NO_AFTER:
            self._deny_after(targets[-1], place)
        elif says is Says.RESOLVED and self._denied_before(clause, place):
            for finding in targets:
                finding.standing = Assertion.DOUBTFUL  # "AKI has not resolved"
        elif says is Says.EFFORT:
            self._ask_on_effort(targets)
        elif says in RESTANDS:
            _restand(targets, RESTANDS[says])
        else:
            _detail(targets, says, year=mark.ends_a_date)

    def _ask_on_effort(self, targets: Sequence[Mention]) -> None:
        """ "fast heartbeat when running" alone; with anything more said, it counts."""
        alone = len(self.clauses) == 1 and len(self.done.findings) == 1 and not self.done.not_read
        if alone and targets[0].value in self.words.listed("on effort"):
            _restand(targets, Assertion.PAST)

    def _denied_before(self, clause: int, place: int) -> bool:
        near = self.marks[max(place - 2, self.clauses[clause].start) : place]
        return any(before.can(Says.NO) or before.can(Says.NO_AFTER) for before in near)

    def _deny_after(self, finding: Mention, place: int) -> None:
        """ "ruled out"; "not ruled out" denies nothing."""
        doubled = place > 0 and self.marks[place - 1].can(Says.NO)
        finding.standing = (
            Assertion.DOUBTFUL if doubled or finding.standing is not Assertion.PRESENT else Assertion.DENIED
        )
        finding.denied_at = place
