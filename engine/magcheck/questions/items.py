"""What is asked about the medicines and products that somebody names?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from magcheck.core.bounds import MOST_INTAKES
from magcheck.core.fact_names import MAGNESIUM
from magcheck.profile import Basis, Route, Supplement
from magcheck.questions.answer_kinds import NONE, AnswerKind, Country, Listing, Named, OneOf
from magcheck.questions.disambiguation import which_one
from magcheck.questions.question import KEEP, Ask, Data, entry_of
from magcheck.terminology.normalise import amount_mg, normal
from magcheck.terminology.vocabulary import Found, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item
    from magcheck.questions.disambiguation import ItemChange, WhichOne
    from magcheck.terminology.vocabulary import Meaning

MOST_TURNS = 3
KEPT = "kept"
"""Below an item: what was told of it that nobody asks for, such as a code, or that it is taken weekly."""
_OFTEN = re.compile(
    r"[\s,(]+(?:(?P<once>once)|(?P<twice>twice)|(?P<count>\d{1,2}) ?(?:x|times))? ?(?:a|per|each|every|/) ?day\)?$"
    r"|[\s,(]+(?:(?P<once_daily>once)|(?P<twice_daily>twice)|(?P<count_daily>\d{1,2}) ?(?:x|times))? ?daily\)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class UnderstoodItem:
    """An item whose name is understood, as far as it is known."""

    told: Item
    meaning: Meaning
    route_known: bool
    """The route is known, from its name or its product, or nothing but tablets and the like is sold."""
    has_content: bool
    """Our tables say how much magnesium such a product brings."""

    def may_bring_magnesium(self) -> bool:
        return self.has_content or any(MAGNESIUM in substance.selectors for substance in self.meaning.substances)

    def is_swallowed(self) -> bool:
        return (self.told.route or self.meaning.route or Route.ORAL) is Route.ORAL

    def has_amount(self) -> bool:
        in_its_field = isinstance(self.told, Supplement) and self.told.amount_mg is not None
        return in_its_field or amount_mg(self.told.name or "") is not None


def _amount_is_open(item: UnderstoodItem) -> bool:
    counts = isinstance(item.told, Supplement) or item.may_bring_magnesium()
    return counts and item.is_swallowed() and not item.has_amount()


def _basis_is_open(item: UnderstoodItem) -> bool:
    is_elemental = "elemental" in normal(item.told.name or "").split()
    return item.may_bring_magnesium() and item.has_amount() and not is_elemental


def _needs_amount_inside(field: str, item: UnderstoodItem) -> bool:
    """Nobody knows the milligrams of a multivitamin, but its label says how much magnesium is in it."""
    return field == "amount_mg" and item.has_content


PARTS: dict[str, Callable[[UnderstoodItem], bool]] = {
    "route": lambda item: not item.route_known,
    "amount_mg": _amount_is_open,
    "dose_mg": _amount_is_open,
    "basis": _basis_is_open,
    "elemental_percent": lambda item: isinstance(item.told, Supplement) and item.told.basis is Basis.COMPOUND,
    "times": UnderstoodItem.is_swallowed,
    "per_day": lambda item: item.is_swallowed() and not item.told.times and item.told.per_day is None,
}
"""Field of an item -> can it still be asked? In this order."""


@dataclass(frozen=True)
class Items:
    """Medicines or products, all named in one answer."""

    name: str
    """List of the profile."""
    model: type[Item]
    parts: Mapping[str, AnswerKind]
    """Field of an item -> the kind of its answer."""
    names: Sequence[str]
    """For completion."""
    countries: Country

    def asks(self, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        entry = entry_of(self.name, book)
        yield Ask(
            self.name, entry.question, Listing(self.names), book.wording.labels.field(self.name), entry.why, NONE
        )
        for index, _ in enumerate(answers.get(self.name) or ()):
            yield from self._asks_and_item(index, answers, book)[0]

    def put(self, answers: Mapping[str, Any], book: RuleBook, data: Data) -> None:
        names = answers.get(self.name)
        if names is not None:
            data[self.name] = [self._asks_and_item(index, answers, book)[1] for index, _ in enumerate(names)]

    def _asks_and_item(self, index: int, answers: Mapping[str, Any], book: RuleBook) -> tuple[list[Ask], Data]:
        """The questions about one item, and the item itself."""
        path = f"{self.name}[{index}]"
        data = self.named(answers[self.name][index], answers, book) | answers.get(f"{path}.{KEPT}", {})
        asks = [*self._clarifying(path, data, answers, book)]
        for field, kind in self.parts.items():
            item = self._understood(data, answers, book)
            if item and PARTS[field](item):
                asks.append(self._ask_part(field, kind, path, item, book))
            value = answers.get(f"{path}.{field}")
            data |= {} if value is None else {field: value}
        return asks, data

    def named(self, written: str, answers: Mapping[str, Any], book: RuleBook) -> Data:
        """ "zinc 25 mg twice a day" as a name, how often, and what of it the name alone would not tell."""
        name, often = read_intakes(written)
        data: Data = {"name": name} | ({} if often is None else {"per_day": often})
        amount = amount_mg(name)
        if self.model is Supplement and amount is not None:
            item = self._understood(data, answers, book)
            data |= {"amount_mg": amount} if item and not item.may_bring_magnesium() else {}
        return data

    def _ask_part(self, field: str, kind: AnswerKind, path: str, item: UnderstoodItem, book: RuleBook) -> Ask:
        entry = entry_of(
            "medications.dose_mg" if _needs_amount_inside(field, item) else f"{self.name}.{field}", book
        )
        label = f"{item.told.told}, {book.wording.labels.field(field)}"
        return Ask(f"{path}.{field}", f"{_with_meaning(item)}: {entry.question}", kind, label, entry.why)

    def _clarifying(self, path: str, data: Data, answers: Mapping[str, Any], book: RuleBook) -> Iterator[Ask]:
        """ "Did you mean?" and "which one?", until the name is understood or kept; `data` follows."""
        for turn in range(MOST_TURNS):
            item = self.model.model_validate(data)
            if "country" not in answers and _country_decides(item, book):
                yield self._ask_country(book)
                return
            unclear = which_one(item, answers.get("country"), book.vocabulary)
            if unclear is None:
                return
            asked = f"{path}.is{turn}"
            kind, label = kind_of(unclear, self.names), f'"{item.told}" means'
            yield Ask(asked, unclear.question, kind, label, empty=KEEP, must=True)
            if answers.get(asked) is None:
                return
            data |= answers[asked]

    def _ask_country(self, book: RuleBook) -> Ask:
        entry = entry_of("country", book)
        return Ask(
            "country", entry.question, self.countries, book.wording.labels.field("country"), entry.why, must=True
        )

    def _understood(self, data: Data, answers: Mapping[str, Any], book: RuleBook) -> UnderstoodItem | None:
        """None for a name that nobody understands: it is not checked, so nothing more is asked."""
        item = self.model.model_validate(data)
        found = book.vocabulary.find(item, answers.get("country"))
        if not isinstance(found, Found):
            return None
        meaning = found.meaning
        elsewhere = {substance.name for substance in meaning.substances} & book.vocabulary.sold_for_other_routes
        route_known = not found.by_default or meaning.route is not None or not elsewhere
        return UnderstoodItem(item, meaning, route_known, book.content_of(meaning) is not None)


def read_intakes(text: str) -> tuple[str, int | None]:
    """A name and how often it is taken a day, where that stands behind it."""
    found = _OFTEN.search(text)
    name = text[: found.start()].strip() if found else ""
    if found is None or not name or (not any(found.groups()) and amount_mg(name) is None):
        return text, None  # "One A Day" is a brand
    count = found["count"] or found["count_daily"]
    often = int(count) if count else 2 if found["twice"] or found["twice_daily"] else 1
    return (name, often) if 1 <= often <= MOST_INTAKES else (text, None)


def _country_decides(item: Item, book: RuleBook) -> bool:
    """Is it a brand that means different medicines in different countries?"""
    found = book.vocabulary.find(item, None)
    return (
        not isinstance(found, Found)
        and found.reason is Reason.AMBIGUOUS
        and any(meaning.countries for meaning in found.could_be)
    )


def _with_meaning(item: UnderstoodItem) -> str:
    """ "Cipro (ciprofloxacin)", so that the person sees what was understood."""
    written = item.told.told
    inside = " / ".join(substance.name for substance in item.meaning.substances)
    return written if f" {normal(inside)} " in f" {normal(written)} " else f"{written} ({inside})"


@dataclass(frozen=True)
class Renamed(AnswerKind):
    """Another name, or one of many meanings."""

    choices: Mapping[str, ItemChange]
    names: Sequence[str] = ()
    """For completion, where there is nothing to choose from."""

    @property
    def completions(self) -> Sequence[str]:
        return tuple(self.choices) or self.names

    @property
    def hint(self) -> str:
        return f"write its name, such as {next(iter(self.choices))}" if self.choices else "write it again"

    def read(self, text: str) -> Any:  # noqa: ANN401 - fields of an item
        chosen = next((change for words, change in self.choices.items() if normal(words) == normal(text)), None)
        return chosen or {"name": Named().read(text)}

    def shown(self, value: Any) -> str:  # noqa: ANN401 - fields of an item
        return next((words for words, change in self.choices.items() if change == value), str(value.get("name")))


def kind_of(unclear: WhichOne, names: Sequence[str] = ()) -> AnswerKind:
    """A short list is shown; of a long one the person writes the name."""
    return OneOf(unclear.choices) if unclear.choices and not unclear.is_long else Renamed(unclear.choices, names)
