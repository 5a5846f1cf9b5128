"""Asks the solver whether a theorem can be broken, and for the smallest person who breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.errors import EngineFault
from magcheck.core.lazy import cached_property
from magcheck.core.scales import Action
from magcheck.prove.logic import both, negated, some, z3
from magcheck.prove.profiles import profile_of
from magcheck.prove.verdict import SymbolicVerdict
from magcheck.prove.world import any_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.prove.logic import Term
    from magcheck.prove.world import Rules, World

FEW = (0, 1, 2, 3, 4, 6, 8, 12)
"""So many things are told of a person at most, tried in this order: the first that is enough is shown."""
LONGEST_MS = 120_000
"""For one question; the longest takes a few seconds."""
Profiles = tuple[dict[str, Any], ...]
"""One person; two where a theorem compares."""


class WorldVerdict(NamedTuple):
    """A world with its verdict."""

    world: World
    verdict: SymbolicVerdict


class Solving:
    """One solver that knows what is possible, and the world that all theorems start from."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.world, possible = any_world(rules)
        self.pages = [rule for rule in rules.book.rules if not rule.retired]
        self.solver = z3.Solver()
        self.solver.set("timeout", LONGEST_MS)
        self.solver.add(possible)

    @cached_property
    def verdict(self) -> SymbolicVerdict:
        return self.verdict_in(self.world)

    def verdict_in(self, world: World) -> SymbolicVerdict:
        return SymbolicVerdict(self.pages, world.fires)

    def broken_by(self, broken: Term, *worlds: World, given: Iterable[Term] = ()) -> Profiles | None:
        """The smallest person of whom `broken` holds; None where there is nobody."""
        if broken is False:
            return None
        self.solver.push()
        try:
            self.solver.add(broken, *given)
            return self._smallest(worlds or (self.world,)) if self._is_possible() else None
        finally:
            self.solver.pop()

    def things_of(self, broken: Term, worlds: Sequence[World], given: Iterable[Term]) -> frozenset[int] | None:
        """What is taken (numbers of slots) by the smallest person of whom it holds; None where there is nobody."""
        self.solver.push()
        try:
            self.solver.add(broken, *given)
            if not self._is_possible():
                return None
            model = self._smallest_model(worlds)
            return frozenset(
                number
                for world in worlds
                for number, here in enumerate(world.present)
                if z3.is_true(model.eval(here))
            )
        finally:
            self.solver.pop()

    def somebody(self, term: Term) -> Profiles | None:
        """Somebody of whom it holds: as `broken_by`, where it is expected that there is one."""
        if term is False:
            return None
        self.solver.push()
        try:
            self.solver.add(term)
            return self._smallest((self.world,))
        finally:
            self.solver.pop()

    def _is_possible(self) -> bool:
        answer = self.solver.check()
        if answer == z3.unknown:
            raise EngineFault(f"the solver gave up: {self.solver.reason_unknown()}.")
        return bool(answer == z3.sat)

    def _smallest(self, worlds: Sequence[World]) -> Profiles | None:
        model = self._smallest_model(worlds)
        return None if model is None else tuple(profile_of(world, model) for world in worlds)

    def _smallest_model(self, worlds: Sequence[World]) -> Any:  # noqa: ANN401 - the solver's own answer
        told = list(dict.fromkeys(term for world in worlds for term in _told(world)))
        for most in FEW:
            self.solver.push()
            self.solver.add(z3.PbLe([(term, 1) for term in told], most))
            model = self._model()
            self.solver.pop()
            if model is not None:
                return model
        return self._model()

    def _model(self) -> Any:  # noqa: ANN401 - the solver's own answer
        return self.solver.model() if self._is_possible() else None


def _told(world: World) -> Iterable[Term]:
    """Everything that makes a profile longer."""
    person = world.person
    answers = [*person.numbers.values(), *person.flags.values()]
    amounts = (slot.amount_told for slot in world.slots if slot.has_amount)
    terms = (*world.present, *world.traits.values(), world.unread, *person.pregnancy.values(), *amounts)
    return (term for term in (*terms, *(told.is_told for told in answers)) if not isinstance(term, bool))


def is_weaker(first: SymbolicVerdict, then: SymbolicVerdict) -> Term:
    """The verdict of `then` is weaker than that of `first`."""
    return some(both(first.at_least(action), negated(then.at_least(action))) for action in Action)
