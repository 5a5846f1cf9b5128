"""What is a finding about? The items, conditions, symptoms and goals of the person, as they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.report import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Clause, Fact


def named(item: RecognisedItem, ingredient: str | None) -> str:
    """ "Pylera (tetracycline)" where the ingredient is hidden in a product."""
    ingredient = ingredient or _salts(item)
    return f"{item.found.meaning.label} ({ingredient})" if item.found.meaning.is_mixture else ingredient


def named_inside(item: RecognisedItem, ingredient: str | None) -> str:
    """The ingredient beside what was told; with its product too, where a code or another name was told."""
    ingredient, label = ingredient or _salts(item), item.found.meaning.label
    is_label_told = label.casefold() in item.told.casefold()
    return ingredient if is_label_told or not item.found.meaning.is_mixture else f"{ingredient}, in {label}"


def _salts(item: RecognisedItem) -> str:
    return " and ".join(salt.name for salt in item.salts)


def subject(item: RecognisedItem, name: str) -> Subject:
    return Subject(list=item.list, index=item.origin, input=item.told, is_=name)


def subjects_of(matches: Sequence[tuple[Clause, Fact]], evaluation: Evaluation) -> Iterable[Subject]:
    """The items, conditions, symptoms and goals that a page is about, or has counted; each once, items first."""
    situation, facts = evaluation.situation, [fact for _, fact in matches]
    ingredients: dict[int, set[str]] = {}
    for position, ingredient in _involved(matches, situation):
        ingredients.setdefault(position, set()).add(ingredient)
    for position in sorted(ingredients):
        item = situation.taken[position]
        if not item.planned:
            yield subject(item, named_inside(item, " and ".join(sorted(ingredients[position]))))
    products = {fact.product for fact in facts if fact.product is not None}
    for position in sorted(products - ingredients.keys()):
        if position in evaluation.products:
            yield evaluation.products[position]
    for position in sorted({fact.trait for fact in facts if fact.trait is not None}):
        trait = situation.traits[position]
        yield Subject(list=trait.list, index=trait.index, input=trait.input, is_=trait.name)


def _involved(matches: Sequence[tuple[Clause, Fact]], situation: Situation) -> Iterable[tuple[int, str]]:
    """(position, ingredient) of the medicine of each fact, and of everything that a page has counted."""
    for clause, fact in matches:
        if fact.medicine is not None and fact.ingredient:
            yield fact.medicine, fact.ingredient
        for test in clause.tests:
            for position, ingredient, _ in situation.counted.get(test.fact, ()):
                yield position, ingredient
