"""What would the verdict be with an answer that is missing? For numbers, by bands with the bounds of the pages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from magcheck.alternatives.candidate import Candidate, range_in_words
from magcheck.core.fact_names import SCALE
from magcheck.inference.program import Outcome
from magcheck.knowledge.condition_words import NO_BOUNDS, FigureRange, bounds
from magcheck.knowledge.placeholders import fill
from magcheck.missing.missing import verdict_with
from magcheck.missing.possible_answers import possible_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.missing.shapes import PossibleAnswer, PossibleAnswers
    from magcheck.profile import Profile
    from magcheck.report import Missing

_KIDNEY = "kidney.egfr"
_PLACE = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


def answers(profile: Profile, evaluation: Evaluation, missing: Iterable[Missing]) -> Iterator[list[Candidate]]:
    """For each question that is open, all its answers."""
    fields = dict.fromkeys([*(gap.field for gap in missing), *_kidney(evaluation)])
    for field in fields:
        words = evaluation.book.wording.what_would_change.answers
        if field in words or field.rpartition(".")[2] in words:
            yield _candidates(field, possible_answers(field, profile, evaluation), evaluation)


def _kidney(evaluation: Evaluation) -> Iterator[str]:
    """A page that fired because the kidney value is not known."""
    for _, clause, _ in evaluation.holding(Outcome.FIRES):
        if evaluation.situation.kidney.reading is None and any(
            t.fact == "kidney_value:unknown" for t in clause.tests
        ):
            yield _KIDNEY


def _candidates(field: str, asked: PossibleAnswers, evaluation: Evaluation) -> list[Candidate]:
    judged = [(reply, verdict_with(reply, evaluation)) for reply in asked.in_order()]
    merged = [
        (verdict, [reply for reply, _ in same])
        for verdict, same in groupby(judged, lambda reply_and_verdict: reply_and_verdict[1])
        if verdict
    ]
    if asked.numbers is None:
        merged = [(verdict, [reply]) for verdict, same in merged for reply in same]
    return [
        replace(_candidate(field, same[0], _span(same, asked), evaluation), expected=verdict)
        for verdict, same in merged
    ]


def _span(same: list[PossibleAnswer], asked: PossibleAnswers) -> FigureRange:
    """From the first to the last band; without a bound where the question has none."""
    first, last = same[0].band, same[-1].band
    if first is None or last is None or asked.numbers is None:
        return NO_BOUNDS
    lowest, highest = (round(end * SCALE) if asked.numbers.whole else None for end in asked.numbers.range)
    return bounds(
        None if first.low == lowest else first.low,
        None if last.high == highest else last.high,
    )


def _candidate(field: str, reply: PossibleAnswer, span: FigureRange, evaluation: Evaluation) -> Candidate:
    words = evaluation.book.wording.what_would_change
    sentence = words.answers.get(field) or words.answers[field.rpartition(".")[2]]
    taken = tuple(_items(field, evaluation))
    change = fill(
        sentence,
        answer=range_in_words(span, words) or _in_words(reply.value, words.values),
        item=taken[0].told if taken else "",
    )
    value = reply.value if isinstance(reply.value, bool | float | int) else str(reply.value)
    unit = evaluation.book.questions[re.sub(r"\[\d+\]", "", field)].unit
    return Candidate("answer", reply.profile, change, words, field, value, unit, taken, span)


def _in_words(value: float | str | bool, values: dict[str, str]) -> str:  # noqa: FBT001 - an answer
    word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return values.get(word, word)


def _items(field: str, evaluation: Evaluation) -> Iterator[RecognisedItem]:
    match = _PLACE.fullmatch(field)
    for taken in evaluation.situation.taken:
        if match and (taken.list, str(taken.index)) == (match[1], match[2]):
            yield taken
