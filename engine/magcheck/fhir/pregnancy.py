"""Does a record say that the person is pregnant or breastfeeding? A yes counts; a no may have changed since."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from magcheck.fhir.labs import VOID, aged, loinc_of, observations, taken, until
from magcheck.fhir.plain import codings, day, part, text, wordings
from magcheck.profile import Pregnancy
from magcheck.reading.conditions import read_condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.fhir.gather import Gathered
    from magcheck.fhir.notes import Notes
    from magcheck.fhir.plain import Resource
    from magcheck.terminology.condition_words import ConditionWords

FIELD = "person.pregnancy"
ASKED = {"82810-3": Pregnancy.PREGNANT, "63895-7": Pregnancy.BREASTFEEDING}
"""Code of LOINC -> the state that it asks for."""
_DUE = frozenset({"11778-8", "11779-6", "11780-4"})
"""The expected date of birth, however it was found."""
_LONGEST = timedelta(days=300)
"""No pregnancy lasts longer."""


class _Answer(Enum):
    YES = auto()
    NO = auto()
    UNKNOWN = auto()
    """The record says that nobody knows: as if it had not been asked."""


_CODED = {
    "77386006": _Answer.YES,
    "LA15173-0": _Answer.YES,
    "LA33-6": _Answer.YES,
    "373066001": _Answer.YES,
    "413712001": _Answer.YES,
    "60001007": _Answer.NO,
    "LA26683-5": _Answer.NO,
    "LA32-8": _Answer.NO,
    "373067005": _Answer.NO,
    "LA4489-6": _Answer.UNKNOWN,
    "261665006": _Answer.UNKNOWN,
    "unknown": _Answer.UNKNOWN,
    "asked-unknown": _Answer.UNKNOWN,
}
"""Codes of SNOMED CT, LOINC and HL7, which have no code in common."""
_IN_WORDS = {
    "yes": _Answer.YES,
    "no": _Answer.NO,
    "unknown": _Answer.UNKNOWN,
    "true": _Answer.YES,
    "false": _Answer.NO,
}


class _Told(NamedTuple):
    state: Pregnancy
    answer: _Answer
    taken: date | None


def pregnancy_of(inside: Gathered, today: date, words: ConditionWords, notes: Notes) -> dict[str, Pregnancy]:
    """Part of the person in the profile; empty where nothing is known."""
    told: list[_Told] = []
    for resource in observations(inside):
        asked = loinc_of(resource)
        for state in (ASKED[code] for code in asked if code in ASKED):
            told += _told(state, resource, today, words, notes)
    states = [state for state in ASKED.values() if _is_so(state, told, today, notes)]
    if Pregnancy.PREGNANT not in states:
        _say_what_is_awaited(inside, told, today, notes)
    return {"pregnancy": states[0]} if states else {}


def _told(
    state: Pregnancy, resource: Resource, today: date, words: ConditionWords, notes: Notes
) -> Iterator[_Told]:
    name, status = notes.words.kinds[_label(state)], text(resource.get("status"))
    shown = " ".join(filter(None, (name, next(_written(resource), ""))))
    if status in VOID:
        notes.say(FIELD, notes.words.left_out, item=shown, status=status)
        return
    answer = _answer(state, resource, words)
    if answer is None:
        notes.unread(FIELD, shown, notes.words.not_read.answer)
    elif answer is not _Answer.UNKNOWN:
        yield _Told(state, answer, until(today, resource, FIELD, shown, notes))


def _label(state: Pregnancy) -> str:
    return "pregnancy" if state is Pregnancy.PREGNANT else "breastfeeding"


def _written(resource: Resource) -> Iterator[str]:
    yield from wordings(resource.get("valueCodeableConcept"))
    yield from filter(
        None, (text(resource.get("valueString")), text(part(resource.get("valueCoding")).get("display")))
    )
    yield from wordings(resource.get("dataAbsentReason"))


def _answer(state: Pregnancy, resource: Resource, words: ConditionWords) -> _Answer | None:
    """None where it is not understood, or says both."""
    if isinstance(told := resource.get("valueBoolean"), bool):
        return _Answer.YES if told else _Answer.NO
    concepts = [*codings(resource.get("valueCodeableConcept")), part(resource.get("valueCoding"))]
    concepts += codings(resource.get("dataAbsentReason"))
    coded = {_CODED[code] for concept in concepts if (code := text(concept.get("code"))) in _CODED}
    found = coded or {answer for name in _written(resource) if (answer := _in_words(state, name, words))}
    return found.pop() if len(found) == 1 else None


def _in_words(state: Pregnancy, name: str, words: ConditionWords) -> _Answer | None:
    if answer := _IN_WORDS.get(name.casefold()):
        return answer
    reading = read_condition(name, words)
    if not reading.understood:
        return None
    if (FIELD, state.value) in reading.implied:
        return _Answer.YES
    return _Answer.NO if state.value in reading.denied else None


def _is_so(state: Pregnancy, every: Sequence[_Told], today: date, notes: Notes) -> bool:
    """By the newest answer; of one day, and where one has no day, a yes counts."""
    told = [answer for answer in every if answer.state is state]
    last = max((answer.taken for answer in told if answer.taken), default=None)
    newest = [answer for answer in told if answer.taken in (None, last)]
    if not newest:
        return False
    name, when = notes.words.kinds[_label(state)], aged(last, today, notes)
    if all(answer.answer is _Answer.NO for answer in newest):
        notes.say(FIELD, notes.words.denied, name=name, when=when)
        return False
    is_over = state is Pregnancy.PREGNANT and all(_is_old(answer, today) for answer in newest)
    if is_over:
        notes.unread(FIELD, f"{name}, {when}", notes.words.not_read.stale)
        return False
    notes.say(FIELD, notes.words.value, name=name, value=state.value, when=when)
    return True


def _is_old(answer: _Told, today: date) -> bool:
    return answer.taken is not None and answer.taken < today - _LONGEST


def _say_what_is_awaited(inside: Gathered, told: Sequence[_Told], today: date, notes: Notes) -> None:
    """A birth that lies ahead, of which nothing newer says that the person is not pregnant."""
    denied = [
        answer.taken for answer in told if answer.answer is _Answer.NO and answer.state is Pregnancy.PREGNANT
    ]
    for resource in observations(inside):
        if text(resource.get("status")) in VOID or _DUE.isdisjoint(loinc_of(resource)):
            continue
        awaited, since = day(resource.get("valueDateTime")), taken(resource)
        is_over = any(no and since and no >= since for no in denied)
        if not is_over and (awaited is None or awaited >= today):
            shown = f"{notes.words.kinds['due']} {awaited or ''}".strip()
            notes.unread(FIELD, shown, notes.words.not_read.due)
