"""What follows from the rules that fired? Matches become findings, each with its reasons and its sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM, QUANTITIES, SCALE
from magcheck.core.scales import URGENCIES, Action, Severity, Status
from magcheck.core.time_of_day import Gap, gaps
from magcheck.inference.program import Outcome, Scope
from magcheck.report import FactUsed, Finding, Separation, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Clause, Fact, Matches, Program
    from magcheck.knowledge.entries import Wording
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule, Separate


_AMOUNT = QUANTITIES["amount a day"].fact


@dataclass(frozen=True)
class Evaluation:
    """What both evaluators agreed on, read back into pages and facts."""

    book: RuleBook
    program: Program
    situation: Situation
    matches: Matches

    def holding(self, outcome: Outcome) -> Sequence[tuple[Rule, Clause, Fact]]:
        return self._holding[outcome]

    @cached_property
    def products(self) -> dict[int, Subject]:
        """Place of each product with magnesium that was told -> how findings name it; most of them do."""
        told = enumerate(self.situation.taken)
        return {
            place: _subject(one, named_inside(one, None)) for place, one in told if one.salts and not one.planned
        }

    @cached_property
    def _holding(self) -> dict[Outcome, list[tuple[Rule, Clause, Fact]]]:
        found: dict[Outcome, list[tuple[Rule, Clause, Fact]]] = {outcome: [] for outcome in Outcome}
        for number, place in sorted(self.matches):
            clause = self.program.clauses[number]
            page = self.book.rules_by_id[clause.rule]
            found[clause.outcome].append((page, clause, self.situation.facts[place]))
        return found


def findings(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Most urgent first; one finding for each page, and for each medicine where a window has to be kept."""
    grouped: defaultdict[tuple[str, int | None], list[tuple[Clause, Fact]]] = defaultdict(list)
    for page, clause, fact in evaluation.holding(Outcome.FIRES):
        if page.ask is None and page.place is None:
            grouped[page.id, fact.medicine if page.separate else None].append((clause, fact))
    found = [
        _finding(evaluation.book.rules_by_id[page], matches, evaluation) for (page, _), matches in grouped.items()
    ]
    said = _said_once(_unblocked(found, evaluation.book), evaluation.book)
    return tuple(sorted(said, key=lambda one: _order(one, evaluation.book.rules_by_id[one.rule])))


def is_blocked(found: Iterable[Finding], book: RuleBook) -> bool:
    """Does something speak against taking magnesium at all?"""
    return any(one.action is Action.AVOID or book.rules_by_id[one.rule].blocks_guidance for one in found)


def _unblocked(found: list[Finding], book: RuleBook) -> list[Finding]:
    """No word on form, dose or time while something speaks against taking magnesium at all."""
    pages = book.rules_by_id
    if is_blocked(found, book):
        return [one for one in found if not pages[one.rule].guidance]
    return found


def _said_once(found: list[Finding], book: RuleBook) -> list[Finding]:
    """A page speaks for those that it covers; the lint sees that it is at least as strong."""
    covered = {name for one in found for name in book.rules_by_id[one.rule].covers}
    return [one for one in found if one.rule not in covered]


_STATUSES = {Status.NO_SAFE_GAP: 0, Status.BROKEN: 1, Status.UNPLANNED: 2, Status.KEPT: 4}
_SEVERITIES = {severity: place for place, severity in enumerate(Severity)}


def _order(finding: Finding, page: Rule) -> tuple[object, ...]:
    status = finding.separation.status if finding.separation else None
    return (
        URGENCIES[finding.urgency],
        not finding.counts,
        finding.action.rank,
        _STATUSES.get(status, 3) if status else 3,
        page.guidance,
        _SEVERITIES[finding.severity],
        finding.rule,
        tuple((s.list, s.index) for s in finding.subjects),
    )


def _finding(page: Rule, matches: Sequence[tuple[Clause, Fact]], evaluation: Evaluation) -> Finding:
    situation = evaluation.situation
    facts = [fact for _, fact in matches]
    separation, times = _separation(page, facts, situation)
    words = _words(facts, situation)
    return Finding(
        rule=page.id,
        action=page.strongest,
        title=page.title,
        what_to_do=_advice(page, separation, times, words, evaluation.book.wording),
        why=page.why.strip(),
        severity=page.severity,
        urgency=page.urgency,
        seriousness=page.seriousness,
        mechanism=page.mechanism,
        subjects=tuple(subjects_of(matches, evaluation)),
        facts=tuple(_used(matches, situation)),
        separation=separation,
        evidence=evaluation.book.citations[page.id],
    )


def _used(matches: Sequence[tuple[Clause, Fact]], situation: Situation) -> Iterable[FactUsed]:
    """What the page counted with, by name."""
    for name in sorted({test.fact for clause, _ in matches for test in clause.tests}):
        if name in situation.known:
            yield situation.known[name]
        elif name == _AMOUNT:
            least = max(fact.values[name][0] for _, fact in matches)
            yield FactUsed(name="amount_mg_per_day", value=least / SCALE, unit="mg", origin="added up")


def named(taken: RecognisedItem, ingredient: str | None) -> str:
    """ "Pylera (tetracycline)" where the ingredient is hidden in a product."""
    ingredient = ingredient or _salts(taken)
    return f"{taken.found.meaning.label} ({ingredient})" if _is_mixture(taken) else ingredient


