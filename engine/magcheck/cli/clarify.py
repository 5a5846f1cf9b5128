"""Did you mean? Puts the names that a check did not recognise to the person, and writes down the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.cli.interview import problem_of
from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt
from magcheck.profile import Medication, Supplement
from magcheck.questions.disambiguation import which_one
from magcheck.questions.items import kind_of

if TYPE_CHECKING:
    from magcheck.cli.prompts import Prompter
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item, Profile
    from magcheck.questions.disambiguation import ItemChange
    from magcheck.report import Report

MOST_TURNS = 3
_MODELS: dict[str, type[Item]] = {"medications": Medication, "supplements": Supplement}


def clarify(profile: Profile, report: Report, book: RuleBook, prompter: Prompter) -> Profile:
    """`profile` itself, or a copy with the names that the person chose."""
    clearer = profile
    try:
        for unread in report.not_checked:
            if unread.list in _MODELS and unread.index is not None:
                clearer = _clarified(clearer, unread.list, unread.index, book, prompter)
    except EndOfAnswers:
        pass
    return clearer


def _clarified(profile: Profile, name: str, index: int, book: RuleBook, prompter: Prompter) -> Profile:
    items: list[Item] = list(getattr(profile, name))
    for _ in range(MOST_TURNS):
        change = _change(items[index], profile.country, book, prompter)
        if change is None:
            break
        items[index] = changed(items[index], change)
    if tuple(items) == getattr(profile, name):
        return profile
    return profile.model_copy(update={name: tuple(items)})


def _change(item: Item, country: str | None, book: RuleBook, prompter: Prompter) -> ItemChange | None:
    unclear = which_one(item, country, book)
    if unclear is None or not unclear.choices:
        return None
    words = book.wording.questions
    kind = kind_of(unclear, words)
    prompt = Prompt(
        unclear.question,
        hint=kind.hint,
        options=kind.options,
        completions=kind.completions,
        empty=words.keep,
        problem_of=lambda text: problem_of(text, kind),
    )
    try:
        text = prompter.ask(prompt)
    except Back:
        return None
    return None if text in ("", UNKNOWN) else kind.read(text)


def changed(item: Item, change: ItemChange) -> Item:
    data: dict[str, Any] = item.model_dump(mode="json", exclude_none=True)
    return type(item).model_validate(data | change)
