"""Theorems on single pages: can each fire and be said, do bands meet, can every fact be told or asked?"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from magcheck.core.fact_names import ITEM_LISTS, PRODUCT_FIELD, SCALE, TRAITS
from magcheck.findings.policy import makes_finding
from magcheck.inference.compile import ways
from magcheck.knowledge.conditions import Between, TakenCount
from magcheck.knowledge.load import settled_by
from magcheck.prove.logic import both, some, surely, z3
from magcheck.prove.theorems import Theorem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from magcheck.inference.program import Test
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.prove.solving import Profiles, Solving


def can_speak(solving: Solving, confirmed: Callable[[Rule, Profiles], str | None]) -> Iterator[Theorem]:
    """Each page fires for somebody, and is not always silent beside another; the check itself confirms it."""
    for rule in solving.pages:
        is_said = makes_finding(rule)
        term = solving.verdict.said[rule.id] if is_said else solving.world.fires(rule.id)
        found = solving.somebody(term)
        says = f"{rule.id} can be said" if is_said else f"{rule.id} can fire"
        if found is not None:
            yield Theorem(says, confirmed(rule, found), found)
        elif is_said and (hidden := solving.somebody(solving.world.fires(rule.id))) is not None:
            yield Theorem(says, "it can fire, but another page always keeps it silent.", hidden)
        else:
            yield Theorem(says, "nobody can make it fire.")


Measured = Between | TakenCount


def bands(solving: Solving) -> Iterator[Theorem]:
    """Pages that differ in the bounds of one number only are a family: from least to most, exactly one speaks."""
    families: defaultdict[tuple[object, ...], list[tuple[Measured, Rule]]] = defaultdict(list)
    for rule in solving.pages:
        measured = [line for line in rule.when if isinstance(line, Between | TakenCount)]
        for line in measured:
            rest = frozenset(other for other in rule.when if other is not line)
            name = line.quantity if isinstance(line, Between) else line.things
            families[rest, name, rule.ask is None, rule.limit].append((line, rule))
    for family in families.values():
        if len(family) > 1:
            yield _band(family, solving)


def _band(family: list[tuple[Measured, Rule]], solving: Solving) -> Theorem:
    terms = solving.rules.book.terms
    tests = [(ways(line, terms)[0][0], rule) for line, rule in family]
    value = z3.Int("value")
    names = ", ".join(sorted(rule.id for _, rule in tests))
    says = f"{names}: neither gap nor overlap"
    least, most = min(test.low for test, _ in tests), max(test.high for test, _ in tests)
    within = {rule.id: z3.And(test.low <= value, value <= test.high) for test, rule in tests}
    whole = [value % SCALE == 0] if any(isinstance(line, TakenCount) for line, _ in family) else []
    gap = z3.And(*whole, least <= value, value <= most, *(z3.Not(term) for term in within.values()))
    twice = some(
        both(within[one.id], within[other.id])
        for (_, one), (_, other) in combinations(tests, 2)
        if one.id not in other.covers and other.id not in one.covers
    )
    for broken, what in ((gap, "none of them speaks"), (twice, "two of them speak")):
        solver = z3.Solver()
        solver.add(broken)
        if solver.check() == z3.sat:
            at = solver.model().eval(value, model_completion=True).as_long()
            return Theorem(says, f"{what} at {at / SCALE:g}.", _person_at(tests[0][0], at, solving))
    return Theorem(says)


def _person_at(test: Test, at: int, solving: Solving) -> Profiles:
    """Somebody of whom the number is exactly this."""
    known = solving.world.values.get(test.fact)
    if known is None:
        return ()
    exactly = test._replace(low=at, high=at)
    return solving.somebody(surely(exactly, known)) or ()


ASKED_BY = {PRODUCT_FIELD: ITEM_LISTS, "amount": ("supplements.amount_mg", "medications.dose_mg")}
"""Field that settles a fact -> the questions whose answers fill it, where they have other names."""


def askable(solving: Solving) -> Iterator[Theorem]:
    """Whatever a page tests is a question that is asked, or a list of the profile."""
    book, program = solving.rules.book, solving.rules.program
    facts = {test.fact: clause.rule for clause in program.clauses for test in clause.tests}
    lists = {name for kind, name in TRAITS.items() if any(key.startswith(f"{kind} ") for key in program.keys)}
    wanted = [(name, f"what stands among the {name}") for name in sorted(lists)]
    for fact, page in sorted(facts.items()):
        field = settled_by().get(fact.partition(":")[0], ITEM_LISTS[0])
        wanted += [(name, f"'{fact}', which {page} tests") for name in ASKED_BY.get(field, (field,))]
    lacking = [f"no question '{name}' asks for {what}." for name, what in wanted if not _is_asked(name, book)]
    says = f"each of the {len(facts)} facts that the pages test can be told or asked"
    yield Theorem(says, " ".join(lacking) or None)


def _is_asked(field: str, book: RuleBook) -> bool:
    question = book.questions.get(field)
    return question is not None and (question.asked is not None or question.answer is not None)