def named_inside(taken: RecognisedItem, ingredient: str | None) -> str:
    """The ingredient beside what was told; with its product too, where a code or another name was told."""
    ingredient, label = ingredient or _salts(taken), taken.found.meaning.label
    told = label.casefold() in taken.told.casefold()
    return ingredient if told or not _is_mixture(taken) else f"{ingredient}, in {label}"


def _salts(taken: RecognisedItem) -> str:
    return " and ".join(salt.name for salt in taken.salts)


def _is_mixture(taken: RecognisedItem) -> bool:
    return len(taken.found.meaning.substances) + len(taken.found.meaning.others) > 1


def subjects_of(matches: Sequence[tuple[Clause, Fact]], evaluation: Evaluation) -> Iterable[Subject]:
    """The items, conditions, symptoms and goals that a page is about, or has counted."""
    situation, facts = evaluation.situation, [fact for _, fact in matches]
    hidden: dict[int, set[str]] = {}
    for place, ingredient in _involved(matches, situation):
        hidden.setdefault(place, set()).add(ingredient)
    for place in sorted(hidden):
        taken = situation.taken[place]
        if not taken.planned:
            yield _subject(taken, named_inside(taken, " and ".join(sorted(hidden[place]))))
    for place in sorted({fact.product for fact in facts if fact.product is not None} - hidden.keys()):
        if place in evaluation.products:
            yield evaluation.products[place]
    for place in sorted({fact.trait for fact in facts if fact.trait is not None}):
        trait = situation.traits[place]
        yield Subject(list=trait.list, index=trait.index, input=trait.input, is_=trait.name)


def _involved(matches: Sequence[tuple[Clause, Fact]], situation: Situation) -> Iterable[tuple[int, str]]:
    """(position, ingredient) of the medicine of each fact, and of everything that a page has counted."""
    for clause, fact in matches:
        if fact.medicine is not None and fact.ingredient:
            yield fact.medicine, fact.ingredient
        for test in clause.tests:
            for place, ingredient, _ in situation.counted.get(test.fact, ()):
                yield place, ingredient


def _subject(taken: RecognisedItem, name: str) -> Subject:
    return Subject(list=taken.list, index=taken.origin, input=taken.told, is_=name)


def _separation(page: Rule, facts: Sequence[Fact], situation: Situation) -> tuple[Separation | None, list[Gap]]:
    window = page.separate
    if window is None:
        return None, []
    preferred = window.preferred or window
    broken = _broken(window, facts, situation)
    taken = sorted({fact.ingredient for fact in facts if fact.ingredient})
    separation = Separation(
        take=" and ".join(taken) or window.take,
        around=window.around,
        before_h=_hours(window.before),
        after_h=_hours(window.after),
        preferred_before_h=_hours(preferred.before),
        preferred_after_h=_hours(preferred.after),
        status=_status(window, facts, situation, broken),
    )
    return separation, broken


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else minutes / 60


def _pairs(facts: Sequence[Fact], situation: Situation) -> Iterable[tuple[RecognisedItem, RecognisedItem]]:
    for fact in facts:
        if fact.scope is Scope.PAIR and fact.medicine is not None and fact.product is not None:
            yield situation.taken[fact.medicine], situation.taken[fact.product]


def _broken(window: Separate, facts: Sequence[Fact], situation: Situation) -> list[Gap]:
    if window.before is None or window.after is None:
        return []
    every = [
        gap
        for medicine, product in _pairs(facts, situation)
        for gap in gaps(medicine.item.times, product.item.times, _holder(product))
    ]
    return [gap for gap in every if not gap.keeps(window.before, window.after)]


def _holder(product: RecognisedItem) -> str:
    """The name of a product that does not sound like magnesium."""
    label = product.found.meaning.label
    return MAGNESIUM if MAGNESIUM in label.casefold() else label


def _status(window: Separate, facts: Sequence[Fact], situation: Situation, broken: list[Gap]) -> Status:
    if window.no_safe_gap:
        return Status.NO_SAFE_GAP
    if broken:
        return Status.BROKEN
    timed = all(one.item.times for pair in _pairs(facts, situation) for one in pair)
    return Status.KEPT if timed else Status.UNPLANNED


def is_kept(page: Rule, facts: Sequence[Fact], situation: Situation) -> bool:
    """A separation that the given times keep: shown, but nothing has to change."""
    window = page.separate
    if window is None:
        return False
    return _status(window, facts, situation, _broken(window, facts, situation)) is Status.KEPT


def _words(facts: Sequence[Fact], situation: Situation) -> Mapping[str, str]:
    """What a page's sentences may name."""
    medicines = {
        named(situation.taken[fact.medicine], fact.ingredient): None for fact in facts if fact.medicine is not None
    }
    return {"medicine": " and ".join(medicines) or "this medicine"}


def _advice(
    page: Rule, separation: Separation | None, broken: list[Gap], words: Mapping[str, str], wording: Wording
) -> str:
    said = (page.what_to_do or "").strip().replace("{medicine}", words["medicine"])
    if page.separate is None or separation is None or page.separate.no_safe_gap:
        return said
    return wording.advice(page.separate, separation.status, words["medicine"], broken)


def strongest(actions: Iterable[Action]) -> Action:
    return min(actions, key=lambda action: action.rank)
