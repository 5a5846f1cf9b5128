"""What counts towards a verdict? The one place that says it; findings, what-ifs, questions and plans ask here.

1. A page that asks or places says nothing of its own, so it is no finding.
2. While something speaks against magnesium at all, guidance on form, dose and time is not said.
3. Beside an emergency, or a word against all magnesium, advice on how to go on (`is_about_going_on`) is not said:
   how much, how to spread it, what to watch. A stop that is about an enema or a needle alone leaves it standing.
4. A page is not said while one that covers it is. This never weakens a verdict: `refuse_unusable` lets a page
   cover only what is no window and neither stronger, nor more urgent, nor blocks more than the page itself.
5. A window that the given times keep is said, but needs nothing, so it does not count.
The verdict is the strongest action among what then counts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import ROUTES
from magcheck.core.scales import Action, Status, Urgency
from magcheck.findings.separations import status
from magcheck.knowledge.conditions import Taking
from magcheck.profile import Route
from magcheck.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Held
    from magcheck.findings.findings import Said
    from magcheck.inference.program import Clause, Fact
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.report import Finding


class Spoken(NamedTuple):
    """A page that is said, with all that it holds on: one finding."""

    rule: Rule
    matches: Sequence[tuple[Clause, Fact]]

    @property
    def facts(self) -> list[Fact]:
        return [fact for _, fact in self.matches]


def makes_finding(rule: Rule) -> bool:
    return rule.ask is None and rule.place is None


def blocks_guidance(rule: Rule) -> bool:
    """Does it speak against taking magnesium at all?"""
    return rule.strongest is Action.AVOID or rule.blocks_guidance


def stops(rule: Rule) -> bool:
    """Is with this page nothing left to go on with? It is as strong as all advice on going on, or stronger."""
    if rule.urgency is Urgency.EMERGENCY:
        return rule.strongest.rank <= Action.ASK_FIRST.rank
    if rule.strongest is not Action.AVOID:
        return False
    takings = [line for line in rule.when if isinstance(line, Taking)]
    return not takings or any(map(_can_be_swallowed, takings))


def _can_be_swallowed(line: Taking) -> bool:
    return line.route is None or Route.ORAL in ROUTES[line.route]


def silenced(rules: Iterable[Rule]) -> Callable[[Rule], bool]:
    """Which pages have nothing to say beside these, which surely speak?"""
    speaking = list(rules)
    is_blocked, is_stopped = any(map(blocks_guidance, speaking)), any(map(stops, speaking))
    return lambda rule: (is_blocked and rule.guidance) or (is_stopped and rule.is_about_going_on)


def is_blocked(findings: Iterable[Finding], book: RuleBook) -> bool:
    """Does one of these findings speak against taking magnesium at all?"""
    return any(blocks_guidance(book.rules_by_id[finding.rule]) for finding in findings)


def is_stopped(findings: Iterable[Finding], book: RuleBook) -> bool:
    """Is with one of these findings nothing left to go on with?"""
    return any(stops(book.rules_by_id[finding.rule]) for finding in findings)


def spoken(fired: Iterable[Held]) -> list[Spoken]:
    """What is said of all that fired: once for each page, and for each medicine where a window has to be kept."""
    grouped: defaultdict[tuple[str, int | None], list[tuple[Clause, Fact]]] = defaultdict(list)
    rules: dict[str, Rule] = {}
    for rule, clause, fact in fired:
        if makes_finding(rule):
            rules[rule.id] = rule
            grouped[rule.id, fact.medicine if rule.separate else None].append((clause, fact))
    is_silent = silenced(rules.values())
    rules = {name: rule for name, rule in rules.items() if not is_silent(rule)}
    covered = {name for rule in rules.values() for name in rule.covers}
    return [
        Spoken(rules[name], matches)
        for (name, _), matches in grouped.items()
        if name in rules and name not in covered
    ]


def is_kept(rule: Rule, facts: Sequence[Fact], situation: Situation) -> bool:
    """A window that the given times keep."""
    return rule.separate is not None and status(rule.separate, facts, situation) is Status.KEPT


def verdict_of(findings: Iterable[Finding | Said]) -> Verdict:
    """The strongest action of the findings that count."""
    return _verdict(finding.action for finding in findings if finding.counts)


def verdict_if_fired(fired: Iterable[Held], situation: Situation) -> Verdict:
    """The same before any finding is worded: the verdict of a report in which exactly this has fired."""
    return counting_verdict(((said.rule, said.facts) for said in spoken(fired)), situation)


def counting_verdict(pages: Iterable[tuple[Rule, Sequence[Fact]]], situation: Situation) -> Verdict:
    """The strongest of these pages that counts with its facts; the strongest come first, to ask of few windows."""
    for rule, facts in sorted(pages, key=lambda page: page[0].strongest.rank):
        if not is_kept(rule, facts, situation):
            return Verdict(rule.strongest.value)
    return Verdict.CLEAR


def strongest(actions: Iterable[Action]) -> Action | None:
    """None where there is no action."""
    return min(actions, key=lambda action: action.rank, default=None)


def _verdict(actions: Iterable[Action]) -> Verdict:
    action = strongest(actions)
    return Verdict.CLEAR if action is None else Verdict(action.value)
