"""Every answer that somebody could have given to a question that was not put."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from magcheck.core.errors import InputError
from magcheck.core.fact_names import SCALE
from magcheck.knowledge.entries import AnswerForm

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from magcheck import Checker, Profile, Report
    from magcheck.questions.question import Ask
    from magcheck.questions.session import Session

_FACTS = {
    "person.age": "age",
    "kidney.egfr": "egfr",
    "labs.magnesium": "serum_magnesium",
    "amount_mg": "daily_magnesium",
    "dose_mg": "daily_magnesium",
}
_TIMES = (["08:00"], ["22:30"], ["03:00", "15:00"], ["07:00", "12:00", "19:00"])


def outcome(report: Report) -> tuple[str, str]:
    """The verdict, and how urgent it is."""
    urgent = [finding.urgency.value for finding in report.findings if finding.urgency and finding.counts]
    return report.verdict.value, min(urgent, default="")


class Answers:
    """Every answer that a question can have, or a fair part of them where there are too many."""

    def __init__(self, checker: Checker, dice: random.Random) -> None:
        self.checker = checker
        self.dice = dice
        keys = checker.program.keys
        self.names = sorted(name for name in keys if name in checker.book.vocabulary.substances)
        self.edges: dict[str, list[float]] = {}
        for clause in checker.program.clauses:
            for test in clause.tests:
                bounds = [b / SCALE for b in (test.low - 1, test.low, test.high, test.high + 1) if abs(b) < 10**12]
                self.edges.setdefault(test.fact, []).extend(bounds)

    def to(self, ask: Ask, session: Session) -> Iterator[Any]:  # noqa: C901 - one case for each kind
        entry = session.book.questions[_entry(ask.path)]
        match entry.answer:
            case AnswerForm.YES_OR_NO | AnswerForm.GATE:
                yield from (True, False)
            case AnswerForm.ONE_OF:
                yield from entry.options.values()
            case AnswerForm.ROUTE:
                yield from ("oral", "eye", "intravenous", "rectal")
            case AnswerForm.NUMBER | AnswerForm.MILLIGRAMS | AnswerForm.WHOLE_NUMBER:
                yield from self._numbers(ask, entry.range)
            case AnswerForm.MEASURED:
                unit = "mg/dL"
                low, high = session.book.questions[f"{ask.path}.{unit}"].range or (0, 1)
                for value in self._numbers(ask, (low, high)):
                    yield {"value": value, "unit": unit}
            case AnswerForm.CLOCK_TIMES:
                often = session.answers.get(ask.path.replace("times", "per_day"))
                yield from (times for times in _TIMES if often in (None, len(times)))
            case AnswerForm.COUNTRY:
                yield from ("US", "UK", "DE", "AU", "JP", "BR")
            case AnswerForm.WORDS:
                kind = ask.path.removesuffix("s")
                yield from ([word] for word in sorted(set(session.book.traits[kind].values())))
            case AnswerForm.ITEMS:
                picked = self.dice.sample(self.names, min(len(self.names), 8))
                yield from ([name] for name in (*picked, "baloxavir", "magnesium oxide", "magnesium drip"))
            case None:
                raise AssertionError(ask.path)

    def _numbers(self, ask: Ask, within: tuple[float, float] | None) -> Iterator[float]:
        low, high = within or (0, 1000)
        fact = _FACTS.get(ask.path, _FACTS.get(ask.path.rpartition(".")[2], ""))
        edges = sorted({edge for edge in self.edges.get(fact, []) if low <= edge <= high})
        whole = ask.path.endswith("per_day")
        found = edges if len(edges) < 15 else self.dice.sample(edges, 15)
        yield from (low, high, *found) if not whole else (1, 2, 24)


def _entry(path: str) -> str:
    """ "medications[0].route" as "medications.route"."""
    return re.sub(r"\[\d+\]", "", path)


def with_answers(session: Session, more: dict[str, Any]) -> Profile | None:
    """What the person would have told; None where nobody can have told that."""
    before = dict(session.answers)
    session.answers |= more
    try:
        profile = session.profile()
    finally:
        session.answers = before
    return profile


def checked(checker: Checker, profile: Profile) -> tuple[str, str] | None:
    """None for answers that contradict each other."""
    try:
        return outcome(checker.check(profile))
    except InputError:
        return None
