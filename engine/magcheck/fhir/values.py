"""What does one answer of a FHIR QuestionnaireResponse say? A value of the profile, or what is wrong."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.fhir.form import UCUM, options, system_of, unit_coding
from magcheck.fhir.lab_kinds import HIGH, LOW
from magcheck.fhir.labs import comparator_of, on_the_safe_side
from magcheck.fhir.medicine_names import RXNORM
from magcheck.fhir.plain import part, parts, text
from magcheck.knowledge.conditions import near
from magcheck.knowledge.entries import AnswerForm
from magcheck.questions.answer_kinds import Milligrams, Named, NumberKind, refuse_outside
from magcheck.questions.definition import kind_of_answer, measured
from magcheck.questions.question import entry_of
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.load import RuleBook

_KEYS: dict[str, tuple[str, ...]] = {
    "boolean": ("valueBoolean",),
    "decimal": ("valueDecimal", "valueInteger", "valueQuantity"),
    "integer": ("valueInteger", "valueDecimal", "valueQuantity"),
    "quantity": ("valueQuantity",),
    "string": ("valueString", "valueCoding"),
    "time": ("valueTime",),
    "choice": ("valueCoding",),
    "open-choice": ("valueCoding", "valueString"),
}
"""Type of an item -> what its answers may hold, that of the type first; forms send the others too."""
_BESIDE = ("id", "extension", "item")
_CLOCK = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9]):[0-5][0-9](?:\.[0-9]+)?", re.ASCII)
_CODE = re.compile(r"[0-9]{1,8}", re.ASCII)


class FormValue(NamedTuple):
    """One answer as a value of the profile."""

    value: Any
    rxcui: str | None = None
    """Of a medicine that was chosen from a list of RxNorm."""
    bound: str = ""
    """What was told where it is only a bound, and the value may be worse: "< 15 mL/min/1.73 m2"."""


def value_of(name: str, form: str, answer: object, book: RuleBook) -> FormValue:
    """The answer to question `name`, an item of type `form`. Raises ValueError with what would be right."""
    key, value = _only_value(answer, _KEYS[form])
    readers: dict[str, Callable[[], FormValue]] = {
        "valueBoolean": lambda: FormValue(_boolean(value)),
        "valueDecimal": lambda: FormValue(_number_of(form, name, value, book)),
        "valueInteger": lambda: FormValue(_number_of(form, name, value, book)),
        "valueQuantity": lambda: _quantity(form, name, value, book),
        "valueString": lambda: FormValue(_text(name, value, book)),
        "valueTime": lambda: FormValue(_time(value)),
        "valueCoding": lambda: (
            _medicine(name, value, book) if form == "string" else FormValue(_coding(name, value, book))
        ),
    }
    return readers[key]()


def _only_value(answer: object, allowed: tuple[str, ...]) -> tuple[str, object]:
    """The one value of an answer, and nothing beside it that could change what it means."""
    wanted = " or ".join(allowed)
    data = cast("Resource", answer) if isinstance(answer, dict) else {}
    if "modifierExtension" in data:
        raise ValueError("a modifierExtension may change what this means, and it is not understood here.")
    if any(map(_answers, parts(data.get("item")))):
        raise ValueError("there are answers below an answer. Put each item beside this one.")
    held = [key for key in map(str, data) if key not in _BESIDE and not key.startswith("_")]
    if len(held) != 1:
        raise ValueError(f"an answer holds one {wanted}. Leave the item out where the answer is not known.")
    if held[0] not in allowed:
        raise ValueError(f"'{held[0][:60]}' cannot be used here. Write {wanted}.")
    return held[0], data[held[0]]


def _answers(item: Resource) -> bool:
    """Does an item tell anything? Forms also send back the explanations that they showed."""
    return bool(item.get("answer")) or any(map(_answers, parts(item.get("item"))))


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


def _number_of(form: str, name: str, value: object, book: RuleBook) -> float:
    if form == "integer":
        number = _number(value)
        if number % 1:
            raise ValueError(f"{shown(value)} is not a whole number.")
        return int(_decimal(name, value, book))
    return _decimal(name, value, book)


def _quantity(form: str, name: str, value: object, book: RuleBook) -> FormValue:
    quantity = part(value)
    if "modifierExtension" in quantity:
        raise ValueError("a modifierExtension may change what this means, and it is not understood here.")
    number, sign = _number(quantity.get("value")), comparator_of(quantity)
    if sign not in ("", *LOW, *HIGH):
        raise ValueError(f"{shown(sign)} is no comparator. Write one of <, <=, > and >=, or none.")
    safe, is_bound = on_the_safe_side(name, number, sign)
    if form != "quantity":
        known = (entry_of(name, book).unit or "",)
        unit = _unit(quantity, known) if quantity.keys() & {"unit", "code"} else known[0]
        told: Any = _number_of(form, name, safe, book)
    else:
        bounds = measured(name, book).bounds
        unit = _unit(quantity, tuple(bounds))
        refuse_outside(safe, bounds[unit], unit, book.wording.questions.wrong)
        told = {"value": safe, "unit": unit}
    return FormValue(told, bound=f"{sign} {number:g} {unit}" if is_bound else "")


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
        raise ValueError(f"{shown(value)} is not a time. Write it as 20:00:00.")
    return clock[1]


def _medicine(name: str, value: object, book: RuleBook) -> FormValue:
    """A medicine that was chosen from a list: its display beside its code, where that is one of RxNorm."""
    coding = part(value)
    display, code = text(coding.get("display")), text(coding.get("code"))
    rxcui = code if text(coding.get("system")) == RXNORM and _CODE.fullmatch(code) else None
    if not display and rxcui is None:
        raise ValueError(f"{shown(code)} has no display that says what it is.")
    return FormValue(_text(name, display or f"RxCUI {rxcui}", book), rxcui=rxcui)


def _coding(name: str, value: object, book: RuleBook) -> Any:  # noqa: ANN401 - a value of the profile
    """One of our codes, the words of one of them, or, where words of one's own are possible, its display."""
    coding, known = part(value), options(name, book)
    code, system, display = coding.get("code"), coding.get("system", system_of(name)), text(coding.get("display"))
    if system == system_of(name) and isinstance(code, str) and code in known:
        return _chosen(code, display, known)
    named = [answer for words, answer in known.values() if display and normal(words) == normal(display)]
    if named and (code is None or system != system_of(name)):
        return named[0]
    is_open = entry_of(name, book).answer in (AnswerForm.WORDS, AnswerForm.COUNTRY)
    if is_open and display and (code is None or system != system_of(name)):
        return _text(name, display, book)
    if system != system_of(name):
        raise ValueError(f"{shown(system)} is another code system. Here it is {system_of(name)}.")
    raise ValueError(f"{shown(code)} is none of the codes here. {near(str(code)[:60], known)}")


def _chosen(code: str, display: str, known: Mapping[str, tuple[str, Any]]) -> Any:  # noqa: ANN401 - as above
    words, answer = known[code]
    other = {normal(words_of) for words_of, _ in known.values()} - {normal(words)}
    if normal(display) in other:
        raise ValueError(f"the code {shown(code)} means '{words}', and the display says {shown(display)}.")
    return answer


def shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
