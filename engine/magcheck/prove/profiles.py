"""From the solver's answer back to a person: a profile that `magcheck check` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.core.fact_names import SCALE, TRAITS
from magcheck.facts.used import SERUM_UNIT
from magcheck.profile import Basis
from magcheck.prove.logic import z3
from magcheck.prove.person import AGE, EGFR, FLAG_FIELDS, SERUM

if TYPE_CHECKING:
    from magcheck.prove.logic import Term
    from magcheck.prove.world import Slot, World

FIELDS = {AGE: "person.age", EGFR: "kidney.egfr", SERUM: "labs.magnesium"}
UNREAD = "a name that nobody knows"


def profile_of(world: World, model: Any) -> dict[str, Any]:  # noqa: ANN401 - the solver's own answer
    """The fields that are told, and no others."""
    return _Reading(world, model).profile()


class _Reading:
    """What one answer of the solver says of one world."""

    def __init__(self, world: World, model: Any) -> None:  # noqa: ANN401 - the solver's own answer
        self.world, self.model = world, model
        self.given: dict[str, Any] = {}

    def profile(self) -> dict[str, Any]:
        self._person()
        self._words()
        for here, slot in zip(self.world.present, self.world.slots, strict=True):
            if self._holds(here):
                is_told = slot.has_amount and self._holds(slot.amount_told)
                _take(self.given, slot, self._number(slot.amount) if is_told else None)
        if self._holds(self.world.unread):
            self.given.setdefault("supplements", []).append(UNREAD)
        return self.given

    def _holds(self, term: Term) -> bool:
        return bool(z3.is_true(self.model.eval(term, model_completion=True)))

    def _number(self, term: Term) -> float:
        return int(self.model.eval(term, model_completion=True).as_long()) / SCALE

    def _person(self) -> None:
        person = self.world.person
        for fact, told in person.numbers.items():
            if self._holds(told.is_told):
                value: object = self._number(told.value)
                value = {"value": value, "unit": SERUM_UNIT} if fact == SERUM else value
                _put(self.given, FIELDS[fact], value)
        for fact, name in FLAG_FIELDS.items():
            if self._holds(person.flags[fact].is_told):
                _put(self.given, name, self._holds(person.flags[fact].value))
        for state, told_state in person.pregnancy.items():
            if self._holds(told_state):
                _put(self.given, "person.pregnancy", state.value)

    def _words(self) -> None:
        regions = self.world.person.region.items()
        self.given["country"] = next(_country(self.world, region) for region, here in regions if self._holds(here))
        for key, here in self.world.traits.items():
            if self._holds(here):
                kind, _, name = key.partition(" ")
                self.given.setdefault(TRAITS[kind], []).append(name)


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
