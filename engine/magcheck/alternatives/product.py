"""Would another form of magnesium, or less of it, change the verdict?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from magcheck.alternatives.candidate import Candidate, field_of
from magcheck.core.fact_names import PROPERTIES, QUANTITIES, SCALE
from magcheck.facts.dose import intakes, told_amount
from magcheck.findings.policy import is_kept
from magcheck.inference.program import Outcome
from magcheck.knowledge.condition_words import bounds
from magcheck.knowledge.placeholders import fill
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
    products = {
        fact.product
        for rule, clause, fact in evaluation.holding(Outcome.FIRES)
        if fact.product is not None
        and kinds & {test.fact for test in clause.tests}
        and not is_kept(rule, [fact], evaluation.situation)
    }
    return [_forms(evaluation.situation.taken[position], profile, evaluation) for position in sorted(products)]


def _forms(product: RecognisedItem, profile: Profile, evaluation: Evaluation) -> Iterator[Candidate]:
    words, meaning = evaluation.book.wording.what_would_change, product.found.meaning
    if product.planned or meaning.others or len(meaning.substances) > len(product.salts):
        return
    own = {substance.name for substance in meaning.substances}
    known = [form for form in words.forms if form in evaluation.book.vocabulary.substances and form not in own]
    template = words.form if product.list == "supplements" else words.form_medicine
    for form in known[:MOST_FORMS]:
        changed = replaced(profile, product, _in_form(product, form, evaluation))
        sentence = fill(template, item=product.told, form=form)
        field = field_of(product, "name")
        yield Candidate("form", changed, sentence, words, field, form, items=(product,))


def _in_form(product: RecognisedItem, form: str, evaluation: Evaluation) -> Item:
    """As much magnesium itself as before, in another form."""
    update: dict[str, object] = {"name": form, "rxcui": None, "atc": None}
    part = _part(product, evaluation)
    amount = part.high / intakes(product.item) if part and part.told and part.high else None
    if isinstance(product.item, Supplement):
        update |= {"amount_mg": amount, "basis": Basis.ELEMENTAL, "elemental_percent": None}
    else:
        update |= {"dose_mg": amount}
    return product.item.model_copy(update=update)


def _part(product: RecognisedItem, evaluation: Evaluation) -> MagnesiumPart | None:
    own = product.list, product.index
    return next((part for part in evaluation.situation.dose if (part.list, part.index) == own), None)


def amounts(profile: Profile, evaluation: Evaluation, now: Verdict) -> list[Iterator[Candidate]]:
    """Less of the one supplement that brings the most, down to the nearest thresholds of the pages."""
    known = [
        (part.high, position)
        for position, item in enumerate(evaluation.situation.taken)
        if item.list == "supplements" and (part := _part(item, evaluation)) and part.told and part.high
    ]
    if not known:
        return []
    _, position = max(known, key=lambda pair: (pair[0], -pair[1]))
    promising = (
        candidate
        for candidate, answer in _lower(position, profile, evaluation)
        if (expected := verdict_with(answer, evaluation)) and expected.rank > now.rank
    )
    return [promising]


def _lower(position: int, profile: Profile, evaluation: Evaluation) -> Iterator[tuple[Candidate, PossibleAnswer]]:
    """The change, and the same as an answer, whose verdict costs no check."""
    words, product = evaluation.book.wording.what_would_change, evaluation.situation.taken[position]
    for most in _below(evaluation):
        amount = _amount_for(most, product, evaluation)
        if amount > 0:
            item = product.item.model_copy(update={"amount_mg": amount})
            changed = replaced(profile, product, item)
            sentence = fill(words.amount, amount=f"{most:g}")
            field, up_to = field_of(product, "amount_mg"), bounds(None, round(amount * SCALE))
            candidate = Candidate("amount", changed, sentence, words, field, amount, "mg", (product,), up_to)
            yield candidate, PossibleAnswer(changed, amount, items=((position, item),))


def _below(evaluation: Evaluation) -> Iterator[float]:
    """The sums of a day in milligrams, falling, at which a page that asks for more ceases to hold."""
    fact = QUANTITIES["daily magnesium"].fact
    daily, _ = evaluation.situation.facts[0].values[fact]
    for threshold in reversed(evaluation.program.thresholds.get(fact, ())):
        if threshold <= daily:
            yield (threshold - 1) / SCALE


def _amount_for(most: float, product: RecognisedItem, evaluation: Evaluation) -> float:
    """Milligrams per intake, as the label counts them, so that the whole day brings at most `most`."""
    part, per_intake = _part(product, evaluation), told_amount(product.item)
    if part is None or not part.high or not per_intake:
        return 0
    others = sum(other.surely for other in evaluation.situation.dose if other is not part)
    return math.floor((most - others) / part.high * per_intake)
