"""Which substances does this name mean? Exact matches only; everything else is said, never guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.lazy import cached_property
from magcheck.profile import Route
from magcheck.terminology.nearest import MAX_CANDIDATES, KnownWords, near_words
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from magcheck.terminology.lexicon import Lexicon, Phrases
    from magcheck.terminology.normalise import DoseForms

NOT_A_TABLET = 3
"""One name in so many that is not swallowed, and the bare name of a substance says no tablet."""


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
    meanwhile: Meaning | None = None
    """What it counts as until that is settled; None where it counts as nothing."""


NameRead = Meaning | NotFound


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
    ways: Mapping[str, frozenset[Route]]
    """Substances of one product, put `together` -> the ways in which such a product is known to be sold."""
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
            return self._settle(self.names[text], country)
        return _which_one(here or self.groups[text])  # sold elsewhere only, and yet somebody has it

    @cached_property
    def sold_together(self) -> frozenset[frozenset[str]]:
        """Sets of substances that are sold as one product."""
        named = (meaning for meanings in self.names.values() for meaning in meanings)
        every = (*named, *self.codes.values(), *self.more_codes().values())
        return frozenset(frozenset(s.name for s in m.substances) for m in every if len(m.substances) > 1)

    def ways_of(self, substances: Iterable[Substance]) -> frozenset[Route]:
        """The ways, other than by mouth, in which a product of just these substances is known to be sold."""
        return self.ways.get(together(substances), frozenset())

    def meaning_of_code(self, rxcui: str) -> Meaning | None:
        return self.codes.get(rxcui) or self.more_codes().get(rxcui)

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

    def _settle(self, meanings: tuple[Meaning, ...], country: str | None) -> NameRead:
        here = [m for m in meanings if self._sold(m.countries, country)] or list(meanings)
        by_substances = {frozenset(m.substances): m for m in reversed(here)}
        if len(by_substances) > 1:
            candidates = tuple(describe(meaning, where=True) for meaning in here)
            return NotFound(Reason.AMBIGUOUS, candidates, tuple(by_substances.values()))
        swallowed = [m for m in here if m.route in (None, Route.ORAL)]
        branded = sorted(swallowed or here, key=lambda meaning: meaning.by is By.NAME)
        return branded[0]

    def nearest(self, name: str) -> dict[str, tuple[Meaning, ...]]:
        """Known names at most 2 typing errors away (1 for a short name), nearest first; for asking only.

        One spelling for each thing that may be meant.
        """
        found: dict[tuple[Substance, ...], tuple[str, tuple[Meaning, ...]]] = {}
        for text in filter(None, dict.fromkeys(self.dose_forms.readings(name))):
            for spelling in near_words(text, self._spellings):
                for label, meanings in self._shown(spelling):
                    inside = tuple(substance for meaning in meanings for substance in meaning.substances)
                    found.setdefault(inside, (label, meanings))
        return dict(list(found.values())[:MAX_CANDIDATES])

    @cached_property
    def _spellings(self) -> KnownWords:
        return KnownWords([*self.names, *self.groups])

    def _shown(self, spelling: str) -> Iterator[tuple[str, tuple[Meaning, ...]]]:
        """Each thing that a name means, for it may be another one elsewhere; all that a group may be, as one."""
        if spelling in self.names:
            yield from ((describe(meaning), (meaning,)) for meaning in self.names[spelling])
        else:
            groups = self._groups(spelling, None)
            yield groups[0].label, tuple(dict.fromkeys(chain.from_iterable(group.members for group in groups)))

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


def together(substances: Iterable[Substance]) -> str:
    """What is in one product, as a key."""
    return " / ".join(sorted({substance.name for substance in substances}))


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
