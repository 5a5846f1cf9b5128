"""What is said of each thing that a text names? Present, denied, past, of the family; with its stage and degree."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from magcheck.reading.condition_marks import Mark
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.terminology.condition_words import ConditionWords


class Standing(StrEnum):
    PRESENT = "present"
    DENIED = "denied"
    FAMILY = "family"
    PAST = "past"
    PLANNED = "planned"
    DOUBTFUL = "doubtful"
    """Counted as present, and asked."""


@dataclass
class Finding:
    """One thing that is named, and what the words around it say of it."""

    says: Says
    value: str
    text: str
    clause: int
    place: int
    standing: Standing = Standing.PRESENT
    stages: list[str] = field(default_factory=list[str])
    value_low: float | None = None
    bound: Says | None = None
    """Says.ABOVE or Says.BELOW `value_low`."""
    severe: bool = False
    acute: bool = False
    days: int = 0
    dated: bool = False


@dataclass
class Clause:
    """The words between two joints, and how it hangs on the clause before."""

    joint: Says | None
    scope: Standing | None = None
    history: bool = False
    denials: list[Mark] = field(default_factory=list[Mark])
    """Denials that have not met their finding."""
    opened: bool = False
    """Something stands before its first finding."""


@dataclass
class Collected:
    """Everything that a text says."""

    findings: list[Finding] = field(default_factory=list[Finding])
    details: list[str] = field(default_factory=list[str])
    """Stages of other things, times, sides, degrees: they change the reading, and no page asks them."""
    not_read: list[str] = field(default_factory=list[str])
    nothing: list[str] = field(default_factory=list[str])
    unclear: list[str] = field(default_factory=list[str])
    """What a word that is not clear can mean."""


_COLONS = frozenset({":", "-", "=", "?", "\u2013"})
_JOINTS = frozenset({Says.COMMA, Says.AND, Says.WITH, Says.OR, Says.BUT})
_NAMED = frozenset(
    {Says.CONDITION, Says.SYMPTOM, Says.GOAL, Says.NO_PAGE, Says.PREGNANCY, Says.PROCEDURE, Says.CODE}
)
_QUIET = frozenset({Says.FILLER, Says.TAG, Says.SIGN, Says.GOAL_WORD, Says.WHEN, Says.UNIT})
_DETAILS = frozenset(
    {
        Says.FILLER,
        Says.TAG,
        Says.SITE,
        Says.GOAL_WORD,
        Says.WHEN,
        Says.POSSIBLE,
        Says.STAGE_WORD,
        Says.UNIT,
        Says.PULSE,
    }
)


class Collector:
    """Walks once over the marks of a text."""

    def __init__(self, marks: Sequence[Mark], words: ConditionWords) -> None:
        self.marks, self.words = marks, words
        self.done = Collected()
        self.clauses = [Clause(None)]
        self._place = 0
        self._later: list[tuple[int, Says, Mark]] = []
        """(clause, what it says, mark) of words that speak of the whole clause: "severe", "resolved", "planned"."""
        self._stages: list[tuple[int, int, list[str], bool, str]] = []
        self._range = words.listed("range")

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

    def _plain(self, mark: Mark, place: int) -> None:  # noqa: C901, PLR0912 - one line for each thing a mark can say
        says = self._said(mark, place)
        if says in _NAMED:
            self._find(Finding(says, mark.value_as(says), mark.text, len(self.clauses) - 1, place))
        elif says is Says.ASKS:
            self._find(Finding(says, mark.value, mark.text, len(self.clauses) - 1, place))
        elif says is Says.NORMAL:
            self._normal(mark, place)
        elif says is Says.UNCLEAR:
            self.done.unclear += mark.value.split(" or ")
            self.done.not_read.append(mark.text)
        elif says in _JOINTS:
            self._join(says, mark)
        elif says is Says.NO:
            self.clause.denials.append(mark)
            self.clause.scope = Standing.DOUBTFUL if len(self.clause.denials) > 1 else Standing.DENIED
        elif says is Says.FAMILY:
            self.clause.scope = Standing.FAMILY
            self.done.details.append(mark.text)
        elif says is Says.HISTORY:
            self.clause.history = True
            self.done.details.append(mark.text)
        elif says in (Says.SEVERE, Says.ACUTE):
            self._later.append((len(self.clauses) - 1, says, mark))
            self._doubt_denial()
        elif says in (Says.RESOLVED, Says.PLANNED, Says.NO_AFTER, Says.FAMILY_AFTER):
            self._later.append((len(self.clauses) - 1, says, mark))
        elif says is Says.NOTHING:
            self.done.nothing.append(mark.text)
        elif says is Says.UNREAD or says in (
            Says.STAGE,
            Says.NUMBER,
            Says.KIDNEY_VALUE,
            Says.TIME,
            Says.BELOW,
            Says.ABOVE,
        ):
            self._unread(mark, place)
        elif says in _DETAILS:
            self.clause.opened = True
            self.done.details.append(mark.text)

    def _said(self, mark: Mark, place: int) -> Says:
        """What the mark says here: "none" before a name denies it, alone it says that there is nothing."""
        if mark.says in (Says.NO, Says.NO_AFTER, Says.NOTHING):
            return self._denying(mark, place)
        if mark.says is Says.NUMBER and mark.can(Says.FILLER):
            return Says.FILLER
        if mark.says is Says.STAGE and mark.can(Says.FILLER):
            return Says.FILLER
        if mark.says is Says.KIDNEY_VALUE:
            return Says.KIDNEY_VALUE
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
        for mark in self.marks[place + 1 :]:
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
            before.opened = True
            return
        if not self._has_finding(here) and before.denials and says is not Says.BUT:
            # "no, ..." stands alone
            self._settle_denials()
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
        figure = self._figure(place + 1)
        if figure is None:
            return None
        low, bound, end = figure
        if kidney and low <= self.words.rule("kidney value")["most"]:
            text = " ".join(part.text for part in self.marks[place:end])
            found = Finding(Says.KIDNEY_VALUE, "", text, len(self.clauses) - 1, place, value_low=low, bound=bound)
            self._find(found)
        elif not kidney and low < self.words.rule("slow pulse")["below"] and bound is not Says.ABOVE:
            text = " ".join(part.text for part in self.marks[place:end])
            self._find(Finding(Says.PULSE, "", text, len(self.clauses) - 1, place))
        else:
            return None
        return self._after_units(end)

    def _figure(self, place: int) -> tuple[float, Says | None, int] | None:
        """(lower end, bound, end) of the number that follows."""
        bound: Says | None = None
        while place < len(self.marks):
            mark = self.marks[place]
            if mark.number is not None:
                low, end = self._range_from(place)
                return low, bound, end
            if mark.says in (Says.ABOVE, Says.BELOW):
                bound = mark.says
            elif mark.text not in "=:(~" and not (
                mark.can(Says.FILLER) or mark.can(Says.WHEN) or mark.can(Says.TAG)
            ):
                return None
            place += 1
        return None

    def _range_from(self, place: int) -> tuple[float, int]:
        low = self.marks[place].number or 0.0
        if place + 2 < len(self.marks) and self.marks[place + 1].norm in self._range:
            second = self.marks[place + 2]
            if second.number is not None and not second.is_year:
                return min(low, second.number), place + 3
        return low, place + 1

    def _after_units(self, place: int) -> int:
        while place < len(self.marks) and (self.marks[place].can(Says.UNIT) or self.marks[place].text == ")"):
            place += 1
        return place

    def _date(self, place: int) -> int | None:
        """A year, alone or as the end of a date."""
        for end in (place + 1, place + 3, place + 5):
            span = self.marks[place:end]
            if (
                len(span) == end - place
                and span[-1].is_year
                and all(
                    mark.number is not None if number % 2 == 0 else mark.text in "/-."
                    for number, mark in enumerate(span)
                )
            ):
                self.done.details.append("".join(mark.text for mark in span))
                self._later.append((len(self.clauses) - 1, Says.WHEN, span[-1]))
                return end
        return None

    def _duration(self, place: int) -> int | None:
        """ "for 3 days", "two weeks"."""
        mark = self.marks[place]
        if not (mark.number is not None or mark.can(Says.NUMBER)) or place + 1 >= len(self.marks):
            return None
        low, end = (
            self._range_from(place) if mark.number is not None else (float(mark.value_as(Says.NUMBER)), place + 1)
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
        told, start = self._skip_stage_words(place)
        stages, end = self._stage_figures(start)
        if not stages:
            return self._no_such_stage(place, start) if told else None
        behind, after = self._skip_stage_words(end)
        explicit = told or behind or self.marks[start].norm.startswith("g")
        only_told = self.words.listed("only told as a stage")
        if not explicit and (self.marks[start].norm in only_told and self.marks[start].number is None):
            return None
        if not explicit and not self._right_behind_kidneys(place):
            return None
        end = self._skip_albumin(after if behind else end)
        text = " ".join(mark.text for mark in self.marks[place:end])
        self._stages.append((len(self.clauses) - 1, place, stages, self.marks[start].norm.startswith("g"), text))
        return end

    def _skip_stage_words(self, place: int) -> tuple[bool, int]:
        start = place
        while place < len(self.marks) and (
            self.marks[place].can(Says.STAGE_WORD) or (place > start and self.marks[place].text in ":.#")
        ):
            place += 1
        dotted = place < len(self.marks) and self.marks[place].text == "." and place == start
        if dotted and place + 1 < len(self.marks) and self.marks[place + 1].can(Says.STAGE_WORD):
            return True, place + 2
        return place > start, place

    def _stage_figures(self, place: int) -> tuple[list[str], int]:
        stages: list[str] = []
        while place < len(self.marks) and (stage := self.marks[place].stage):
            stages.append(stage)
            place += 1
            goes_on = place + 1 < len(self.marks) and self.marks[place].norm in self._range
            if not goes_on or not self.marks[place + 1].stage:
                break
            place += 1
        return stages, place

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

    def _skip_albumin(self, place: int) -> int:
        degrees = self.words.listed("albumin")
        for start in (place, place + 1):
            if start < len(self.marks) and self.marks[start].norm in degrees:
                return start + 1
        return place

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
                nearest.standing = Standing.DOUBTFUL
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
            if not mark.is_year:
                (self.done.details if says is Says.SEVERE else self.done.not_read).append(mark.text)
            return
        if not mark.is_year:
            self.done.details.append(mark.text)
        match says:
            case Says.SEVERE:
                targets[-1].severe = True
            case Says.ACUTE:
                for finding in targets:
                    finding.acute = True
            case Says.NO_AFTER:
                self._deny_after(targets[-1], mark)
            case Says.RESOLVED:
                self._restand(targets, Standing.PAST)
            case Says.FAMILY_AFTER:
                self._restand(targets, Standing.FAMILY)
            case Says.PLANNED:
                self._restand(targets, Standing.PLANNED)
            case _:
                for finding in targets:
                    finding.dated = True

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
