"""What is asked about the medicines and products that somebody names?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from magcheck.core.bounds import LONGEST_NAME
from magcheck.core.fact_names import MAGNESIUM
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Basis, Day, Route, Supplement
from magcheck.questions.answer_kinds import AnswerKind, ItemList, Named, OneOf
from magcheck.questions.disambiguation import which_one
from magcheck.questions.entries import entries_of
from magcheck.questions.question import Ask, Data, entry_of
from magcheck.reading.contradictions import own_amount
from magcheck.reading.echo import echo
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import Found, NotFound, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.questions import QuestionWords
    from magcheck.profile import Item
    from magcheck.questions.country import Country
    from magcheck.questions.disambiguation import ItemChange, WhichOne
    from magcheck.reading.item import ReadItem
    from magcheck.terminology.vocabulary import Meaning

MOST_TURNS = 3
KEPT = "kept"
"""Below an item: what was told of it that nobody asks for, such as a code, or that it is taken weekly."""


@dataclass(frozen=True)
class UnderstoodItem:
    """An item whose name is understood, as far as it is known."""

    read: ReadItem
    found: Found
    route_known: bool
    """The route is known, from its line or its product, or nothing but tablets and the like is sold."""
    has_content: bool
    """Our tables say how much magnesium such a product brings."""

    @property
    def item(self) -> Item:
        """With all that its line says."""
        return self.read.item

    def may_bring_magnesium(self) -> bool:
        return self.has_content or any(MAGNESIUM in one.selectors for one in self.found.meaning.substances)

    def is_swallowed(self) -> bool:
        return self.found.route is Route.ORAL

    def has_amount(self) -> bool:
        return own_amount(self.item) is not None


def _amount_is_open(item: UnderstoodItem) -> bool:
    counts = isinstance(item.item, Supplement) or item.may_bring_magnesium()
    return counts and item.is_swallowed() and not item.has_amount()


def _basis_is_open(item: UnderstoodItem) -> bool:
    told = isinstance(item.item, Supplement) and item.item.basis is not Basis.UNKNOWN
    return item.may_bring_magnesium() and item.has_amount() and not told


def _needs_amount_inside(field: str, item: UnderstoodItem) -> bool:
    """Nobody knows the milligrams of a multivitamin, but its label says how much magnesium is in it."""
    return field == "amount_mg" and item.has_content


PARTS: dict[str, Callable[[UnderstoodItem], bool]] = {
    "route": lambda item: not item.route_known,
    "amount_mg": _amount_is_open,
    "dose_mg": _amount_is_open,
    "basis": _basis_is_open,
    "elemental_percent": lambda item: isinstance(item.item, Supplement) and item.item.basis is Basis.COMPOUND,
    "times": lambda item: item.is_swallowed() and not item.item.times,
    "per_day": lambda item: item.is_swallowed() and not item.item.times and item.item.per_day is None,
}
"""Field of an item -> can it still be asked? In this order."""


@dataclass(frozen=True)
class ItemsStep:
    """Medicines or products, all named in one answer."""

    name: str
    """List of the profile."""
    model: type[Item]
    parts: Mapping[str, AnswerKind]
    """Field of an item -> the kind of its answer."""
    names: Sequence[str]
    """For completion."""
    countries: Country

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        entry = entry_of(self.name, book)
        split = partial(entries_of, vocabulary=book.vocabulary, country=answers.get("country"))
        kind = ItemList(book.wording.questions, self.names, split)
        yield Ask(self.name, entry.question, kind, book.wording.labels.field(self.name), entry.why, entry.help)
        for index, _ in enumerate(answers.get(self.name) or ()):
            yield from self._asks_and_item(index, answers, book)[0]

    def put(self, answers: Mapping[str, Any], book: RuleBook, data: Data) -> None:
        names = answers.get(self.name)
        if names is not None:
            data[self.name] = [self._asks_and_item(index, answers, book)[1] for index, _ in enumerate(names)]

    def _asks_and_item(self, index: int, answers: Mapping[str, Any], book: RuleBook) -> tuple[list[Ask], Data]:
        """The questions about one item, and the item itself."""
        path = f"{self.name}[{index}]"
        data: Data = {"name": answers[self.name][index]} | answers.get(f"{path}.{KEPT}", {})
        asks = [*self._clarifying(path, data, answers, book)]
        item = self._understood(data, answers, book)
        for field, kind in self.parts.items():
            if item and PARTS[field](item):
                asks.append(self._ask_part(field, kind, path, item, book))
            value = answers.get(f"{path}.{field}")
            if value is not None:
                data |= {field: value}
                item = self._understood(data, answers, book)
        return asks, data

    def said(self, written: str, answers: Mapping[str, Any], book: RuleBook) -> Data:
        """The line of an item, how often it says, and how much of what brings no magnesium."""
        item = self._understood({"name": written}, answers, book)
        line = item.read.line if item else None
        data: Data = {"name": written}
        if item is None or line is None:
            return data
        often = line.timing.per_day
        amount = own_amount(item.item) if self.model is Supplement and not item.may_bring_magnesium() else None
        return (
            data
            | ({} if often is None else {"per_day": often})
            | ({} if amount is None else {"amount_mg": amount})
        )

    def echoes(self, index: int, answers: Mapping[str, Any], book: RuleBook) -> Iterator[tuple[str, str]]:
        """(the line of an item, what was read): one for each thing in it that is understood."""
        item = self.model.model_validate(self._asks_and_item(index, answers, book)[1])
        for read in read_item(item, self._setting(answers, book)):
            if isinstance(read.found, Found):
                yield item.told, echo(read.found.meaning, read.item, read, book.wording.reading.echo)

    def holds(self, text: str, answers: Mapping[str, Any], book: RuleBook) -> bool:
        """Is all that `text` names understood, and does it belong here? Whatever brings magnesium is a product."""
        if len(text) > LONGEST_NAME:
            return False
        found = [read.found for read in read_item(self.model(name=text), self._setting(answers, book))]
        meanings = [one.meaning for one in found if isinstance(one, Found)]
        brings = any(MAGNESIUM in inside.selectors for meaning in meanings for inside in meaning.substances)
        return len(meanings) == len(found) > 0 and brings is (self.model is Supplement)

    def _ask_part(self, field: str, kind: AnswerKind, path: str, item: UnderstoodItem, book: RuleBook) -> Ask:
        entry = entry_of(
            "medications.dose_mg" if _needs_amount_inside(field, item) else f"{self.name}.{field}", book
        )
        label = f"{item.read.told}, {book.wording.labels.field(field)}"
        return Ask(
            f"{path}.{field}", f"{_with_meaning(item)}: {entry.question}", kind, label, entry.why, entry.help
        )

    def _clarifying(self, path: str, data: Data, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        """ "Did you mean?" and "which one?", until the name is understood or kept; `data` follows."""
        for turn in range(MOST_TURNS):
            item = self.model.model_validate(data)
            if "country" not in answers and _country_decides(item, book):
                yield self._ask_country(book)
                return
            unclear = which_one(item, answers.get("country"), book)
            if unclear is None:
                return
            asked = f"{path}.is{turn}"
            words = book.wording.questions
            kind, label = kind_of(unclear, words, self.names), fill(words.means, told=item.told)
            yield Ask(asked, unclear.question, kind, label, keeps=True, must=True)
            if answers.get(asked) is None:
                return
            data |= answers[asked]

    def _ask_country(self, book: RuleBook) -> Ask:
        entry = entry_of("country", book)
        return Ask(
            "country",
            entry.question,
            self.countries,
            book.wording.labels.field("country"),
            entry.why,
            entry.help,
            must=True,
        )

    def _understood(self, data: Data, answers: Mapping[str, Any], book: RuleBook) -> UnderstoodItem | None:
        """None for what is not understood, not taken, or several things: nothing more is asked of it."""
        read = read_item(self.model.model_validate(data), self._setting(answers, book))
        found = read[0].found if len(read) == 1 and read[0].taken else None
        if not isinstance(found, Found):
            return None
        meaning = found.meaning
        route_known = not found.by_default or meaning.route is not None or not _may_be_no_tablet(meaning, book)
        return UnderstoodItem(read[0], found, route_known, book.content_of(meaning) is not None)

    def _setting(self, answers: Mapping[str, Any], book: RuleBook) -> Setting:
        return Setting(book, answers.get("country"), Day(), self.name)


def _may_be_no_tablet(meaning: Meaning, book: RuleBook) -> bool:
    """Is the tablet not the usual thing, or does a page speak of what is sold for another way?

    Else it is taken as swallowed, which is the stricter reading, and the report says so.
    """
    inside = {substance.name for substance in meaning.substances}
    if inside & book.vocabulary.often_not_swallowed:
        return True
    spoken_of = any(substance.selectors & book.spoken_of_elsewhere for substance in meaning.substances)
    return spoken_of and bool(inside & book.vocabulary.sold_for_other_routes)


def _country_decides(item: Item, book: RuleBook) -> bool:
    """Is it a brand that means different medicines in different countries?"""
    unclear = [read.found for read in read_item(item, Setting(book, None, Day(), "medications"))]
    return any(
        isinstance(found, NotFound)
        and found.reason is Reason.AMBIGUOUS
        and any(meaning.countries for meaning in found.could_be)
        for found in unclear
    )


def _with_meaning(item: UnderstoodItem) -> str:
    """ "Cipro (ciprofloxacin)", so that the person sees what was understood."""
    written = item.read.told
    inside = " / ".join(substance.name for substance in item.found.meaning.substances)
    return written if f" {normal(inside)} " in f" {normal(written)} " else f"{written} ({inside})"


@dataclass(frozen=True)
class Renamed(AnswerKind):
    """Another name, or one of many meanings."""

    choices: Mapping[str, ItemChange]
    names: Sequence[str] = ()
    """For completion, where there is nothing to choose from."""

    @property
    def completions(self) -> Sequence[str]:
        return tuple(self.choices) or self.names

    @property
    def hint(self) -> str:
        return (
            fill(self.words.hints.name, name=next(iter(self.choices))) if self.choices else self.words.hints.again
        )

    def read(self, text: str) -> Any:  # noqa: ANN401 - fields of an item
        chosen = next((change for words, change in self.choices.items() if normal(words) == normal(text)), None)
        return chosen or {"name": Named(self.words).read(text)}

    def shown(self, value: Any) -> str:  # noqa: ANN401 - fields of an item
        return next((words for words, change in self.choices.items() if change == value), str(value.get("name")))


def kind_of(unclear: WhichOne, words: QuestionWords, names: Sequence[str] = ()) -> AnswerKind:
    """A short list is shown; of a long one the person writes the name."""
    if unclear.choices and not unclear.is_long:
        return OneOf(words, unclear.choices)
    return Renamed(words, unclear.choices, names)
