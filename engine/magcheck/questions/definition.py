"""The questionnaire of a rule book: its steps, in the order of questions.yaml, and what is open in it."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from magcheck.core.bounds import ANY_NUMBER
from magcheck.core.errors import RulesError
from magcheck.core.fact_names import ROUTES, TRAITS
from magcheck.core.lazy import LazyList
from magcheck.knowledge.entries import AnswerForm
from magcheck.profile import CreatinineUnit, MagnesiumUnit, Medication, Supplement
from magcheck.questions.answer_kinds import (
    Age,
    Answer,
    AnswerKind,
    ClockTimes,
    Measured,
    Milligrams,
    NumberKind,
    OneOf,
    TimesADay,
    yes_or_no,
)
from magcheck.questions.country import Country
from magcheck.questions.enablement import Enablement, decided_by, enablement_of
from magcheck.questions.items import PARTS, ItemsStep
from magcheck.questions.known_values import KnownValues
from magcheck.questions.question import Gate, Measurement, Single, Step, Together, WordList
from magcheck.questions.said_together import SaidTogether
from magcheck.questions.soundness import questionnaire_problems
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from enum import StrEnum

    from magcheck.knowledge.entries import Question
    from magcheck.knowledge.entries import Together as TogetherEntry
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item
    from magcheck.questions.question import Data

AGE_UNIT = "years"
_UNITS: dict[str, type[StrEnum]] = {"kidney.creatinine": CreatinineUnit, "labs.magnesium": MagnesiumUnit}
_MODELS: dict[str, type[Item]] = {"medications": Medication, "supplements": Supplement}


def steps(book: RuleBook) -> tuple[Step, ...]:
    """Everything that questions.yaml lets the questionnaire ask. Raises RulesError where that does not fit."""
    problems = questionnaire_problems(book.questions)
    if problems:
        raise RulesError(problems)
    return tuple(_step(name, entry, book) for name, entry in book.questions.items() if entry.asked)


def profile_data(answers: Mapping[str, Any], of: Iterable[Step], book: RuleBook) -> Data:
    """The profile that the answers make, as plain data."""
    data: Data = {}
    for step in of:
        step.put(answers, book, data)
    return data


def _step(name: str, entry: Question, book: RuleBook) -> Step:
    match entry.answer:
        case AnswerForm.MEASURED:
            return Measurement(name, measured(name, book))
        case AnswerForm.WORDS:
            return WordList(name, next(trait for trait, field in TRAITS.items() if field == name))
        case AnswerForm.ITEMS:
            return _items(name, book)
        case AnswerForm.GATE:
            return Gate(name, _known_values(name, book) or kind_of_answer(entry, book), is_gate=True)
        case _:
            kind = kind_of_answer(entry, book)
            if entry.together is None:
                return Single(name, kind)
            return Together(name, kind, together=_with_others(name, kind, entry.together, book))


def _with_others(name: str, kind: AnswerKind, together: TogetherEntry, book: RuleBook) -> SaidTogether:
    words = {
        word: (other, answer)
        for other in together.others
        for word, answer in also_said(book.questions[other]).items()
    }
    return SaidTogether(book.wording.questions, path=name, first=kind, said=words)


def _known_values(gate: str, book: RuleBook) -> KnownValues | None:
    """The values behind a gate that may be written as its answer; None where there are none."""
    behind = {name: entry for name, entry in book.questions.items() if gate in entry.only_if and entry.named}
    if not behind:
        return None
    values = {
        name: measured(name, book) if entry.answer is AnswerForm.MEASURED else kind_of_answer(entry, book)
        for name, entry in behind.items()
    }
    names = {word: name for name, entry in behind.items() for word in entry.named}
    return KnownValues(book.wording.questions, values=values, names=names)


def _items(name: str, book: RuleBook) -> ItemsStep:
    parts = {
        field: kind_of_answer(book.questions[f"{name}.{field}"], book)
        for field in PARTS
        if f"{name}.{field}" in book.questions and book.questions[f"{name}.{field}"].answer
    }
    return ItemsStep(name, _MODELS[name], parts, LazyList(partial(_names, book)), _country(book))


def _names(book: RuleBook) -> tuple[str, ...]:
    """What may be typed, substances first."""
    return tuple(dict.fromkeys([*sorted(book.vocabulary.substances), *book.vocabulary.all_names()]))


def kind_of_answer(entry: Question, book: RuleBook) -> AnswerKind:
    """How an answer to `entry` is read. Raises KeyError for kinds that are more than one answer."""
    lexicon, within = book.vocabulary.lexicon, entry.range or ANY_NUMBER
    words = book.wording.questions
    readers: dict[AnswerForm | None, Callable[[], AnswerKind]] = {
        AnswerForm.YES_OR_NO: lambda: yes_or_no(words),
        AnswerForm.GATE: lambda: yes_or_no(words),
        AnswerForm.ONE_OF: lambda: OneOf(words, entry.options, also=also_said(entry)),
        AnswerForm.NUMBER: lambda: _number(entry, book),
        AnswerForm.WHOLE_NUMBER: lambda: TimesADay(words, entry.unit or "", within, whole=True, lexicon=lexicon),
        AnswerForm.MILLIGRAMS: lambda: Milligrams(words, within, lexicon),
        AnswerForm.CLOCK_TIMES: lambda: ClockTimes(words, lexicon, book.planning),
        AnswerForm.ROUTE: lambda: OneOf(words, {phrase: min(routes) for phrase, routes in ROUTES.items()}),
        AnswerForm.COUNTRY: lambda: _country(book),
    }
    return readers[entry.answer]()


def also_said(entry: Question) -> dict[str, Answer]:
    """What people call an option -> its value."""
    return {normal(word): entry.options[option] for option, words in entry.also.items() for word in words}


def _number(entry: Question, book: RuleBook) -> NumberKind:
    """An age has its own words: "seventy two", "6 months"."""
    unit, within = entry.unit or "", entry.range or ANY_NUMBER
    words = book.wording.questions
    if unit == AGE_UNIT:
        return Age(words, unit, within, lexicon=book.vocabulary.lexicon)
    return NumberKind(words, unit, within)


def measured(name: str, book: RuleBook) -> Measured:
    ranges = {unit.value: book.questions[f"{name}.{unit.value}"].range or ANY_NUMBER for unit in _UNITS[name]}
    return Measured(book.wording.questions, ranges)


def _country(book: RuleBook) -> Country:
    regions = book.countries.regions
    known = {country for members in regions.values() for country in members}
    usual = sorted(known, key=lambda country: (country != book.default_country, country not in regions, country))
    return Country(book.wording.questions, usual, book.vocabulary.lexicon)


def open_questions(
    paths: Iterable[str], answers: Mapping[str, Any], questions: Mapping[str, Question]
) -> dict[str, frozenset[str]]:
    """Unanswered path -> itself, and every entry that waits for its answer."""
    waiting: defaultdict[str, set[str]] = defaultdict(set)
    for name, entry in questions.items():
        if entry.asked and name not in answers and enablement_of(name, answers, questions) is Enablement.WAITING:
            for gate in decided_by(name, answers, questions):
                waiting[gate].add(name)
    return {path: frozenset({path, *waiting[path]}) for path in paths if path not in answers}
