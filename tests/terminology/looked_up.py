"""What a name that stands alone in a profile is, as the rules see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.knowledge.load import load_rules
from magcheck.profile import Day, Medication
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found, NotFound

if TYPE_CHECKING:
    from magcheck.reading.item import ReadItem

BOOK = load_rules()


def read(name: str | None, country: str | None = None, **more: Any) -> tuple[ReadItem, ...]:
    """Each thing that one entry of the medicines names."""
    return read_item(Medication(name=name, **more), Setting(BOOK, country, Day(), "medications"))


def find(name: str | None, country: str | None = None, **more: Any) -> Found | NotFound:
    """The one thing that is named."""
    (item,) = read(name, country, **more)
    return item.found


def inside(found: Found | NotFound) -> str:
    """The ingredients and the route in one line."""
    assert isinstance(found, Found), found
    substances = " + ".join(sorted(substance.name for substance in found.meaning.substances))
    return f"{substances}, {found.route.value}"
