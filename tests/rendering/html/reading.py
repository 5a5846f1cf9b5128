"""The people whose handouts are tested, and a small reader of HTML that refuses what is not well-formed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from magcheck import Profile, Report
from magcheck.checker import default_checker
from magcheck.rendering.html.page import handout
from magcheck.rendering.voice import Voice

DAY = {"wake": "06:30", "sleep": "22:30", "meals": ["07:30", "12:30", "18:30"]}
LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenundnochvielmehrdavon"
SCRIPT = "<script>alert('x')</script> \"both\" & 'single'"
HEBREW = "אקמול 500 מ״ג (עם קפאין)"
PEOPLE: dict[str, dict[str, Any]] = {
    "short": {
        "person": {"age": 52, "sex": "female", "pregnancy": "none"},
        "kidney": {"egfr": 90},
        "medications": [{"name": "levothyroxine", "times": ["07:00"]}],
        "supplements": [{"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["07:30"]}],
        "country": "US",
    },
    "simple": {
        "person": {"age": 30, "sex": "male"},
        "supplements": [{"name": "magnesium glycinate", "amount_mg": 200, "basis": "elemental", "per_day": 1}],
        "country": "US",
    },
    "complicated": {
        "person": {"age": 71, "sex": "female", "weight_kg": 64, "height_cm": 162},
        "kidney": {"creatinine": {"value": 0.9, "unit": "mg/dL"}},
        "labs": {"magnesium": {"value": 2.0, "unit": "mg/dL"}},
        "goals": ["sleep"],
        "medications": [
            {"name": "levothyroxine 75 mcg", "times": ["07:00"], "dose_mg": 0.075},
            {"name": "Cipro 500 mg", "times": ["08:00", "20:00"], "dose_mg": 500},
            {"name": "alendronate 70 mg", "frequency": "weekly", "times": ["06:30"]},
            "Torasemid",
        ],
        "supplements": [
            {"name": "magnesium glycinate", "amount_mg": 300, "basis": "elemental", "times": ["21:00"]},
            {"name": "calcium carbonate", "amount_mg": 600, "basis": "elemental", "times": ["12:30"]},
            {"name": "milk of magnesia", "amount_mg": 30, "frequency": "as needed"},
        ],
        "day": DAY,
        "country": "US",
    },
    "emergency": {
        "person": {"age": 80, "sex": "male"},
        "kidney": {"egfr": 22},
        "symptoms": ["slow breathing", "drowsy"],
        "medications": ["oxycodone"],
        "supplements": [{"name": "magnesium oxide", "amount_mg": 800, "per_day": 2}],
        "country": "US",
    },
    "impossible": {
        "person": {"age": 40, "sex": "male"},
        "medications": [{"name": "cipro", "times": ["08:00", "20:00"], "fixed": True}],
        "supplements": [
            {
                "name": "magnesium citrate",
                "amount_mg": 60,
                "basis": "elemental",
                "times": ["07:00", "12:00", "17:00", "21:00"],
                "fixed": True,
            }
        ],
        "day": DAY,
        "country": "US",
    },
    "strange names": {
        "medications": [{"name": SCRIPT, "times": ["08:00"]}, HEBREW, LONG, "levothyroxne"],
        "supplements": [{"name": "magnesium citrate", "elemental_percent": 11.34}],
        "conditions": ["<img src=x onerror=alert(1)>"],
    },
    "nothing told": {},
}


WORDS = default_checker().book.wording


@cache
def profile_of(name: str) -> Profile:
    return Profile.model_validate(PEOPLE[name])


@cache
def report_of(name: str) -> Report:
    return default_checker().plan(profile_of(name))


@cache
def page_of(name: str, voice: Voice = Voice.PLAIN) -> str:
    return handout(report_of(name), profile_of(name), WORDS, voice)


VOID = frozenset({"meta"})


@dataclass
class Node:
    """An element of the page."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list["Node | str"])

    @property
    def text(self) -> str:
        """What is read aloud, without what is only for the eye or the machine."""
        said = "".join(child if isinstance(child, str) else child.text for child in self.children)
        return "" if self.tag in ("style", "title", "desc") else said

    @property
    def words(self) -> str:
        spaced = [child if isinstance(child, str) else child.words for child in self.children]
        glue = "" if self.tag in ("wbr", "bdi", "a", "p", "dd", "li", "td", "th", "strong", "h1") else " "
        return "" if self.tag in ("style", "title", "desc") else glue.join(spaced)

    def every(self, *tags: str) -> Iterator[Node]:
        """In the order of the page, itself included; any element where no tag is named."""
        if not tags or self.tag in tags:
            yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.every(*tags)

    def above(self) -> Iterator[Node]:
        here = self.parent
        while here is not None:
            yield here
            here = here.parent

    def of_class(self, name: str) -> list[Node]:
        return [one for one in self.every() if name in one.attributes.get("class", "").split()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("document", {})
        self.declared = ""

    def handle_decl(self, decl: str) -> None:
        self.declared = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} repeats an attribute"
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID and tag != "wbr":
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.here.tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(page: str) -> Node:
    """Raises AssertionError where an element is not closed in its place."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.declared == "doctype html"
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root


@cache
def tree_of(name: str, voice: Voice = Voice.PLAIN) -> Node:
    return read(page_of(name, voice))
