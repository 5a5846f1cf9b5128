"""What does a text say of each thing that it names? One walk over its marks; every mark leaves a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.condition_figures import Figures
from magcheck.reading.condition_findings import Clause, Collected, Finding, Standing
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_marks import Mark
    from magcheck.terminology.condition_words import ConditionWords

_NEAR = 40
"""Marks; a denial that stands farther from a name does not belong to it."""
_COLONS = frozenset({":", "-", "=", "?", "\u2013"})
_JOINTS = frozenset({Says.COMMA, Says.AND, Says.WITH, Says.OR, Says.BUT})
_NAMED = frozenset(
    {Says.CONDITION, Says.SYMPTOM, Says.GOAL, Says.NO_PAGE, Says.PREGNANCY, Says.PROCEDURE, Says.CODE}
)
_UNKNOWN = frozenset({Says.UNREAD, Says.STAGE, Says.NUMBER, Says.KIDNEY_VALUE, Says.TIME, Says.BELOW, Says.ABOVE})
"""Where no number, stage or name made something of them."""
_RESTANDS = {Says.RESOLVED: Standing.PAST, Says.FAMILY_AFTER: Standing.FAMILY, Says.PLANNED: Standing.PLANNED}
_OF_THE_CLAUSE = frozenset({*_RESTANDS, Says.SEVERE, Says.ACUTE, Says.NO_AFTER})


class Collector:
    """Walks once over the marks of a text."""

    def __init__(self, marks: Sequence[Mark], words: ConditionWords) -> None:
        self.marks, self.words = marks, words
        self.done = Collected()
        self.clauses = [Clause(None)]
        self._place = 0
        self._later: list[tuple[int, Says, Mark]] = []
        """(clause, what it says, mark) of words that speak of the whole clause: "resolved"."""
        self._stages: list[tuple[int, int, list[str], bool, str]] = []
        self.figures = Figures(marks, words)

    @property
    def clause(self) -> Clause:
        return self.clauses[-1]

    def collected(self) -> Collected:
        while self._place < len(self.marks):
            self._place = self._step(self._place)
        self._settle_denials()
        for clause, place, stages, told, text in self._stages:
            self._settle_stages(clause, place, stages, text, told=told)
        for clause, says, mark in self._later:
            self._settle(clause, says, mark)
        return self.done

    # --- one mark after the other

    def _step(self, place: int) -> int:
        """Read the mark at `place`; the place of the next one."""
        mark = self.marks[place]
        for reader in (self._measured, self._date, self._stage, self._duration):
            end = reader(place)
            if end:
                return end
        self._plain(mark, place)
        return place + 1

    def _plain(self, mark: Mark, place: int) -> None:
        says = self._said(mark, place)
        if says in _NAMED or says is Says.ASKS:
            self._find(Finding(says, mark.value_as(says), mark.text, len(self.clauses) - 1, place))
        elif says is Says.NORMAL:
            self._normal(mark, place)
        elif says is Says.UNCLEAR:
            self.done.unclear += mark.value.split(" or ")
            self.done.not_read.append(mark.text)
        elif says in _JOINTS:
            self._join(says, mark)
        elif says is Says.NOTHING:
            self.done.nothing.append(mark.text)
        elif says in _UNKNOWN:
            self._unread(mark, place)
        else:
            self._around(says, mark)

    def _around(self, says: Says, mark: Mark) -> None:
        """Words that say something of what stands beside them."""
        clause = self.clause
        if says is Says.NO:
            clause.denials.append(mark)
            clause.scope = Standing.DOUBTFUL if len(clause.denials) > 1 else Standing.DENIED
            return
        if says in _OF_THE_CLAUSE:
            self._later.append((len(self.clauses) - 1, says, mark))
            if says in (Says.SEVERE, Says.ACUTE):
                self._doubt_denial()
            return
        if says is Says.FAMILY:
            clause.scope = Standing.FAMILY
        elif says is Says.HISTORY:
            clause.history = True
        if says is not Says.SIGN:
            self.done.details.append(mark.text)

    def _said(self, mark: Mark, place: int) -> Says:
        """What the mark says here: "none" before a name denies it, alone it says that there is nothing."""
        if mark.says in (Says.NO, Says.NO_AFTER, Says.NOTHING):
            return self._denying(mark, place)
        if mark.says is Says.NUMBER and mark.can(Says.FILLER):
            return Says.FILLER
        if mark.says is Says.STAGE and mark.can(Says.FILLER):
            return Says.FILLER
        return mark.says

    def _denying(self, mark: Mark, place: int) -> Says:
        if mark.can(Says.NO) and self._finding_follows(place):
            return Says.NO
        if self._has_finding(len(self.clauses) - 1):
            colon = place > 0 and self.marks[place - 1].text in _COLONS
            if mark.can(Says.NO_AFTER) and not mark.can(Says.NOTHING):
                return Says.NO_AFTER
            if mark.can(Says.NO) or mark.can(Says.NO_AFTER):
                return Says.NO_AFTER if colon else Says.UNREAD
        return Says.NOTHING if mark.can(Says.NOTHING) else mark.says

    def _finding_follows(self, place: int) -> bool:
        for mark in self.marks[place + 1 : place + _NEAR]:
            if mark.says in _JOINTS and mark.says is not Says.WITH:
                return False
            if mark.says in _NAMED or mark.says in (Says.ASKS, Says.NORMAL) or self._group(mark):
                return True
        return False

    def _group(self, mark: Mark) -> str | None:
        unknown = mark.says in (Says.UNREAD, Says.KIDNEY_VALUE)
        return self.words.group_of(mark.norm) if unknown else None

    def _unread(self, mark: Mark, place: int) -> None:
        group = self._group(mark)
        if group:
            self._find(Finding(Says.ASKS, group, mark.text, len(self.clauses) - 1, place))
            return
        if self.clause.denials and not self._has_finding(len(self.clauses) - 1):
            # "no improvement of ...": the denial belongs to a word that is not known
            self.done.not_read += [denial.text for denial in self.clause.denials]
            self.clause.denials, self.clause.scope = [], None
        self.done.not_read.append(mark.text)

    def _doubt_denial(self) -> None:
        """ "no severe kidney disease" leaves a lighter one."""
        if (
            self.clause.scope is Standing.DENIED
            and self.clause.denials
            and not self._has_finding(len(self.clauses) - 1)
        ):
            self.clause.scope = Standing.DOUBTFUL

    def _find(self, finding: Finding) -> None:
        clause = self.clause
        finding.standing = clause.scope or Standing.PRESENT
        if finding.standing is Standing.DENIED and self._denies_already(finding.clause):
            finding.standing = Standing.DOUBTFUL  # "no A B": whether B is denied too, nobody can tell
        if clause.history and finding.standing is Standing.PRESENT:
            finding.standing = Standing.PAST
        self.done.findings.append(finding)
        if clause.denials:
            self.done.details += [denial.text for denial in clause.denials]
            clause.denials = []
        if finding.says is Says.GOAL:
            finding.standing = Standing.PRESENT

    def _normal(self, mark: Mark, place: int) -> None:
        """ "normal kidney function"; not normal, it asks."""
        finding = Finding(Says.ASKS, mark.value, mark.text, len(self.clauses) - 1, place)
        self._find(finding)
        flipped = finding.standing in (Standing.DENIED, Standing.DOUBTFUL)
        finding.standing = Standing.PRESENT if flipped else Standing.DENIED

    def _has_finding(self, clause: int) -> bool:
        return any(finding.clause == clause for finding in self.done.findings)

    def _denies_already(self, clause: int) -> bool:
        return any(one.clause == clause and one.standing is Standing.DENIED for one in self.done.findings)

    # --- joints

    def _join(self, says: Says, mark: Mark) -> None:
        here = len(self.clauses) - 1
        before = self.clause
        self.done.details.append(mark.text)
        if says is Says.WITH and not self._has_finding(here):
            return
        if before.denials and not self._has_finding(here):
            self._settle_denials()  # "no, ..." stands alone
            before.scope = None
        after = Clause(says)
        if says is Says.OR or (says is Says.COMMA and self._list_goes_on(before)):
            after.scope, after.history = before.scope, before.history
        elif says is Says.AND and before.scope in (Standing.DENIED, Standing.FAMILY, Standing.DOUBTFUL):
            after.scope = Standing.DOUBTFUL
        if says is Says.AND:
            after.history = before.history
        self.clauses.append(after)

    def _list_goes_on(self, before: Clause) -> bool:
        """ "no A, B or C": every name stands bare behind its comma, and "or" ends the list."""
        if before.scope is not Standing.DENIED:
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

    def _measured(self, place: int) -> int | None:
        """ "eGFR about 42 mL/min", "heart rate 42"."""
        mark = self.marks[place]
        kidney = mark.can(Says.KIDNEY_VALUE)
        if not kidney and not mark.can(Says.PULSE):
            return None
        figure = self.figures.figure(place + 1)
        if figure is None:
            return None
        low, bound, end = figure
        text = " ".join(part.text for part in self.marks[place:end])
        here = len(self.clauses) - 1
        if kidney and low <= self.words.rule("kidney value")["most"]:
            self._find(Finding(Says.KIDNEY_VALUE, "", text, here, place, value_low=low, bound=bound))
        elif not kidney and low < self.words.rule("slow pulse")["below"] and bound is not Says.ABOVE:
            self._find(Finding(Says.PULSE, "", text, here, place, value_low=low, bound=bound))
        else:
            return None
        end = self.figures.after_units(end)
        self.done.details.append(" ".join(part.text for part in self.marks[place:end]))
        return end

    def _date(self, place: int) -> int | None:
        """A year, alone or as the end of a date."""
        end = self.figures.date(place)
        if end:
            self.done.details.append("".join(mark.text for mark in self.marks[place:end]))
            self._later.append((len(self.clauses) - 1, Says.WHEN, self.marks[end - 1]))
        return end

    def _duration(self, place: int) -> int | None:
        """ "for 3 days", "two weeks"."""
        mark = self.marks[place]
        if not (mark.number is not None or mark.can(Says.NUMBER)) or place + 1 >= len(self.marks):
            return None
        low, end = (
            self.figures.range_from(place)
            if mark.number is not None
            else (float(mark.value_as(Says.NUMBER)), place + 1)
        )
        if end >= len(self.marks) or not self.marks[end].can(Says.TIME):
            return None
        unit = self.marks[end]
        text = " ".join(part.text for part in self.marks[place : end + 1])
        self.done.details.append(text)
        days = low * self.words.days.get(unit.norm, 0)
        last = self._targets(len(self.clauses) - 1)
        if last:
            last[-1].days = max(last[-1].days, int(days))
        return end + 1

    # --- stages

    def _stage(self, place: int) -> int | None:
        """ "stage 3b", "III. Grades", "G3a/A1", "3-4"; a bare figure only right behind a kidney disease."""
        told, start = self.figures.skip_stage_words(place)
        stages, end = self.figures.stage_figures(start)
        if not stages:
            return self._no_such_stage(place, start) if told else None
        behind, after = self.figures.skip_stage_words(end)
        explicit = told or behind or self.marks[start].norm.startswith("g")
        only_told = self.words.listed("only told as a stage")
        if not explicit and (self.marks[start].norm in only_told and self.marks[start].number is None):
            return None
        if not explicit and not self._right_behind_kidneys(place):
            return None
        end = self.figures.skip_albumin(after if behind else end)
        text = " ".join(mark.text for mark in self.marks[place:end])
        self._stages.append((len(self.clauses) - 1, place, stages, self.marks[start].norm.startswith("g"), text))
        return end

    def _no_such_stage(self, place: int, start: int) -> int | None:
        """ "stage 7": the stage is asked."""
        if start < len(self.marks) and self.marks[start].number is not None:
            text = " ".join(mark.text for mark in self.marks[place : start + 1])
            self._stages.append((len(self.clauses) - 1, place, [], False, text))
            return start + 1
        return None

    def _right_behind_kidneys(self, place: int) -> bool:
        last = self.done.findings[-1] if self.done.findings else None
        return (
            last is not None
            and self._is_staged(last)
            and all(mark.says is Says.SIGN for mark in self.marks[last.place + 1 : place])
        )

    def _is_staged(self, finding: Finding) -> bool:
        if finding.says is Says.CODE:
            row = self.words.code(finding.value)
            return row is not None and any(key.startswith("kidney.") for key, _ in row.means)
        if finding.says is Says.ASKS:
            return finding.value == "kidney"
        return finding.value in self.words.listed("staged")

    def _settle_stages(self, clause: int, place: int, stages: list[str], text: str, *, told: bool) -> None:
        targets = self._targets(clause)
        kidneys = [finding for finding in targets if self._is_staged(finding)]
        if kidneys:
            nearest = min(kidneys, key=lambda finding: abs(finding.place - place))
            nearest.stages += stages
            if not stages:
                self.done.findings.append(Finding(Says.ASKS, "kidney stage", text, clause, place))
            elif nearest.standing is Standing.DENIED:
                nearest.standing, nearest.stages = Standing.DOUBTFUL, []  # "no CKD stage 5" leaves a lighter one
            self.done.details.append(text)
        elif targets:
            self.done.details.append(text)
        elif told:
            self.done.findings.append(Finding(Says.KIDNEY_VALUE, "", text, clause, place, stages=stages))
        else:
            self.done.not_read.append(text)

    # --- what speaks of a whole clause

    def _targets(self, clause: int) -> list[Finding]:
        """The findings of a clause; where it has none, those of the clause before."""
        for number in (clause, clause - 1):
            found = [finding for finding in self.done.findings if finding.clause == number]
            if found:
                return found
        return []

    def _settle_denials(self) -> None:
        """Denials behind which nothing came: "CKD: no" denies what stands before it."""
        for number, clause in enumerate(self.clauses):
            for mark in clause.denials:
                self._settle_denial(number, mark)
            clause.denials = []

    def _settle_denial(self, number: int, mark: Mark) -> None:
        place = self.marks.index(mark)
        found = [finding for finding in self.done.findings if finding.clause == number and finding.place < place]
        if found and place and self.marks[place - 1].text in _COLONS:
            found[-1].standing = Standing.DENIED
            self.done.details.append(mark.text)
        elif mark.can(Says.NOTHING) and not self.done.findings:
            self.done.nothing.append(mark.text)
        else:
            self.done.not_read.append(mark.text)

    def _settle(self, clause: int, says: Says, mark: Mark) -> None:
        targets = self._targets(clause)
        if not targets:
            if not mark.ends_a_date:
                (self.done.details if says is Says.SEVERE else self.done.not_read).append(mark.text)
            return
        if not mark.ends_a_date:
            self.done.details.append(mark.text)
        if says is Says.SEVERE:
            targets[-1].severe = True
        elif says is Says.NO_AFTER:
            self._deny_after(targets[-1], mark)
        elif says in _RESTANDS:
            self._restand(targets, _RESTANDS[says])
        else:
            for finding in targets:
                finding.acute |= says is Says.ACUTE
                finding.dated |= says is Says.WHEN

    def _deny_after(self, finding: Finding, mark: Mark) -> None:
        """ "ruled out"; "not ruled out" denies nothing."""
        place = self.marks.index(mark)
        doubled = place > 0 and self.marks[place - 1].can(Says.NO)
        finding.standing = (
            Standing.DOUBTFUL if doubled or finding.standing is not Standing.PRESENT else Standing.DENIED
        )

    @staticmethod
    def _restand(targets: Sequence[Finding], standing: Standing) -> None:
        for finding in targets:
            if finding.standing in (Standing.PRESENT, Standing.PAST):
                finding.standing = standing
