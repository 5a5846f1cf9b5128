"""What do the window and the wish of a page speak of? Read from its `when`, so that nobody types it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import PROPERTIES
from magcheck.knowledge.conditions import Taking
from magcheck.knowledge.rule import OTHER_MEDICINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.rule import Rule
    from magcheck.knowledge.terms import Terms


def medicine_lines(rule: Rule, terms: Terms) -> list[Taking]:
    """The lines about the medicine that the page is about: one, or none."""
    return [line for line in _takings(rule) if not line.elsewhere and not _is_magnesium(line, terms)]


def magnesium_lines(rule: Rule, terms: Terms) -> list[Taking]:
    return [line for line in _takings(rule) if not line.elsewhere and _is_magnesium(line, terms)]


def separated(rule: Rule, terms: Terms) -> str:
    """ "digoxin or digitoxin": what a page keeps apart from magnesium."""
    return " or ".join(name for line in medicine_lines(rule, terms) for name in line.names)


def placed(rule: Rule) -> str | None:
    """What a page places: as typed, or the only thing that it is about; None where that is not one thing."""
    if rule.place and rule.place.take:
        return rule.place.take
    own = [line for line in _takings(rule) if not line.elsewhere]
    return _only_name(own or _takings(rule))


def placed_around(rule: Rule) -> str | None:
    """From what a page keeps it away; None where it has an anchor, or where `when` does not say one thing."""
    if rule.place is None or rule.place.anchor:
        return None
    return rule.place.around or _only_name([line for line in _takings(rule) if line.elsewhere])


def names_of_a_window(rule: Rule, terms: Terms) -> Iterator[str]:
    """What is wrong with what a window speaks of."""
    if rule.separate is None:
        return
    medicine, magnesium = medicine_lines(rule, terms), magnesium_lines(rule, terms)
    if len(medicine) != 1 or len(magnesium) != 1:
        yield "'separate' needs one line 'taking' with the medicine and one with the magnesium."
    for key, name, lines in (("take", rule.separate.take, medicine), ("around", rule.separate.around, magnesium)):
        if name is not None and not _is_named(name, lines, terms):
            yield f"'{key}: {name}' is not what 'when' names. Leave it out: it follows from 'when'."


def names_of_a_wish(rule: Rule, terms: Terms) -> Iterator[str]:
    """What is wrong with what a wish for the day speaks of."""
    if rule.place is None:
        return
    if placed(rule) is None:
        yield "'when' does not name one thing to place. Write which under 'take'."
    if rule.place.anchor is None and placed_around(rule) is None:
        yield "write an 'anchor' (wake, breakfast, meals, bed), 'around', or one line 'also taking'."
    for key in ("take", "around"):
        name = getattr(rule.place, key)
        beyond = key == "around" and name == OTHER_MEDICINES
        if name is not None and not beyond and not _is_named(name, _takings(rule), terms):
            yield f"'{key}: {name}' is not what 'when' names."


def _takings(rule: Rule) -> list[Taking]:
    return [line for line in rule.when if isinstance(line, Taking)]


def _only_name(lines: list[Taking]) -> str | None:
    names = [name for line in lines for name in line.names]
    return names[0] if len(names) == 1 else None


def _is_magnesium(line: Taking, terms: Terms) -> bool:
    return any(map(terms.is_magnesium, line.names))


def _is_named(name: str, lines: list[Taking], terms: Terms) -> bool:
    """Is it a name of one of `lines`, all of its names, a class of all of them, or a kind of their magnesium?"""
    return any(
        name in (*line.names, " or ".join(line.names))
        or (_is_magnesium(line, terms) and (name in PROPERTIES or terms.means_magnesium(name)))
        or all(terms.is_within(other, name) for other in line.names)
        for line in lines
    )
