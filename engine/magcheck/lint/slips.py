"""A page that is wrong in one place: everything that a slip of the pen could do to it."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from magcheck.core.fact_names import QUANTITIES
from magcheck.core.scales import Action
from magcheck.knowledge.conditions import NUMBER
from magcheck.knowledge.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook

STEP = Decimal("0.001")
"""The smallest difference between two figures of a page."""
OTHER_BOUNDS = {
    "from": ("above", "below", "up to"),
    "above": ("from", "up to", "below"),
    "below": ("up to", "from", "above"),
    "up to": ("below", "above", "from"),
}
WEAKER = {action.value: weaker.value for action, weaker in zip(list(Action), list(Action)[1:], strict=False)}
"""One step down, `separate` left out: it is no action that a page may write."""
WEAKER["ask_first"] = "lower_dose"
SIDES = ("before", "after")
DURATIONS = (*SIDES, "close", "not_within")
PARTS = (("separate",), ("separate", "preferred"), ("place",))
"""Of a page: what holds durations."""
KEYS = {
    "action weakened": "action",
    "limit moved": "limit",
    "window moved": "separate",
    "before and after swapped": "separate",
    "wish moved": "place",
}
"""Where a page holds what an operator turns; the others turn a line of `when`."""


class Slip(NamedTuple):
    page: str
    operator: str
    key: str
    """Of the page; where it happened."""
    what: str
    rule: Rule | None
    """None where the reader of pages refuses it."""


def slips(rule: Rule, book: RuleBook) -> Iterator[Slip]:
    """Every one that changes what the page says."""
    data: dict[str, Any] = deepcopy(book.documents[rule.id].data)
    for operator, what, changed in _changes(data):
        try:
            read = Rule.model_validate(changed)
        except ValidationError:
            read = None
        if read is None or _means_something_else(read, rule):
            yield Slip(rule.id, operator, KEYS.get(operator, "when"), what, read)


def _means_something_else(changed: Rule, rule: Rule) -> bool:
    """A bound that says the same, such as `from: 1` and `above: 0` of whole things, is no slip."""
    said = attrgetter("when", "separate", "limit", "action", "place")
    return bool(said(changed) != said(rule))


Change = tuple[str, str, dict[str, Any]]


def _changes(data: dict[str, Any]) -> Iterator[Change]:
    yield from _lines(data)
    yield from _windows(data)
    if data.get("action") in WEAKER:
        yield "action weakened", data["action"], {**data, "action": WEAKER[data["action"]]}
    if "limit" in data:
        for figure in _beside(data["limit"], STEP):
            yield "limit moved", figure, {**data, "limit": figure}


def _lines(data: dict[str, Any]) -> Iterator[Change]:
    for number, line in enumerate(data["when"]):
        ((word, value),) = line.items()
        rest = data["when"][:number] + data["when"][number + 1 :]
        if rest and not _is_always_so(word, value, data):
            yield "line dropped", word, {**data, "when": rest}
        for operator, what, other in _values(word, value):
            changed = [*data["when"][:number], {word: other}, *data["when"][number + 1 :]]
            yield operator, f"{word} {what}", {**data, "when": changed}


def _is_always_so(word: str, value: Any, data: dict[str, Any]) -> bool:
    """Magnesium by mouth is always taken or assumed, as `magcheck rules prove` shows: such a line changes nothing.

    Beside another `taking` it says besides that the two are not one product, which only a window needs.
    """
    return value == "magnesium by mouth" and (
        word == "also taking" or (word == "taking" and "separate" not in data)
    )


def _values(word: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    if word in QUANTITIES or word == NUMBER:
        yield from _figures(word, value)
    names = value.get("of") if word == NUMBER else value
    if isinstance(names, list) and len(names) > 1:
        for name in names:
            left = [other for other in names if other != name]
            yield "name dropped", str(name), {**value, "of": left} if word == NUMBER else left
    if isinstance(value, bool):
        yield "answer turned round", "", not value


def _figures(word: str, bounds: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    step = Decimal(1) if word == NUMBER else STEP
    for bound, figure in bounds.items():
        if bound == "of":
            continue
        rest = {name: other for name, other in bounds.items() if name != bound}
        for other in OTHER_BOUNDS[bound]:
            if other not in rest:
                yield "bound turned round", f"{bound} -> {other}", {**rest, other: figure}
        for moved in _beside(figure, step):
            whole = int(moved) if word == NUMBER else moved
            yield "figure moved", f"{bound} {moved}", {**rest, bound: whole}


def _beside(figure: Any, step: Decimal) -> Iterator[str]:
    number, space, unit = str(figure).partition(" ")
    for moved in (Decimal(number) - step, Decimal(number) + step):
        if moved >= 0:
            yield f"{moved}{space}{unit}"


def _windows(data: dict[str, Any]) -> Iterator[Change]:
    for path in PARTS:
        holder = _part(data, path)
        if holder.keys() >= set(SIDES) and holder["before"] != holder["after"]:
            turned = {**holder, "before": holder["after"], "after": holder["before"]}
            yield "before and after swapped", path[-1], _with_part(data, path, turned)
        for side in DURATIONS:
            for minutes in _minute_beside(holder.get(side)):
                moved = {**holder, side: f"{minutes} min"}
                operator = "wish moved" if path == ("place",) else "window moved"
                yield operator, f"{' '.join(path[1:])} {side} {minutes} min".strip(), _with_part(data, path, moved)


def _part(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for key in path:
        data = data.get(key) or {}
    return data


def _with_part(data: dict[str, Any], path: tuple[str, ...], part: dict[str, Any]) -> dict[str, Any]:
    key, *rest = path
    return {**data, key: _with_part(data[key], tuple(rest), part) if rest else part}


def _minute_beside(duration: str | None) -> Iterator[int]:
    if duration is not None:
        yield from (minutes for minutes in (_minutes(duration) - 1, _minutes(duration) + 1) if minutes >= 0)


def _minutes(text: str) -> int:
    number, unit = text.split()
    return int(float(number) * (60 if unit == "h" else 1))
