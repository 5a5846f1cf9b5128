"""What does a text say of each thing that it names? One walk over its marks; every mark leaves a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.condition_boxes import Boxes
from magcheck.reading.condition_figures import ConditionFigures
from magcheck.reading.condition_findings import Assertion, Collected, ConditionClause, Mention
from magcheck.reading.condition_headings import TAKES_AWAY, Headings
from magcheck.reading.condition_moments import Moments
from magcheck.reading.condition_scopes import Scopes
from magcheck.reading.condition_settling import COLONS, RESTANDS, Settling
from magcheck.reading.condition_stages import Stages
from magcheck.reading.condition_surroundings import FULL_STOPS, JOINTS, NAMED, Surroundings
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.reading.condition_stages import ToldStage
    from magcheck.terminology.condition_words import ConditionWords

_NEAR = 40
"""Marks; a denial that stands farther from a name does not belong to it."""
_UNKNOWN = frozenset({Says.UNREAD, Says.STAGE, Says.NUMBER, Says.KIDNEY_VALUE, Says.TIME, Says.BELOW, Says.ABOVE})
"""Where no number, stage or name made something of them."""
_COUNTS = frozenset({Says.NUMBER, Says.STAGE})
_OF_THE_CLAUSE = frozenset({*RESTANDS, Says.EFFORT, Says.SEVERE, Says.ACUTE, Says.NO_AFTER})


class Collector:
    """Walks once over the marks of a text."""

    def __init__(self, marks: Sequence[ConditionMark], words: ConditionWords) -> None:
        self.marks, self.words = marks, words
        self.done = Collected()
        self.clauses = [ConditionClause(None)]
        self._settling = Settling(marks, words, self.clauses, self.done)
        self._place = 0
        self._later: list[tuple[int, Says, int]] = []
        """(clause, what it says, place) of words that speak of the whole clause: "resolved"."""
        self._stages: list[tuple[int, int, ToldStage]] = []
        """(clause, place, stage)"""
        self.figures = ConditionFigures(marks, words)
        self.stages = Stages(marks, words, self.figures, self.done.findings)
        self.around = Surroundings(marks, words)
        self.headings = Headings(marks, self.around.names_each, words.listed("answers"))

    @property
    def clause(self) -> ConditionClause:
        return self.clauses[-1]

    def collected(self) -> Collected:
        while self._place < len(self.marks):
            if self._sentence_ends(self._place):
                self._next_sentence(self._place)
            self._place = self._step(self._place)
        self._settling.denials()
        scopes = Scopes(self.marks, self.words, self.clauses, self.done)
        scopes.doubt_denials()
        for clause, index, told in self._stages:
            self._settling.stage(clause, index, told)
        for clause, says, place in self._later:
            self._settling.clause(clause, says, place)
        scopes.doubt_denials()
        scopes.doubt_family()
        scopes.doubt_nothing()
        Boxes(self.marks, self.words, self.clauses, self.done).doubt()
        Moments(self.marks, self.words, self.clauses, self.done).settle()
        return self.done

    # --- one mark after the other

    def _step(self, index: int) -> int:
        """Read the mark at `index`; the place of the next one."""
        mark = self.marks[index]
        for reader in (
            self._heading,
            self._measured,
            self._creatinine,
            self._date,
            self._stage,
            self._duration,
            self._newer,
            self._healthy,
            self._ago,
        ):
            end = reader(index)
            if end:
                return end
        self._plain(mark, index)
        return index + 1

    def _heading(self, index: int) -> int | None:
        """ "Ruled out: asthma", "Mother:": what was named before it is not meant."""
        named = self._has_finding(len(self.clauses) - 1)
        if self.headings.parts(index) and named:
            self.clauses.append(ConditionClause(None, index))
        if self.headings.labels(index) and not named and self.clause.scope in TAKES_AWAY:
            self.clause.scope = Assertion.DOUBTFUL
        heading = self.headings.at(index)
        if heading is None:
            return None
        of_kin = heading.standing is Assertion.FAMILY
        if heading.either_way and self.done.findings:
            self.done.findings[-1].doubt()
        heard = of_kin or heading.either_way or self.headings.names_behind(index)
        (self.done.details if heard else self.done.not_read).append(self.marks[index].text)
        if heard:
            self.clause.scope = (
                self.around.of_a_relative(self.clause.start, self._place) if of_kin else heading.standing
            )
            self.clause.denied_at, self.clause.no_trouble = index, self.marks[index].says is Says.NO_TROUBLE
        return index + 1

    def _plain(self, mark: ConditionMark, index: int) -> None:
        says = self._said(mark, index)
        if says in NAMED or says is Says.ASKS:
            self._find(Mention(says, mark.value_as(says), mark.text, len(self.clauses) - 1, index))
        elif says is Says.NORMAL:
            self._normal(mark, index)
        elif says is Says.UNCLEAR:
            self.done.unclear += mark.value.split(" or ")
            self.done.not_read.append(mark.text)
        elif says in JOINTS:
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
        if says in (Says.NO, Says.NO_TROUBLE):
            clause.denials.append(self._place)
            clause.denied_at, clause.no_trouble = self._place, says is Says.NO_TROUBLE
            clause.scope = Assertion.DOUBTFUL if len(clause.denials) > 1 else Assertion.DENIED
            return
        if says in _OF_THE_CLAUSE:
            self._later.append((len(self.clauses) - 1, says, self._place))
            if says in (Says.SEVERE, Says.ACUTE):
                self._doubt_denial()
            return
        if says is Says.FAMILY:
            clause.scope = self.around.of_a_relative(self.clause.start, self._place)
        elif says is Says.KIN:
            self._kin()
        elif says is Says.HISTORY:
            clause.history = True
        if says is not Says.SIGN:
            self.done.details.append(mark.text)

    def _kin(self) -> None:
        """ "mother on dialysis", "dialysis (mother)"; "heart block like my father" is asked."""
        if not self._has_finding(len(self.clauses) - 1):
            self.clause.scope = self.around.of_a_relative(self.clause.start, self._place)
            return
        last = self.done.findings[-1]
        if last.standing is Assertion.PRESENT:
            last.standing = self.around.before_a_relative(last, self._place)

    def _said(self, mark: ConditionMark, index: int) -> Says:
        """What the mark says here: "none" before a name denies it, alone it says that there is nothing."""
        if mark.says is Says.NO_TROUBLE:
            return Says.NO_TROUBLE if self._finding_follows(index) else Says.UNREAD
        if mark.says in (Says.GOOD, Says.ORGAN, Says.TROUBLE):
            return Says.UNREAD
        if mark.says in (Says.NO, Says.NO_AFTER, Says.NOTHING) or self.around.is_short_no(index):
            return self._denying(mark, index)
        if mark.says in _COUNTS and mark.can(Says.FILLER):
            return Says.FILLER
        if mark.says is Says.ABOVE and mark.can(Says.SOON):
            return Says.SOON
        return mark.says

    def _denying(self, mark: ConditionMark, index: int) -> Says:
        if mark.can(Says.NO) and self._finding_follows(index):
            return Says.NO
        if self._has_finding(len(self.clauses) - 1):
            colon = index > 0 and self.marks[index - 1].text in COLONS
            if mark.can(Says.NO_AFTER) and not mark.can(Says.NOTHING):
                return Says.NO_AFTER
            if mark.can(Says.NO) or mark.can(Says.NO_AFTER) or self.around.is_short_no(index):
                return Says.NO_AFTER if colon else Says.UNREAD
        return Says.NOTHING if mark.can(Says.NOTHING) else mark.says

    def _finding_follows(self, index: int) -> bool:
        of_a_relative = self.clause.scope is Assertion.FAMILY and self._has_finding(len(self.clauses) - 1)
        for place, named in enumerate(self.around.named[index + 1 : index + _NEAR], index + 1):
            if of_a_relative and self.around.ends_a_relative(self.marks[place]):
                return False
            if named is not None:
                return named
        return False

    def _unread(self, mark: ConditionMark, index: int) -> None:
        group = self.around.group(mark)
        if group in self.words.listed("elsewhere too") and self.around.is_beside_a_site(index):
            group = None  # "block in my shoulder"
        if group:
            self._find(Mention(Says.ASKS, group, mark.text, len(self.clauses) - 1, index))
            return
        if self.clause.denials and not self._has_finding(len(self.clauses) - 1):
            # "no improvement of ...": the denial belongs to a word that is not known
            self.done.not_read += [self.marks[place].text for place in self.clause.denials]
            self.clause.denials, self.clause.scope = [], None
        self.done.not_read.append(mark.text)
        self._second_value(mark, index)

    def _second_value(self, mark: ConditionMark, index: int) -> None:
        """ "eGFR 60 last year now 20": the lower figure is asked."""
        values = [found.value_low for found in self.done.findings if found.says is Says.KIDNEY_VALUE]
        lowest = min((value for value in values if value is not None), default=None)
        if lowest is not None and mark.number is not None and mark.number < lowest:
            self._find(Mention(Says.ASKS, "kidney value", mark.text, len(self.clauses) - 1, index))

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
        if self.done.stands_once(finding.clause, finding.standing):
            finding.standing = Assertion.DOUBTFUL  # "no A B": whether B is denied too, nobody can tell
        if finding.standing is Assertion.DENIED:
            self._reach(finding)
        if clause.history and finding.standing is Assertion.PRESENT:
            finding.standing = Assertion.PAST
        self.done.findings.append(finding)
        if clause.denials:
            self.done.details += [self.marks[place].text for place in clause.denials]
            clause.denials = []
        if finding.says is Says.GOAL:
            finding.standing = Assertion.PRESENT

    def _reach(self, finding: Mention) -> None:
        """An organ or a complaint that is missing is no denial of an illness."""
        finding.denied_at = self.clause.denied_at
        if self.clause.no_trouble:
            complaint = finding.says is Says.SYMPTOM or self.marks[finding.place].can(Says.ORGAN)
            finding.standing = Assertion.DENIED if complaint else Assertion.DOUBTFUL
        elif self.around.asks_when_denied(finding):
            finding.standing = Assertion.PRESENT

    def _healthy(self, index: int) -> int | None:
        """ "my kidneys are fine", and nothing behind it."""
        end = self.around.healthy_until(index)
        if end is None or self.clause.scope or self.clause.history:
            return None
        text = " ".join(mark.text for mark in self.marks[index:end])
        group = self.words.group_of(self.marks[index].norm) or ""
        finding = Mention(Says.ASKS, group, text, len(self.clauses) - 1, index, standing=Assertion.DENIED)
        self.done.findings.append(finding)
        return end

    def _normal(self, mark: ConditionMark, index: int) -> None:
        """ "normal kidney function"; not normal, or with more words behind it, it asks."""
        finding = Mention(Says.ASKS, mark.value, mark.text, len(self.clauses) - 1, index)
        self._find(finding)
        finding.denied_at = None
        goes_on = mark.value in self.words.listed("unless alone") and not self.around.ends(index + 1)
        flipped = goes_on or finding.standing in (Assertion.DENIED, Assertion.DOUBTFUL)
        finding.standing = Assertion.PRESENT if flipped else Assertion.DENIED

    def _has_finding(self, clause: int) -> bool:
        return any(finding.clause == clause for finding in self.done.findings)

    # --- sentences and joints

    def _sentence_ends(self, index: int) -> bool:
        """A full stop, a new line; behind a relative's illness any sign, and words of the person's own."""
        mark = self.marks[index]
        if not index or self.headings.carries_on(index):
            return False
        if mark.text in FULL_STOPS or mark.new_line:
            return True
        if self.clause.scope is not Assertion.FAMILY or not self._has_finding(len(self.clauses) - 1):
            return False
        return self.around.ends_a_relative(mark)

    def _next_sentence(self, index: int) -> None:
        before = self.clause
        if before.denials and not self._has_finding(len(self.clauses) - 1):
            self._settling.denials()
        scope = Assertion.DOUBTFUL if self.headings.is_under(index) else None
        self.clauses.append(ConditionClause(None, index, scope))

    def _join(self, says: Says, mark: ConditionMark) -> None:
        before, named = self.clause, self._has_finding(len(self.clauses) - 1)
        self.done.details.append(mark.text)
        if says is Says.WITH and not named:
            return
        if before.denials and not named:
            self._settling.denials()  # "no, ..." stands alone
            before.scope = None
        self.clauses.append(self.around.clause_behind(says, before, self._place))

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

    def _newer(self, index: int) -> int | None:
        """ "eGFR 60 -> 25", "eGFR 60, now 25": a second kidney value."""
        last = self.done.findings[-1] if self.done.findings else None
        if last is None or last.says is not Says.KIDNEY_VALUE or last.value_low is None:
            return None
        place = self.figures.newer(index)
        if place is None:
            return None
        low, end = self.figures.range_from(place)
        behind = self.figures.after_units(end)
        if low > self.words.rule("kidney value")["most"] or not self.around.ends(behind):
            return None
        text = " ".join(mark.text for mark in self.marks[index:end])
        self._find(Mention(Says.KIDNEY_VALUE, "", text, len(self.clauses) - 1, place, value_low=low))
        return behind

    def _creatinine(self, index: int) -> int | None:
        """ "creatinine 0.8 mg/dL": it belongs into its own field; a high one counts meanwhile."""
        group, end = self.figures.creatinine(index) if self.around.is_creatinine(index) else ("", 0)
        if group:
            text = " ".join(part.text for part in self.marks[index:end])
            self._find(Mention(Says.ASKS, group, text, len(self.clauses) - 1, index))
        return end or None

    def _date(self, index: int) -> int | None:
        """A year, alone or as the end of a date; the day of an operation."""
        end = self.figures.date(index) or (self.figures.day(index) if self.around.has_operation else None)
        if end:
            self.done.details.append("".join(mark.text for mark in self.marks[index:end]))
        if end and self.marks[end - 1].ends_a_date:
            self._later.append((len(self.clauses) - 1, Says.WHEN, end - 1))
        return end

    def _duration(self, index: int) -> int | None:
        """ "for 3 days", "two weeks"."""
        days, end = self.figures.duration(index)
        if not end:
            return None
        self.done.details.append(" ".join(part.text for part in self.marks[index:end]))
        last = self._settling.targets(len(self.clauses) - 1)
        if last:
            last[-1].days = max(last[-1].days, int(days))
        return end

    def _ago(self, index: int) -> int | None:
        """ "10 years ago", "last year": what passes is over since long."""
        mark = self.marks[index]
        counted = mark.number is not None and index + 1 < len(self.marks)
        end = index + 1 if counted else index
        if not self.marks[end].can(Says.LONG_AGO):
            return None
        self.done.details.append(" ".join(part.text for part in self.marks[index : end + 1]))
        here = len(self.clauses) - 1
        if not self._has_finding(here):
            self.clause.history = True
            return end + 1
        last = self.done.findings[-1]
        once = self.words.listed("once")
        bare = all(part.norm in once or part.says is Says.SIGN for part in self.marks[last.place + 1 : index])
        last.long_ago |= bare and last.standing is Assertion.PRESENT
        return end + 1

    def _stage(self, index: int) -> int | None:
        told = self.stages.at(index)
        if told is None:
            return None
        self._stages.append((len(self.clauses) - 1, index, told))
        return told.end
