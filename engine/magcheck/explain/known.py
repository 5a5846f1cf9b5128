"""What is known of the facts that one line asks for, and where does each come from?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import BEYOND, CHOICES, FLAGS, QUANTITIES, ROUTES, SCALE
from magcheck.explain.explanation import Known
from magcheck.facts.situation import UNKNOWN
from magcheck.inference.compile import is_magnesium, ways
from magcheck.knowledge.conditions import Between, Choice, Flag, HasTrait, Taking
from magcheck.terminology.vocabulary import By

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.findings import Evaluation
    from magcheck.inference.program import Fact
    from magcheck.knowledge.conditions import Condition

NOT_TOLD = "not told"
_RECOGNISED = {
    By.NAME: "recognised by its name",
    By.BRAND: "recognised by its brand",
    By.PRODUCT: "recognised as a product",
    By.CODE: "recognised by its code",
}


def known_of(condition: Condition, fact: Fact, evaluation: Evaluation, *, told: bool) -> Iterator[Known]:
    """`told`: the medicine or condition that the page is about is there at all."""
    match condition:
        case Taking(elsewhere=True):
            yield from _elsewhere(condition, evaluation)
        case Taking():
            yield from _taken(condition, fact, evaluation, told=told)
        case HasTrait(kind, _):
            trait = evaluation.situation.traits[fact.trait] if fact.trait is not None else None
            yield Known(
                name=f"{kind}s", value=trait.input if trait else None, origin="given" if trait else NOT_TOLD
            )
        case _:
            yield _value(condition, fact, evaluation)


def _value(condition: Condition, fact: Fact, evaluation: Evaluation) -> Known:
    """A number, a yes or no, or a choice."""
    names = [test.fact for way in ways(condition, evaluation.book.terms) for test in way]
    found = next((evaluation.situation.known[name] for name in names if name in evaluation.situation.known), None)
    lowest, highest = fact.values.get(names[0], UNKNOWN)
    if names[0] == QUANTITIES["daily magnesium"].fact:
        return _daily(lowest, highest, evaluation)
    if found:
        return Known(name=found.name, value=found.value, unit=found.unit, origin=found.origin)
    field = _field(condition)
    if field == QUANTITIES["amount a day"].settled_by and lowest == highest:
        return Known(name=field, value=lowest / SCALE, unit="mg", origin="given, added up over the day")
    if names[0].startswith("kidney_value:"):
        reading = evaluation.situation.kidney.reading
        value = None if reading is None else round(reading.egfr, 1)
        return Known(name=field, value=value, origin=reading.origin if reading else NOT_TOLD)
    return Known(name=field, value=None, origin=NOT_TOLD)


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


def _daily(lowest: int, highest: int, evaluation: Evaluation) -> Known:
    """The sum, and how each part of it was found."""
    how = "; ".join(part.how for part in evaluation.situation.dose)
    known = highest < BEYOND and lowest == highest
    least = lowest / SCALE
    value: float | str | None = round(least, 1) if known else f"at least {least:g}" if lowest else None
    return Known(
        name="dose.elemental_mg_per_day", value=value, unit="mg", origin=f"added up: {how}" if how else NOT_TOLD
    )


def _taken(condition: Taking, fact: Fact, evaluation: Evaluation, *, told: bool) -> Iterator[Known]:
    magnesium = is_magnesium(condition, evaluation.book.terms)
    place = fact.product if magnesium else fact.medicine
    if place is None or not (told or magnesium):
        yield Known(name="medications", value=None, origin=NOT_TOLD)
        return
    yield _item(evaluation.situation.taken[place])


def _item(taken: RecognisedItem) -> Known:
    """The item as told, what it was understood as, and whether its route was told."""
    name = f"{taken.list}[{taken.index}]"
    if taken.planned:
        return Known(name="supplements", value=None, origin="assumed: no magnesium product was recognised")
    meaning = taken.found.meaning
    understood = " / ".join((*(s.name for s in meaning.substances), *meaning.others)) or meaning.label
    route = f"{taken.found.route.value}, {'assumed' if taken.found.by_default else 'given'}"
    said = taken.told
    value = said if said.casefold() == understood.casefold() else f"{said} ({understood})"
    return Known(name=name, value=value, origin=f"given, {_RECOGNISED[meaning.by]}; {route}")


def _elsewhere(condition: Taking, evaluation: Evaluation) -> Iterator[Known]:
    """Everything told that the line means."""
    wanted = {evaluation.book.vocabulary.selector(name) for name in condition.names}
    found = [
        taken
        for taken in evaluation.situation.taken
        if any(wanted & substance.selectors for substance in taken.found.meaning.substances)
        and (condition.route is None or taken.found.route.value in ROUTES[condition.route])
    ]
    yield from map(_item, found)
    if not found:
        yield Known(name="medications", value=None, origin=NOT_TOLD)
