"""What is known of the facts that one line asks for, and where does each come from?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import BEYOND, CHOICES, FLAGS, QUANTITIES, ROUTES, SCALE
from magcheck.explain.explanation import Known
from magcheck.facts.flat import UNKNOWN
from magcheck.inference.compile import is_magnesium, ways
from magcheck.knowledge.conditions import Between, Choice, Flag, HasTrait, Taking
from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Fact
    from magcheck.knowledge.conditions import Condition
    from magcheck.knowledge.wording.reasons import KnownWords
    from magcheck.knowledge.wording.wording import Wording


def known_of(condition: Condition, fact: Fact, evaluation: Evaluation, *, is_there: bool) -> Iterator[Known]:
    """`is_there`: the medicine or condition that the page is about is there at all."""
    match condition:
        case Taking(elsewhere=True):
            yield from _elsewhere(condition, evaluation)
        case Taking():
            yield from _of_item(condition, fact, evaluation, is_there=is_there)
        case HasTrait(kind, _):
            trait = evaluation.situation.traits[fact.trait] if fact.trait is not None else None
            wording = evaluation.book.wording
            if trait:
                yield Known(name=f"{kind}s", value=trait.input, origin=wording.facts.origins.given)
            else:
                yield _not_told(f"{kind}s", wording.explanation.known)
        case _:
            yield _value(condition, fact, evaluation)


def _value(condition: Condition, fact: Fact, evaluation: Evaluation) -> Known:
    """A number, a yes or no, or a choice."""
    words = evaluation.book.wording.explanation.known
    names = [test.fact for way in ways(condition, evaluation.book.terms) for test in way]
    known = evaluation.situation.known
    used = next((known[name] for name in names if name in known), None)
    lowest, highest = fact.values.get(names[0], UNKNOWN)
    if names[0] == QUANTITIES["daily magnesium"].fact:
        return _daily_magnesium(lowest, highest, evaluation)
    if used:
        return Known(name=used.name, value=used.value, unit=used.unit, origin=used.origin)
    field = _field(condition)
    if field == QUANTITIES["amount a day"].settled_by and lowest == highest:
        return Known(name=field, value=lowest / SCALE, unit="mg", origin=words.of_the_day)
    if names[0].startswith("kidney_value:"):
        reading = evaluation.situation.kidney.reading
        if reading:
            return Known(name=field, value=round(reading.egfr, 1), origin=reading.origin)
    return _not_told(field, words)


def _not_told(field: str, words: KnownWords) -> Known:
    return Known(name=field, value=None, origin=words.not_told)


def _field(condition: Condition) -> str:
    """The field of the profile that tells it."""
    match condition:
        case Between(quantity, _, _):
            return QUANTITIES[quantity].settled_by
        case Flag(word, _):
            return FLAGS[word][1]
        case Choice(word, _):
            return CHOICES[word][1]
        case _:
            return ""


def _daily_magnesium(lowest: int, highest: int, evaluation: Evaluation) -> Known:
    """The sum, and how each part of it was found."""
    words = evaluation.book.wording.explanation.known
    parts = "; ".join(part.how for part in evaluation.situation.dose)
    known = highest < BEYOND and lowest == highest
    least = lowest / SCALE
    at_least = fill(words.at_least, amount=f"{least:g}") if lowest else None
    origin = fill(words.added_up, parts=parts) if parts else words.not_told
    value = round(least, 1) if known else at_least
    return Known(name="dose.elemental_mg_per_day", value=value, unit="mg", origin=origin)


def _of_item(condition: Taking, fact: Fact, evaluation: Evaluation, *, is_there: bool) -> Iterator[Known]:
    magnesium = is_magnesium(condition, evaluation.book.terms)
    position = fact.product if magnesium else fact.medicine
    if position is None or not (is_there or magnesium):
        yield _not_told("medications", evaluation.book.wording.explanation.known)
        return
    yield _item_as_understood(evaluation.situation.taken[position], evaluation.book.wording)


def _item_as_understood(item: RecognisedItem, wording: Wording) -> Known:
    """The item as told, what it was understood as, and whether its route was told."""
    words = wording.explanation.known
    if item.planned:
        return Known(name="supplements", value=None, origin=words.planned)
    meaning = item.found.meaning
    understood = " / ".join((*(s.name for s in meaning.substances), *meaning.others)) or meaning.label
    route = fill(words.route_assumed if item.found.by_default else words.route_given, route=item.found.route.value)
    is_same = item.told.casefold() == understood.casefold()
    origin = fill(words.item, recognised=words.recognised[meaning.by.value], route=route)
    value = item.told if is_same else f"{item.told} ({understood})"
    return Known(name=f"{item.list}[{item.index}]", value=value, origin=origin)


def _elsewhere(condition: Taking, evaluation: Evaluation) -> Iterator[Known]:
    """Everything told that the line means."""
    wanted = {evaluation.book.vocabulary.selector(name) for name in condition.names}
    items = [
        item
        for item in evaluation.situation.taken
        if any(wanted & substance.selectors for substance in item.found.meaning.substances)
        and (condition.route is None or item.found.route.value in ROUTES[condition.route])
    ]
    wording = evaluation.book.wording
    yield from (_item_as_understood(item, wording) for item in items)
    if not items:
        yield _not_told("medications", wording.explanation.known)
