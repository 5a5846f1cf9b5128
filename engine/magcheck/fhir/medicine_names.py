"""What is a medicine called in a record? By text, by what its codes are displayed as, and by the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.bounds import LONGEST_NAME
from magcheck.fhir.plain import codes, number, part, parts, text, wordings
from magcheck.fhir.rxnorm import plain_names, without_strength
from magcheck.profile import Medication
from magcheck.reading.item import read_item
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from magcheck.fhir.plain import Resource
    from magcheck.reading.item import ReadItem
    from magcheck.reading.setting import Setting

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
LONGEST = 400
"""Characters of a name that are read; what is said of it follows in the same line."""


class ReadName(NamedTuple):
    """One line with what it is read as."""

    name: str
    is_: frozenset[str]
    """Names of its substances; empty where it is not known."""
    is_clean: bool
    """Nothing of it was left unread."""
    amount_mg: float | None
    """Of one intake."""
    is_taken: bool


class Called(NamedTuple):
    """A medicine as it is named."""

    names: tuple[str, ...]
    """What is told to the reader; several where they name different things, or a pack holds them."""
    rxcui: str | None
    atc: str | None
    doubt: tuple[str, ...] = ()
    """Names that do not fit together."""

    @property
    def told(self) -> str:
        return " / ".join(self.names) or (f"RxCUI {self.rxcui}" if self.rxcui else f"ATC {self.atc}")

    def __bool__(self) -> bool:
        return bool(self.names or self.rxcui or self.atc)


NOBODY = Called((), None, None)


def seen(name: str, setting: Setting) -> ReadName:
    read = read_item(Medication.model_construct(name=name[:LONGEST_NAME]), setting)
    found = frozenset(substance for item in read for substance in substances_of(item))
    is_clean = bool(found) and all(isinstance(item.found, Found) and not item.doubts for item in read)
    line = read[0].line
    is_taken = all(item.taken for item in read)
    return ReadName(name, found, is_clean, line.amount.high if line else None, is_taken)


def substances_of(item: ReadItem) -> tuple[str, ...]:
    """Of an open form ("SOLN") only the way is not known."""
    meaning = item.found.meaning if isinstance(item.found, Found) else item.found.meanwhile
    return tuple(substance.name for substance in meaning.substances) if meaning else ()


def is_read_whole(line: str, name: ReadName, setting: Setting) -> bool:
    """Is `line`, a name with more words, read as the same thing, taken, with no more left unread?"""
    longer = seen(line, setting)
    return longer.is_taken and longer.is_ == name.is_ and (longer.is_clean or not name.is_clean)


def called(concept: object, setting: Setting) -> Called:
    """Names beside codes. Two names that mean different things are both told."""
    known = setting.vocabulary.meaning_of_code
    rxcuis = [code for code in codes(concept, RXNORM) if code.isascii() and code.isdigit() and len(code) <= 8]
    rxcui = next((code for code in rxcuis if known(code)), rxcuis[0] if rxcuis else None)
    atcs = [code for code in codes(concept, ATC) if code.isascii() and code.isalnum() and len(code) <= 12]
    atc = next((code for code in atcs if code.upper() in setting.vocabulary.atc), atcs[0] if atcs else None)
    written = [_packed(words, setting) for words in wordings(concept)]
    if not written:
        coded = known(rxcui) if rxcui else None
        named = " / ".join(substance.name for substance in coded.substances) if coded else ""
        return Called((named,) if named else (), rxcui, atc)
    first = max(written, key=lambda names: (_is_known(names), len(_inside(names)), _is_clean(names)))
    others = [names for names in written if not _inside(names) <= _inside(first)]
    names = tuple(name.name for names in (first, *others) for name in names)
    doubt = tuple(name.name for names in (first, *others) for name in names) if others else ()
    return Called(names, rxcui if len(first) == 1 else None, atc if len(first) == 1 else None, doubt)


def _packed(words: str, setting: Setting) -> tuple[ReadName, ...]:
    return tuple(_simplest(name, setting) for name in plain_names(words))


def _simplest(name: str, setting: Setting) -> ReadName:
    """The name as written; without its strength and form only where the reader then understands all of it."""
    whole = seen(name, setting)
    if whole.is_clean:
        return whole
    shorter = without_strength(name)
    bare = seen(shorter, setting) if shorter and shorter != name else whole
    return bare if bare.is_clean and not whole.is_ else whole


def _inside(names: tuple[ReadName, ...]) -> frozenset[str]:
    return frozenset(substance for name in names for substance in name.is_)


def _is_known(names: tuple[ReadName, ...]) -> bool:
    return any(name.is_ for name in names)


def _is_clean(names: tuple[ReadName, ...]) -> bool:
    return all(name.is_clean for name in names)


def together(told: Iterable[Called], setting: Setting) -> Called:
    """One product that is named in several places. Where a later name means something else, all are told."""
    said = [called for called in told if called]
    if not said:
        return NOBODY
    first, *others = said
    known = _meaning(first, setting)
    more = [other for other in others if not _meaning(other, setting) <= known]
    if not more:
        return first
    names = tuple(dict.fromkeys(name for called in (first, *more) for name in (called.names or (called.told,))))
    return Called(names, None, None, names)


def _meaning(told: Called, setting: Setting) -> frozenset[str]:
    coded = setting.vocabulary.meaning_of_code(told.rxcui) if told.rxcui and not told.names else None
    if coded:
        return frozenset(substance.name for substance in coded.substances)
    named = (seen(name, setting).is_ or frozenset({name.casefold()}) for name in told.names or (told.told,))
    return frozenset(name for names in named for name in names)


def medication_named(medication: Resource, setting: Setting, known: Mapping[str, Resource]) -> Called:
    """A Medication by its code and its ingredients. `known`: by address, what it may refer to."""
    named = [name for entry in _active(medication) if (name := _ingredient(entry, known))]
    inside = Called((" / ".join(named),), None, None) if named else NOBODY
    return together((called(medication.get("code"), setting), inside), setting)


def has_unnamed(medication: Resource, known: Mapping[str, Resource]) -> bool:
    """Is there an ingredient of which nothing says what it is?"""
    return not all(_ingredient(entry, known) for entry in _active(medication))


def parts_referred(medication: Resource, known: Mapping[str, Resource]) -> list[Resource]:
    """Medications that are ingredients of another one."""
    return [part(known.get(_address_of(entry))) for entry in parts(medication.get("ingredient"))]


def _active(medication: Resource) -> list[Resource]:
    return [entry for entry in parts(medication.get("ingredient")) if entry.get("isActive") is not False]


def _address_of(entry: Resource) -> str:
    item = part(entry.get("item"))  # as later editions of FHIR write it
    return text((part(entry.get("itemReference")) or part(item.get("reference"))).get("reference"))


def _ingredient(entry: Resource, known: Mapping[str, Resource]) -> str:
    item = part(entry.get("item"))
    held = part(known.get(_address_of(entry)))
    concept = entry.get("itemCodeableConcept") or item.get("concept") or held.get("code")
    name = next(wordings(concept), "") or text(part(entry.get("itemReference")).get("display"))
    strength = part(part(entry.get("strength")).get("numerator"))
    value, unit = number(strength.get("value")), text(strength.get("unit")) or text(strength.get("code"))
    return f"{name} {value:g} {unit}" if name and value and unit else name
