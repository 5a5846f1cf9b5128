"""Which substances does this name mean? Exact matches only; everything else is said, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.lazy import cached_property
from magcheck.profile import Route
from magcheck.terminology.nearest import MAX_CANDIDATES, KnownWords, near_words
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from magcheck.profile import Item
    from magcheck.terminology.lexicon import Lexicon, Phrases
    from magcheck.terminology.normalise import DoseForms

NOT_A_TABLET = 3
"""One name in so many that is not swallowed, and the bare name of a substance says no tablet."""
_TOGETHER = re.compile(r"\s*(?:[/+&()\[\]]|\b(?:and|with)\b|(?<=[^\W\d])-(?=[^\W\d]))\s*", re.IGNORECASE)
"""Between two names that are written together; a hyphen only between letters."""


class By(StrEnum):
    """How a name was recognised."""

    NAME = "name"
    BRAND = "brand"
    PRODUCT = "product"
    CODE = "code"


class Substance(NamedTuple):
    """One substance (or one formulation of it) under its international non-proprietary name."""

    name: str
    classes: tuple[str, ...]
    """Direct classes, as printed in the report."""
    selectors: frozenset[str]
    """Everything a rule page may call it: its name, its parent substance, every class upwards."""
    rxcui: str | None = None
    route: Route | None = None
    """The route of a medicine that is never swallowed."""
    of: str | None = None
    """The substance of which it is a formulation or a salt."""


class Meaning(NamedTuple):
    """What one name can mean. There are ten thousand of them, so they are tuples."""

    substances: tuple[Substance, ...]
    by: By
    label: str
    """The name as it is written on the box or in the book."""
    countries: frozenset[str] = frozenset()
    """Where the name is sold; empty for names that need no country."""
    route: Route | None = None
    rxcui: str | None = None
    others: tuple[str, ...] = ()
    """Ingredients outside the vocabulary, named only."""

    @property
    def is_mixture(self) -> bool:
        """Is an amount of it an amount of none of its ingredients?"""
        return len(self.substances) + len(self.others) > 1


class Group(NamedTuple):
    """A name that stands for several things: a class word or a brand family. Always "which one?"."""

    label: str
    members: tuple[Meaning, ...]
    question: str = ""
    countries: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A recognised item."""

    meaning: Meaning
    route: Route
    by_default: bool
    """Nobody said the route: it is the product's, or oral."""


class Reason(StrEnum):
    UNKNOWN = "unknown name"
    AMBIGUOUS = "ambiguous name"
    WHICH_ONE = "which one?"
    UNKNOWN_CODE = "unknown code"
    DISAGREE = "name and code disagree"
    PARTLY = "only a part of this name is known"
    ROUTE = "how it is taken is not clear"
    STANDING = "is it taken now?"
    TWICE = "told in two ways"
    UNCOVERED = "no ingredient of it is in our tables"


class NotFound(NamedTuple):
    """An item that was not recognised, and what it might be."""

    reason: Reason
    candidates: tuple[str, ...] = ()
    could_be: tuple[Meaning, ...] = ()
    """The meanings between which only the person can choose; empty when nothing is known."""
    question: str = ""


NameRead = tuple[Meaning, Route | None] | NotFound
"""What a name means, and the route that its dose form tells."""


