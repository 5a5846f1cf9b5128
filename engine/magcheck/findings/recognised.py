"""What was each name recognised as, as reports show it? Most of it follows from the reading of the line alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.facts.read_back import read_of
from magcheck.inference.program import Outcome
from magcheck.report import Recognised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation


class _Known(NamedTuple):
    """What the report says of an item wherever it stands, and the pages that name it."""

    fields: dict[str, Any]
    pages: tuple[str, ...]


def recognised(evaluation: Evaluation, *, rules_of_names: bool) -> Iterator[Recognised]:
    """Everything that was understood, also what is not taken, in the order of the profile."""
    fired = {page.id for page, _, _ in evaluation.holding(Outcome.FIRES)}
    for item in _listed(evaluation.situation):
        known = _known(item, evaluation)
        yield Recognised(
            **known.fields,
            index=item.origin,
            rules=known.pages if rules_of_names else None,
            found=not fired.isdisjoint(known.pages),
        )


def _listed(situation: Situation) -> Iterator[RecognisedItem]:
    every = (*(item for item in situation.taken if not item.planned and not item.members), *situation.not_taken)
    return iter(sorted(every, key=lambda item: (item.list, item.origin, item.index)))


def _known(item: RecognisedItem, evaluation: Evaluation) -> _Known:
    """Kept with the reading of the line, unless something else was chosen for it than it says."""
    if item.read is None or item.found is not item.read.found:
        return _made(item, evaluation)
    return item.read.once("recognised", lambda: _made(item, evaluation))


def _made(item: RecognisedItem, evaluation: Evaluation) -> _Known:
    meaning = item.found.meaning
    pages = evaluation.program.pages_naming(tuple(substance.selectors for substance in meaning.substances))
    names = tuple(substance.name for substance in meaning.substances)
    fields = {
        "list": item.list,
        "input": item.told,
        "is_": " / ".join((*names, *meaning.others)) or meaning.label,
        "classes": tuple(dict.fromkeys(name for substance in meaning.substances for name in substance.classes)),
        "ingredients": (*names, *meaning.others),
        "rxcui": meaning.rxcui,
        "by": meaning.by.value,
        "route": item.found.route.value,
        "has_rules": bool(pages),
        "read": read_of(item, evaluation.book.wording.reading.echo),
    }
    return _Known(fields, pages)
