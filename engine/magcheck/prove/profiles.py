"""From the solver's answer back to a person: a profile that `magcheck check` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.core.fact_names import SCALE, TRAITS
from magcheck.profile import Basis
from magcheck.prove.logic import z3
from magcheck.prove.person import AGE, EGFR, FLAG_FIELDS, SERUM

if TYPE_CHECKING:
    from magcheck.prove.logic import Term
    from magcheck.prove.world import Slot, World

UNREAD = "a name that nobody knows"


def profile_of(world: World, model: Any) -> dict[str, Any]:  # noqa: ANN401 - the solver's own answer
    """The fields that are told, and no others."""

    def holds(term: Term) -> bool:
        return z3.is_true(model.eval(term, model_completion=True))

    def number(term: Term) -> float:
        return model.eval(term, model_completion=True).as_long() / SCALE

    given: dict[str, Any] = {}
    person = world.person
    fields = {AGE: "person.age", EGFR: "kidney.egfr"}
    for fact, name in fields.items():
        if holds(person.numbers[fact].is_told):
            _put(given, name, number(person.numbers[fact].value))
    if holds(person.numbers[SERUM].is_told):
        given["labs"] = {"magnesium": {"value": number(person.numbers[SERUM].value), "unit": "mg/dL"}}
    for fact, name in FLAG_FIELDS.items():
        if holds(person.flags[fact].is_told):
            _put(given, name, holds(person.flags[fact].value))
    for state, told in person.pregnancy.items():
        if holds(told):
            _put(given, "person.pregnancy", state.value)
    given["country"] = next(_country(world, region) for region, here in person.region.items() if holds(here))
    for key, here in world.traits.items():
        if holds(here):
            kind, _, name = key.partition(" ")
            given.setdefault(TRAITS[kind], []).append(name)
    for here, slot in zip(world.present, world.slots, strict=True):
        if holds(here):
            amount = number(slot.amount) if slot.has_amount and holds(slot.amount_told) else None
            _take(given, slot, amount)
    if holds(world.unread):
        given.setdefault("supplements", []).append(UNREAD)
    return given


def _put(given: dict[str, Any], field: str, value: object) -> None:
    section, _, name = field.partition(".")
    given.setdefault(section, {})[name] = value


def _country(world: World, region: str) -> str:
    """A country in which the limits of `region` hold."""
    regions = world.rules.book.countries.regions
    inside = {member for members in regions.values() for member in members}
    elsewhere = (f"{a}{b}" for a in "BCM" for b in "RHX" if f"{a}{b}" not in inside)
    return regions[region][0] if region in regions else next(elsewhere)


def _take(given: dict[str, Any], slot: Slot, amount: float | None) -> None:
    thing = slot.thing
    told = {} if amount is None else {thing.amount_field: amount}
    basis = {"basis": Basis.ELEMENTAL.value} if amount is not None and thing.is_swallowed else {}
    given.setdefault(thing.list, []).append(thing.entry(**told, **basis))
