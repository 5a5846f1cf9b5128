"""How does the questionnaire read as a FHIR R4 Questionnaire?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from magcheck.core.fact_names import TRAITS
from magcheck.core.text import capital
from magcheck.fhir.sdc import PROFILE, control, filled_from_record, launched, meaning, shown_as
from magcheck.knowledge.entries import KNOWN, UNKNOWN, AnswerForm
from magcheck.questions.answer_kinds import OneOf
from magcheck.questions.country import Country
from magcheck.questions.definition import kind_of_answer, measured, steps
from magcheck.questions.items import ItemsStep
from magcheck.questions.question import entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.entries import Question
    from magcheck.knowledge.load import RuleBook

_NAMES = UUID("00000000-0000-0000-0000-000000000000")
CANONICAL = "https://magcheck.example/fhir"
"""Names, not places: the domain is reserved (RFC 2606), and nothing stands there."""
URL = f"{CANONICAL}/Questionnaire/magcheck"
FORMER_URL = uuid5(_NAMES, "magcheck questionnaire").urn
"""What answers to earlier editions name."""
UCUM = "http://unitsofmeasure.org"
_CODES = {
    "mL/min/1.73 m2": "mL/min/{1.73_m2}",
    "years": "a",
    "times a day": "/d",
    "mEq/L": "meq/L",
    **{unit: unit for unit in ("mg/dL", "umol/L", "mmol/L", "mg", "kg", "cm", "%")},
}
"""Unit of questions.yaml -> its code in UCUM."""
_HL7 = "http://hl7.org/fhir/StructureDefinition"
_TYPES = {
    AnswerForm.YES_OR_NO: "boolean",
    AnswerForm.GATE: "boolean",
    AnswerForm.ONE_OF: "choice",
    AnswerForm.ROUTE: "choice",
    AnswerForm.NUMBER: "decimal",
    AnswerForm.MILLIGRAMS: "decimal",
    AnswerForm.WHOLE_NUMBER: "integer",
    AnswerForm.MEASURED: "quantity",
    AnswerForm.CLOCK_TIMES: "time",
    AnswerForm.COUNTRY: "open-choice",
    AnswerForm.WORDS: "open-choice",
    AnswerForm.ITEMS: "group",
}
_REPEATED = {AnswerForm.CLOCK_TIMES, AnswerForm.WORDS, AnswerForm.ITEMS}
NAME = "name"
"""The part of a medicine or product that says what it is."""


def questionnaire(book: RuleBook) -> Resource:
    """Everything that questions.yaml lets the questionnaire ask; linkId is the path of the question."""
    return {
        "resourceType": "Questionnaire",
        "meta": {"profile": [PROFILE]},
        "extension": launched(),
        "url": URL,
        "version": book.version,
        "name": "MagcheckQuestionnaire",
        "title": "magcheck",
        "status": "active",
        "date": book.version.partition("+")[0].replace(".", "-"),
        "publisher": book.wording.form.publisher,
        "subjectType": ["Patient"],
        "description": book.wording.notice.strip(),
        "item": [_enabled(step.name, _question(step.name, step, book), book) for step in steps(book)],
    }


def _question(name: str, step: object, book: RuleBook) -> Resource:
    entry = entry_of(name, book)
    if isinstance(step, ItemsStep):
        return _group(step, entry, book)
    return _leaf(name, entry, book)


def _group(step: ItemsStep, entry: Question, book: RuleBook) -> Resource:
    """One for each medicine or product: its name, and what else may be told of it."""
    name = f"{step.name}.{NAME}"
    named: Resource = {"linkId": name, "text": _asked(name, entry, book), "type": "string", "required": False}
    parts = [(f"{step.name}.{field}", entry_of(f"{step.name}.{field}", book)) for field in step.parts]
    return {
        "linkId": link_of(step.name),
        "text": capital(book.wording.labels.lists[step.name]),
        "type": "group",
        "required": False,
        "repeats": True,
        "item": [
            {**named, "repeats": False, "item": [_why(name, entry)]},
            *(_leaf(path, part, book) for path, part in parts),
        ],
    }


def _leaf(name: str, entry: Question, book: RuleBook) -> Resource:
    kind = entry.answer
    if kind is None:
        raise KeyError(name)
    item: Resource = {"linkId": link_of(name), **meaning(name), "text": _asked(name, entry, book)}
    item |= {"type": _TYPES[kind], "required": False, "repeats": kind in _REPEATED}
    choices = [{"valueCoding": coding(name, code, words)} for code, (words, _) in options(name, book).items()]
    extensions = [*_units(name, entry, book), *_limits(entry), *shown_as(len(choices)), *filled_from_record(name)]
    item |= {"extension": extensions} if extensions else {}
    item |= {"answerOption": choices} if choices else {}
    return item | {"item": [_why(name, entry)]}


def _why(name: str, entry: Question) -> Resource:
    return {"linkId": f"{link_of(name)}.why", "text": entry.why, "type": "display", "extension": [control("help")]}


def _asked(name: str, entry: Question, book: RuleBook) -> str:
    return book.wording.form.texts.get(name, entry.question)


def link_of(name: str) -> str:
    """The linkId of a question, which has no spaces."""
    return name.replace(" ", "-")


def names_of_links(book: RuleBook) -> dict[str, str]:
    """linkId -> question, where the two differ."""
    return {link_of(name): name for name in book.questions if link_of(name) != name}


def options(name: str, book: RuleBook) -> dict[str, tuple[str, Any]]:
    """Code -> (words, answer) of everything that can be chosen; the codes stay when the words change."""
    entry = entry_of(name, book)
    if entry.answer is AnswerForm.WORDS:
        trait = next(trait for trait, field in TRAITS.items() if field == name)
        return {word: (word, word) for word in sorted(set(book.traits[trait].values()))}
    if entry.answer not in (AnswerForm.ONE_OF, AnswerForm.ROUTE, AnswerForm.COUNTRY):
        return {}
    kind = kind_of_answer(entry, book)
    if isinstance(kind, Country):
        return {country: (book.wording.form.countries.get(country, country), country) for country in kind.known}
    if not isinstance(kind, OneOf):
        return {}
    return {_code(value): (words, value) for words, value in kind.values.items()}


def _code(value: str | dict[str, str]) -> str:
    """Fields that one answer fills are one code: "female-pregnant"."""
    return value if isinstance(value, str) else "-".join(value.values())


def system_of(name: str) -> str:
    """The code system of the options of one question."""
    return uuid5(UUID(FORMER_URL), name).urn


def coding(name: str, code: str, words: str) -> Resource:
    return {"system": system_of(name), "code": code, "display": words}


# Numbers


def units(name: str, book: RuleBook) -> tuple[str, ...]:
    """The units in which a laboratory value can be told."""
    return tuple(measured(name, book).bounds)


def unit_coding(unit: str) -> Resource:
    code = _CODES.get(unit)
    return {"system": UCUM, "code": code, "display": unit} if code else {"display": unit}


def _units(name: str, entry: Question, book: RuleBook) -> Iterator[Resource]:
    if entry.answer is AnswerForm.MEASURED:
        for unit in units(name, book):
            yield {"url": f"{_HL7}/questionnaire-unitOption", "valueCoding": unit_coding(unit)}
    elif entry.unit:
        yield {"url": f"{_HL7}/questionnaire-unit", "valueCoding": unit_coding(entry.unit)}


def _limits(entry: Question) -> Iterator[Resource]:
    """R4 has no limits for quantities, whose numbers depend on the unit."""
    whole = entry.answer is AnswerForm.WHOLE_NUMBER
    if whole or entry.answer in (AnswerForm.NUMBER, AnswerForm.MILLIGRAMS):
        for name, bound in zip(("minValue", "maxValue"), entry.range or (), strict=False):
            value = {"valueInteger": int(bound)} if whole else {"valueDecimal": bound}
            yield {"url": f"{_HL7}/{name}", **value}


# Which question is open


def _enabled(name: str, item: Resource, book: RuleBook) -> Resource:
    """`item` with its conditions: those that all must hold on it, each choice between several around it.

    R4 knows "all" or "any" on one item, never both; an item is open only where the group around it is.
    """
    every: list[Resource] = []
    choices: list[list[Resource]] = []
    for line in _lines(entry_of(name, book), book):
        if len(line) == 1:
            every += line
        else:
            choices.append(line)
    inner = _when(item, every, "all") if every or not choices else _when(item, choices.pop(), "any")
    for number, choice in enumerate(choices, start=1):
        group: Resource = {
            "linkId": f"{link_of(name)}.when{number}",
            "type": "group",
            "required": False,
            "repeats": False,
        }
        inner = _when(group, choice, "any") | {"item": [inner]}
    return inner


def _when(item: Resource, conditions: Sequence[Resource], behavior: str) -> Resource:
    several = {"enableBehavior": behavior} if len(conditions) > 1 else {}
    return item | ({"enableWhen": list(conditions)} if conditions else {}) | several


def _lines(entry: Question, book: RuleBook) -> Iterator[list[Resource]]:
    """All lines must hold, and of each line one condition."""
    for gate, allowed in entry.only_if.items():
        if isinstance(allowed, tuple):
            yield [_answered_with(gate, answer, book) for answer in allowed]
            continue
        unknown = [_answered_with(gate, UNKNOWN, book)] if allowed.or_unknown else []
        for operator, bound in ((">=", allowed.at_least), ("<=", allowed.at_most), ("<", allowed.below)):
            if bound is not None:
                yield [_compared(gate, operator, bound, book), *unknown]


def _compared(gate: str, operator: str, bound: float, book: RuleBook) -> Resource:
    if entry_of(gate, book).answer is AnswerForm.WHOLE_NUMBER:
        return {"question": link_of(gate), "operator": operator, "answerInteger": int(bound)}
    return {"question": link_of(gate), "operator": operator, "answerDecimal": bound}


def _answered_with(gate: str, answer: bool | str, book: RuleBook) -> Resource:  # noqa: FBT001 - one answer of `only_if`
    if answer in (KNOWN, UNKNOWN):
        return {"question": link_of(gate), "operator": "exists", "answerBoolean": answer == KNOWN}
    if isinstance(answer, bool):
        return {"question": link_of(gate), "operator": "=", "answerBoolean": answer}
    words, _ = options(gate, book)[answer]
    return {"question": link_of(gate), "operator": "=", "answerCoding": coding(gate, answer, words)}
