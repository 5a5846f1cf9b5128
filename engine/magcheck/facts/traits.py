"""Which conditions, symptoms and goals does this person have, and what do they imply? Never better than told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from magcheck.core.fact_names import TRAITS
from magcheck.facts.recognition import Unread
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Kidney, Person, Pregnancy, Sex, Stage
from magcheck.reading.conditions import read_condition
from magcheck.terminology.nearest import MAX_CANDIDATES, near_words
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import NotFound, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.profile import Profile
    from magcheck.reading.conditions import ConditionReading, Implied, RaisedQuestion, Value


@dataclass(frozen=True, slots=True)
class Trait:
    """A recognised condition, symptom or goal."""

    kind: str
    index: int
    input: str
    name: str
    list: str
    """Where it was told; a symptom may stand among the conditions."""
    implies: tuple[Implied, ...] = ()
    """(field of the profile, the answer that its words imply)."""
    exact: bool = True
    """The words are one of its spellings in traits.yaml, and no more."""
    asked: bool = False
    """Taken on the safe side until a question is answered."""


@dataclass(frozen=True)
class TraitsTold:
    """Every entry of the three lists, sorted."""

    traits: list[Trait] = field(default_factory=list[Trait])
    unread: list[Unread] = field(default_factory=list[Unread])
    asked: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """(field, why it is asked)."""
    said: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """(field, what was understood of it), for `assumed`."""


_BARE = re.compile(r"[-*\u2022\s]*\w.*\w\)?[.,;!\s]*", re.DOTALL)
"""A name without a sign around it that may say more: "[ ] CKD", "CKD: -"."""


def traits_of(profile: Profile, book: RuleBook) -> TraitsTold:
    found = TraitsTold()
    for kind, name in TRAITS.items():
        for index, words in enumerate(getattr(profile, name)):
            meant = book.trait(kind, normal(words)) if _BARE.fullmatch(words) else None
            if meant and not _names_another(kind, meant[0]):
                implies = _implied_by(meant[1] if meant[0] == "condition" else "", book)
                found.traits.append(Trait(meant[0], index, words, meant[1], name, implies))
            else:
                _read(_Entry(profile, book, kind, name, index, words), found)
    _say_implied(profile, found, book)
    return found


def _names_another(kind: str, meant: str) -> bool:
    """An aim of ours that stands among the illnesses is one only if it is nothing else: "pregnancy"."""
    return meant == "goal" and kind != "goal"


def _implied_by(condition: str, book: RuleBook) -> tuple[Implied, ...]:
    return tuple((field, answer) for field, name, answer in book.implied if name == condition)


@dataclass(frozen=True)
class _Entry:
    """One entry of a list, and where it stands."""

    profile: Profile
    book: RuleBook
    kind: str
    list: str
    index: int
    words: str

    @property
    def place(self) -> str:
        return f"{self.list}[{self.index}]"

    def trait(self, kind: str, name: str, implies: tuple[Implied, ...], *, asked: bool) -> Trait:
        own = _implied_by(name, self.book) if kind == "condition" else ()
        every = tuple(dict.fromkeys((*own, *implies)))
        return Trait(kind, self.index, self.words, name, self.list, every, exact=False, asked=asked)


def _read(entry: _Entry, into: TraitsTold) -> None:
    reading = read_condition(entry.words, entry.book.condition_words, entry.kind)
    aim = entry.book.trait(entry.kind, normal(entry.words))
    if aim and not reading.understood:
        into.traits.append(Trait(aim[0], entry.index, entry.words, aim[1], entry.list))
        return
    into.traits.extend(_traits(entry, reading))
    for ask in reading.asks:
        _ask(entry, ask, into)
    into.said.extend(_said(entry, reading))
    if not reading.understood:
        into.unread.append(_unread(entry, reading))


def _traits(entry: _Entry, reading: ConditionReading) -> Iterator[Trait]:
    for named in reading.present:
        yield entry.trait(named.kind, named.name, (), asked=False)
    if reading.implied:
        kidneys = any(field == "kidney.stage" for field, _ in reading.implied)
        disease: tuple[Implied, ...] = (("kidney.disease", True),) if kidneys else ()
        yield entry.trait("condition", "", (*reading.implied, *disease), asked=False)


def _ask(entry: _Entry, ask: RaisedQuestion, into: TraitsTold) -> None:
    """The safer reading stays, whatever is answered: the words are still there."""
    into.traits.extend(entry.trait(named.kind, named.name, ask.implied, asked=True) for named in ask.takes)
    if ask.implied and not ask.takes:
        into.traits.append(entry.trait("condition", "", ask.implied, asked=True))
    reasons = entry.book.wording.reasons
    shown = (_shown(field, value, entry.book.wording) for field, value in ask.implied)
    taken = ", ".join((*(named.name for named in ask.takes), *shown))
    asked = reasons.condition_ahead if ask.ahead else reasons.condition_asked
    wording = reasons.condition_taken if taken else asked
    if not _answered(ask.field, entry.profile):
        into.asked.append((ask.field, fill(wording, words=ask.words, name=taken)))
    if taken:
        into.said.append((entry.place, fill(wording, words=ask.words, name=taken)))


def _answered(asked: str, profile: Profile) -> bool:
    """Did the person answer the question in its own field?"""
    if asked == "person.pregnancy":
        return profile.person.pregnancy is not None or profile.person.sex is Sex.MALE
    group, _, name = asked.partition(".")
    return bool(name) and getattr(getattr(profile, group), name) is not None


def _said(entry: _Entry, reading: ConditionReading) -> Iterator[tuple[str, str]]:
    reasons = entry.book.wording.reasons
    if reading.denied:
        yield entry.place, fill(reasons.condition_denied, words=entry.words, name=", ".join(reading.denied))
    if reading.family:
        yield entry.place, fill(reasons.condition_family, words=entry.words, name=", ".join(reading.family))


def _unread(entry: _Entry, reading: ConditionReading) -> Unread:
    something = reading.present or reading.implied or reading.asks or reading.denied or reading.family
    words = " ".join(reading.not_read) if something else entry.words
    near = reading.could_be or _near(entry, words)
    why = NotFound(Reason.PARTLY if something else Reason.UNKNOWN, near)
    return Unread(entry.list, entry.index, words, why, entry.index, part=bool(something))


def _near(entry: _Entry, words: str) -> tuple[str, ...]:
    """Known words that are spelled nearly like it: in its own list first, then anywhere."""
    own = entry.book.unknown_trait(entry.kind, words).candidates
    other = near_words(words, entry.book.condition_words.spellings)
    by_meaning: dict[object, str] = {}
    for word in (*own, *other):
        read = read_condition(word, entry.book.condition_words, entry.kind)
        by_meaning.setdefault(tuple(named.name for named in read.present) or word, word)
    return tuple(by_meaning.values())[:MAX_CANDIDATES]


def _say_implied(profile: Profile, into: TraitsTold, book: RuleBook) -> None:
    """Every value that words imply, and where it goes before a better one that was told."""
    reasons = book.wording.reasons
    for trait in into.traits:
        for asked, value in trait.implies:
            given = _given(profile, asked)
            better = given is not None and _worse(asked, given, value, book) != given
            template = reasons.condition_worse if better else reasons.condition_implies
            told = _shown(asked, given, book.wording) if better and given is not None else ""
            sentence = fill(template, words=trait.input, name=_shown(asked, value, book.wording), told=told)
            if (asked, sentence) not in into.said:
                into.said.append((asked, sentence))


def _shown(asked: str, value: Value, wording: Wording) -> str:
    """ "kidney stage G4", "kidney disease", "pregnant"."""
    name = wording.labels.field(asked)
    if value is False or value == Pregnancy.NONE.value:
        return fill(wording.reasons.condition_not, name=name)
    return name if value is True else wording.labels.counted(asked, value)


def _given(profile: Profile, asked: str) -> Value | None:
    group, _, name = asked.partition(".")
    found = getattr(getattr(profile, group), name)
    return None if found is None else found.value if isinstance(found, (Stage, Pregnancy)) else found


def with_traits(profile: Profile, traits: Sequence[Trait], book: RuleBook) -> Profile:
    """What the conditions imply counts as if it had been answered, unless something worse was told."""
    implied = [answer for trait in traits for answer in trait.implies]
    if not implied:
        return profile
    counted: dict[str, Value] = {}
    for asked, value in implied:
        given = counted.get(asked, _given(profile, asked))
        counted[asked] = value if given is None else _worse(asked, given, value, book)
    kidney = _part(counted, "kidney", profile.kidney.model_dump(exclude_none=True))
    if kidney.get("disease") is False and (kidney.get("dialysis") or kidney.get("acute")):
        kidney["disease"] = True
    person = _part(counted, "person", profile.person.model_dump(exclude_none=True))
    if person.get("sex") == Sex.MALE and person.get("pregnancy") == Pregnancy.PREGNANT:
        del person["sex"]  # one of the two is wrong; without a sex both are safe
    return profile.model_copy(
        update={"kidney": Kidney.model_validate(kidney), "person": Person.model_validate(person)}
    )


def _part(counted: Mapping[str, Value], group: str, given: dict[str, Any]) -> dict[str, Any]:
    implied = {
        name: value
        for asked, value in counted.items()
        for head, _, name in [asked.partition(".")]
        if head == group
    }
    return given | implied


def _worse(asked: str, value: Value, other: Value, book: RuleBook) -> Value:
    """The one that asks for more care."""
    if asked == "kidney.stage":
        return min(str(value), str(other), key=lambda stage: book.equations.stages[stage][0])
    if asked == "kidney.egfr":
        return min(float(value), float(other))
    if asked == "person.pregnancy":
        return max(str(value), str(other), key=_PREGNANCY.index)
    return bool(value) or bool(other)


_PREGNANCY = (Pregnancy.NONE.value, Pregnancy.BREASTFEEDING.value, Pregnancy.PREGNANT.value)
