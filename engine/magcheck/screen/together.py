"""What do many rows become? What each of them becomes alone, with fewer calls of the engine."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from magcheck.checker import Checker
from magcheck.core.memory import keep_what_is_loaded
from magcheck.screen.row import Kind, answer, document_of, person_of, row_of, said_briefly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.facts.situation import Situation
    from magcheck.report import NotChecked
    from magcheck.screen.row import Row, RowOptions

MOST_FACTS = 300
"""Of one call of the engine: about 45 people. More would hardly be faster, and take more memory."""


Numbered = tuple[int, object]
"""The number of a row, and what is told in it."""


class Job(NamedTuple):
    """What every process is told when it starts."""

    rules: str | None
    only_rules: str | None
    asked: RowOptions
    digest: str
    """Of the rules."""


def screener_of(job: Job) -> Screener:
    """For a process that does nothing else: the rules stay, and are not looked through again for what can go."""
    made = Screener(Checker(job.rules, only_rules=job.only_rules), job.asked)
    keep_what_is_loaded()
    return made


class Screener:
    """What one process needs for row after row."""

    def __init__(self, checker: Checker, asked: RowOptions) -> None:
        self.checker = checker
        self._asked = asked

    def rows(self, told: Sequence[Numbered]) -> list[Row]:
        """As `row_of` makes each: what does not work together is done again, row by row."""
        quick = {} if self._asked.kind is Kind.FULL else self._together(told)
        return [
            quick.get(place) or row_of(number, row, self.checker, self._asked)
            for place, (number, row) in enumerate(told)
        ]

    def _together(self, told: Sequence[Numbered]) -> dict[int, Row]:
        rows: dict[int, Row] = {}
        for group in _groups(self._seen(told)):
            with suppress(Exception):
                rows |= self._answered(group)
        return rows

    def _answered(self, group: Sequence[_Seen]) -> dict[int, Row]:
        evaluations = self.checker.evaluations([person.situation for person in group])
        return {
            person.place: answer(person.number, said_briefly(evaluation, person.strange, self._asked.kind))
            for person, evaluation in zip(group, evaluations, strict=True)
        }

    def _seen(self, told: Sequence[Numbered]) -> Iterator[_Seen]:
        """Those who can be checked; why another one cannot is said by `row_of`."""
        for place, (number, row) in enumerate(told):
            with suppress(Exception):
                person = person_of(document_of(row), self.checker, self._asked.today)
                seen = self.checker.seen(person.profile)
                yield _Seen(place, number, seen.situation, (*seen.strange, *person.not_read))


class _Seen(NamedTuple):
    place: int
    """Among the rows that were told."""
    number: int
    situation: Situation
    strange: tuple[NotChecked, ...]
    """Values that are hardly true, and what of the document was not read."""


def _groups(people: Iterable[_Seen]) -> Iterator[list[_Seen]]:
    group, size = list[_Seen](), 0
    for person in people:
        group.append(person)
        size += len(person.situation.facts)
        if size >= MOST_FACTS:
            yield group
            group, size = [], 0
    if group:
        yield group
