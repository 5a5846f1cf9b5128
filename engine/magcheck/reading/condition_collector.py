"""What does a text say of each thing that it names? One walk over its marks; every mark leaves a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.condition_figures import ConditionFigures
from magcheck.reading.condition_findings import Assertion, Collected, ConditionClause, Mention
from magcheck.reading.condition_settling import COLONS, RESTANDS, Settling, is_staged
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.terminology.condition_words import ConditionWords

_NEAR = 40
"""Marks; a denial that stands farther from a name does not belong to it."""
_JOINTS = frozenset({Says.COMMA, Says.AND, Says.WITH, Says.OR, Says.BUT})
_NAMED = frozenset(
    {Says.CONDITION, Says.SYMPTOM, Says.GOAL, Says.NO_PAGE, Says.PREGNANCY, Says.PROCEDURE, Says.CODE}
)
_UNKNOWN = frozenset({Says.UNREAD, Says.STAGE, Says.NUMBER, Says.KIDNEY_VALUE, Says.TIME, Says.BELOW, Says.ABOVE})
"""Where no number, stage or name made something of them."""
_OF_THE_CLAUSE = frozenset({*RESTANDS, Says.SEVERE, Says.ACUTE, Says.NO_AFTER})


class Collector:
    """Walks once over the marks of a text."""

    def __init__(self, marks: Sequence[ConditionMark], words: ConditionWords) -> None:
        self.marks, self.words = marks, words
        self.done = Collected()
        self.clauses = [ConditionClause(None)]
        self._settling = Settling(marks, words, self.clauses, self.done)
        self._place = 0
        self._later: list[tuple[int, Says, ConditionMark]] = []
        """(clause, what it says, mark) of words that speak of the whole clause: "resolved"."""
        self._stages: list[tuple[int, int, list[str], bool, str]] = []
        self.figures = ConditionFigures(marks, words)

    @property
    def clause(self) -> ConditionClause:
        return self.clauses[-1]

    def collected(self) -> Collected:
        while self._place < len(self.marks):
            self._place = self._step(self._place)
        self._settling.denials()
        for clause, index, stages, told, text in self._stages:
            self._settling.stages(clause, index, stages, text, told=told)
        for clause, says, mark in self._later:
            self._settling.clause(clause, says, mark)
        return self.done

    # --- one mark after the other

    def _step(self, index: int) -> int:
        """Read the mark at `index`; the place of the next one."""
        mark = self.marks[index]
        for reader in (self._measured, self._date, self._stage, self._duration):
            end = reader(index)
            if end:
                return end
        self._plain(mark, index)
        return index + 1

    def _plain(self, mark: ConditionMark, index: int) -> None:
        says = self._said(mark, index)
        if says in _NAMED or says is Says.ASKS:
            self._find(Mention(says, mark.value_as(says), mark.text, len(self.clauses) - 1, index))
        elif says is Says.NORMAL:
            self._normal(mark, index)
        elif says is Says.UNCLEAR:
            self.done.unclear += mark.value.split(" or ")
            self.done.not_read.append(mark.text)
        elif says in _JOINTS:
            self._join(says, mark)
        elif says is Says.NOTHING:
            self.done.nothing.append(mark.text)
        elif says in _UNKNOWN:
            self._unread(mark, index)
        else:
            self._around(says, mark)

    def _around(self, says: Says, mark: ConditionMark) -> None:
        """Words that say something of what stands beside them."""
        clause = self.clause
        if says is Says.NO:
            clause.denials.append(mark)
            clause.scope = Assertion.DOUBTFUL if len(clause.denials) > 1 else Assertion.DENIED
            return
        if says in _OF_THE_CLAUSE:
            self._later.append((len(self.clauses) - 1, says, mark))
            if says in (Says.SEVERE, Says.ACUTE):
                self._doubt_denial()
            return
        if says is Says.FAMILY:
            clause.scope = Assertion.FAMILY
        elif says is Says.HISTORY:
            clause.history = True
        if says is not Says.SIGN:
            self.done.details.append(mark.text)

    def _said(self, mark: ConditionMark, index: int) -> Says:
        """What the mark says here: "none" before a name denies it, alone it says that there is nothing."""
        if mark.says in (Says.NO, Says.NO_AFTER, Says.NOTHING):
            return self._denying(mark, index)
        if mark.says is Says.NUMBER and mark.can(Says.FILLER):
            return Says.FILLER
        if mark.says is Says.STAGE and mark.can(Says.FILLER):
            return Says.FILLER
        return mark.says

    def _denying(self, mark: ConditionMark, index: int) -> Says:
        if mark.can(Says.NO) and self._finding_follows(index):
            return Says.NO
        if self._has_finding(len(self.clauses) - 1):
            colon = index > 0 and self.marks[index - 1].text in COLONS
            if mark.can(Says.NO_AFTER) and not mark.can(Says.NOTHING):
                return Says.NO_AFTER
            if mark.can(Says.NO) or mark.can(Says.NO_AFTER):
                return Says.NO_AFTER if colon else Says.UNREAD
        return Says.NOTHING if mark.can(Says.NOTHING) else mark.says

    def _finding_follows(self, index: int) -> bool:
        for mark in self.marks[index + 1 : index + _NEAR]:
            if mark.says in _JOINTS and mark.says is not Says.WITH:
                return False
            if mark.says in _NAMED or mark.says in (Says.ASKS, Says.NORMAL) or self._group(mark):
                return True
        return False

    def _group(self, mark: ConditionMark) -> str | None:
        unknown = mark.says in (Says.UNREAD, Says.KIDNEY_VALUE)
        return self.words.group_of(mark.norm) if unknown else None

    def _unread(self, mark: ConditionMark, index: int) -> None:
        group = self._group(mark)
        if group:
            self._find(Mention(Says.ASKS, group, mark.text, len(self.clauses) - 1, index))
            return
        if self.clause.denials and not self._has_finding(len(self.clauses) - 1):
            # "no improvement of ...": the denial belongs to a word that is not known
            self.done.not_read += [denial.text for denial in self.clause.denials]
            self.clause.denials, self.clause.scope = [], None
        self.done.not_read.append(mark.text)

    def _doubt_denial(self) -> None:
        """ "no severe kidney disease" leaves a lighter one."""
        if (
            self.clause.scope is Assertion.DENIED
            and self.clause.denials
            and not self._has_finding(len(self.clauses) - 1)
        ):
            self.clause.scope = Assertion.DOUBTFUL

    def _find(self, finding: Mention) -> None:
        clause = self.clause
        finding.standing = clause.scope or Assertion.PRESENT
        if finding.standing is Assertion.DENIED and self._denies_already(finding.clause):
            finding.standing = Assertion.DOUBTFUL  # "no A B": whether B is denied too, nobody can tell
        if clause.history and finding.standing is Assertion.PRESENT:
            finding.standing = Assertion.PAST
        self.done.findings.append(finding)
        if clause.denials:
            self.done.details += [denial.text for denial in clause.denials]
            clause.denials = []
        if finding.says is Says.GOAL:
            finding.standing = Assertion.PRESENT

    def _normal(self, mark: ConditionMark, index: int) -> None:
        """ "normal kidney function"; not normal, it asks."""
        finding = Mention(Says.ASKS, mark.value, mark.text, len(self.clauses) - 1, index)
        self._find(finding)
        flipped = finding.standing in (Assertion.DENIED, Assertion.DOUBTFUL)
        finding.standing = Assertion.PRESENT if flipped else Assertion.DENIED

    def _has_finding(self, clause: int) -> bool:
        return any(finding.clause == clause for finding in self.done.findings)

    def _denies_already(self, clause: int) -> bool:
        return any(
            finding.clause == clause and finding.standing is Assertion.DENIED for finding in self.done.findings
        )

    # --- joints

    def _join(self, says: Says, mark: ConditionMark) -> None:
        here = len(self.clauses) - 1
        before = self.clause
        self.done.details.append(mark.text)
        if says is Says.WITH and not self._has_finding(here):
            return
        if before.denials and not self._has_finding(here):
            self._settling.denials()  # "no, ..." stands alone
            before.scope = None
        after = ConditionClause(says)
        if says is Says.OR or (says is Says.COMMA and self._list_goes_on(before)):
            after.scope, after.history = before.scope, before.history
        elif says is Says.AND and before.scope in (Assertion.DENIED, Assertion.FAMILY, Assertion.DOUBTFUL):
            after.scope = Assertion.DOUBTFUL
        if says is Says.AND:
            after.history = before.history
        self.clauses.append(after)

    def _list_goes_on(self, before: ConditionClause) -> bool:
        """ "no A, B or C": every name stands bare behind its comma, and "or" ends the list."""
        if before.scope is not Assertion.DENIED:
            return False
        bare = True
        for mark in self.marks[self._place + 1 :]:
            if mark.says is Says.OR:
                return True
            if mark.says is Says.COMMA:
                bare = True
            elif mark.says in _NAMED or mark.says is Says.ASKS:
                if not bare:
                    return False
                bare = False
            elif mark.says is not Says.SIGN:
                return False
        return False

    # --- figures

    def _measured(self, index: int) -> int | None:
        """ "eGFR about 42 mL/min", "heart rate 42"."""
        mark = self.marks[index]
        kidney = mark.can(Says.KIDNEY_VALUE)
        if not kidney and not mark.can(Says.PULSE):
            return None
        figure = self.figures.figure(index + 1)
        if figure is None:
            return None
        low, bound, end = figure
        text = " ".join(part.text for part in self.marks[index:end])
        here = len(self.clauses) - 1
        if kidney and low <= self.words.rule("kidney value")["most"]:
            self._find(Mention(Says.KIDNEY_VALUE, "", text, here, index, value_low=low, bound=bound))
        elif not kidney and low < self.words.rule("slow pulse")["below"] and bound is not Says.ABOVE:
            self._find(Mention(Says.PULSE, "", text, here, index, value_low=low, bound=bound))
        else:
            return None
        end = self.figures.after_units(end)
        self.done.details.append(" ".join(part.text for part in self.marks[index:end]))
        return end

    def _date(self, index: int) -> int | None:
        """A year, alone or as the end of a date."""
        end = self.figures.date(index)
        if end:
            self.done.details.append("".join(mark.text for mark in self.marks[index:end]))
            self._later.append((len(self.clauses) - 1, Says.WHEN, self.marks[end - 1]))
        return end

    def _duration(self, index: int) -> int | None:
        """ "for 3 days", "two weeks"."""
        mark = self.marks[index]
        if not (mark.number is not None or mark.can(Says.NUMBER)) or index + 1 >= len(self.marks):
            return None
        low, end = (
            self.figures.range_from(index)
            if mark.number is not None
            else (float(mark.value_as(Says.NUMBER)), index + 1)
        )
        if end >= len(self.marks) or not self.marks[end].can(Says.TIME):
            return None
        unit = self.marks[end]
        text = " ".join(part.text for part in self.marks[index : end + 1])
        self.done.details.append(text)
        days = low * self.words.days.get(unit.norm, 0)
        last = self._settling.targets(len(self.clauses) - 1)
        if last:
            last[-1].days = max(last[-1].days, int(days))
        return end + 1

    # --- stages

    def _stage(self, index: int) -> int | None:
        """ "stage 3b", "III. Grades", "G3a/A1", "3-4"; a bare figure only right behind a kidney disease."""
        told, start = self.figures.skip_stage_words(index)
        stages, end = self.figures.stage_figures(start)
        if not stages:
            return self._no_such_stage(index, start) if told else None
        behind, after = self.figures.skip_stage_words(end)
        explicit = told or behind or self.marks[start].norm.startswith("g")
        only_told = self.words.listed("only told as a stage")
        if not explicit and (self.marks[start].norm in only_told and self.marks[start].number is None):
            return None
        if not explicit and not self._right_behind_kidneys(index):
            return None
        end = self.figures.skip_albumin(after if behind else end)
        text = " ".join(mark.text for mark in self.marks[index:end])
        self._stages.append((len(self.clauses) - 1, index, stages, self.marks[start].norm.startswith("g"), text))
        return end

    def _no_such_stage(self, index: int, start: int) -> int | None:
        """ "stage 7": the stage is asked."""
        if start < len(self.marks) and self.marks[start].number is not None:
            text = " ".join(mark.text for mark in self.marks[index : start + 1])
            self._stages.append((len(self.clauses) - 1, index, [], False, text))
            return start + 1
        return None

    def _right_behind_kidneys(self, index: int) -> bool:
        last = self.done.findings[-1] if self.done.findings else None
        return (
            last is not None
            and is_staged(last, self.words)
            and all(mark.says is Says.SIGN for mark in self.marks[last.place + 1 : index])
        )
