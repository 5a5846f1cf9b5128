"""What does one answer of a FHIR QuestionnaireResponse say? A value of the profile, or what is wrong."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, cast

from magcheck.fhir.form import UCUM, options, system_of, unit_coding
from magcheck.knowledge.conditions import near
from magcheck.knowledge.entries import AnswerForm
from magcheck.questions.answer_kinds import Milligrams, Named, NumberKind, refuse_outside
from magcheck.questions.definition import kind_of_answer, measured
from magcheck.questions.question import entry_of
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.fhir.form import Resource
    from magcheck.knowledge.load import RuleBook

_KEYS: dict[str, tuple[str, ...]] = {
    "boolean": ("valueBoolean",),
    "decimal": ("valueDecimal",),
    "integer": ("valueInteger",),
    "quantity": ("valueQuantity",),
    "string": ("valueString",),
    "time": ("valueTime",),
    "choice": ("valueCoding",),
    "open-choice": ("valueCoding", "valueString"),
}
"""Type of an item -> what its answers may hold."""
_BESIDE = ("id", "extension", "item")
_CLOCK = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9]):00(?:\.0+)?", re.ASCII)


def value_of(name: str, form: str, answer: object, book: RuleBook) -> Any:  # noqa: ANN401 - a value of the profile
    """The answer to question `name`, an item of type `form`. Raises ValueError with what would be right."""
    key, value = _only_value(answer, _KEYS[form])
    readers: dict[str, Callable[[], Any]] = {
        "valueBoolean": lambda: _boolean(value),
        "valueDecimal": lambda: _decimal(name, value, book),
        "valueInteger": lambda: _integer(name, value, book),
        "valueQuantity": lambda: _quantity(name, value, book),
        "valueString": lambda: _text(name, value, book),
        "valueTime": lambda: _time(value),
        "valueCoding": lambda: _coding(name, value, book),
    }
    return readers[key]()


def _only_value(answer: object, allowed: tuple[str, ...]) -> tuple[str, object]:
    """The one value of an answer, and nothing beside it that could change what it means."""
    wanted = " or ".join(allowed)
    data = cast("Resource", answer) if isinstance(answer, dict) else {}
    if "modifierExtension" in data:
        raise ValueError("a modifierExtension may change what this means, and it is not understood here.")
    if data.get("item"):
        raise ValueError("there are answers below an answer. Put each item beside this one.")
    held = [key for key in map(str, data) if key not in _BESIDE and not key.startswith("_")]
    if len(held) != 1:
        raise ValueError(f"an answer holds one {wanted}. Leave the item out where the answer is not known.")
    if held[0] not in allowed:
        raise ValueError(f"'{held[0][:60]}' cannot be used here. Write {wanted}.")
    return held[0], data[held[0]]


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is neither true nor false.")  # noqa: TRY004 - a wrong answer, not a wrong type
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{shown(value)} is not a number. Write it without quotes.")  # noqa: TRY004 - a wrong answer, not a wrong type
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("this is not a number that can be used.")
    return number


def _decimal(name: str, value: object, book: RuleBook) -> float:
    kind, number = kind_of_answer(entry_of(name, book), book), _number(value)
    if isinstance(kind, NumberKind | Milligrams):
        unit = "mg" if isinstance(kind, Milligrams) else kind.unit
        refuse_outside(number, kind.bounds, unit, kind.words.wrong)
    return number


def _integer(name: str, value: object, book: RuleBook) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{shown(value)} is not a whole number.")  # noqa: TRY004 - a wrong answer, not a wrong type
    return int(_decimal(name, value, book))


def _quantity(name: str, value: object, book: RuleBook) -> Resource:
    quantity = cast("Resource", value) if isinstance(value, dict) else {}
    if quantity.keys() & {"comparator", "modifierExtension"}:
        raise ValueError("a comparator such as '<' is not understood here. Write the value, or leave it out.")
    bounds = measured(name, book).bounds
    unit = _unit(quantity, tuple(bounds))
    number = _number(quantity.get("value"))
    refuse_outside(number, bounds[unit], unit, book.wording.questions.wrong)
    return {"value": number, "unit": unit}


def _unit(quantity: Resource, known: tuple[str, ...]) -> str:
    """The unit that code and words name. Raises ValueError where they name none, or two."""
    if quantity.get("system", UCUM) != UCUM:
        raise ValueError(f"{shown(quantity['system'])} is not the system of the units. It is {UCUM}.")
    names = {spelt: unit for unit in known for spelt in (unit, unit_coding(unit).get("code", unit))}
    written = [quantity[key] for key in ("code", "unit") if quantity.get(key) is not None]
    units = {names.get(spelt_as) if isinstance(spelt_as, str) else None for spelt_as in written}
    unit = units.pop() if len(units) == 1 else None
    if unit is None:
        unclear = " and ".join(shown(spelt_as) for spelt_as in written) or "nothing"
        raise ValueError(f"the unit is not clear from {unclear}. Write {' or '.join(known)}.")
    return unit


def _text(name: str, value: object, book: RuleBook) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{shown(value)} is not a text.")
    entry = book.questions.get(name)
    reader = (
        kind_of_answer(entry, book)
        if entry and entry.answer is AnswerForm.COUNTRY
        else Named(book.wording.questions)
    )
    read: str = reader.read(value.strip())
    return read


def _time(value: object) -> str:
    clock = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if clock is None:
        raise ValueError(f"{shown(value)} is not a time of whole minutes. Write it as 20:00:00.")
    return clock[1]


def _coding(name: str, value: object, book: RuleBook) -> Any:  # noqa: ANN401 - a value of the profile
    coding = cast("Resource", value) if isinstance(value, dict) else {}
    known, code = options(name, book), coding.get("code")
    if not isinstance(code, str) or code not in known:
        raise ValueError(f"{shown(code)} is none of the codes here. {near(str(code)[:60], known)}")
    if coding.get("system", system_of(name)) != system_of(name):
        raise ValueError(f"{shown(coding['system'])} is another code system. Here it is {system_of(name)}.")
    words, answer = known[code]
    display = coding.get("display", words)
    other = {normal(words_of) for words_of, _ in known.values()} - {normal(words)}
    if isinstance(display, str) and normal(display) in other:
        raise ValueError(f"the code {shown(code)} means '{words}', and the display says {shown(display)}.")
    return answer


def shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
