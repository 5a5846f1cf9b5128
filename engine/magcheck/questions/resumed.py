"""Which answers does a saved profile hold, so that only the rest is asked?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.questions.asks import Measurement, Single, Words
from magcheck.questions.items import Items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.load import RuleBook
    from magcheck.profile import Profile
    from magcheck.questions.asks import Data, Step
    from magcheck.questions.standing import Answers

_CODES = ("rxcui", "atc")
_NEVER_ASKED = ("person.weight_kg", "day.wake", "day.sleep", "day.meals")


def answers_of(profile: Profile, of: Sequence[Step], book: RuleBook) -> Answers:
    """Path of a question -> the answer that `profile` holds; what it leaves open is not in it."""
    data = _told(profile)
    answers: Answers = {}
    for step in of:
        answers |= dict(_answers(step, data, book))
    return _gates(answers, of, book) | answers


def _gates(answers: Answers, of: Sequence[Step], book: RuleBook) -> Answers:
    """A gate is open where something behind it was told."""
    passed = {gate for name in answers if name in book.questions for gate in book.questions[name].only_if}
    return {step.name: True for step in of if isinstance(step, Single) and step.is_gate and step.name in passed}


def with_the_rest(data: Data, profile: Profile) -> Data:
    """`data` with everything of `profile` that no question asks for: the day, weights, frequencies."""
    told = _told(profile)
    never_asked = {
        section: {k: v for k, v in told.get(section, {}).items() if f"{section}.{k}" in _NEVER_ASKED}
        for section in ("person", "day")
    }
    whole: Data = {section: kept for section, kept in never_asked.items() if kept}
    return whole | {key: _merged(key, value, told, whole) for key, value in data.items()}


def _merged(key: str, value: Any, told: Data, whole: Data) -> Any:  # noqa: ANN401 - a part of a profile
    if key in whole:
        return {**whole[key], **value}
    if key in ("medications", "supplements"):
        earlier = {item.get("name"): item for item in told.get(key, ())}
        return [_item(item, earlier.get(item.get("name"), {})) for item in value]
    return value


def _item(item: Data, earlier: Data) -> Data:
    return {part: value for part, value in earlier.items() if part not in ("times", "per_day", "name")} | item


def _told(profile: Profile) -> Data:
    return profile.model_dump(mode="json", exclude_defaults=True)


def _answers(step: Step, data: Data, book: RuleBook) -> Iterator[tuple[str, Any]]:
    match step:
        case Items():
            yield from _items(step, data.get(step.name, ()))
        case Words():
            if step.name in data:
                yield step.name, data[step.name]
        case Measurement():
            if _at(data, step.name) is not None:
                yield step.name, _at(data, step.name)
        case Single():
            yield from _single(step.name, data, book)
        case _:
            pass


def _single(name: str, data: Data, book: RuleBook) -> Iterator[tuple[str, Any]]:
    fields = [option for option in book.questions[name].options.values() if isinstance(option, dict)]
    value = _at(data, name)
    chosen = next((o for o in reversed(fields) if all(_at(data, f) == answer for f, answer in o.items())), value)
    if chosen is not None and (not fields or isinstance(chosen, dict)):
        yield name, chosen


def _at(data: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 - a value of the profile
    section, _, key = field.rpartition(".")
    return (data.get(section, {}) if section else data).get(key)


def _items(step: Items, items: Iterable[Data]) -> Iterator[tuple[str, Any]]:
    names: list[str] = []
    for index, item in enumerate(items):
        path = f"{step.name}[{index}]"
        code = next((item[kind] for kind in _CODES if kind in item), "")
        names.append(item.get("name") or code)
        if "name" not in item:
            yield f"{path}.is0", {"name": None} | {kind: item[kind] for kind in _CODES if kind in item}
        yield from ((f"{path}.{field}", item[field]) for field in step.parts if field in item)
    if names:
        yield step.name, names
