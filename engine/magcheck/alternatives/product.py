"""Would another form of magnesium, or less of it, change the verdict?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from magcheck.alternatives.candidate import Candidate, place_of
from magcheck.core.fact_names import PROPERTIES, QUANTITIES, SCALE
from magcheck.facts.dose import intakes, told_amount
from magcheck.findings.policy import is_kept
from magcheck.inference.program import Outcome
from magcheck.knowledge.condition_words import bounds
from magcheck.knowledge.placeholders import fill as reason
from magcheck.missing.item_answers import replaced
from magcheck.missing.missing import verdict_with
from magcheck.missing.shapes import PossibleAnswer
from magcheck.profile import Basis, Supplement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.facts.dose import MagnesiumPart
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Item, Profile
    from magcheck.report import Verdict

MOST_FORMS = 3
"""Forms that are tried for one product."""


def forms(profile: Profile, evaluation: Evaluation) -> list[Iterator[Candidate]]:
    """For each product whose kind a page that fired asks about: the same magnesium in other forms."""
    kinds = {*PROPERTIES.values(), *evaluation.program.kinds}
    places = {
        fact.product
        for rule, clause, fact in evaluation.holding(Outcome.FIRES)
        if fact.product is not None
        and kinds & {test.fact for test in clause.tests}
        and not is_kept(rule, [fact], evaluation.situation)
    }
    return [_forms(evaluation.situation.taken[place], profile, evaluation) for place in sorted(places)]


def _forms(taken: RecognisedItem, profile: Profile, evaluation: Evaluation) -> Iterator[Candidate]:
    words, meaning = evaluation.book.wording.what_would_change, taken.found.meaning
    if taken.planned or meaning.others or len(meaning.substances) > len(taken.salts):
        return
    told = {substance.name for substance in meaning.substances}
    known = [form for form in words.forms if form in evaluation.book.vocabulary.substances and form not in told]
    sentence = words.form if taken.list == "supplements" else words.form_medicine
    for form in known[:MOST_FORMS]:
        item = _in_form(taken, form, evaluation)
        said = reason(sentence, item=taken.told, form=form)
        yield Candidate(
            "form", replaced(profile, taken, item), said, words, place_of(taken, "name"), form, taken=(taken,)
        )


def _in_form(taken: RecognisedItem, form: str, evaluation: Evaluation) -> Item:
    """As much magnesium itself as before, in another form."""
    update: dict[str, object] = {"name": form, "rxcui": None, "atc": None}
    part = _part(taken, evaluation)
    amount = part.high / intakes(taken.item) if part and part.told and part.high else None
    if isinstance(taken.item, Supplement):
        update |= {"amount_mg": amount, "basis": Basis.ELEMENTAL, "elemental_percent": None}
    else:
        update |= {"dose_mg": amount}
    return taken.item.model_copy(update=update)


def _part(taken: RecognisedItem, evaluation: Evaluation) -> MagnesiumPart | None:
    found = (part for part in evaluation.situation.dose if (part.list, part.index) == (taken.list, taken.index))
    return next(found, None)


def amounts(profile: Profile, evaluation: Evaluation, now: Verdict) -> list[Iterator[Candidate]]:
    """Less of the one supplement that brings the most, down to the nearest thresholds of the pages."""
    told = [
        (part.high, place)
        for place, taken in enumerate(evaluation.situation.taken)
        if taken.list == "supplements" and (part := _part(taken, evaluation)) and part.told and part.high
    ]
    if not told:
        return []
    _, place = max(told, key=lambda one: (one[0], -one[1]))
    promising = (
        candidate
        for candidate, reply in _lower(place, profile, evaluation)
        if (expected := verdict_with(reply, evaluation)) and expected.rank > now.rank
    )
    return [promising]


def _lower(place: int, profile: Profile, evaluation: Evaluation) -> Iterator[tuple[Candidate, PossibleAnswer]]:
    words, taken = evaluation.book.wording.what_would_change, evaluation.situation.taken[place]
    for most in _below(evaluation):
        amount = _amount_for(most, taken, evaluation)
        if amount > 0:
            item = taken.item.model_copy(update={"amount_mg": amount})
            changed = replaced(profile, taken, item)
            said = reason(words.amount, amount=f"{most:g}")
            field, up_to = place_of(taken, "amount_mg"), bounds(None, round(amount * SCALE))
            candidate = Candidate("amount", changed, said, words, field, amount, "mg", (taken,), up_to)
            yield candidate, PossibleAnswer(changed, amount, items=((place, item),))


def _below(evaluation: Evaluation) -> Iterator[float]:
    """The sums of a day, falling, at which a page that asks for more ceases to hold."""
    fact = QUANTITIES["daily magnesium"].fact
    daily, _ = evaluation.situation.facts[0].values[fact]
    for threshold in reversed(evaluation.program.thresholds.get(fact, ())):
        if threshold <= daily:
            yield (threshold - 1) / SCALE


def _amount_for(most: float, taken: RecognisedItem, evaluation: Evaluation) -> float:
    """Milligrams per intake, as the label counts them, so that the whole day brings at most `most`."""
    part, one = _part(taken, evaluation), told_amount(taken.item)
    if part is None or not part.high or not one:
        return 0
    others = sum(other.surely for other in evaluation.situation.dose if other is not part)
    return math.floor((most - others) / part.high * one)
