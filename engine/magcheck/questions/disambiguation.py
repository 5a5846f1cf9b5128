"""What may a name mean, and how is the chosen meaning written into the profile?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from magcheck.core.fact_names import ROUTES
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Day, Medication
from magcheck.questions.entries import with_name, with_standing
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found, NotFound, Reason, describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item
    from magcheck.terminology.vocabulary import Meaning

ItemChange = dict[str, Any]
"""Fields of an item, with their new values."""
MOST_OPTIONS = 12


@dataclass(frozen=True)
class WhichOne:
    """A name that was not understood, with everything that it may mean."""

    told: str
    question: str
    choices: Mapping[str, ItemChange]
    """What the person reads -> what then changes in the profile."""

    @property
    def is_long(self) -> bool:
        """Too many to print; then the person writes, with completion."""
        return len(self.choices) > MOST_OPTIONS


def which_one(item: Item, country: str | None, book: RuleBook) -> WhichOne | None:
    """What to ask about the first part of `item` that is not understood; None where all of it is."""
    unclear = next(_unclear(item, Setting(book, country, Day(), "medications")), None)
    if unclear is None:
        return None
    choices, words = dict(unclear.choices()), book.wording.questions
    asked = unclear.question() or (words.did_you_mean if choices else words.write_again)
    if unclear.words and unclear.words != item.told:
        question = fill(words.about_a_part, told=unclear.words, line=item.told, question=asked)
    else:
        question = fill(words.about, told=item.told, question=asked)
    return WhichOne(item.told, question, choices)


def _unclear(item: Item, setting: Setting) -> Iterator[_Unclear]:
    """What of `item` is not understood; of a word beside a known name only where it may be another name."""
    parts = tuple(enumerate(read_item(item, setting)))
    for index, read in parts:
        if isinstance(read.found, NotFound):
            yield _Unclear(item, index, "", read.found, setting)
    for index, read in parts:
        for doubt in read.doubts:
            if doubt.why.reason is Reason.PARTLY and doubt.why.candidates and doubt.text in item.told:
                yield _Unclear(item, index, doubt.text, doubt.why, setting)


@dataclass(frozen=True)
class _Unclear:
    """One part of an item that was not understood."""

    item: Item
    index: int
    """Of the part, among all things that the line names."""
    words: str
    """Beside a known name; "" where the whole part is not understood."""
    why: NotFound
    setting: Setting

    @property
    def _told(self) -> str:
        """The whole line; "" where only a code was told."""
        return self.item.name or ""

    def question(self) -> str:
        return self.why.question

    def choices(self) -> Iterator[tuple[str, ItemChange]]:
        match self.why.reason:
            case Reason.UNKNOWN:
                yield from self._mistyped()
            case Reason.ROUTE:
                yield from self._routes()
            case Reason.STANDING:
                words = self.setting.book.wording.questions
                yield words.taken, self._standing("taking", taken=True)
                yield words.not_taken, self._standing("not taking", taken=False)
            case Reason.PARTLY:
                for candidate in self.why.candidates:
                    yield candidate, {"name": self._told.replace(self.words, self._name_alone(candidate), 1)}
            case _:
                for meaning in self.why.could_be:
                    label = describe(meaning, where=self.why.reason is Reason.AMBIGUOUS)
                    yield label, self._pinned(meaning)

    def _routes(self) -> Iterator[tuple[str, ItemChange]]:
        """Those that the line may mean; every one where one of them has no name ("in the moning")."""
        meant = {*self.why.candidates}
        named = {route for routes in ROUTES.values() for route in routes}
        for phrase, routes in ROUTES.items():
            fitting = routes & meant if meant <= named else routes
            yield from ((phrase, {"route": route}) for route in sorted(fitting)[-1:])

    def _mistyped(self) -> Iterator[tuple[str, ItemChange]]:
        """What is nearest to the words of the name, or ("water pil") to the whole line."""
        for candidate in self.why.candidates:
            yield candidate, self._named(self._name_alone(candidate))
        if not self.why.candidates:
            for candidate in self.setting.vocabulary.nearest(self._told):
                yield candidate, {"name": self._name_alone(candidate)}

    def _named(self, name: str) -> ItemChange:
        """Another name in the person's own line."""
        if not self._told:
            return {"name": name}
        setting = self.setting
        return {"name": with_name(self._told, self.index, name, setting.vocabulary, setting.country)}

    def _standing(self, words: str, *, taken: bool) -> ItemChange:
        return {"name": with_standing(self._told, self.index, words, self.setting, taken=taken)}

    def _pinned(self, meaning: Meaning) -> ItemChange:
        """The least change after which the part means exactly `meaning`."""
        if not meaning.substances:
            return self._named(meaning.label)
        together = " / ".join(substance.name for substance in meaning.substances)
        names = [self._named(name) for name in (meaning.label, together)]
        code: list[ItemChange] = [{"rxcui": meaning.rxcui}] if meaning.rxcui else []
        changes = [*code, *names, *({**name, "rxcui": None, "atc": None} for name in names)]
        if meaning.route and self.item.route is None:
            changes += [{**change, "route": meaning.route.value} for change in changes]
        return next((change for change in changes if self._means(change, meaning)), self._named(together))

    def _means(self, change: ItemChange, meaning: Meaning) -> bool:
        changed = Medication.model_validate(_identity(self.item) | change)
        return any(
            isinstance(read.found, Found) and set(read.found.meaning.substances) == set(meaning.substances)
            for read in read_item(changed, self.setting)
        )

    def _name_alone(self, candidate: str) -> str:
        """The name alone of a candidate such as "Xyzal (levocetirizine)", unless that means something else."""
        short = candidate.rpartition(" (")[0] or candidate
        whole, part = self._substances(candidate), self._substances(short)
        if whole and part:
            return short if part == whole else candidate
        return candidate if whole else short

    def _substances(self, name: str) -> frozenset[str]:
        """Empty where the name alone is not understood."""
        read = read_item(Medication(name=name), self.setting)
        found = read[0].found if len(read) == 1 else None
        inside = found.meaning.substances if isinstance(found, Found) else ()
        return frozenset(substance.name for substance in inside)


def _identity(item: Item) -> ItemChange:
    return item.model_dump(mode="json", include={"name", "rxcui", "atc", "route"}, exclude_none=True)
