"""What does a FHIR R4 QuestionnaireResponse tell? Its answers, read strictly, become a profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.fhir.form import FORMER_URL, NAME, URL, names_of_links, questionnaire
from magcheck.fhir.values import FormValue, shown, value_of
from magcheck.knowledge.conditions import near
from magcheck.knowledge.document import Document
from magcheck.knowledge.entries import AnswerForm
from magcheck.knowledge.refusal import dotted, problems_of
from magcheck.profile import Profile
from magcheck.questions.definition import profile_data, steps
from magcheck.questions.enablement import Enablement, enablement_of, ruled_out_by
from magcheck.questions.items import ItemsStep
from magcheck.questions.question import entry_of
from magcheck.report import NotChecked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.document import Path
    from magcheck.knowledge.load import RuleBook
    from magcheck.questions.enablement import Answers
    from magcheck.questions.question import Data, Step

RESPONSE = "QuestionnaireResponse"
_ENVELOPE = (
    "resourceType", "id", "meta", "language", "text", "contained", "extension", "identifier", "basedOn", "partOf",
    "questionnaire", "status", "subject", "encounter", "authored", "author", "source", "item",
)  # fmt: skip
_ITEM = ("id", "extension", "linkId", "definition", "text", "answer", "item")
_MODIFIERS = ("modifierExtension", "implicitRules")
CHANGES_MEANING = "It may change what the rest means, so nothing is read."
_USABLE = ("in-progress", "completed", "amended", "stopped")
ANSWERS_TO = "Send the answers to what `magcheck questionnaire` prints."
Made = TypeVar("Made")


def profile_of_response(data: object, book: RuleBook) -> Profile:
    """The profile that a QuestionnaireResponse makes; `data` is its JSON as plain data.

    Raises InputError with one problem for every answer that cannot be used.
    """
    return profile_of_document(Document("response", data), book)


class ReadResponse(NamedTuple):
    """What a QuestionnaireResponse tells."""

    profile: Profile
    not_read: tuple[NotChecked, ...] = ()
    """Values of which only a bound is told."""


def profile_of_document(document: Document, book: RuleBook) -> Profile:
    """The same, with the lines of a file in the problems. A profile has no place for a bound, so it is refused."""
    told = answers_in(document, book)
    fix = "Write the value, or leave it out."
    _refuse(
        [Problem(f"{document.name}: {bound.list}", f"{bound.input} is no value.", fix) for bound in told.not_read]
    )
    return told.profile


def answers_in(document: Document, book: RuleBook) -> ReadResponse:
    """The profile that a QuestionnaireResponse makes, and what in it is no whole answer. Raises InputError."""
    _refuse(_envelope(document))
    reader = _Reader(document, book)
    reader.items(document.data.get("item"), ("item",))
    of = steps(book)
    _refuse(reader.problems)
    answers = _settled(reader.answers, of, book)
    _refuse([*_ruled_out(answers, reader.places, book)])
    data = _checked(lambda: profile_data(answers, of, book))
    _refuse([*_complete(data, answers, reader.places, of, book)])
    return ReadResponse(_checked(lambda: Profile.model_validate(data)), tuple(reader.bounds))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(problems)


def _checked(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except ValidationError as error:
        raise InputError(problems_of(error, Profile, Document("response", None))) from None


# The resource around the answers


def _envelope(document: Document) -> list[Problem]:
    raw: object = document.data
    data = cast("Resource", raw) if isinstance(raw, dict) else {}
    if data.get("resourceType") != RESPONSE:
        problem = f"the resourceType is {shown(data.get('resourceType'))}; only a {RESPONSE} is read."
        return [Problem(document.where(("resourceType",)), problem, ANSWERS_TO)]
    return [
        *_strange_keys(data, (), _ENVELOPE, document),
        *_unusable(document, "status", data.get("status"), _USABLE),
        *_unusable(
            document, "questionnaire", str(data.get("questionnaire", URL)).partition("|")[0], (URL, FORMER_URL)
        ),
    ]


def _strange_keys(data: Resource, path: Path, known: Sequence[str], document: Document) -> Iterator[Problem]:
    """Keys that FHIR does not know here, and those that may change what the rest means."""
    for key in map(str, data):
        if key not in known and not key.startswith("_"):
            fix = CHANGES_MEANING if key in _MODIFIERS else near(key[:60], known)
            problem = f"'{dotted((*path, key))}' is not understood here."
            yield Problem(document.where((*path, key)), problem, fix)


def _unusable(document: Document, key: str, value: object, usable: Sequence[str]) -> Iterator[Problem]:
    if value not in usable:
        problem = f"{key}: {shown(value)} cannot be used."
        yield Problem(document.where((key,)), problem, f"Expected {', '.join(usable)}.")


# The items


@dataclass
class _Reader:
    """Collects the answers by the paths of the questions, and everything that is wrong with them."""

    document: Document
    book: RuleBook
    answers: Answers = field(default_factory=dict[str, Any])
    places: dict[str, str] = field(default_factory=dict[str, str])
    """Path of a question -> where its answer stands."""
    problems: list[Problem] = field(default_factory=list[Problem])
    bounds: list[NotChecked] = field(default_factory=list["NotChecked"])

    def __post_init__(self) -> None:
        self.names = names_of_links(self.book)
        self.forms: dict[str, tuple[Resource, str]] = {}
        """linkId -> its item in the questionnaire, and the repeated group in which it stands."""
        self._learn(questionnaire(self.book)["item"], "")

    def _learn(self, items: Sequence[Resource], group: str) -> None:
        for item in items:
            self.forms[item["linkId"]] = self.forms[self._name(item)] = (
                item,
                group,
            )  # earlier editions have the name
            self._learn(item.get("item", ()), item["linkId"] if _is_repeated_group(item) else group)

    def items(self, items: object, path: Path, group: str = "") -> None:
        """`group`: the medicine or product to which they belong, such as "medications[0]"."""
        if not isinstance(items, list | None):
            self._wrong(path, dotted(path), "this must be a list.")
            return
        for number, item in enumerate(cast("list[object]", items or [])):
            self._item(item, (*path, number), group)

    def _item(self, item: object, path: Path, group: str) -> None:
        data = cast("Resource", item) if isinstance(item, dict) else {}
        self.problems += _strange_keys(data, path, _ITEM, self.document)
        link = data.get("linkId")
        if not isinstance(link, str) or link not in self.forms:
            known = [name for name in self.forms if not name.endswith(".why")]
            fix = near(link[:60], known) if isinstance(link, str) else ""
            self._wrong(path, dotted(path), f"no question has the linkId {shown(link)}.", fix)
            return
        form, inside = self.forms[link]
        if inside != group.partition("[")[0]:
            self._wrong(path, link, f"this belongs {f'into the group {inside!r}' if inside else 'outside'}.")
        elif form["type"] in ("group", "display"):
            self._without_answer(form, data, path, group)
        else:
            self._answers(form, data, path, group)

    def _without_answer(self, form: Resource, data: Resource, path: Path, group: str) -> None:
        if data.get("answer"):
            self._wrong(path, form["linkId"], "nothing can be answered here.")
        if _is_repeated_group(form):
            begun = f"{form['linkId']}["
            group = f"{begun}{len({p.partition('.')[0] for p in self.places if p.startswith(begun)})}]"
        self.items(data.get("item"), (*path, "item"), group)
        named = f"{group}.{NAME}"
        if _is_repeated_group(form) and named not in self.places and self._holds(group):
            self._wrong(path, named, "nothing says what this is. Answer its name.")
            self.places[named] = dotted(path)

    def _holds(self, group: str) -> bool:
        return any(path.startswith(f"{group}.") for path in self.places)

    def _answers(self, form: Resource, data: Resource, path: Path, group: str) -> None:
        link: str = self._name(form)
        question = f"{group}.{link.rpartition('.')[2]}" if group else link
        answers, below = data.get("answer"), (*path, "answer")
        self.items(data.get("item"), (*path, "item"), group)
        if not answers and isinstance(answers, list | None):
            return
        if not isinstance(answers, list):
            self._wrong(below, question, "the answers must be a list.")
        elif question in self.places:
            self._wrong(below, question, "this is answered twice. Put all answers into one item.")
        elif len(cast("list[object]", answers)) > 1 and not form["repeats"]:
            self._wrong(below, question, "only one answer is possible here.")
        else:
            self.places[question] = self.document.where(below)
            self._read(form, cast("list[object]", answers), below, question)

    def _read(self, form: Resource, answers: Sequence[object], path: Path, question: str) -> None:
        values: list[FormValue] = []
        name = self._name(form)
        for number, answer in enumerate(answers):
            try:
                values.append(value_of(name, form["type"], answer, self.book))
            except ValueError as error:
                problem, _, fix = str(error).rstrip(".").partition(". ")
                self._wrong((*path, number), question, f"{problem}.", f"{fix}." if fix else "")
        if values:
            self.answers[question] = [told.value for told in values] if form["repeats"] else values[0].value
            if values[0].rxcui:
                self.answers[question.removesuffix(NAME) + "rxcui"] = values[0].rxcui
        reason = self.book.wording.record.not_read.bound
        self.bounds += [NotChecked(list=name, input=told.bound, reason=reason) for told in values if told.bound]

    def _name(self, form: Resource) -> str:
        """The question that an item asks."""
        link: str = form["linkId"]
        return self.names.get(link, link)

    def _wrong(self, path: Path, what: str, problem: str, fix: str = "") -> None:
        self.problems.append(Problem(f"{self.document.where(path)}: {what}", problem, fix))


def _is_repeated_group(item: Resource) -> bool:
    return item["type"] == "group" and item["repeats"] is True


# The answers as a whole


def _settled(read: Answers, of: Sequence[Step], book: RuleBook) -> Answers:
    """What was not answered is not known; a gate is open where something behind it was told."""
    answers = {path: value for path, value in read.items() if not path.endswith(f"].{NAME}")}
    for name in (step.name for step in of if isinstance(step, ItemsStep)):
        named = [path for path in read if path.startswith(f"{name}[") and path.endswith(f"].{NAME}")]
        names = [read[path] for path in named]
        answers |= {name: names} if names else {}
    passed = {gate for name in answers if name in book.questions for gate in book.questions[name].only_if}
    gates = {name: True for name in passed if entry_of(name, book).answer is AnswerForm.GATE}
    return dict.fromkeys((step.name for step in of), None) | gates | answers


def _ruled_out(answers: Answers, places: Mapping[str, str], book: RuleBook) -> Iterator[Problem]:
    """Answers to questions that other answers have closed: leaving them out unsaid could hide a danger."""
    for name, where in places.items():
        if name in book.questions and enablement_of(name, answers, book.questions) is Enablement.RULED_OUT:
            gates = " and ".join(f"'{gate}'" for gate in ruled_out_by(name, answers, book.questions))
            problem = f"this is not asked where {gates} is answered like that, or not at all."
            yield Problem(f"{where}: {name}", problem, "Correct the one that is wrong, or leave one out.")


def _complete(
    data: Data, answers: Answers, places: Mapping[str, str], of: Sequence[Step], book: RuleBook
) -> Iterator[Problem]:
    """Everything told of an item goes into the profile, also what the terminal would not have asked."""
    for step in (step for step in of if isinstance(step, ItemsStep)):
        for index, item in enumerate(data.get(step.name, ())):
            path = f"{step.name}[{index}]."
            answered = {
                question.removeprefix(path): value
                for question, value in answers.items()
                if question.startswith(path)
            }
            named = step.said(answers[step.name][index], answers, book)
            for part, problem in _contradictions(named, answered):
                yield Problem(f"{places[path + part]}: {path}{part}", problem, "Correct one of them.")
            item.update(answered)


def _contradictions(named: Data, answered: Data) -> Iterator[tuple[str, str]]:
    """(part, what is wrong): "zinc twice a day" is not taken three times a day."""
    for part, value in answered.items():
        if named.get(part, value) != value:
            yield part, f"{value} contradicts the name '{named['name']}', which says {named[part]}."
    times, often = answered.get("times"), answered.get("per_day")
    if times and often and len(times) != often:
        yield "per_day", f"{often} times a day, but there are {len(times)} clock times."
