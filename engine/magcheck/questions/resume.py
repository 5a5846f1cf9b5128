"""Which answers does a saved profile hold, so that only the rest is asked?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from magcheck.core.fact_names import LISTS
from magcheck.questions.items import KEPT, ItemsStep
from magcheck.questions.question import Measurement, Single, WordList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Profile
    from magcheck.questions.enablement import Answers
    from magcheck.questions.question import Data, Step


def told_data(profile: Profile) -> Data:
    """What was told, and nothing else; an empty list that was told says "none"."""
    none: Data = {name: [] for name in LISTS if name in profile.model_fields_set and not getattr(profile, name)}
    return profile.model_dump(mode="json", exclude_defaults=True) | none


def answers_of(profile: Profile, of: Sequence[Step], book: RuleBook) -> Answers:
    """Path of a question -> the answer that `profile` holds; what it leaves open is not in it."""
    told = told_data(profile)
    answers: Answers = {}
    for step in of:
        answers |= dict(_answers_to_step(step, told, book))
    return _open_gates(answers, of, book) | answers


def _open_gates(answers: Answers, of: Sequence[Step], book: RuleBook) -> Answers:
    """A gate is open where something behind it was told."""
    passed = {gate for name in answers if name in book.questions for gate in book.questions[name].only_if}
    return {step.name: True for step in of if isinstance(step, Single) and step.is_gate and step.name in passed}


def without(told: Data, answered: Data) -> dict[str, Any]:
    """Field -> what no open question asks for: the day, a weight, a creatinine beside a kidney value."""
    left = {field: value for field, value in _fields(told) if field not in LISTS}
    same = dict(_fields(answered))
    return {field: value for field, value in left.items() if same.get(field) != value}


def with_the_rest(data: Data, rest: Mapping[str, Any]) -> Data:
    """Both together; what `data` says stands."""
    told, whole = dict(_fields(data)), {**data}
    for field, value in rest.items():
        if field not in told:
            section, _, key = field.rpartition(".")
            whole |= {section: {**whole.get(section, {}), key: value}} if section else {key: value}
    return whole


def _fields(data: Data) -> Iterator[tuple[str, Any]]:
    for section, value in data.items():
        if isinstance(value, dict):
            yield from ((f"{section}.{key}", part) for key, part in cast("Data", value).items())
        else:
            yield section, value


def _answers_to_step(step: Step, data: Data, book: RuleBook) -> Iterator[tuple[str, Any]]:
    match step:
        case ItemsStep():
            if step.name in data:
                yield from _answers_about_items(step, data[step.name])
        case WordList():
            if step.name in data:
                yield step.name, data[step.name]
        case Measurement():
            if _at(data, step.name) is not None:
                yield step.name, _at(data, step.name)
        case Single():
            yield from _answer_to_single(step.name, data, book)
        case _:
            pass


def _answer_to_single(name: str, data: Data, book: RuleBook) -> Iterator[tuple[str, Any]]:
    fields = [option for option in book.questions[name].options.values() if isinstance(option, dict)]
    value = _at(data, name)
    chosen = next((o for o in reversed(fields) if all(_at(data, f) == answer for f, answer in o.items())), value)
    if chosen is not None and (not fields or isinstance(chosen, dict)):
        yield name, chosen


def _at(data: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 - a value of the profile
    section, _, key = field.rpartition(".")
    return (data.get(section, {}) if section else data).get(key)


def _answers_about_items(step: ItemsStep, items: Iterable[Data]) -> Iterator[tuple[str, Any]]:
    names: list[str] = []
    for index, item in enumerate(items):
        path = f"{step.name}[{index}]"
        names.append(item.get("name") or item.get("rxcui") or item["atc"])
        kept = {"name": None, **{field: value for field, value in item.items() if field not in step.parts}}
        if kept != {"name": item.get("name")}:
            yield f"{path}.{KEPT}", kept
        yield from ((f"{path}.{field}", item[field]) for field in step.parts if field in item)
    yield step.name, names
