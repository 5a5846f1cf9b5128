"""How does one entry of the questionnaire become questions, and its answers a part of the profile?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from magcheck.core.errors import Problem, RulesError
from magcheck.knowledge.placeholders import fill
from magcheck.questions.answer_kinds import AnswerKind, Measured, Named, NameList, OneOf
from magcheck.questions.enablement import Enablement, enablement_of
from magcheck.reading.conditions import read_condition
from magcheck.terminology.nearest import KnownWords, near_words
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.knowledge.entries import Question
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.questions import QuestionWords
    from magcheck.questions.said_together import SaidTogether

Data = dict[str, Any]
"""A profile, or a part of one, as plain data."""
SHORTEST_PART, MOST_PARTS = 4, 6


@dataclass(frozen=True)
class Ask:
    """One question, ready to be put. What depends on its answer has a path that begins with its own."""

    path: str
    question: str
    kind: AnswerKind
    label: str
    """What the review calls it."""
    why: str = ""
    help: str = ""
    """Where to find the answer, and how to write it."""
    keeps: bool = False
    """No answer leaves it as it is written; else it is not known."""
    must: bool = False
    """It makes another answer clear, and is put at once."""


class Step(Protocol):
    """One entry of the questionnaire."""

    @property
    def name(self) -> str: ...

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        """Everything that this step asks of this person, further questions following from answers."""
        ...

    def put(self, answers: Mapping[str, Any], book: RuleBook, data: Data) -> None:
        """Write the answers into the profile."""
        ...


def entry_of(name: str, book: RuleBook) -> Question:
    """What questions.yaml says about `name`. Raises RulesError where it says nothing."""
    entry = book.questions.get(name)
    if entry is None:
        raise RulesError([Problem("rules/questions.yaml", f"'{name}' has no question.", "Add one.")])
    return entry


def put_in(data: Data, field: str, value: object) -> None:
    """Set "kidney.egfr" of a profile."""
    section, _, key = field.rpartition(".")
    (data.setdefault(section, {}) if section else data)[key] = value


def take_out(data: Data, field: str) -> None:
    section, _, key = field.rpartition(".")
    data.get(section, {}).pop(key, None)


def told_words(name: str, answers: Mapping[str, Any]) -> list[str]:
    """Everyday words, each in the spelling that was settled on."""
    words: Sequence[str] = answers.get(name) or ()
    return [answers.get(f"{name}.is{number}") or word for number, word in enumerate(words)]


@dataclass(frozen=True)
class Single:
    """One answer; it fills its own field, the fields of the chosen option, or (a gate) none."""

    name: str
    kind: AnswerKind
    is_gate: bool = False

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        if enablement_of(self.name, answers, book.questions) is Enablement.OPEN:
            entry = entry_of(self.name, book)
            yield Ask(
                self.name, entry.question, self.kind, book.wording.labels.field(self.name), entry.why, entry.help
            )

    def put(self, answers: Mapping[str, Any], book: RuleBook, data: Data) -> None:
        value = answers.get(self.name)
        is_open = enablement_of(self.name, answers, book.questions) is Enablement.OPEN
        if value is None or self.is_gate or not is_open:
            return
        fields = cast("Data", value) if isinstance(value, dict) else {self.name: value}
        for name, answer in fields.items():
            put_in(data, name, answer)


@dataclass(frozen=True)
class Gate(Single):
    """Opens other questions; their values may be written at once."""

    def behind(self, book: RuleBook) -> list[str]:
        return [name for name, entry in book.questions.items() if self.name in entry.only_if and entry.asked]

    def filled(self, value: object, book: RuleBook) -> Data:
        """The answers that `value` holds; of those behind it, what is not written there is not known."""
        if not isinstance(value, dict):
            return {self.name: value}
        told = cast("Data", value)
        return {name: told.get(name) for name in self.behind(book)} | {self.name: True}


@dataclass(frozen=True)
class Together(Single):
    """Its answer may hold the answers to other questions, which are then not asked."""

    together: SaidTogether = field(kw_only=True)

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        """Put together only while the first of the others is not known."""
        together = entry_of(self.name, book).together
        for ask in super().asks(answers, book):
            if together is None or together.others[0] in answers:
                yield ask
            else:
                yield replace(
                    ask, kind=self.together, question=together.question, why=together.why, help=together.help
                )

    def behind(self, book: RuleBook) -> list[str]:
        together = entry_of(self.name, book).together
        return [*together.others] if together else []

    def filled(self, value: object, book: RuleBook) -> Data:
        """The answers that `value` holds; what is not written there may still be asked.

        Who was asked for both and knows nothing is not asked for the second alone.
        """
        if value is None:
            return dict.fromkeys((self.name, *self.behind(book)[:1]))
        return cast("Data", value) if isinstance(value, dict) else {self.name: value}


@dataclass(frozen=True)
class Measurement:
    """A laboratory value; its unit is asked for when it was not written."""

    name: str
    kind: Measured

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        if enablement_of(self.name, answers, book.questions) is not Enablement.OPEN:
            return
        entry, label = entry_of(self.name, book), book.wording.labels.field(self.name)
        yield Ask(self.name, entry.question, self.kind, label, entry.why, entry.help)
        value = answers.get(self.name)
        if value is not None and value["unit"] is None:
            words = book.wording.questions
            units = OneOf(words, {unit: unit for unit in self.kind.units_for(value["value"])})
            question = fill(words.which_unit, value=f"{value['value']:g}")
            yield Ask(f"{self.name}.unit", question, units, fill(words.unit, label=label), must=True)

    def put(self, answers: Mapping[str, Any], book: RuleBook, data: Data) -> None:
        value = answers.get(self.name)
        if value is None or enablement_of(self.name, answers, book.questions) is not Enablement.OPEN:
            return
        unit = value["unit"] or answers.get(f"{self.name}.unit")
        if unit:
            put_in(data, self.name, {"value": value["value"], "unit": unit})


@dataclass(frozen=True)
class WordList:
    """Conditions, symptoms or goals in everyday words."""

    name: str
    trait: str

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        entry, known = entry_of(self.name, book), book.traits[self.trait]
        yield Ask(
            self.name,
            entry.question,
            NameList(book.wording.questions, tuple(known)),
            self.name,
            entry.why,
            entry.help,
        )
        for number, word in enumerate(answers.get(self.name) or ()):
            if normal(word) not in known and not read_condition(word, book.condition_words, self.trait).understood:
                yield _unclear_word(f"{self.name}.is{number}", word, known, book.wording.questions)

    def echoes(self, index: int, answers: Mapping[str, Any], book: RuleBook) -> Iterator[tuple[str, str]]:
        """(the words told, what they are taken for) where that is not the same."""
        word = told_words(self.name, answers)[index]
        reading = read_condition(word, book.condition_words, self.trait)
        labels = book.wording.labels
        said = [
            *(named.name for named in reading.present),
            *(f"{labels.field(field)}: {labels.value(value)}" for field, value in reading.implied),
            *(fill(book.wording.questions.denied, told=denied) for denied in reading.denied if denied != word),
        ]
        if said and [normal(name) for name in said] != [normal(word)]:
            yield word, ", ".join(said)

    def put(self, answers: Mapping[str, Any], book: RuleBook, data: Data) -> None:
        told: Sequence[str] | None = answers.get(self.name)
        if told is not None:
            chosen = [answers.get(f"{self.name}.is{number}") for number in range(len(told))]
            pairs = zip(told, chosen, strict=True)
            data[self.name] = [entry for word, other in pairs for entry in self._entries(word, other, book)]

    def holds(self, text: str, answers: Mapping[str, Any], book: RuleBook) -> bool:
        """Is `text` understood whole, as what this list asks for?"""
        del answers
        reading = read_condition(text, book.condition_words, self.trait)
        return reading.understood and any(named.kind == self.trait for named in reading.present)

    def _entries(self, word: str, other: str | None, book: RuleBook) -> list[str]:
        """What was said in other words stands for what was not understood; the rest of `word` stays."""
        if not other:
            return [word]
        if other in near_words(word, KnownWords(book.traits[self.trait])):  # the whole line was a typing error
            return [other]
        reading = read_condition(word, book.condition_words, self.trait)
        if reading.implied or reading.asks:
            return [word, other]
        return [*dict.fromkeys(named.words for named in reading.present), other]


def _unclear_word(path: str, word: str, known: Mapping[str, str], words: QuestionWords) -> Ask:
    by_meaning: dict[str, str] = {}
    for name in (*near_words(word, KnownWords(known)), *_names_holding(word, known)):
        by_meaning.setdefault(known[name], name)
    nearest = by_meaning.values()
    kind = OneOf(words, {name: name for name in nearest}) if nearest else Named(words, tuple(known))
    question = fill(words.about, told=word, question=words.did_you_mean if nearest else words.say_again)
    return Ask(path, question, kind, fill(words.means, told=word), keeps=True, must=True)


def _names_holding(word: str, known: Iterable[str]) -> tuple[str, ...]:
    text = normal(word)
    longer = [name for name in known if len(text) >= SHORTEST_PART and text in name]
    return tuple(longer[:MOST_PARTS])
