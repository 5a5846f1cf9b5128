"""How a person's answers read as a FHIR QuestionnaireResponse: the inverse of what the engine reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.core.fact_names import ROUTES
from magcheck.fhir.form import coding, names_of_links, options, questionnaire, unit_coding
from magcheck.questions.enablement import Enablement, enablement_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.load import RuleBook

Resource = dict[str, Any]


def response(*items: Resource, **more: object) -> Resource:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items), **more}


def answered(link: str, key: str, *values: object) -> Resource:
    return {"linkId": link, "answer": [{key: value} for value in values]}


def yes_or_no(link: str, *, said: bool, key: str = "valueBoolean") -> Resource:
    return answered(link, key, said)


def group(link: str, *items: Resource) -> Resource:
    return {"linkId": link, "item": list(items)}


def response_of(answers: Mapping[str, Any], book: RuleBook) -> Resource:
    """`answers` by the paths of the questions; those that no question asks for are left out."""
    form = questionnaire(book)
    return response(*_items(form["item"], answers, book), questionnaire=f"{form['url']}|{form['version']}")


def closed(answers: Mapping[str, Any], book: RuleBook) -> list[str]:
    """What a response cannot tell, because the questionnaire does not ask it of such a person."""
    told = dict.fromkeys((name for name, entry in book.questions.items() if entry.asked), None) | dict(answers)
    return [
        name
        for name in answers
        if name in book.questions and enablement_of(name, told, book.questions) is not Enablement.OPEN
    ]


def _items(forms: list[Resource], answers: Mapping[str, Any], book: RuleBook) -> Iterator[Resource]:
    names = names_of_links(book)
    for form in forms:
        link: str = form["linkId"]
        if form["type"] == "group" and form["repeats"]:
            for index, name in enumerate(answers.get(link) or ()):
                yield group(link, *_parts(form, f"{link}[{index}]", name, answers, book))
        elif form["type"] == "group":
            below = list(_items(form["item"], answers, book))
            if below:
                yield group(link, *below)
        elif form["type"] != "display" and answers.get(names.get(link) or link) is not None:
            yield _answer(form, answers[names.get(link) or link], book)


def _parts(form: Resource, path: str, name: str, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Resource]:
    told = {"name": name} | {
        place.removeprefix(f"{path}."): value for place, value in answers.items() if place.startswith(f"{path}.")
    }
    for part in form["item"]:
        value = told.get(part["linkId"].rpartition(".")[2])
        if value is not None:
            yield _answer(part, value, book)


def _answer(form: Resource, value: Any, book: RuleBook) -> Resource:
    """`value` as the type of the item wants it."""
    link, kind = form["linkId"], form["type"]
    match kind:
        case "quantity":
            unit = unit_coding(value["unit"])
            told = {"value": value["value"], "unit": value["unit"], "system": unit["system"], "code": unit["code"]}
            return answered(link, "valueQuantity", told)
        case "time":
            return answered(link, "valueTime", *(f"{clock}:00" for clock in value))
        case "choice":
            return answered(link, "valueCoding", _coded(link, value, book))
        case "open-choice":
            words = value if form["repeats"] else [value]
            return {"linkId": link, "answer": [_open(link, word, book) for word in words]}
        case _:
            return answered(link, f"value{kind.capitalize()}", value)


def _coded(link: str, value: Any, book: RuleBook) -> Resource:
    known = options(link, book)
    if link.endswith(".route"):
        value = next(min(routes) for routes in ROUTES.values() if value in routes)
    code = next(code for code, (_, answer) in known.items() if answer == value)
    return coding(link, code, known[code][0])


def _open(link: str, word: str, book: RuleBook) -> Resource:
    known = options(link, book)
    return {"valueCoding": coding(link, word, known[word][0])} if word in known else {"valueString": word}
