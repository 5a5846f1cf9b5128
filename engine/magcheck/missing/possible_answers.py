"""In which ways can a question be answered? One example of every answer that the rules can tell apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from magcheck.core.fact_names import BEYOND, MAGNESIUM, PROPERTIES, QUANTITIES, SCALE
from magcheck.core.lazy import cached_property
from magcheck.facts.kidney import computed_egfr
from magcheck.facts.situation import amounts_a_day, daily_magnesium, doses
from magcheck.profile import (
    Basis,
    Labs,
    MagnesiumUnit,
    Medication,
    Pregnancy,
    SerumMagnesium,
    Sex,
    Stage,
    Supplement,
)
from magcheck.terminology.magnesium_salts import property_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Item, Profile
    from magcheck.terminology.vocabulary import Meaning, Substance

AGES, HEIGHTS, PERCENTS = (0.0, 120.0), (20.0, 280.0), (0.001, 100.0)
"""What a profile accepts."""
_PLACE = re.compile(r"(medications|supplements)\[(\d+)\]\.(\w+)")
_DAILY, _OWN = QUANTITIES["daily magnesium"].fact, QUANTITIES["amount a day"].fact


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` to `high`, both included, in thousandths."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """One answer, and the profile with it; everything else is as told."""

    profile: Profile
    value: float | str | bool
    band: Band | None = None
    """The answers around `value` that no page can tell from it."""
    items: tuple[tuple[int, Item], ...] = ()
    """Recognised items (by position) that it changes, their names apart."""
    chosen: Mapping[tuple[str, int], Meaning] | None = None
    """Where it changes what is taken: what the items of the profile then mean."""


@dataclass(frozen=True)
class Scale:
    """Answers that are numbers."""

    range: tuple[float, float]
    reply: Callable[[float], PossibleAnswer]
    seen: Callable[[float], object]
    """What the pages can tell of an answer; it moves in one direction only."""
    thresholds: Iterable[int] = ()
    """Thousandths of the answer itself at which `seen` is known to change."""
    less_is_worse: bool = False
    whole: bool = True
    """No other answers are accepted; else `range` only holds those that are likely."""

    @cached_property
    def _seen(self) -> Callable[[int], object]:
        def seen(thousandths: int) -> object:
            return self.seen(thousandths / SCALE)

        return cache(seen)

    def ends(self) -> Iterator[PossibleAnswer]:
        """The smallest and the largest answer: mostly one of them is the worst."""
        for end in self.range if self.less_is_worse else reversed(self.range):
            yield self.reply(end)

    def bands(self) -> Iterator[PossibleAnswer]:
        """One reply for each band of answers that no page can tell apart, in rising order."""
        low, high = (round(end * SCALE) for end in self.range)
        edges = [t for t in self.thresholds if low < t <= high]
        points = sorted({low, high, *edges, *(t - 1 for t in edges)})
        starts = [low, *(start for pair in pairwise(points) for start in self._changes(*pair))]
        for start, following in pairwise([*starts, high + 1]):
            yield replace(self.reply(start / SCALE), band=Band(start, following - 1))

    def _changes(self, first: int, last: int) -> Iterator[int]:
        """Where, after `first` and up to `last`, another band begins."""
        if first >= last or self._seen(first) == self._seen(last):
            return
        if last - first == 1:
            yield last
            return
        middle = (first + last) // 2
        yield from self._changes(first, middle)
        yield from self._changes(middle, last)


@dataclass(frozen=True)
class PossibleAnswers:
    """All answers to one question that the rules can tell apart."""

    scale: Scale | None = None
    choices: tuple[PossibleAnswer, ...] = ()
    products: Iterable[PossibleAnswer] = field(default=())
    """Many, and made one by one."""
    known: bool = True
    """False where they cannot be listed."""

    def worst_first(self) -> Iterator[PossibleAnswer]:
        """All of them; those that are likely the worst come first."""
        yield from self.choices
        if self.scale:
            yield from self.scale.ends()
            yield from self.scale.bands()
        yield from self.products

    def in_order(self) -> Iterator[PossibleAnswer]:
        """The few that can be told to a person, each once."""
        yield from self.choices
        if self.scale:
            yield from self.scale.bands()


def replies(field: str, profile: Profile, evaluation: Evaluation) -> PossibleAnswers:
    """The answers to the question `field`, a field of the profile as in `missing`."""
    place = _PLACE.fullmatch(field)
    if place:
        return _item_replies(place[1], int(place[2]), place[3], profile, evaluation)
    group, _, name = field.partition(".")
    choices = _CHOICES.get(field)
    if choices:
        part = getattr(profile, group)
        return PossibleAnswers(
            choices=tuple(PossibleAnswer(_with(profile, group, part, {name: one}), one) for one in choices)
        )
    if field == "supplements":
        return PossibleAnswers(products=_new_products(profile, evaluation))
    make = _SCALES.get(field)
    return PossibleAnswers(scale=make(profile, evaluation)) if make else PossibleAnswers(known=False)


_CHOICES: dict[str, tuple[Any, ...]] = {
    "person.sex": tuple(Sex),
    "person.pregnancy": tuple(Pregnancy),
    "kidney.stage": tuple(Stage),
    "kidney.dialysis": (True, False),
    "kidney.disease": (True, False),
    "kidney.acute": (True, False),
}


def _with(profile: Profile, group: str, part: Any, changed: dict[str, Any]) -> Profile:  # noqa: ANN401 - any part
    return profile.model_copy(update={group: part.model_copy(update=changed)})


def _egfr(profile: Profile, evaluation: Evaluation) -> Scale:
    computed = computed_egfr(profile.person, profile.kidney, evaluation.book.equations)
    return Scale(
        evaluation.book.questions["kidney.egfr"].range or (0, 1000),
        lambda value: PossibleAnswer(_with(profile, "kidney", profile.kidney, {"egfr": value}), value),
        lambda value: _egfr_band(value, computed, evaluation),
        evaluation.program.thresholds.get("egfr", ()),
        less_is_worse=True,
    )


def _age(profile: Profile, evaluation: Evaluation) -> Scale:
    equations = evaluation.book.equations
    edges = (equations.ckd_epi_2021.from_age, equations.bedside_schwartz.from_age)
    thresholds = {*evaluation.program.thresholds.get("age", ()), *(round(edge * SCALE) for edge in edges)}
    return _body(profile, evaluation, "age", AGES, sorted(thresholds))


def _height(profile: Profile, evaluation: Evaluation) -> Scale:
    return _body(profile, evaluation, "height_cm", HEIGHTS, ())


def _body(
    profile: Profile, evaluation: Evaluation, name: str, span: tuple[float, float], thresholds: Iterable[int]
) -> Scale:
    """Age and height: seen themselves, and through the kidney value that a creatinine gives with them."""
    own = sorted(thresholds)

    def seen(value: float) -> object:
        person = profile.person.model_copy(update={name: value})
        egfr = computed_egfr(person, profile.kidney, evaluation.book.equations)
        return bisect_right(own, round(value * SCALE)), None if egfr is None else _egfr_band(
            egfr, profile.kidney.egfr, evaluation
        )

    def reply(value: float) -> PossibleAnswer:
        return PossibleAnswer(_with(profile, "person", profile.person, {name: value}), value)

    return Scale(span, reply, seen, own, less_is_worse=True)


def _egfr_band(egfr: float, other: float | None, evaluation: Evaluation) -> object:
    """The kidney value as the pages see it, and how it stands to an `other` one of the same person."""
    equations = evaluation.book.equations
    edges = [
        *evaluation.program.thresholds.get("egfr", ()),
        *(round(low * SCALE) for low, _ in equations.stages.values()),
    ]
    ratio = equations.disagreement.refuse_ratio
    near = () if other is None else (egfr < other, egfr * ratio < other, egfr > other * ratio)
    return bisect_right(sorted(set(edges)), round(egfr * SCALE, 3) // 1), near


def _serum(profile: Profile, evaluation: Evaluation) -> Scale:
    question = evaluation.book.questions["labs.magnesium.mg/dL"]

    def told(value: float) -> PossibleAnswer:
        serum = SerumMagnesium(value=value, unit=MagnesiumUnit.MG_DL)
        return PossibleAnswer(profile.model_copy(update={"labs": Labs(magnesium=serum)}), value)

    edges = evaluation.program.thresholds.get("serum_magnesium", ())
    return Scale(
        question.range or (0.001, 100), told, lambda value: bisect_right(edges, round(value * SCALE)), edges
    )


_SCALES: dict[str, Callable[[Profile, Evaluation], Scale]] = {
    "kidney.egfr": _egfr,
    "person.age": _age,
    "person.height_cm": _height,
    "labs.magnesium": _serum,
}


def _item_replies(name: str, index: int, asked: str, profile: Profile, evaluation: Evaluation) -> PossibleAnswers:
    found = [
        (place, one)
        for place, one in enumerate(evaluation.situation.taken)
        if (one.list, one.index) == (name, index)
    ]
    if not found:
        return PossibleAnswers(known=False)
    place, taken = found[0]

    def changed(value: float | str, **update: object) -> PossibleAnswer:
        item = _told_with(taken.item, update)
        return PossibleAnswer(replaced(profile, taken, item), value, items=((place, item),))

    match asked:
        case "amount_mg" | "dose_mg":
            brought = _brought(taken, evaluation)
            span = brought or evaluation.book.questions[f"{name}.{asked}"].range or (0.001, 1e6)
            scale = _amounts(span, lambda v: changed(v, **{asked: v}), evaluation)
            return PossibleAnswers(scale=replace(scale, whole=brought is None))
        case "elemental_percent":
            return PossibleAnswers(scale=_amounts(PERCENTS, lambda v: changed(v, elemental_percent=v), evaluation))
        case "basis":
            known = (Basis.ELEMENTAL, Basis.COMPOUND)
            return PossibleAnswers(choices=tuple(changed(basis, basis=basis) for basis in known))
        case "name":
            return PossibleAnswers(products=_other_names(profile, taken, evaluation))
        case _:
            return PossibleAnswers(known=False)


def _brought(taken: RecognisedItem, evaluation: Evaluation) -> tuple[float, float] | None:
    """The milligrams that one intake of a known product can bring."""
    content = evaluation.book.content_of(taken.found.meaning)
    return (max(content.low_mg, 0.001), max(content.high_mg, 0.001)) if content else None


def _told_with(item: Item, update: dict[str, object]) -> Item:
    """What only a supplement can tell makes a supplement of a medicine."""
    if isinstance(item, Medication) and update.keys() & {"basis", "elemental_percent"}:
        kept = item.model_dump(exclude={"dose_mg"}, exclude_unset=True)
        item = Supplement.model_validate({**kept, "amount_mg": item.dose_mg})
    return item.model_copy(update=update)


def replaced(profile: Profile, taken: RecognisedItem, item: Item) -> Profile:
    """The profile with `item` in the place of `taken`, in the list where such an item belongs."""
    kept = [one for index, one in enumerate(getattr(profile, taken.list)) if index != taken.index]
    belongs = "medications" if isinstance(item, Medication) else "supplements"
    if belongs != taken.list:
        moved = (*profile.supplements, item)
        return profile.model_copy(update={taken.list: tuple(kept), belongs: moved})
    kept.insert(taken.index, item)
    return profile.model_copy(update={taken.list: tuple(kept)})


def _amounts(span: tuple[float, float], reply: Callable[[float], PossibleAnswer], evaluation: Evaluation) -> Scale:
    """Seen through the magnesium of the day and the sums of single substances; all grow evenly with it."""
    daily, own = (evaluation.program.thresholds.get(fact, ()) for fact in (_DAILY, _OWN))

    def sums(value: float) -> tuple[int, ...]:
        ((place, item),) = reply(value).items
        taken = taken_with(evaluation, ((place, item),))
        sure, most = daily_magnesium(doses(taken, evaluation.book), {})
        return sure, most, *(low for low, _ in amounts_a_day(taken, evaluation.program).values())

    def seen(value: float) -> object:
        sure, most, *alone = sums(value)
        bands = bisect_right(daily, sure), bisect_right(daily, most), most == BEYOND
        return *bands, *(bisect_right(own, one) for one in alone)

    low, high = sums(span[0]), sums(span[1])
    thresholds = daily, daily, *(own for _ in low[2:])
    edges = {edge for side in zip(low, high, thresholds, strict=True) for edge in _crossings(span, *side)}
    return Scale(span, reply, seen, sorted(edges))


def _crossings(span: tuple[float, float], low: int, high: int, thresholds: Iterable[int]) -> Iterator[int]:
    """About where, in thousandths of the answer, a sum that grows evenly meets a threshold."""
    for threshold in thresholds:
        if low < threshold <= high:
            share = (threshold - low) / (high - low)
            middle = round((span[0] + share * (span[1] - span[0])) * SCALE)
            yield from range(middle - 2, middle + 4)


def taken_with(evaluation: Evaluation, items: Iterable[tuple[int, Item]]) -> list[RecognisedItem]:
    """The recognised items, some of them told otherwise."""
    taken = list(evaluation.situation.taken)
    for place, item in items:
        taken[place] = replace(taken[place], item=item)
    return taken


def _salts(evaluation: Evaluation) -> Iterator[Substance]:
    """One of all kinds of magnesium that are alike to every page."""
    book, program = evaluation.book, evaluation.program
    named = program.keys.keys() | program.takes.keys() | set(program.kinds.values())
    alike: set[object] = set()
    for salt in book.vocabulary.within(MAGNESIUM):
        kinds = tuple(property_interval([salt], book.forms, name) for name in PROPERTIES.values())
        percents = tuple(variant.percent for variant in book.forms.get(salt.name, ()))
        kind = frozenset(salt.selectors & named), kinds, percents
        if salt.name != MAGNESIUM and salt.route is None and kind not in alike:
            alike.add(kind)
            yield salt


def _new_products(profile: Profile, evaluation: Evaluation) -> Iterator[PossibleAnswer]:
    """Every kind of magnesium in every amount: once a day, by mouth, as magnesium itself."""
    span = evaluation.book.questions["supplements.amount_mg"].range or (0.001, 1e6)
    edges = {edge for fact in (_DAILY, _OWN) for edge in evaluation.program.thresholds.get(fact, ())}
    known = sum(part.surely for part in evaluation.situation.dose)
    amounts = {span[1], span[0], *((edge + step) / SCALE - known for edge in edges for step in (-1, 0))}
    for amount in sorted((a for a in amounts if span[0] <= a <= span[1]), reverse=True):
        for salt in _salts(evaluation):
            product = Supplement(name=salt.name, amount_mg=amount, basis=Basis.ELEMENTAL)
            with_it = (*profile.supplements, product)
            yield PossibleAnswer(profile.model_copy(update={"supplements": with_it}), salt.name, chosen={})


def _other_names(profile: Profile, taken: RecognisedItem, evaluation: Evaluation) -> Iterator[PossibleAnswer]:
    """What was called magnesium and no more is some salt; a salt that was named may hold another one too."""
    told = taken.found.meaning
    alone = told.substances == (evaluation.book.vocabulary.substances[MAGNESIUM],)
    for salt in _salts(evaluation):
        if alone:
            meaning = told._replace(substances=(salt,), label=salt.name)
        else:
            meaning = told._replace(substances=(*told.substances, salt))
        yield PossibleAnswer(profile, salt.name, chosen={(taken.list, taken.index): meaning})
