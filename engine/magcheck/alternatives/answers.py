"""What would the verdict be with an answer that is missing? For numbers, by bands with the bounds of the pages."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from magcheck.alternatives.candidate import Candidate, range_in_words
from magcheck.core.fact_names import SCALE
from magcheck.inference.program import Outcome
from magcheck.knowledge.condition_words import NO_BOUNDS, FigureRange, bounds
from magcheck.knowledge.entries import reason
from magcheck.missing.missing import verdict_with
from magcheck.missing.possible_answers import replies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.findings import Evaluation
    from magcheck.missing.possible_answers import PossibleAnswer, PossibleAnswers
    from magcheck.profile import Profile
    from magcheck.report import Missing

_KIDNEY = "kidney.egfr"
_ITEM_FIELD = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


def answers(profile: Profile, evaluation: Evaluation, missing: Iterable[Missing]) -> Iterator[list[Candidate]]:
    """For each question that is open, all its answers."""
    fields = dict.fromkeys([*(gap.field for gap in missing), *_kidney(evaluation)])
    for field in fields:
        words = evaluation.book.wording.what_would_change.answers
        if field in words or field.rpartition(".")[2] in words:
            yield _candidates(field, replies(field, profile, evaluation), evaluation)


def _kidney(evaluation: Evaluation) -> Iterator[str]:
    """A page that fired because the kidney value is not known."""
    for _, clause, _ in evaluation.holding(Outcome.FIRES):
        if evaluation.situation.kidney.reading is None and any(
            test.fact == "kidney_value:unknown" for test in clause.tests
        ):
            yield _KIDNEY


def _candidates(field: str, asked: PossibleAnswers, evaluation: Evaluation) -> list[Candidate]:
    """Neighbouring bands of a number with the same verdict are one candidate."""
    judged = [(answer, verdict_with(answer, evaluation)) for answer in asked.in_order()]
    by_verdict = groupby(judged, lambda pair: pair[1])
    merged = [[answer for answer, _ in same] for verdict, same in by_verdict if verdict]
    if asked.scale is None:
        merged = [[answer] for same in merged for answer in same]
    return [_candidate(field, same[0], _span(same, asked), evaluation) for same in merged]


def _span(same: list[PossibleAnswer], asked: PossibleAnswers) -> FigureRange:
    """From the first to the last band; without a bound where the question has none."""
    first, last = same[0].band, same[-1].band
    if first is None or last is None or asked.scale is None:
        return NO_BOUNDS
    lowest, highest = (round(end * SCALE) if asked.scale.whole else None for end in asked.scale.range)
    return bounds(
        None if first.low == lowest else first.low,
        None if last.high == highest else last.high,
    )


def _candidate(field: str, answer: PossibleAnswer, span: FigureRange, evaluation: Evaluation) -> Candidate:
    words = evaluation.book.wording.what_would_change
    form = words.answers.get(field) or words.answers[field.rpartition(".")[2]]
    items = tuple(_items(field, evaluation))
    sentence = reason(
        form,
        answer=range_in_words(span, words) or _in_words(answer.value, words.values),
        item=items[0].told if items else "",
    )
    value = answer.value if isinstance(answer.value, bool | float | int) else str(answer.value)
    unit = evaluation.book.questions[re.sub(r"\[\d+\]", "", field)].unit
    return Candidate("answer", answer.profile, sentence, words, field, value, unit, items, span)


def _in_words(value: float | str | bool, values: dict[str, str]) -> str:  # noqa: FBT001 - an answer
    word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return values.get(word, word)


def _items(field: str, evaluation: Evaluation) -> Iterator[RecognisedItem]:
    """The item that the field is of; none where it is of the person."""
    match = _ITEM_FIELD.fullmatch(field)
    for item in evaluation.situation.taken:
        if match and (item.list, str(item.index)) == (match[1], match[2]):
            yield item
