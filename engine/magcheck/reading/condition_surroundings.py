"""What stands beside a place of a text about an illness? Looking only; nothing is settled here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.reading.condition_findings import Assertion, ConditionClause
from magcheck.reading.condition_marks import names_an_operation
from magcheck.terminology.condition_words import Says
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_findings import Mention
    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.terminology.condition_words import ConditionWords

FULL_STOPS = frozenset({".", "!"})
JOINTS = frozenset({Says.COMMA, Says.AND, Says.WITH, Says.OR, Says.BUT})
NAMED = frozenset(
    {Says.CONDITION, Says.SYMPTOM, Says.GOAL, Says.NO_PAGE, Says.PREGNANCY, Says.PROCEDURE, Says.CODE}
)


_ANSWERED_BEHIND = frozenset({":", "-", "="})
"""Signs behind "kidneys", before "fine"."""
_KEEP = frozenset({":", ")", "]", "=", "?", "'", '"', "%"})
"""Signs behind a relative's illness that end nothing."""


class Surroundings:
    """The marks of a text, and their neighbours."""

    def __init__(self, marks: Sequence[ConditionMark], words: ConditionWords) -> None:
        self.marks, self.words = marks, words

    def ends(self, index: int) -> bool:
        """Does nothing follow in this clause?"""
        after = self.marks[index] if index < len(self.marks) else None
        return after is None or after.new_line or after.says in (*JOINTS, Says.SIGN, Says.TAG)

    def is_short_no(self, index: int) -> bool:
        """The "N" of "CKD: N; asthma: Y"."""
        short = self.marks[index].norm in self.words.listed("short no")
        return short and index > 0 and self.marks[index - 1].text == ":" and self.ends(index + 1)

    @cached_property
    def has_operation(self) -> bool:
        return any(names_an_operation(mark, self.words) for mark in self.marks)

    @cached_property
    def named(self) -> tuple[bool | None, ...]:
        """Of each mark: does it name what may be denied (True), or end what a denial speaks of (False)?"""
        return tuple(map(self._is_named, self.marks))

    def _is_named(self, mark: ConditionMark) -> bool | None:
        if (mark.says in JOINTS and mark.says is not Says.WITH) or mark.text in FULL_STOPS or mark.new_line:
            return False
        return self.names(mark) or None

    @cached_property
    def names_each(self) -> tuple[bool, ...]:
        return tuple(map(self.names, self.marks))

    def names(self, mark: ConditionMark) -> bool:
        return mark.says in NAMED or mark.says in (Says.ASKS, Says.NORMAL) or bool(self.group(mark))

    def group(self, mark: ConditionMark) -> str | None:
        """The group of illnesses whose stem an unknown word carries."""
        unknown = mark.says in (Says.UNREAD, Says.KIDNEY_VALUE, Says.ORGAN)
        return self.words.group_of(mark.norm) if unknown else None

    def is_bare(self, name: int, other: int) -> bool:
        """ "heart block (mother)": nothing that matters stands between them, and nothing behind."""
        between = self.marks[name + 1 : other]
        return self.ends(other + 1) and all(mark.can(Says.NEUTRAL) or mark.says is Says.SIGN for mark in between)

    def before_a_relative(self, finding: Mention, place: int) -> Assertion:
        """ "pregnant (daughter)", "new kidney (mother)" may be the person; "breastfeeding my daughter" is.

        A "pregnant wife" is not.
        """
        if finding.says is Says.PREGNANCY and finding.value in self.words.listed("of children"):
            return Assertion.PRESENT
        beside = place == finding.place + 1
        shared = finding.value in self.words.listed("given") or (finding.says is Says.PREGNANCY and not beside)
        bare = self.is_bare(finding.place, place)
        return Assertion.FAMILY if bare and not shared else Assertion.DOUBTFUL

    def of_a_relative(self, start: int, place: int) -> Assertion:
        """ "38-year-old mother with CKD" may be the person."""
        aged = any(mark.text[0].isdigit() for mark in self.marks[start:place])
        return Assertion.DOUBTFUL if aged else Assertion.FAMILY

    @staticmethod
    def ends_a_relative(mark: ConditionMark) -> bool:
        return mark.can(Says.OWN) or (mark.says is Says.SIGN and mark.text not in _KEEP)

    def healthy_until(self, index: int) -> int | None:
        """The end of "my kidneys are fine", behind which nothing stands."""
        end = index + 1
        if not self.marks[index].can(Says.ORGAN):
            return None
        while end < len(self.marks) and self._may_stand_before_good(self.marks[end]):
            end += 1
        good = end < len(self.marks) and self.marks[end].can(Says.GOOD)
        return end + 1 if good and self.ends(end + 1) else None

    @staticmethod
    def _may_stand_before_good(mark: ConditionMark) -> bool:
        return mark.text in _ANSWERED_BEHIND or (mark.can(Says.NEUTRAL) and not mark.can(Says.GOOD))

    def asks_when_denied(self, finding: Mention) -> bool:
        """ "no kidneys", "keine Nierenleistung": no denial of an illness; "no kidney problems" is one."""
        mark = self.marks[finding.place]
        if not mark.can(Says.ORGAN):
            return finding.says is Says.ASKS and not (mark.can(Says.ASKS) or mark.can(Says.NORMAL))
        behind = self.marks[finding.place + 1 : finding.place + 3]
        if behind and behind[0].can(Says.TROUBLE):
            return False
        shared = len(behind) > 1 and behind[0].says is Says.OR and behind[1].norm.split()[-1] in self._trouble
        return not shared  # "no kidney or liver disease"

    @cached_property
    def _trouble(self) -> frozenset[str]:
        return frozenset(normal(word) for word in self.words.union("trouble"))

    def is_beside_a_site(self, index: int) -> bool:
        for step in (1, -1):
            place = index + step
            while 0 <= place < len(self.marks) and _changes_nothing(self.marks[place]):
                place += step
            if 0 <= place < len(self.marks) and self.marks[place].can(Says.SITE):
                return True
        return False

    def is_creatinine(self, index: int) -> bool:
        """ "creatinine", "S-Kreatinin", and no "creatinine clearance", which is a kidney value."""
        mark = self.marks[index]
        return not mark.can(Says.KIDNEY_VALUE) and any(
            word.startswith(("creatinin", "kreatinin", "créatinin")) or word in ("creat", "scr")
            for word in mark.norm.split()
        )

    def clause_behind(self, says: Says, before: ConditionClause, place: int) -> ConditionClause:
        """The clause that the joint at `place` begins, and what of the clause before reaches into it."""
        after = ConditionClause(says, place, denied_at=place, no_trouble=before.no_trouble)
        slash = says is Says.OR and self.marks[place].can(Says.SIGN) and before.scope is Assertion.FAMILY
        denied_list = says is Says.COMMA and before.scope is Assertion.DENIED and self.list_goes_on(place)
        if slash:
            after.scope = Assertion.DOUBTFUL
        elif says is Says.OR or denied_list:
            after.scope, after.history = before.scope, before.history
        elif says is Says.AND and before.scope in (Assertion.DENIED, Assertion.FAMILY, Assertion.DOUBTFUL):
            after.scope = Assertion.DOUBTFUL
        if says is Says.AND:
            after.history = before.history
        return after

    def list_goes_on(self, index: int) -> bool:
        """ "no A, B or C": every name stands bare behind its comma, and "or" ends the list."""
        bare = True
        for mark in self.marks[index + 1 :]:
            if mark.says is Says.OR:
                return True
            if mark.says is Says.COMMA:
                bare = True
            elif mark.says in NAMED or mark.says is Says.ASKS:
                if not bare:
                    return False
                bare = False
            elif mark.says is not Says.SIGN or mark.text in FULL_STOPS:
                return False
        return False


def _changes_nothing(mark: ConditionMark) -> bool:
    return not mark.can(Says.SITE) and (mark.can(Says.NEUTRAL) or mark.says is Says.FILLER)
