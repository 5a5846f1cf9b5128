"""A profile in, a report out: the way of the data, on one page."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from magcheck.core.errors import EngineFault, InputError, Problem, RulesError
from magcheck.core.extras import refuse_without
from magcheck.facts.budget import refuse_too_long
from magcheck.facts.plausibility import questioned
from magcheck.facts.situation import situation
from magcheck.findings.evaluation import Evaluation
from magcheck.findings.policy import verdict_if_fired
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Outcome, split
from magcheck.inference.ready import program_of
from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.knowledge.profile_data import profile_of_data
from magcheck.missing.meanings import consequences
from magcheck.missing.missing import is_open
from magcheck.missing.ways import without_idle_ways
from magcheck.missing.what_if import verdict_in
from magcheck.profile import Profile
from magcheck.reading.document import FromDocument
from magcheck.reading.profile import read_profile
from magcheck.reading.remembered import RememberedLines
from magcheck.report_builder import as_told, report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from magcheck.alternatives.search import Trial, TrialResult
    from magcheck.explain.difference import Difference
    from magcheck.explain.explanation import Explanation
    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Fact, Matches
    from magcheck.reading.profile import ReadProfile
    from magcheck.report import NotChecked, Report


class Seen(NamedTuple):
    """One person, before any page speaks."""

    strange: tuple[NotChecked, ...]
    situation: Situation


Told: TypeAlias = "Profile | Mapping[str, object] | FromDocument"
"""A profile, the plain data of one, which is refused with every problem at once, or what a document tells."""


class Checker:
    """Checks profiles against one rule book. Thread-safe; writes nothing, asks nobody.

    `rules`: a rule book, or a folder of one's own rule pages, which are added to those that come with magcheck.
    `only_rules`: a folder whose pages are used instead of them; every report then says so.
    Raises RulesError for pages that cannot be used and EngineFault for an engine that cannot.
    """

    def __init__(
        self, rules: RuleBook | Path | str | None = None, *, only_rules: Path | str | None = None
    ) -> None:
        self.book = _book(rules, only_rules)
        self.program = program_of(self.book)
        self._lines = RememberedLines(self.book)
        self._plain = PlainEvaluator(self.program)
        self._durable = DurableEvaluator(self.program)

    def check(
        self, profile: Told, *, rules_of_names: bool = False, not_read: tuple[NotChecked, ...] = ()
    ) -> Report:
        """The report on `profile`, or on the plain data of one.

        Raises InputError for a profile that cannot be used or contradicts itself, EngineFault instead of a
        doubtful answer. `rules_of_names`: the report also says which pages know each name (`recognised[].rules`).
        `not_read`: what could not be read of the document that the profile was made of.
        """
        given = told_in(profile)
        strange, evaluation = self._read(given)
        made = self._report((*strange, *not_read), evaluation, rules_of_names=rules_of_names)
        return as_told(made, evaluation.situation, given.said)

    def _report(
        self, strange: tuple[NotChecked, ...], evaluation: Evaluation, *, rules_of_names: bool = False
    ) -> Report:
        read = evaluation.situation.profile
        return report(read, evaluation, strange, consequences(evaluation), rules_of_names=rules_of_names)

    def _read(self, given: FromDocument) -> tuple[tuple[NotChecked, ...], Evaluation]:
        """What is strange or was not read, and the answer; what cannot be true is refused before it counts."""
        seen = self.seen(given.profile)
        return (*seen.strange, *given.not_read), self.evaluations([seen.situation])[0]

    def with_changes(self, profile: Told, *, rules_of_names: bool = False) -> Report:
        """The report that also says which single changes would change its verdict; each is tried by a check."""
        given = told_in(profile)
        return self._changed(given, rules_of_names=rules_of_names)[0]

    def plan(self, profile: Told, *, rules_of_names: bool = False) -> Report:
        """As `with_changes`, with its day plan: times that keep every gap, or the proof that there are none.

        Raises MissingExtraError where OR-Tools is not installed, whether or not this profile would need it.
        """
        from magcheck.plan.day import day_plan  # noqa: PLC0415 - a check needs no plan

        refuse_without("ortools", "a day plan", "plan")
        given = told_in(profile)
        made, evaluation = self._changed(given, rules_of_names=rules_of_names)
        return made.model_copy(update={"plan": day_plan(evaluation, made.findings, given.profile.day)})

    def with_hours(self, profile: Told) -> Report:
        """As `check`; its plan holds the told times, and the hours that each gap of the report closes around them.

        No day is solved: the status of the plan stays what it is.
        """
        from magcheck.plan.as_told import hours_as_told  # noqa: PLC0415 - a check needs no hours

        given = told_in(profile)
        strange, evaluation = self._read(given)
        made = as_told(self._report(strange, evaluation), evaluation.situation, given.said)
        return made.model_copy(update={"plan": hours_as_told(evaluation, made, given.profile.day)})

    def _changed(self, given: FromDocument, *, rules_of_names: bool) -> tuple[Report, Evaluation]:
        """The report with its changes, in the places of the told profile."""
        from magcheck.alternatives.search import alternatives, nothing_settles_it  # noqa: PLC0415 - a check needs none

        strange, evaluation = self._read(given)
        profile = evaluation.situation.profile
        made = self._report(strange, evaluation, rules_of_names=rules_of_names)
        trial = partial(self._trial, evaluation.situation.read, given.not_read)
        found = alternatives(profile, evaluation, made.verdict, made.missing, trial)
        none = self.book.wording.what_would_change.none if nothing_settles_it(made.verdict, found) else None
        changes = made.model_copy(update={"what_would_change": found, "no_single_change": none})
        return as_told(changes, evaluation.situation, given.said), evaluation

    def _trial(self, known: ReadProfile, not_read: tuple[NotChecked, ...], profile: Profile) -> Trial | None:
        """A profile like `known`, changed; None where the change contradicts what was told."""
        from magcheck.alternatives.search import Trial  # noqa: PLC0415 - a check needs none

        try:
            seen = self.seen(profile, known=known)
        except InputError:
            return None
        return Trial(verdict_in(seen.situation, self.book, self.program), partial(self._checked, seen, not_read))

    def _checked(self, seen: Seen, not_read: tuple[NotChecked, ...]) -> TrialResult:
        """What both evaluators say of a trial."""
        from magcheck.alternatives.search import TrialResult  # noqa: PLC0415 - a check needs none

        (evaluation,) = self.evaluations([seen.situation])
        verdict = verdict_if_fired(evaluation.holding(Outcome.FIRES), evaluation.situation)
        open_ = seen.strange or not_read or evaluation.situation.unread or is_open(evaluation)
        return TrialResult(verdict, not open_)

    def explain(self, profile: Told, rule: str | None = None) -> Explanation:
        """Why the report says what it says: every page that fired or nearly did, or the page `rule` alone.

        Raises InputError where no page is called `rule`.
        """
        from magcheck.explain.reasons import explain, page_called  # noqa: PLC0415 - a check needs no explanation

        only = page_called(rule, self.book, "rule") if rule is not None else None
        given = told_in(profile)
        strange, evaluation = self._read(given)
        made = as_told(self._report(strange, evaluation), evaluation.situation, given.said)
        return explain(evaluation, made, only)

    def difference(self, old: Told, new: Told) -> Difference:
        """What is told otherwise in `new`, and what the report then says otherwise."""
        from magcheck.explain.difference import difference  # noqa: PLC0415 - a check needs no comparison

        before, after = told_in(old), told_in(new)
        return difference((before.profile, self.check(before)), (after.profile, self.check(after)))

    def pages(self, profile: Told) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the pages that fire, and of those that would if an unknown fact were so."""
        _, evaluation = self._read(told_in(profile))
        fired, possible = (
            frozenset(page.id for page, _, _ in evaluation.holding(outcome))
            for outcome in (Outcome.FIRES, Outcome.POSSIBLE)
        )
        return fired, possible - fired

    def seen(self, profile: Profile, known: ReadProfile | None = None) -> Seen:
        """What can be known before any page speaks; what cannot be true is refused before anything counts with it.

        Raises as `check` does. `known`: the reading of a like profile; what stands there too is not read again.
        """
        refuse_too_long(profile)
        known = read_profile(profile, self.book, known, self._lines)
        strange = questioned(known.profile, self.book, known)
        return Seen(strange, situation(profile, self.book, self.program, known=known))

    def evaluations(self, people: Sequence[Situation]) -> list[Evaluation]:
        """What both evaluators say of each, asked once for all. Raises EngineFault."""
        matches = self._agreed(tuple(fact for person in people for fact in person.facts))
        of_each = split(matches, [len(person.facts) for person in people])
        return [
            without_idle_ways(Evaluation(self.book, self.program, person, own), self._second_opinion)
            for person, own in zip(people, of_each, strict=True)
        ]

    def _agreed(self, facts: tuple[Fact, ...]) -> Matches:
        fast, plain = self._durable.matches(facts), self._second_opinion(facts)
        if fast != plain:
            self._durable.discard()
            pages = sorted({self.program.clauses[number].rule for number, _ in fast ^ plain})
            raise EngineFault(f"the two evaluators disagree about {', '.join(pages)}.")
        return fast

    def _second_opinion(self, facts: tuple[Fact, ...]) -> Matches:
        try:
            return self._plain.matches(facts)
        except Exception as error:
            raise EngineFault(f"the plain evaluator failed: {error!r}.") from error

    def close(self) -> None:
        """Free the memory of the engine; the checker can still be used and takes it again."""
        self._durable.close()


def told_in(told: Told) -> FromDocument:
    """Raises InputError for data that make no profile."""
    if isinstance(told, FromDocument):
        return told
    return FromDocument(told if isinstance(told, Profile) else profile_of_data(told))


def _book(rules: RuleBook | Path | str | None, only_rules: Path | str | None) -> RuleBook:
    if only_rules is None:
        return rules if isinstance(rules, RuleBook) else load_rules(rules)
    if rules is not None:
        raise RulesError([Problem("only_rules", "pages are added or used alone, not both.", "Name one folder.")])
    return load_rules(only_rules, only=True)


@cache
def default_checker() -> Checker:
    """The checker of the rules that come with magcheck, built on first use."""
    return Checker()


def check(profile: Told, *, rules_of_names: bool = False) -> Report:
    """Check `profile`, or the plain data of one, against the rules that come with magcheck.

    Raises InputError for a profile that cannot be used or contradicts itself, EngineFault instead of a doubtful
    answer. `rules_of_names`: the report also says which pages know each name (`recognised[].rules`).
    """
    return default_checker().check(profile, rules_of_names=rules_of_names)
