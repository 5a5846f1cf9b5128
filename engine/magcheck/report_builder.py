"""The report: verdict, findings, and everything that was assumed, unread or missing."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from magcheck.core.fact_names import MAGNESIUM, TRAITS
from magcheck.core.scales import Severity, Status
from magcheck.facts.recognition import is_unknown_medicine
from magcheck.findings.dose import dose_of
from magcheck.findings.findings import findings
from magcheck.findings.policy import is_blocked, is_stopped, verdict_of
from magcheck.findings.recognised import recognised
from magcheck.inference.compile import trait_key
from magcheck.knowledge.entries import Within
from magcheck.knowledge.placeholders import fill
from magcheck.missing.missing import missing
from magcheck.profile import Route, Sex
from magcheck.report import (
    Assumed,
    Missing,
    NotChecked,
    Plan,
    PlanStatus,
    Report,
    RulesUsed,
    Subject,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from magcheck.facts.recognition import RecognisedItem, Unread
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Program
    from magcheck.knowledge.entries import Question
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.reasons import Reasons
    from magcheck.missing.meanings import Consequence
    from magcheck.profile import Profile
    from magcheck.report import Finding
    from magcheck.terminology.vocabulary import Substance


Placed = TypeVar("Placed", Missing, Assumed)
_SMALL_GAPS = "separate_small"
"""The headline where every gap to keep is of little weight."""
_PLACE = re.compile(r"(\w+)\[(\d+)\]")


def report(
    profile: Profile,
    evaluation: Evaluation,
    strange: tuple[NotChecked, ...],
    could_become: Callable[[Unread], Consequence],
    *,
    rules_of_names: bool,
) -> Report:
    """The one place where a verdict is made."""
    said = findings(evaluation)
    gaps = missing(evaluation, profile)
    meanwhile = None if is_stopped(said, evaluation.book) else evaluation.book.wording.unknown_names.one
    unread = tuple(_not_checked(item, could_become(item), meanwhile) for item in evaluation.situation.unread)
    not_checked = (*unread, *strange)
    complete = not gaps and not not_checked
    verdict = verdict_of(said)
    untold = tuple(_untold(profile, evaluation, {gap.field for gap in gaps}))
    return Report(
        verdict=verdict,
        complete=complete,
        ok=is_ok(verdict, complete=complete),
        headline=_headline(said, verdict, evaluation, complete=complete, all_told=not untold),
        findings=said,
        recognised=tuple(recognised(evaluation, rules_of_names=rules_of_names)),
        traits=tuple(_traits(profile, evaluation.situation)),
        not_checked=not_checked,
        missing=gaps,
        untold=untold,
        assumed=tuple(_assumed(profile, evaluation, said)),
        dose=dose_of(evaluation),
        plan=_without_solving(said, evaluation),
        rules=_rules_used(said, evaluation.book),
        notice=evaluation.book.wording.notice.strip(),
    )


def is_ok(verdict: Verdict, *, complete: bool) -> bool:
    return complete and verdict.rank >= Verdict.NOTE.rank


def _traits(profile: Profile, situation: Situation) -> Iterator[Subject]:
    """What was told of illnesses, complaints and aims, and what each counts as; what was not read is left out."""
    unread = {(item.list, item.origin) for item in situation.unread}
    for name in TRAITS.values():
        for index, words in enumerate(getattr(profile, name)):
            meant = dict.fromkeys(
                trait.name
                for trait in situation.traits
                if trait.name and (trait.list, trait.index) == (name, index)
            )
            if meant or (name, index) not in unread:
                yield Subject(list=name, index=index, input=words, is_=", ".join(meant))


def _rules_used(said: Iterable[Finding], book: RuleBook) -> RulesUsed:
    unreviewed = [finding for finding in said if not book.rules_by_id[finding.rule].is_reviewed]
    return RulesUsed(
        version=book.version, digest=book.digest, own=book.own, only=book.only, unreviewed=len(unreviewed)
    )


def as_told(report: Report, situation: Situation, said: tuple[Assumed, ...] = ()) -> Report:
    """The report with the places of the told profile, where one line was read as several items.

    `said`: what was taken for granted before there was a profile; it goes first.
    """
    moved = moves(situation)
    if not moved:
        return report.model_copy(update={"assumed": (*said, *report.assumed)}) if said else report
    dose = report.dose and report.dose.model_copy(
        update={
            "parts": tuple(
                part.model_copy(update={"index": moved.get((part.list, part.index), part.index)})
                for part in report.dose.parts
            )
        }
    )
    return report.model_copy(
        update={
            "dose": dose,
            "missing": tuple(_moved(entry, moved) for entry in report.missing),
            "assumed": (*said, *(_moved(entry, moved) for entry in report.assumed)),
        }
    )


def moves(situation: Situation) -> dict[tuple[str, int], int]:
    """(list, index) in the read profile -> index in the told one, where they differ."""
    return {
        (item.list, item.index): item.origin
        for item in (*situation.taken, *situation.not_taken)
        if item.index != item.origin
    }


def _moved(entry: Placed, moved: Mapping[tuple[str, int], int]) -> Placed:
    """`entry` with the place in its field as told."""
    field = field_as_told(entry.field, moved)
    return entry if field == entry.field else entry.model_copy(update={"field": field})


def field_as_told(field: str, moved: Mapping[tuple[str, int], int]) -> str:
    place = _PLACE.match(field)
    key = (place[1], int(place[2])) if place else ("", 0)
    return _PLACE.sub(f"{key[0]}[{moved[key]}]", field, count=1) if key in moved else field


def _without_solving(said: tuple[Finding, ...], evaluation: Evaluation) -> Plan:
    """What is known of the day without a search: whether a plan is needed."""
    words = evaluation.book.wording.plan.status
    statuses = {finding.separation.status for finding in said if finding.separation}
    if is_blocked(said, evaluation.book):
        return Plan(status=PlanStatus.NOT_NEEDED, said=words.blocked)
    if statuses & {Status.BROKEN, Status.UNPLANNED}:
        return Plan(status=PlanStatus.NOT_MADE, said=words.not_made)
    nothing = words.no_gap_helps if Status.NO_SAFE_GAP in statuses else words.nothing
    promised = words.kept if Status.KEPT in statuses else nothing
    said_of_it = words.as_far_as_known(promised, evaluation.situation.unread_items)
    return Plan(status=PlanStatus.NOT_NEEDED, said=said_of_it)


def _headline(
    said: tuple[Finding, ...], verdict: Verdict, evaluation: Evaluation, *, complete: bool, all_told: bool
) -> str:
    pages = evaluation.book.rules_by_id
    urgent = [pages[finding.rule].headline for finding in said if finding.urgency and finding.counts]
    for headline in urgent:
        if headline:
            return headline
    is_small = verdict is Verdict.SEPARATE and all(it.severity is Severity.MINOR for it in said if it.counts)
    headlines = evaluation.book.wording.headlines
    words = (headlines.get(_SMALL_GAPS) if is_small else None) or headlines[verdict.value]
    if not complete:
        return words.incomplete
    return words.complete if all_told else words.untold or words.complete


def _not_checked(unread: Unread, could_become: Consequence, meanwhile: str | None) -> NotChecked:
    """`meanwhile`: what to do with an unknown medicine; None where no magnesium is taken anyway."""
    return NotChecked(
        list=unread.list,
        index=unread.origin,
        input=unread.input,
        reason=unread.why.reason.value,
        candidates=unread.why.candidates,
        question=unread.why.question or None,
        could_become=could_become.action,
        could_become_as=could_become.names,
        meanwhile=meanwhile if is_unknown_medicine(unread) else None,
    )


def _untold(profile: Profile, evaluation: Evaluation, asked: set[str]) -> Iterator[str]:
    for field, question in evaluation.book.questions.items():
        if not question.untold or field in asked or _is_ruled_out(question, profile):
            continue
        if not _is_told(field, profile, evaluation.situation):
            yield question.untold


def _is_ruled_out(question: Question, profile: Profile) -> bool:
    """A value of this person, such as the age, lies where the question makes no sense."""
    bounds = ((gate, within) for gate, within in question.only_if.items() if isinstance(within, Within))
    return any(not within.hold(attrgetter(gate)(profile)) for gate, within in bounds)


def _is_told(field: str, profile: Profile, situation: Situation) -> bool:
    implied = {told for trait in situation.traits for told, _ in trait.implies}
    if field in implied or (field == "kidney.egfr" and implied & {"kidney.disease", "kidney.dialysis"}):
        return True
    match field:
        case "kidney.egfr":
            kidney = profile.kidney
            return situation.kidney.reading is not None or kidney.disease is not None or bool(kidney.dialysis)
        case "person.pregnancy":
            return profile.person.pregnancy is not None or profile.person.sex is Sex.MALE
        case _:
            return field in profile.model_fields_set or bool(getattr(profile, field))


def _computed_egfr(situation: Situation, said: tuple[Finding, ...], reasons: Reasons) -> Iterator[Assumed]:
    """A kidney value that nobody told and no finding shows: what was computed, and how."""
    reading = situation.kidney.reading
    shown = {fact.name for finding in said for fact in finding.facts}
    if reading and reading.field != "kidney.egfr" and "kidney.egfr" not in shown:
        what = fill(reasons.egfr, value=f"{reading.egfr:.1f}", how=reading.origin)
        yield Assumed(field=reading.field, what=what)


def _understood(situation: Situation, program: Program, reasons: Reasons) -> Iterator[Assumed]:
    """How words about illnesses and aims were read, where it does not go without saying."""
    for trait in situation.traits:
        place = f"{trait.list}[{trait.index}]"
        known = bool(trait.implies) or trait_key(trait.kind, trait.name) in program.keys
        if trait.list != TRAITS[trait.kind] and trait.name:
            what = fill(reasons.other_list, words=trait.input, kind=trait.kind, name=trait.name)
            yield Assumed(field=place, what=what)
        elif not known and trait.kind != "goal":
            yield Assumed(field=place, what=fill(reasons.condition_no_page, words=trait.input, name=trait.name))
        elif not trait.exact and trait.name and not trait.asked:
            yield Assumed(field=place, what=fill(reasons.condition_read, words=trait.input, name=trait.name))
    for field, what in situation.said:
        yield Assumed(field=field, what=what)


def _assumed(profile: Profile, evaluation: Evaluation, said: tuple[Finding, ...]) -> Iterator[Assumed]:
    reasons = evaluation.book.wording.reasons
    situation = evaluation.situation
    for field, what in situation.kidney.assumed:
        yield Assumed(field=field, what=what)
    yield from _computed_egfr(situation, said, reasons)
    yield from _understood(situation, evaluation.program, reasons)
    for item in situation.taken:
        yield from _assumed_of(item, situation, reasons)
        yield from _beside_magnesium(item, evaluation)
    swallowed = [item.told for item in situation.taken if _is_taken_as_swallowed(item)]
    if swallowed:
        yield Assumed(field="medications", what=fill(reasons.swallowed, names=", ".join(swallowed)))
    for part in situation.dose:
        for what in part.assumed:
            yield Assumed(field=f"{part.list}[{part.index}]", what=what)
    if profile.country is None:
        country = evaluation.book.default_country
        yield Assumed(field="country", what=fill(reasons.country, country=country))


def _is_taken_as_swallowed(item: RecognisedItem) -> bool:
    """A medicine of which nobody said how it is taken, and which is not sold for one way alone."""
    told = item.list == "medications" and not item.planned and item.found.by_default
    return told and item.found.route is Route.ORAL and item.found.meaning.route is None


def _assumed_of(item: RecognisedItem, situation: Situation, reasons: Reasons) -> Iterator[Assumed]:
    """What was assumed about one item."""
    path = f"{item.list}[{item.index}]"
    if item.planned:
        beside = any(other.salts and not other.planned for other in situation.taken)
        yield Assumed(field="supplements", what=reasons.planned_beside if beside else reasons.planned)
        return
    for field, what in item.read.assumed if item.read else ():
        yield Assumed(field=f"{path}.{field}", what=what)
    if item.found.by_default and item.found.route is not Route.ORAL:
        yield Assumed(field=f"{path}.route", what=fill(reasons.product_route, route=item.found.route.value))


def _beside_magnesium(item: RecognisedItem, evaluation: Evaluation) -> Iterator[Assumed]:
    """What a product with magnesium also holds, and no page speaks of."""
    if item.planned or item.members or not item.salts:
        return
    meaning = item.found.meaning
    parts = [name for substance in meaning.substances for name in _unspoken(substance, evaluation)]
    names = ", ".join(dict.fromkeys((*parts, *meaning.others)))
    if names:
        what = fill(evaluation.book.wording.reasons.beside, parts=names)
        yield Assumed(field=f"{item.list}[{item.index}]", what=what)


def _unspoken(substance: Substance, evaluation: Evaluation) -> Iterator[str]:
    """The substance itself, or what a magnesium salt is besides, such as a salicylate; where no page names it."""
    named = evaluation.program.pages_naming
    if MAGNESIUM not in substance.selectors:
        if not named((substance.selectors,)):
            yield substance.name
        return
    for name in substance.classes:
        if substance.name == f"{MAGNESIUM} {name}" and not named((frozenset({name}),)):
            yield name