@dataclass(frozen=True)
class Vocabulary:
    """All names, brands, products, codes and class words, ready for look-up."""

    substances: Mapping[str, Substance]
    names: Mapping[str, tuple[Meaning, ...]]
    groups: Mapping[str, tuple[Group, ...]]
    codes: Mapping[str, Meaning]
    """RxNorm codes of substances and products."""
    atc: Mapping[str, Meaning]
    more_codes: Callable[[], Mapping[str, Meaning]]
    """RxNorm codes of packaged products, read only when they are needed."""
    dose_forms: DoseForms
    regions: Mapping[str, frozenset[str]]
    """Group of countries -> its members ("EU" -> AT, BE, ...)."""
    classes: Mapping[str, frozenset[str]]
    """Class -> itself and every class above it."""
    spellings: Container[str]
    """Every normalised spelling of a name or of a group of names."""
    phrases: Callable[[DoseForms], Phrases]
    """What words of a written line mean besides names, those for dose forms among them."""

    def within(self, selector: str) -> tuple[Substance, ...]:
        """Every substance that a page may call `selector`, those with the most classes first."""
        if selector not in self._within:
            found = [one for one in self.substances.values() if selector in one.selectors]
            self._within[selector] = tuple(sorted(found, key=lambda one: (-len(one.selectors), one.name)))
        return self._within[selector]

    @cached_property
    def _within(self) -> dict[str, tuple[Substance, ...]]:
        return {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word lists and the dose forms, as one index."""
        from magcheck.terminology.lexicon import Lexicon  # noqa: PLC0415 - codes alone need none

        return Lexicon(self.phrases(self.dose_forms))

    @cached_property
    def beginnings(self) -> Container[str]:
        """The first word of every spelling that has several."""
        return frozenset(text[: text.index(" ")] for text in chain(self.names, self.groups) if " " in text)

    def labels(self, text: str) -> frozenset[str]:
        """How the tables write the name whose normalised spelling is `text`."""
        return frozenset(meaning.label for meaning in self.names.get(text, ()))

    def exactly(self, text: str, country: str | None) -> NameRead:
        """What the spelling `text`, one of `spellings`, means to somebody who buys in `country`."""
        here = self._groups(text, country)
        if not here and text in self.names:
            return self._settle(self.names[text], country, None)
        return _which_one(here or self.groups[text])  # sold elsewhere only, and yet somebody has it

    @cached_property
    def sold_together(self) -> frozenset[frozenset[str]]:
        """Sets of substances that are sold as one product."""
        named = (meaning for meanings in self.names.values() for meaning in meanings)
        every = (*named, *self.codes.values(), *self.more_codes().values())
        return frozenset(frozenset(s.name for s in m.substances) for m in every if len(m.substances) > 1)

    def find(self, item: Item, country: str | None) -> Found | NotFound:
        """What `item` is, for somebody who buys in `country` (None: not told)."""
        by_code = self._by_code(item)
        if item.name is None:
            return self._found(by_code, None, item) if isinstance(by_code, Meaning) else _NO_SUCH_CODE
        by_name = self._by_name(item, country)
        if by_code is None:
            return by_name
        if not isinstance(by_code, Meaning):
            return by_code if isinstance(by_name, Found) else by_name
        return self._agreed(by_code, by_name, item)

    def _agreed(self, by_code: Meaning, by_name: Found | NotFound, item: Item) -> Found | NotFound:
        """The code settles a name that is unknown or open; a name that means something else is not overruled."""
        if isinstance(by_name, NotFound):
            unknown = by_name.reason is Reason.UNKNOWN
            fits = unknown or any(_share(meaning, by_code) for meaning in by_name.could_be)
            return self._found(by_code, None, item) if fits else by_name
        if _share(by_name.meaning, by_code):
            richer = max(by_name.meaning, by_code, key=lambda meaning: len(meaning.substances))
            return Found(richer, by_name.route, by_name.by_default)
        both = (by_name.meaning, by_code)
        return NotFound(Reason.DISAGREE, tuple(describe(meaning) for meaning in both), both)

    def _by_code(self, item: Item) -> Meaning | NotFound | None:
        if item.rxcui is None and item.atc is None:
            return None
        meaning = self.meaning_of_code(item.rxcui) if item.rxcui else None
        if meaning is None and item.atc:
            meaning = self.atc.get(item.atc.upper())
        return meaning or _NO_SUCH_CODE

    def meaning_of_code(self, rxcui: str) -> Meaning | None:
        return self.codes.get(rxcui) or self.more_codes().get(rxcui)

    def _by_name(self, item: Item, country: str | None) -> Found | NotFound:
        read = self._read(item.name or "", country)
        return read if isinstance(read, NotFound) else self._found(*read, item)

    @cached_property
    def _read(self) -> Callable[[str, str | None], NameRead]:
        """`_read_name`, remembering the last few thousand names."""
        return lru_cache(maxsize=4096)(self._read_name)

    def _read_name(self, name: str, country: str | None) -> NameRead:
        for reading in self.dose_forms.readings(name):
            groups = self._groups(reading.text, country)
            if groups:
                return _which_one(groups)
            meanings = self.names.get(reading.text)
            if meanings:
                return self._settle(meanings, country, reading.route)
        return self._combined(name, country) or self._unknown(name)

    def _unknown(self, name: str) -> NotFound:
        nearest = self.nearest(name)
        return NotFound(
            Reason.UNKNOWN, tuple(nearest), tuple(m for meanings in nearest.values() for m in meanings)
        )

    def _combined(self, name: str, country: str | None) -> NameRead | None:
        """Several names written together ("dolutegravir/lamivudine"); every one must be understood."""
        parts = [part for part in _TOGETHER.split(name) if self.dose_forms.names_something(part)]
        if len(parts) <= 1:
            return None
        known, strange = self._sorted(parts, country)
        if not known:
            return None
        inside = {substance.name: substance for meaning in known for substance in meaning.substances}
        others = tuple(other for meaning in known for other in meaning.others)
        together = Meaning(tuple(inside.values()), By.NAME, name, others=others)
        if strange:
            nearest = [candidate for part in strange for candidate in self.nearest(part)]
            return NotFound(Reason.PARTLY, tuple(nearest), (together,))
        return together, None

    def _sorted(self, parts: Iterable[str], country: str | None) -> tuple[list[Meaning], list[str]]:
        """The meanings of the parts that are understood, and the parts that are not."""
        known: list[Meaning] = []
        strange: list[str] = []
        for part in parts:
            read = self._read(part, country)
            if isinstance(read, NotFound):
                strange.append(part)
            else:
                known.append(read[0])
        return known, strange

    def _groups(self, text: str, country: str | None) -> list[Group]:
        """A family before a class of the same name; several only where each is that of its countries."""
        here = [group for group in self.groups.get(text, ()) if self._sold(group.countries, country)]
        of_countries = [group for group in here if group.countries]
        return of_countries if here and here[0].countries else here[:1]

    def _sold(self, countries: frozenset[str], country: str | None) -> bool:
        if country is None or not countries or country in countries:
            return True
        return any(
            (country in members and region in countries) or (country == region and members & countries)
            for region, members in self.regions.items()
        )

    def _settle(self, meanings: tuple[Meaning, ...], country: str | None, route: Route | None) -> NameRead:
        here = [m for m in meanings if self._sold(m.countries, country)] or list(meanings)
        by_substances = {frozenset(m.substances): m for m in reversed(here)}
        if len(by_substances) > 1:
            candidates = tuple(describe(meaning, where=True) for meaning in here)
            return NotFound(Reason.AMBIGUOUS, candidates, tuple(by_substances.values()))
        swallowed = [m for m in here if m.route in (None, Route.ORAL)]
        branded = sorted(swallowed or here, key=lambda meaning: meaning.by is By.NAME)
        return branded[0], route

    def _found(self, meaning: Meaning, route: Route | None, item: Item) -> Found | NotFound:
        if not meaning.substances:
            return NotFound(Reason.UNCOVERED, (describe(meaning),))
        told = item.route or route
        return Found(meaning, told or meaning.route or Route.ORAL, by_default=told is None)

    def nearest(self, name: str) -> dict[str, tuple[Meaning, ...]]:
        """Known names at most 2 typing errors away (1 for a short name), nearest first; for asking only.

        One spelling for each thing that may be meant.
        """
        readings = dict.fromkeys(reading.text for reading in self.dose_forms.readings(name) if reading.text)
        found: dict[tuple[Substance, ...], tuple[str, tuple[Meaning, ...]]] = {}
        for text in readings:
            for spelling in near_words(text, self._spellings):
                label, meanings = self._shown(spelling)
                inside = tuple(substance for meaning in meanings for substance in meaning.substances)
                found.setdefault(inside, (label, meanings))
        return dict(list(found.values())[:MAX_CANDIDATES])

    @cached_property
    def _spellings(self) -> KnownWords:
        return KnownWords([*self.names, *self.groups])

    def _shown(self, spelling: str) -> tuple[str, tuple[Meaning, ...]]:
        meanings = self.names.get(spelling)
        if meanings:
            return describe(meanings[0]), meanings[:1]
        group = self.groups[spelling][0]
        return group.label, group.members

    def all_names(self) -> list[str]:
        """Every name as written, for completion at a prompt."""
        labels = {m.label for meanings in self.names.values() for m in meanings}
        return sorted(labels | {g.label for groups in self.groups.values() for g in groups})

    @cached_property
    def sold_for_other_routes(self) -> frozenset[str]:
        """Substances of which a product is known that is not swallowed."""
        known = (m for meanings in self.names.values() for m in meanings if m.route not in (None, Route.ORAL))
        return frozenset(substance.name for meaning in known for substance in meaning.substances)

    @cached_property
    def often_not_swallowed(self) -> frozenset[str]:
        """Substances of whose names so many are not swallowed that the bare name does not say a tablet."""
        swallowed, elsewhere = Counter[str](), Counter[str]()
        for meaning in (meaning for meanings in self.names.values() for meaning in meanings):
            count = swallowed if meaning.route in (None, Route.ORAL) else elsewhere
            count.update(substance.name for substance in meaning.substances if len(meaning.substances) == 1)
        return frozenset(name for name, found in elsewhere.items() if found * NOT_A_TABLET >= swallowed[name])

    def selector(self, name: str) -> str | None:
        """The selector (substance or class) that a rule page calls `name`."""
        if name in self.classes or name in self.substances:
            return name
        meanings = [m for m in self.names.get(normal(name), ()) if m.by is By.NAME]
        names = {m.substances[0].name for m in meanings if len(m.substances) == 1}
        return names.pop() if len(names) == 1 else None


_NO_SUCH_CODE = NotFound(Reason.UNKNOWN_CODE)


def _share(one: Meaning, other: Meaning) -> bool:
    return not set(one.substances).isdisjoint(other.substances)


def _which_one(groups: Sequence[Group]) -> NotFound:
    """Where a name is another family in another country, and nobody said where, it may be any of all of them."""
    if len(groups) == 1:
        candidates = tuple(describe(meaning) for meaning in groups[0].members)
        return NotFound(Reason.WHICH_ONE, candidates, groups[0].members, groups[0].question)
    every = tuple(dict.fromkeys(meaning for group in groups for meaning in group.members))
    return NotFound(Reason.AMBIGUOUS, tuple(describe(meaning, where=True) for meaning in every), every)


def describe(meaning: Meaning, *, where: bool = False) -> str:
    """ "Xyzal (levocetirizine)", with the countries where they matter."""
    inside = " / ".join([s.name for s in meaning.substances] + list(meaning.others))
    place = f", {'/'.join(sorted(meaning.countries))}" if where and meaning.countries else ""
    if normal(inside) == normal(meaning.label):
        return f"{meaning.label}{place}"
    return f"{meaning.label} ({inside}{place})"
