"""How does one step of the questionnaire become questions, and its answers a part of the profile?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from magcheck.cli.kinds import Kind, Listing, Measured, Named, OneOf, Value
from magcheck.cli.naming import DID_YOU_MEAN, Change, which_one
from magcheck.cli.words import field_in_words, place_in_words
from magcheck.errors import Problem, RulesError
from magcheck.fields import MAGNESIUM
from magcheck.names import normal
from magcheck.vocabulary import Found, near_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from enum import StrEnum

    from magcheck.cli.naming import WhichOne
    from magcheck.knowledge import Question
    from magcheck.load import RuleBook
    from magcheck.profile import Item
    from magcheck.vocabulary import Meaning

Answers = dict[str, Value]
"""Path of a question -> its answer; None where the person does not know."""
Data = dict[str, Value]
"""A profile, or a part of one, as plain data."""
MOST_ITEMS = 50
MOST_TURNS = 3
SHORTEST_PART, MOST_PARTS = 4, 6
DONT_KNOW = "I don't know"
THAT_IS_ALL = "that is all"
NONE = "none"
KEEP = "keep it as written"
AND_ELSE = "And what else?"
SAY_AGAIN = "this is not known here. Can you say it in other words?"


@dataclass(frozen=True)
class Ask:
    """One question, ready to be put. What depends on its answer has a path that begins with its own."""

    path: str
    question: str
    kind: Kind
    label: str
    """What the review calls it."""
    why: str = ""
    empty: str = DONT_KNOW


class Step(Protocol):
    def asks(self, answers: Mapping[str, Value], book: RuleBook) -> Iterator[Ask]:
        """Everything that this step asks of this person, further questions following from answers."""
        ...

    def put(self, answers: Mapping[str, Value], book: RuleBook, data: Data) -> None:
        """Write the answers into the profile."""
        ...


def entry_of(field: str, book: RuleBook) -> Question:
    """What questions.yaml says about `field`. Raises RulesError where it says nothing."""
    entry = book.questions.get(field)
    if entry is None:
        raise RulesError([Problem("rules/questions.yaml", f"'{field}' has no question.", "Add one.")])
    return entry


def _always(_: object) -> bool:
    return True


def _place(data: Data, field: str, value: Value) -> None:
    """Set "kidney.egfr" of a profile."""
    section, _, key = field.rpartition(".")
    (data.setdefault(section, {}) if section else data)[key] = value


@dataclass(frozen=True)
class Single:
    """One field of the profile."""

    field: str
    kind: Callable[[Question], Kind]
    when: Callable[[Mapping[str, Value]], bool] = _always

    def asks(self, answers: Mapping[str, Value], book: RuleBook) -> Iterator[Ask]:
        if self.when(answers):
            entry = entry_of(self.field, book)
            yield Ask(self.field, entry.question, self.kind(entry), field_in_words(self.field), entry.why)

    def put(self, answers: Mapping[str, Value], book: RuleBook, data: Data) -> None:
        value = answers.get(self.field)
        if value is not None and any(self.asks(answers, book)):
            _place(data, self.field, value)


@dataclass(frozen=True)
class Measurement:
    """A laboratory value; its unit is asked for when it was not written."""

    field: str
    units: type[StrEnum]
    when: Callable[[Mapping[str, Value]], bool] = _always

    def asks(self, answers: Mapping[str, Value], book: RuleBook) -> Iterator[Ask]:
        if not self.when(answers):
            return
        entries = {unit.value: entry_of(f"{self.field}.{unit.value}", book) for unit in self.units}
        measured = Measured({unit: entry.range or (0, 0) for unit, entry in entries.items()})
        entry = next(iter(entries.values()))
        yield Ask(self.field, entry.question, measured, field_in_words(self.field), entry.why)
        value = answers.get(self.field)
        if value is not None and value["unit"] is None:
            units = OneOf({unit: unit for unit in measured.units_for(value["value"])})
            label = f"{field_in_words(self.field)}, unit"
            yield Ask(f"{self.field}.unit", f"In which unit is {value['value']:g}?", units, label)

    def put(self, answers: Mapping[str, Value], book: RuleBook, data: Data) -> None:
        value = answers.get(self.field)
        if value is None or not any(self.asks(answers, book)):
            return
        unit = value["unit"] or answers.get(f"{self.field}.unit")
        if unit:
            _place(data, self.field, {"value": value["value"], "unit": unit})


@dataclass(frozen=True)
class Words:
    """Conditions or symptoms in everyday words."""

    field: str
    trait: str

    def asks(self, answers: Mapping[str, Value], book: RuleBook) -> Iterator[Ask]:
        entry, known = entry_of(self.field, book), book.traits[self.trait]
        yield Ask(self.field, entry.question, Listing(tuple(known)), self.field, entry.why, NONE)
        for place, word in enumerate(answers.get(self.field) or ()):
            if normal(word) not in known:
                yield self._unclear(f"{self.field}.is{place}", word, known)

    def _unclear(self, path: str, word: str, known: Mapping[str, str]) -> Ask:
        nearest = dict.fromkeys((*near_words(word, known), *_holding(word, known)))
        kind = OneOf({one: one for one in nearest}) if nearest else Named(tuple(known))
        question = f'"{word}": {DID_YOU_MEAN if nearest else SAY_AGAIN}'
        return Ask(path, question, kind, f'"{word}" means', empty=KEEP)

    def put(self, answers: Mapping[str, Value], book: RuleBook, data: Data) -> None:
        words = answers.get(self.field) or ()
        clear = [answers.get(f"{self.field}.is{place}") or word for place, word in enumerate(words)]
        if clear and any(self.asks(answers, book)):
            data[self.field] = clear


def _holding(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Known words of which `word` is a part: "myasthenia" in "myasthenia gravis"."""
    text = normal(word)
    found = [one for one in known if len(text) >= SHORTEST_PART and text in one]
    return tuple(found[:MOST_PARTS])


