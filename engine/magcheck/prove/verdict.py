"""What do the pages that fire come to? `findings/policy.py` as formulas; what a page is, it is asked itself."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.findings.policy import blocks_guidance, makes_finding, stops
from magcheck.prove.logic import both, negated, some

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from magcheck.core.scales import Action
    from magcheck.knowledge.rule import Rule
    from magcheck.prove.logic import Term


class SymbolicVerdict:
    """Which pages are said, and how strong is the strongest? No hour is told, so no window is kept."""

    def __init__(self, pages: Sequence[Rule], fires: Callable[[str], Term], *, covers: bool = True) -> None:
        self.fires = {rule.id: fires(rule.id) for rule in pages if makes_finding(rule)}
        self.pages = {rule.id: rule for rule in pages if rule.id in self.fires}
        self.covers = covers

    @cached_property
    def live(self) -> Mapping[str, Term]:
        """Fires, and is not silent beside a stop or whatever blocks guidance."""
        blocked = some(self.fires[name] for name, rule in self.pages.items() if blocks_guidance(rule))
        stopped = some(self.fires[name] for name, rule in self.pages.items() if stops(rule))
        return {
            name: both(
                fires,
                negated(both(blocked, self.pages[name].guidance)),
                negated(both(stopped, self.pages[name].is_about_going_on)),
            )
            for name, fires in self.fires.items()
        }

    @cached_property
    def said(self) -> Mapping[str, Term]:
        covering: defaultdict[str, list[Term]] = defaultdict(list)
        for name, rule in self.pages.items():
            for other in rule.covers if self.covers else ():
                covering[other].append(self.live[name])
        return {name: both(live, negated(some(covering[name]))) for name, live in self.live.items()}

    def at_least(self, action: Action) -> Term:
        """The verdict is `action`, or stronger."""
        strong = [name for name, rule in self.pages.items() if rule.strongest.rank <= action.rank]
        return some(self.said[name] for name in strong)
