"""What is known about this person? Recognised items, kidneys and doses become flat facts for the evaluators."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from magcheck.core.fact_names import BEYOND, FLAGS, ITEM_LISTS, MAGNESIUM, QUANTITIES, SCALE, choice_fact
from magcheck.facts.budget import refuse_too_much
from magcheck.facts.counts import counted, number
from magcheck.facts.dose import MagnesiumPart, magnesium_part
from magcheck.facts.flat import NO, PERHAPS, UNKNOWN, YES, ceil, flat_facts, takes
from magcheck.facts.kidney import kidney_state
from magcheck.facts.recognition import NOTHING_CHOSEN, planned_product, recognise
from magcheck.facts.traits import traits_of, with_traits
from magcheck.facts.used import facts_used, pregnancy_of
from magcheck.profile import Pregnancy, Route
from magcheck.terminology.vocabulary import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.facts.counts import Counted
    from magcheck.facts.kidney import KidneyState
    from magcheck.facts.recognition import RecognisedItem, Unread
    from magcheck.facts.traits import Trait
    from magcheck.inference.program import Fact, Interval, Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Profile
    from magcheck.reading.profile import ReadProfile
    from magcheck.report import FactUsed
    from magcheck.terminology.vocabulary import Meaning

OF_THE_PERSON = frozenset(
    {
        *(quantity.fact for word, quantity in QUANTITIES.items() if word in ("age", "egfr", "serum magnesium")),
        *(FLAGS[word][0] for word in ("dialysis", "acute kidney injury", "kidney disease")),
        *(choice_fact("kidney_value", word) for word in ("known", "unknown")),
        *(choice_fact("pregnancy", state.value) for state in Pregnancy),
    }
)
"""Facts that answers about the person change."""


@dataclass(frozen=True)
class Situation:
    """Everything that the rules can see of one person."""

    read: ReadProfile
    taken: tuple[RecognisedItem, ...]
    not_taken: tuple[RecognisedItem, ...]
    """Shown, and seen by no page."""
    unread: tuple[Unread, ...]
    traits: tuple[Trait, ...]
    kidney: KidneyState
    dose: tuple[MagnesiumPart, ...]
    known: Mapping[str, FactUsed]
    """Fact -> what the report says about it."""
    facts: tuple[Fact, ...]
    counted: Mapping[str, Counted]
    """Fact "so many different ones are taken" -> what was counted."""
    asked: tuple[tuple[str, str], ...] = ()
    """(field, why): what words about an illness leave open."""
    said: tuple[tuple[str, str], ...] = ()
    """(field, what was understood of it)."""

    @property
    def profile(self) -> Profile:
        """As read: every line turned into fields."""
        return self.read.profile

    @property
    def unread_items(self) -> tuple[Unread, ...]:
        """Medicines and supplements alone."""
        return tuple(unread for unread in self.unread if unread.list in ITEM_LISTS)


def situation(
    profile: Profile,
    book: RuleBook,
    program: Program,
    chosen: Mapping[tuple[str, int], Meaning] = NOTHING_CHOSEN,
    known: ReadProfile | None = None,
) -> Situation:
    """Raises InputError where told facts contradict each other. `known`: as for `read_profile`."""
    recognised = recognise(profile, book, chosen, known)
    profile, taken, unread = recognised.read.profile, recognised.taken, recognised.unread
    if not any(item.salts and item.found.route is Route.ORAL for item in taken):
        taken.append(planned_product(book.vocabulary, len(profile.supplements)))
    refuse_too_much(taken)
    read = traits_of(profile, book)
    traits = read.traits
    told = with_traits(profile, traits, book)
    kidney = kidney_state(told, book)
    parts = (*doses(taken, book), *_unread_parts(unread, book))
    person = _person(told, book, kidney, parts)
    used = facts_used(told, book, kidney, parts)
    counts = {fact: counted(taken, things) for fact, things in program.counts.items()}
    person |= takes(taken, program) | {fact: number(found) for fact, found in counts.items()}
    facts = flat_facts(taken, traits, person, book, program)
    unsure = (*unread, *read.unread)
    not_taken = tuple(recognised.not_taken)
    return Situation(
        recognised.read,
        tuple(taken),
        not_taken,
        unsure,
        tuple(traits),
        kidney,
        parts,
        used,
        tuple(facts),
        counts,
        tuple(read.asked),
        tuple(read.said),
    )


def _unread_parts(unread: Iterable[Unread], book: RuleBook) -> Iterator[MagnesiumPart]:
    """What was not understood may bring magnesium, so no total has an upper bound beside it."""
    for item in unread:
        if item.why.meanwhile:
            continue  # it stands among what is taken, with the most that it can be
        meanings = item.why.could_be
        harmless = meanings and item.why.reason in (
            Reason.AMBIGUOUS,
            Reason.WHICH_ONE,
            Reason.ROUTE,
            Reason.STANDING,
            Reason.TWICE,
        )
        if not (harmless and not any(MAGNESIUM in s.selectors for m in meanings for s in m.substances)):
            how = book.wording.facts.dose.name_not_understood
            yield MagnesiumPart(item.list, item.index, 0.0, None, how, (), told=False)


def doses(taken: Iterable[RecognisedItem], book: RuleBook) -> tuple[MagnesiumPart, ...]:
    """The magnesium of every product that is swallowed."""
    return tuple(magnesium_part(item, book) for item in taken if item.salts and item.found.route is Route.ORAL)


def person_values(
    profile: Profile, traits: Sequence[Trait], parts: tuple[MagnesiumPart, ...], book: RuleBook
) -> dict[str, Interval]:
    """The facts of the person alone. Raises InputError where told facts contradict each other."""
    told = with_traits(profile, traits, book)
    return _person(told, book, kidney_state(told, book), parts)


def _exactly(value: int) -> Interval:
    return value, value


def _floor(value: float) -> int:
    """Exactly: 29.9999996 is below 30."""
    return math.floor(Decimal(str(value)) * SCALE)


def _person(
    profile: Profile, book: RuleBook, kidney: KidneyState, parts: tuple[MagnesiumPart, ...]
) -> dict[str, Interval]:
    """Facts of the person, each rounded towards the safer side."""
    age, egfr, serum = profile.person.age, kidney.reading, profile.labs.magnesium
    return {
        "age": UNKNOWN if age is None else _exactly(_floor(age)),
        "egfr": UNKNOWN if egfr is None else _exactly(_floor(egfr.egfr)),
        "serum_magnesium": UNKNOWN if serum is None else _exactly(ceil(book.equations.serum_mg_dl(serum))),
        "daily_magnesium": daily_magnesium(parts),
        **_kidney_flags(profile, kidney),
        **_choices(profile, book),
    }


def daily_magnesium(parts: tuple[MagnesiumPart, ...]) -> Interval:
    """Thousandths of a milligram of magnesium itself a day."""
    sure = sum(part.surely for part in parts)
    highs = [part.high for part in parts if part.high is not None]
    return ceil(sure), (ceil(sum(highs)) if len(highs) == len(parts) else BEYOND)


def _kidney_flags(profile: Profile, kidney: KidneyState) -> dict[str, Interval]:
    told = profile.kidney
    flags = {"dialysis": told.dialysis, "acute_kidney_injury": told.acute, "kidney_disease": told.disease}
    values = {fact: PERHAPS if value is None else _exactly(int(value)) for fact, value in flags.items()}
    settled = kidney.reading is not None or bool(told.dialysis or told.acute)
    values[choice_fact("kidney_value", "known")] = YES if settled else NO
    values[choice_fact("kidney_value", "unknown")] = NO if settled else YES
    return values


def _choices(profile: Profile, book: RuleBook) -> dict[str, Interval]:
    pregnancy = pregnancy_of(profile.person)
    values = {
        choice_fact("pregnancy", state.value): PERHAPS if pregnancy is None else _exactly(int(pregnancy is state))
        for state in Pregnancy
    }
    here = book.region_of(profile.country or book.default_country)
    for region in book.regions_for_limits:
        values[choice_fact("country", region)] = YES if region == here else NO
    return values
