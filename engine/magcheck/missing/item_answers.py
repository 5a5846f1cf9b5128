"""In which ways can a question about something taken be answered: its amount, its basis, its kind?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from magcheck.core.bounds import ANY_AMOUNT_MG, MOST_PERCENT, SMALLEST
from magcheck.core.fact_names import MAGNESIUM, SCALE
from magcheck.facts.recognition import chosen_for, recognised
from magcheck.missing.amounts import OWN, Amounts
from magcheck.missing.any_kind import AnyKind
from magcheck.missing.exchange import DAILY, Exchange
from magcheck.missing.salts import free_with_another_product, salts
from magcheck.missing.shapes import NOT_LISTED, NumericAnswers, PossibleAnswer, PossibleAnswers, Trial
from magcheck.profile import Basis, Medication, Supplement
from magcheck.reading.item import read_item
from magcheck.reading.profile import ReadEntry
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.core.bounds import Bounds
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Item, Profile
    from magcheck.terminology.vocabulary import Meaning, Substance


def answers_about_item(
    list_name: str, index: int, part: str, profile: Profile, evaluation: Evaluation
) -> PossibleAnswers:
    """`part`: a field of the item, such as "amount_mg"; items that were not recognised have no answers to list."""
    recognised = enumerate(evaluation.situation.taken)
    found = [(position, item) for position, item in recognised if (item.list, item.index) == (list_name, index)]
    if not found:
        return NOT_LISTED
    position, item = found[0]
    exchange = Exchange(evaluation, position)

    def changed(value: float | str, **update: object) -> PossibleAnswer:
        told = _updated(item.item, update)
        again = exchange.read_again(told) if exchange.is_summed else None
        trial = Trial(exchange, again) if again else None
        return PossibleAnswer(replaced(profile, item, told), value, items=((position, told),), trial=trial)

    match part:
        case "amount_mg" | "dose_mg":
            brought = _brought(item, evaluation)
            span = brought or evaluation.book.questions[f"{list_name}.{part}"].range or ANY_AMOUNT_MG
            amounts = Amounts(span, lambda value: _updated(item.item, {part: value}), exchange)
            return _of_amounts(amounts, lambda value: changed(value, **{part: value}), whole=brought is None)
        case "elemental_percent":
            span = SMALLEST, MOST_PERCENT
            amounts = Amounts(span, lambda value: _updated(item.item, {part: value}), exchange)
            return _of_amounts(amounts, lambda value: changed(value, **{part: value}), whole=True)
        case "basis":
            choices = tuple(changed(basis, basis=basis) for basis in (Basis.ELEMENTAL, Basis.COMPOUND))
            return PossibleAnswers(choices=choices, free=exchange.free)
        case "name":
            products = _other_names(profile, position, evaluation)
            return PossibleAnswers(products=products, free=free_with_another_product(evaluation))
        case _:
            return NOT_LISTED


def _of_amounts(amounts: Amounts, answer: Callable[[float], PossibleAnswer], *, whole: bool) -> PossibleAnswers:
    numbers = NumericAnswers(amounts.span, answer, amounts.seen, amounts.edges, whole=whole)
    return PossibleAnswers(numbers=numbers, free=amounts.exchange.free, others_could_beat=amounts.could_beat)


def _brought(item: RecognisedItem, evaluation: Evaluation) -> Bounds | None:
    """The milligrams that one intake of a known product can bring."""
    content = evaluation.book.content_of(item.found.meaning)
    return (max(content.low_mg, SMALLEST), max(content.high_mg, SMALLEST)) if content else None


def _updated(item: Item, update: dict[str, object]) -> Item:
    """What only a supplement can tell makes a supplement of a medicine."""
    if isinstance(item, Medication) and update.keys() & {"basis", "elemental_percent"}:
        told = item.model_dump(exclude={"dose_mg"}, exclude_unset=True)
        item = Supplement.model_validate({**told, "amount_mg": item.dose_mg})
    return item.model_copy(update=update)


def replaced(profile: Profile, old: RecognisedItem, new: Item) -> Profile:
    """The profile with `new` in the place of `old`, in the list where such an item belongs."""
    items = [item for index, item in enumerate(getattr(profile, old.list)) if index != old.index]
    belongs = "medications" if isinstance(new, Medication) else "supplements"
    if belongs != old.list:
        moved = (*profile.supplements, new)
        return profile.model_copy(update={old.list: tuple(items), belongs: moved})
    items.insert(old.index, new)
    return profile.model_copy(update={old.list: tuple(items)})


def new_products(profile: Profile, evaluation: Evaluation) -> Iterator[PossibleAnswer]:
    """Every kind of magnesium in every amount: once a day, by mouth, as magnesium itself.

    Amounts stand at both sides of each threshold, less what is taken surely; the largest first, mostly the worst.
    """
    low, high = evaluation.book.questions["supplements.amount_mg"].range or ANY_AMOUNT_MG
    edges = _edges_for_a_product(evaluation)
    known = sum(part.surely for part in evaluation.situation.dose)
    amounts = {high, low, *((edge + step) / SCALE - known for edge in edges for step in (-1, 0))}
    kinds = [
        (salt.name, cache(partial(_in_place_of_the_assumed, salt, profile, evaluation)))
        for salt in salts(evaluation)
    ]
    for amount in sorted((amount for amount in amounts if low <= amount <= high), reverse=True):
        for name, in_place in kinds:
            product, assumed = Supplement(name=name, amount_mg=amount, basis=Basis.ELEMENTAL), in_place()
            with_it = profile.model_copy(update={"supplements": (*profile.supplements, product)})
            trial = assumed and assumed._replace(new=replace(assumed.new, item=product))
            yield PossibleAnswer(with_it, name, chosen={}, trial=trial)


def _edges_for_a_product(evaluation: Evaluation) -> Iterable[int]:
    """Sums of a day at which a page that is within reach of this person begins or ceases to hold."""
    free = free_with_another_product(evaluation)
    if free is not None:
        return evaluation.reach(free).thresholds(DAILY)
    return {edge for fact in (DAILY, OWN) for edge in evaluation.program.thresholds.get(fact, ())}


def _in_place_of_the_assumed(salt: Substance, profile: Profile, evaluation: Evaluation) -> Trial | None:
    """A product of this salt for the one that is assumed; None where it cannot be told so simply."""
    last = len(evaluation.situation.taken) - 1
    setting = Setting(evaluation.book, profile.country, profile.day, "supplements")
    reading, *others = read_item(Supplement(name=salt.name, basis=Basis.ELEMENTAL), setting)
    if others or reading.doubts or not isinstance(reading.found, Found) or not reading.taken:
        return None
    exchange = Exchange(evaluation, last)
    if not exchange.old.planned:
        return None
    index = exchange.old.index
    return Trial(exchange, recognised(ReadEntry("supplements", index, index, reading), reading.found))


def _other_names(profile: Profile, position: int, evaluation: Evaluation) -> Iterator[PossibleAnswer]:
    """What was called magnesium and no more is some salt; a salt that was named may hold another one too."""
    item = evaluation.situation.taken[position]
    told = item.found.meaning
    is_bare = told.substances == (evaluation.book.vocabulary.substances[MAGNESIUM],)
    exchange = Exchange(evaluation, position)

    def meaning(salt: Substance) -> Meaning:
        if is_bare:
            return told._replace(substances=(salt,), label=salt.name)
        return told._replace(substances=(*told.substances, salt))

    any_kind = AnyKind(exchange)
    for salt in salts(evaluation):
        chosen = meaning(salt)
        trial = Trial(exchange, chosen_for(item, chosen), any_kind)
        yield PossibleAnswer(profile, salt.name, chosen={(item.list, item.index): chosen}, trial=trial)
