"""All theorems about one rule book, in the order in which they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from magcheck.core.errors import InputError
from magcheck.facts.kidney import kidney_state
from magcheck.findings.policy import makes_finding
from magcheck.knowledge.promises import promises_of
from magcheck.profile import Kidney, Profile, Stage
from magcheck.prove.kinds import kinds_of
from magcheck.prove.pages import askable, bands, can_speak
from magcheck.prove.solving import Solving
from magcheck.prove.theorems import Theorem, assumed, covering, monotone, promised, told
from magcheck.prove.world import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.checker import Checker
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.prove.solving import Profiles


class Scale(NamedTuple):
    """What the theorems are about."""

    pages: int
    kinds: int
    """Kinds of things that can be taken."""
    unsettled: tuple[str, ...]
    """Names that the proofs do not look at: they are more than one thing."""


class Prover:
    """Raises RulesError for promises that cannot be read, EngineFault where the solver gives up."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.promises = promises_of(checker.book)
        kinds = kinds_of(checker.book, checker.program)
        self.solving = Solving(Rules(checker.book, checker.program, kinds))
        self.scale = Scale(len(self.solving.pages), len(kinds.things), tuple(sorted(kinds.unsettled)))

    def theorems(self) -> Iterator[Theorem]:
        yield from bands(self.solving)
        yield from covering(self.solving)
        yield from assumed(self.solving)
        yield from promised(self.solving, self.promises)
        yield from monotone(self.solving, self.promises)
        yield later_stage(self.checker.book)
        yield from told(self.solving)
        yield from askable(self.solving)

    def pages(self) -> Iterator[Theorem]:
        """One theorem for each page, with somebody for whom it speaks."""
        yield from can_speak(self.solving, self._confirmed)

    def _confirmed(self, rule: Rule, found: Profiles) -> str | None:
        """None where the check itself lets the page speak for this person."""
        try:
            profile = Profile.model_validate(found[0])
            if not makes_finding(rule):
                speaks = rule.id in self.checker.pages(profile)[0]
            else:
                speaks = rule.id in {finding.rule for finding in self.checker.check(profile).findings}
        except (ValidationError, InputError) as error:
            return f"the person found for it is refused: {error}"
        return (
            None if speaks else "the check does not say it for the person found: the formulas are not the check."
        )


def later_stage(book: RuleBook) -> Theorem:
    """Of the real step: with whatever value is told, a later stage never gives a higher kidney value."""
    says = "a later kidney stage never raises the kidney value that counts"
    equations = book.equations
    stages = sorted(Stage, key=equations.worst_of, reverse=True)
    edges = sorted({edge for band in equations.stages.values() for edge in band})
    near = (edge + step for edge in edges for step in (-0.001, 0.0, 0.001))
    values = [None, *(value for value in near if edges[0] <= value < edges[-1])]
    for value in values:
        lowest: float | None = None
        for stage in stages:
            reading = _reading(value, stage, book)
            if reading is None:
                continue
            if lowest is not None and reading > lowest:
                given = {"kidney": {"egfr": value, "stage": stage.value}}
                return Theorem(
                    says, f"with {stage.value} it is {reading:g}, with an earlier one {lowest:g}.", (given,)
                )
            lowest = reading
    return Theorem(says)


def _reading(value: float | None, stage: Stage, book: RuleBook) -> float | None:
    """The kidney value of both; None where they contradict each other, and the check refuses them."""
    try:
        state = kidney_state(Profile(kidney=Kidney(egfr=value, stage=stage)), book)
    except InputError:
        return None
    return state.reading.egfr if state.reading else None
