"""What does one line of `when` say? A single-key mapping in, a typed condition out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from magcheck.core.fact_names import BEYOND, CHOICES, FLAGS, QUANTITIES, ROUTES, SCALE, TRAITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Taking:
    """Any one of `names` is taken, by `route` where one is said."""

    names: tuple[str, ...]
    route: str | None
    elsewhere: bool = False
    """ "also taking": anywhere in the profile, not the medicine that the page is about."""


@dataclass(frozen=True, slots=True)
class HasTrait:
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A quantity lies within [low, high], both in thousandths of its unit and both included."""

    quantity: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Flag:
    word: str
    value: bool


@dataclass(frozen=True, slots=True)
class Choice:
    word: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenCount:
    """So many different things among `things` are taken, each by its route; the bounds in thousandths."""

    things: tuple[tuple[str, str | None], ...]
    low: int
    high: int

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.things)


Condition = Taking | HasTrait | Between | Flag | Choice | TakenCount

NUMBER = "number taking"
WORDS: tuple[str, ...] = ("taking", "also taking", NUMBER, *TRAITS, *QUANTITIES, *FLAGS, *CHOICES)
_BOUNDS = {"from": (0, 1), "above": (1, 1), "below": (-1, -1), "up to": (0, -1)}
MAX_NAMES = 200
"""In one line; our longest has 18."""
_FIGURE = re.compile(r"(-?\d+(?:\.\d{1,3})?)(?:\s+(.+))?")


def near(word: str, known: Iterable[str]) -> str:
    """ "Did you mean 'x'?", or nothing."""
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = process.extractOne(word.lower(), list(known), scorer=OSA.normalized_distance, score_cutoff=0.4)
    return f"Did you mean '{found[0]}'?" if found else f"Known: {', '.join(sorted(known))}."


def parse_condition(raw: object) -> Condition:
    """Raises ValueError with what is wrong and what would be right."""
    line = cast("dict[object, object]", raw) if isinstance(raw, dict) else {}
    if len(line) != 1:
        raise ValueError("a line of 'when' is one word and one value, such as 'taking: levothyroxine'.")
    ((word, value),) = line.items()
    return _parse(str(word), value)


def _parse(word: str, value: object) -> Condition:
    if word in ("taking", "also taking"):
        return _taking(value, elsewhere=word == "also taking")
    if word == NUMBER:
        return _number(value)
    if word in TRAITS:
        return HasTrait(word, _words(value))
    if word in QUANTITIES:
        return _between(word, value)
    if word in FLAGS:
        if not isinstance(value, bool):
            raise ValueError(f"'{word}' is answered with yes or no.")
        return Flag(word, value)
    if word in CHOICES:
        return Choice(word, _words(value))
    raise ValueError(f"unknown condition '{word}'. {near(word, WORDS)}")


def _words(value: object) -> tuple[str, ...]:
    words = cast("list[object]", value) if isinstance(value, list) else [value]
    texts = tuple(word for word in words if isinstance(word, str) and word)
    if not texts or len(texts) < len(words):
        raise ValueError("expected a name or a list of names.")
    if len(texts) > MAX_NAMES:
        raise ValueError(f"{len(texts)} names in one line; there can be {MAX_NAMES}. Name a class instead.")
    return texts


def _taking(value: object, *, elsewhere: bool) -> Taking:
    pairs = [_name_and_route(text) for text in _words(value)]
    routes = {route for _, route in pairs}
    if len(routes) > 1:
        raise ValueError("all names of one line need the same route.")
    return Taking(tuple(name for name, _ in pairs), routes.pop(), elsewhere)


def _name_and_route(text: str) -> tuple[str, str | None]:
    for phrase in ROUTES:
        if text.endswith(" " + phrase):
            return text.removesuffix(" " + phrase), phrase
    return text, None


def _between(word: str, value: object) -> Between:
    bounds = cast("dict[object, object]", value) if isinstance(value, dict) else {}
    if not bounds:
        raise ValueError(f"'{word}' needs bounds, such as {{from: 30, below: 45}}.")
    return Between(word, *_bounds(word, bounds, partial(scaled_figure, word)))


def _bounds(word: str, bounds: dict[object, object], scaled: Callable[[object], int]) -> tuple[int, int]:
    low, high = -BEYOND, BEYOND
    for bound, figure in bounds.items():
        if bound not in _BOUNDS:
            raise ValueError(f"unknown bound '{bound}'. {near(str(bound), _BOUNDS)}")
        step, side = _BOUNDS[str(bound)]
        end = scaled(figure) + step
        low, high = (max(low, end), high) if side > 0 else (low, min(high, end))
    if low > high:
        raise ValueError(f"'{word}' asks for a value above its own upper bound.")
    return low, high


def _number(value: object) -> TakenCount:
    entries = dict(cast("dict[object, object]", value)) if isinstance(value, dict) else {}
    if len(entries) < 2 or "of" not in entries:
        raise ValueError(f"'{NUMBER}' needs names and a bound, such as {{of: [opioid, z-drug], from: 2}}.")
    things = tuple(_name_and_route(text) for text in _words(entries.pop("of")))
    return TakenCount(things, *_bounds(NUMBER, entries, _whole))


def _whole(figure: object) -> int:
    if isinstance(figure, bool) or not isinstance(figure, int) or figure < 0:
        raise ValueError(f"'{figure}' is not a whole number.")
    return figure * SCALE


def scaled_figure(word: str, figure: object) -> int:
    """`figure` ("350 mg", 30) in thousandths of the unit of `word`; ValueError for another unit."""
    quantity = QUANTITIES[word]
    written = None if isinstance(figure, bool) else _FIGURE.fullmatch(str(figure))
    if not written:
        raise ValueError(f"'{figure}' is not a number with at most three decimals.")
    if written[2] != quantity.unit and (written[2] or quantity.needs_unit):
        raise ValueError(f"'{figure}' is not in {quantity.unit}. Write the figure in {quantity.unit}.")
    return round(float(written[1]) * SCALE)


_DURATION = re.compile(r"(\d+(?:\.\d+)?) (h|min)")


def parse_minutes(raw: object) -> int:
    """ "2 h" and "30 min" in minutes; ValueError otherwise."""
    written = _DURATION.fullmatch(raw) if isinstance(raw, str) else None
    minutes = float(written[1]) * (60 if written[2] == "h" else 1) if written else -1
    if minutes != int(minutes) or not 0 <= minutes <= 24 * 60:
        raise ValueError(f"'{raw}' is not a length of time. Write '2 h' or '30 min'.")
    return int(minutes)


def condition_schema() -> dict[str, Any]:
    """JSON Schema of one line of `when`, for editors."""
    names: dict[str, Any] = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    bounds = {"type": "object", "minProperties": 1, "additionalProperties": False}
    figure = {"type": ["number", "string"]}
    lines: dict[str, Any] = dict.fromkeys(("taking", "also taking", *TRAITS, *CHOICES), names)
    lines |= {word: bounds | {"properties": dict.fromkeys(_BOUNDS, figure)} for word in QUANTITIES}
    lines |= {word: {"enum": [True, False, "yes", "no"]} for word in FLAGS}
    whole = {"type": "integer", "minimum": 0}
    counted = {"of": names, **dict.fromkeys(_BOUNDS, whole)}
    lines[NUMBER] = bounds | {"required": ["of"], "minProperties": 2, "properties": counted}
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": lines,
    }
