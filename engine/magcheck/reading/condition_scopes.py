"""How far do a denial, a relative and "nothing" reach? What is not certain is counted, and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.condition_findings import Assertion, WalkedText
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.condition_findings import Mention
    from magcheck.reading.condition_marks import ConditionMark

_NAMED = (Says.CONDITION, Says.SYMPTOM, Says.NO_PAGE, Says.PREGNANCY, Says.PROCEDURE, Says.CODE, Says.ASKS)
_NEAR = 5
"""Marks; a relative that stands farther behind an organ does not give it."""
_DASHES = frozenset({"-", "\u2013", "\u2014"})
_TURNS = (Says.SEVERE, Says.ACUTE, Says.POSSIBLE)
_TURNS_BEFORE = (Says.RESOLVED, Says.NO, Says.NO_AFTER, Says.NO_TROUBLE, Says.POSSIBLE, Says.UNREAD)


class Scopes(WalkedText):
    """Looks at one text whose marks were all read once."""

    def doubt_denials(self) -> None:
        for finding in self.done.findings:
            denied = finding.standing is Assertion.DENIED and finding.denied_at is not None
            if denied and not self._governs(finding):
                finding.standing = Assertion.DOUBTFUL

    def doubt_family(self) -> None:
        """ "father had CKD and now I have it"."""
        for finding in self.done.findings:
            if finding.standing is not Assertion.FAMILY:
                continue
            if self._own_too(finding) or self._is_given(finding) or self._is_for(finding):
                finding.standing = Assertion.DOUBTFUL

    def doubt_nothing(self) -> None:
        """ "nothing in my legs", "no feeling left leg": of what, nobody can tell."""
        if not self.done.nothing:
            return
        for number in range(len(self.clauses)):
            marks = self.of_clause(number)
            if any(mark.can(Says.NOTHING) for mark in marks) and not all(map(self._beside_nothing, marks)):
                self.done.not_read += self.done.nothing
                self.done.nothing = []
                return

    def _beside_nothing(self, mark: ConditionMark) -> bool:
        """ "nothing serious", "none since 2020" and "nothing in my legs" leave something."""
        if mark.can(Says.NEUTRAL) or mark.can(Says.NOTHING) or mark.can(Says.TROUBLE):
            return True
        if mark.ends_a_date or mark.can(Says.LONG_AGO) or mark.can(Says.SITE):
            return False
        degree = mark.says is Says.SEVERE and mark.norm not in self.words.listed("only more")
        return not degree and mark.says is not Says.FILLER

    def _governs(self, finding: Mention) -> bool:
        """Does the denial reach the illness, and does nothing near it turn the denial?"""
        between = self.marks[(finding.denied_at or 0) + 1 : finding.place]
        start = (finding.denied_at or 0) < finding.place
        if not start:
            between = self.marks[finding.place + 1 : finding.denied_at]
        behind = self.marks[max(finding.place, finding.denied_at or 0) + 1 : self.end_of(finding.clause)]
        if not start and len(between) == 1 and between[0].text == "?":
            between = ()  # "CKD? No."
        inert = not self._turned_before(finding) and all(
            _turns_nothing(mark, finding) for mark in (*between, *behind)
        )
        complaint = any(mark.can(Says.TROUBLE) for mark in between)
        if start and between and between[0].text in _DASHES and between[0].apart:
            return False  # "no - on dialysis" answers something else
        return inert and not complaint and not self._turned_later(finding.clause)

    def _turned_before(self, finding: Mention) -> bool:
        """ "no longer no CKD", "cannot live without dialysis", "probably no CKD"."""
        denied_at = finding.denied_at or 0
        before = self.marks[self.clauses[finding.clause].start : denied_at] if denied_at < finding.place else ()
        turned = False
        for mark in before:
            turned = mark.text != ":" and (turned or mark.says in _TURNS_BEFORE)
        return turned

    def _turned_later(self, clause: int) -> bool:
        """ "no mild CKD but severe", "no CKD, I think"."""
        for number in range(clause + 1, len(self.clauses)):
            after = self.clauses[number]
            if after.joint is None or any(finding.clause == number for finding in self.done.findings):
                return False
            marks = self.of_clause(number)
            of_kin = any(mark.can(Says.KIN) for mark in marks) and not any(mark.can(Says.OWN) for mark in marks)
            if not of_kin and (after.joint is Says.BUT or any(mark.says in _TURNS for mark in marks)):
                return True
        return False

    def _own_too(self, finding: Mention) -> bool:
        return any(
            mark.can(Says.OWN) or mark.can(Says.SHARED)
            for number in self._clauses_of(finding)
            for mark in self.of_clause(number)
        )

    def _is_given(self, finding: Mention) -> bool:
        """ "my brother's kidney", "the kidney of my brother": it may be in the person."""
        place = finding.place
        beside = self.marks[max(place - 1, 0) : place + _NEAR]
        return self.marks[place].can(Says.GIVEN) and any(mark.can(Says.KIN) for mark in beside)

    def _is_for(self, finding: Mention) -> bool:
        """ "for my husband: kidney failure": it is he who takes it."""
        marks = self.of_clause(finding.clause)
        places = [place for place, mark in enumerate(marks) if mark.can(Says.KIN)]
        return any(_is_led_by(marks[:place], Says.FOR_WHOM) for place in places)

    def _clauses_of(self, finding: Mention) -> Iterator[int]:
        """Its clause, and those around it that name nothing of their own."""
        named = {found.clause for found in self.done.findings}
        yield finding.clause
        if self.clauses[finding.clause].joint is Says.AND and finding.clause - 1 not in named:
            yield finding.clause - 1
        for number in range(finding.clause + 1, len(self.clauses)):
            marks = self.of_clause(number)
            if number in named or (marks and marks[-1].text == ":"):
                return  # "Me:" speaks of what follows
            yield number


def _is_led_by(marks: Sequence[ConditionMark], says: Says) -> bool:
    """Does such a word stand before the end of `marks`, and nothing that matters behind it?"""
    for mark in reversed(marks):
        if mark.can(says):
            return True
        if not mark.can(Says.NEUTRAL):
            return False
    return False


def _turns_nothing(mark: ConditionMark, finding: Mention) -> bool:
    if mark.text == "?":
        return False
    if mark.says in (Says.SIGN, Says.TAG, *_NAMED) or mark.text == "=":
        return True
    if mark.can(Says.NEUTRAL) or mark.can(Says.TROUBLE):
        return True
    return finding.says is Says.SYMPTOM and mark.can(Says.SITE)
