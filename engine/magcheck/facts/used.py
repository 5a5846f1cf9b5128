"""What does the report say of the facts that a page counted with? Each value, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import choice_fact
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Pregnancy, Sex
from magcheck.report import FactUsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.facts.dose import MagnesiumPart
    from magcheck.facts.kidney import KidneyState
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.facts import OriginWords
    from magcheck.profile import Kidney, Person, Profile, SerumMagnesium

SERUM_UNIT = "mg/dL"


def facts_used(
    profile: Profile, book: RuleBook, kidney: KidneyState, parts: tuple[MagnesiumPart, ...]
) -> dict[str, FactUsed]:
    """Fact -> what is said of it; what is not known is not there."""
    words = book.wording.facts.origins
    used: dict[str, FactUsed] = {}
    if parts:
        used["daily_magnesium"] = _added_up(parts, words)
    if profile.person.age is not None:
        used["age"] = FactUsed(name="person.age", value=profile.person.age, unit="years", origin=words.given)
    if kidney.reading:
        value, origin = round(kidney.reading.egfr, 1), kidney.reading.origin
        used["egfr"] = FactUsed(name="kidney.egfr", value=value, unit="mL/min/1.73 m2", origin=origin)
    if profile.labs.magnesium:
        value = round(book.equations.serum_mg_dl(profile.labs.magnesium), 2)
        origin = _origin_of(profile.labs.magnesium, words)
        used["serum_magnesium"] = FactUsed(name="labs.magnesium", value=value, unit=SERUM_UNIT, origin=origin)
    used.update(_kidney_flags(profile.kidney, words))
    used.update(_choices(profile, book))
    return used


def _origin_of(serum: SerumMagnesium, words: OriginWords) -> str:
    unit = serum.unit.value
    return words.given if unit == SERUM_UNIT else fill(words.given_as, value=f"{serum.value:g}", unit=unit)


def _added_up(parts: tuple[MagnesiumPart, ...], words: OriginWords) -> FactUsed:
    """What the report says of the magnesium of a day."""
    sure = sum(part.surely for part in parts)
    origin = words.added_up if all(part.told for part in parts) else words.added_up_partly
    return FactUsed(name="dose.elemental_mg_per_day", value=round(sure, 1), unit="mg", origin=origin)


def pregnancy_of(person: Person) -> Pregnancy | None:
    """As told, or as it follows from the sex."""
    return Pregnancy.NONE if person.sex is Sex.MALE else person.pregnancy


def _kidney_flags(told: Kidney, words: OriginWords) -> Iterator[tuple[str, FactUsed]]:
    flags = {"dialysis": "dialysis", "acute_kidney_injury": "acute", "kidney_disease": "disease"}
    for fact, field in flags.items():
        value = getattr(told, field)
        if value is not None:
            yield fact, FactUsed(name=f"kidney.{field}", value=value, origin=words.given)


def _choices(profile: Profile, book: RuleBook) -> Iterator[tuple[str, FactUsed]]:
    words = book.wording.facts.origins
    pregnancy = pregnancy_of(profile.person)
    if pregnancy is not None:
        told = FactUsed(name="person.pregnancy", value=pregnancy.value, origin=words.given)
        yield from ((choice_fact("pregnancy", state.value), told) for state in Pregnancy)
    country = profile.country or book.default_country
    here = FactUsed(name="country", value=country, origin=words.given if profile.country else words.assumed)
    yield from ((choice_fact("country", region), here) for region in book.regions_for_limits)
