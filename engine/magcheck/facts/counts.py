"""How many different things of a kind are taken? What was recognised is counted, by substance and by route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import ROUTES, SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.inference.program import Interval
    from magcheck.terminology.vocabulary import Substance

Counted = tuple[tuple[int, str, str], ...]
"""(position of the item, ingredient, what it counts as): two brands or salts of one substance count once."""


def counted(taken: Sequence[RecognisedItem], things: tuple[tuple[str, str | None], ...]) -> Counted:
    """An unread name counts for nothing: it stands among what was not checked."""
    wanted = {selector for selector, _ in things}
    found = [
        (position, substance)
        for position, item in enumerate(taken)
        for substance in item.found.meaning.substances
        if not wanted.isdisjoint(substance.selectors)
        and any(
            selector in substance.selectors and (phrase is None or item.found.route.value in ROUTES[phrase])
            for selector, phrase in things
        )
    ]
    known = {_called(substance) for position, substance in found if not taken[position].one_of}
    groups = [taken[position] for position, _ in found if taken[position].one_of]
    return tuple(
        (position, substance.name, _group(taken[position], known, groups) or _called(substance))
        for position, substance in found
    )


def _called(substance: Substance) -> str:
    return substance.of or substance.name


def _group(item: RecognisedItem, known: set[str], groups: Sequence[RecognisedItem]) -> str | None:
    """ "opioid" beside morphine may be that morphine, and is no second one."""
    if not item.one_of:
        return None
    alike = (group.told for group in groups if not group.one_of.isdisjoint(item.one_of))
    return min(item.one_of & known, default=next(alike))


def number(found: Counted) -> Interval:
    different = len({substance for _, _, substance in found}) * SCALE
    return different, different