@dataclass(frozen=True)
class Taken:
    """An item whose name is understood, as far as it is known."""

    item: Item
    meaning: Meaning
    told_route: bool
    """The route is known, from its name or its product."""
    has_content: bool
    """Our tables say how much magnesium such a product brings."""

    def may_bring_magnesium(self) -> bool:
        return self.has_content or any(MAGNESIUM in substance.selectors for substance in self.meaning.substances)


@dataclass(frozen=True)
class Part:
    """One thing asked of an item."""

    field: str
    kind: Callable[[Question], Kind]
    when: Callable[[Taken], bool]


@dataclass(frozen=True)
class Listed:
    """Items one after another, until an empty name."""

    field: str
    """Entry of questions.yaml, and where the answers are kept."""
    into: str
    """List of the profile."""
    model: type[Item]
    parts: tuple[Part, ...]
    names: Sequence[str]
    """For completion."""

    def asks(self, answers: Mapping[str, Value], book: RuleBook) -> Iterator[Ask]:
        for index in range(MOST_ITEMS):
            path = self._path(index)
            yield self._name(path, index, book)
            if answers.get(path) is not None:
                yield from self._walk(path, answers, book)[0]
            elif self._path(index + 1) not in answers:
                return

    def put(self, answers: Mapping[str, Value], book: RuleBook, data: Data) -> None:
        for index in range(MOST_ITEMS):
            path = self._path(index)
            if answers.get(path) is not None:
                data.setdefault(self.into, []).append(self._walk(path, answers, book)[1])

    def _path(self, index: int) -> str:
        return f"{self.field}[{index}]"

    def _name(self, path: str, index: int, book: RuleBook) -> Ask:
        entry = entry_of(self.field, book)
        label, names = place_in_words(self.field, index), Named(self.names)
        if index:
            return Ask(path, AND_ELSE, names, label, empty=THAT_IS_ALL)
        return Ask(path, entry.question, names, label, entry.why, NONE)

    def _walk(self, path: str, answers: Mapping[str, Value], book: RuleBook) -> tuple[list[Ask], Data]:
        """The questions about one item, and the item itself."""
        data: Data = {"name": answers[path]}
        asks = [*self._clarify(path, data, answers, book)]
        for part in self.parts:
            taken = self._taken(data, answers, book)
            if taken and part.when(taken):
                ask = self._part(part, path, taken, book)
                asks.append(ask)
                data |= {part.field: answers[ask.path]} if answers.get(ask.path) is not None else {}
        return asks, data

    def _part(self, part: Part, path: str, taken: Taken, book: RuleBook) -> Ask:
        entry = entry_of(f"{self.into}.{part.field}", book)
        question = f"{_called(taken)}: {entry.question}"
        label = f"{taken.item.told}, {field_in_words(part.field)}"
        return Ask(f"{path}.{part.field}", question, part.kind(entry), label, entry.why)

    def _clarify(self, path: str, data: Data, answers: Mapping[str, Value], book: RuleBook) -> Iterator[Ask]:
        """ "Did you mean?" and "which one?", until the name is understood or kept; `data` follows."""
        for turn in range(MOST_TURNS):
            item = self.model.model_validate(data)
            unclear = which_one(item, answers.get("country"), book.vocabulary)
            if unclear is None:
                return
            label = f'"{item.told}" means'
            ask = Ask(f"{path}.is{turn}", unclear.question, kind_of(unclear, self.names), label, empty=KEEP)
            yield ask
            if answers.get(ask.path) is None:
                return
            data |= answers[ask.path]

    def _taken(self, data: Data, answers: Mapping[str, Value], book: RuleBook) -> Taken | None:
        """None for a name that nobody understands: it is not checked, so nothing more is asked."""
        item = self.model.model_validate(data)
        found = book.vocabulary.find(item, answers.get("country"))
        if not isinstance(found, Found):
            return None
        meaning = found.meaning
        told_route = not found.by_default or meaning.route is not None
        return Taken(item, meaning, told_route, book.content_of(meaning) is not None)


def _called(taken: Taken) -> str:
    """ "Cipro (ciprofloxacin)", so that the person sees what was understood."""
    told = taken.item.told
    inside = " / ".join(substance.name for substance in taken.meaning.substances)
    return told if normal(inside) == normal(told) else f"{told} ({inside})"


@dataclass(frozen=True)
class Renamed(Kind):
    """Another name, or one of many meanings."""

    choices: Mapping[str, Change]
    names: Sequence[str] = ()
    """For completion, where there is nothing to choose from."""

    @property
    def completions(self) -> Sequence[str]:
        return tuple(self.choices) or self.names

    @property
    def hint(self) -> str:
        return f"write its name, such as {next(iter(self.choices))}" if self.choices else "write it again"

    def read(self, text: str) -> Value:
        chosen = next((change for words, change in self.choices.items() if normal(words) == normal(text)), None)
        return chosen or {"name": Named().read(text)}

    def shown(self, value: Value) -> str:
        return next((words for words, change in self.choices.items() if change == value), str(value.get("name")))


def kind_of(unclear: WhichOne, names: Sequence[str] = ()) -> Kind:
    """A short list is shown; of a long one the person writes the name."""
    return OneOf(unclear.choices) if unclear.choices and not unclear.is_long else Renamed(unclear.choices, names)
