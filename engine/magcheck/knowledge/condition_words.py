"""How is a condition said? One line of `when` in words, its figures as the page would write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import BEYOND, QUANTITIES, SCALE
from magcheck.knowledge.conditions import Between, Choice, Flag, HasTrait, TakenCount, Taking

if TYPE_CHECKING:
    from magcheck.knowledge.conditions import Condition
    from magcheck.knowledge.rule import Rule


@dataclass(frozen=True, slots=True)
class FigureRange:
    """A range in its own unit; a bound is absent where there is none."""

    from_: float | None = None
    above: float | None = None
    below: float | None = None
    up_to: float | None = None

    def __str__(self) -> str:
        named = (("from", self.from_), ("above", self.above), ("below", self.below), ("up to", self.up_to))
        return " and ".join(f"{word} {figure(value)}" for word, value in named if value is not None)


NO_BOUNDS = FigureRange()


def bounds(low: int | None, high: int | None) -> FigureRange:
    """A range in thousandths, both ends included, with the shorter figures: "above 350", not "from 350.001"."""
    above = low is not None and _is_shorter(low - 1, low)
    below = high is not None and _is_shorter(high + 1, high)
    return FigureRange(
        from_=None if low is None or above else low / SCALE,
        above=(low - 1) / SCALE if low is not None and above else None,
        below=(high + 1) / SCALE if high is not None and below else None,
        up_to=None if high is None or below else high / SCALE,
    )


def _is_shorter(bound: int, other: int) -> bool:
    return len(figure(bound / SCALE)) < len(figure(other / SCALE))


def figure(value: float) -> str:
    """With at most three decimals, as a page may write it."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def conditions_of(rule: Rule) -> tuple[Condition, ...]:
    """All that must hold: the lines of `when`, and the limit where the page has one."""
    limit = () if rule.limit is None else (Between("daily magnesium", rule.limit + 1, BEYOND),)
    return (*rule.when, *limit)


def _count(low: int, high: int) -> str:
    least, most = max(0, -(-low // SCALE)), high // SCALE
    if high >= BEYOND:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def in_words(condition: Condition) -> str:
    match condition:
        case Taking(names, route, elsewhere):
            also = "also " if elsewhere else ""
            return f"{also}taking {' or '.join(names)}{f' {route}' if route else ''}"
        case HasTrait(kind, names):
            return f"{kind} {' or '.join(names)}"
        case Between(quantity, low, high):
            span = bounds(low if low > -BEYOND else None, high if high < BEYOND else None)
            return f"{quantity} {span} {QUANTITIES[quantity].unit}"
        case Flag(word, value):
            return f"{word}: {'yes' if value else 'no'}"
        case Choice(word, values):
            return f"{word}: {' or '.join(values)}"
        case TakenCount(things, low, high):
            counted = " or ".join(f"{name} {route}" if route else name for name, route in things)
            return f"number taken of {counted}: {_count(low, high)}"
