"""How many different things of a kind are taken? What was recognised is counted, by substance and by route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import ROUTES, SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.inference.program import Interval

Counted = tuple[tuple[int, str, str], ...]
"""(position of the item, ingredient, what it counts as): two brands or salts of one substance count once."""


def counted(taken: Sequence[RecognisedItem], things: tuple[tuple[str, str | None], ...]) -> Counted:
    """An unread name counts for nothing: it stands among what was not checked."""
    wanted = {selector for selector, _ in things}
    return tuple(
        (position, substance.name, substance.of or substance.name)
        for position, item in enumerate(taken)
        for substance in item.found.meaning.substances
        if not wanted.isdisjoint(substance.selectors)
        and any(
            selector in substance.selectors and (phrase is None or item.found.route.value in ROUTES[phrase])
            for selector, phrase in things
        )
    )


def number(found: Counted) -> Interval:
    different = len({substance for _, _, substance in found}) * SCALE
    return different, different
