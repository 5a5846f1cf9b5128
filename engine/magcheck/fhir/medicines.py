"""Which medicines and supplements does a record hold? Each order and statement, as it is told to the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from magcheck.core.bounds import LONGEST_NAME
from magcheck.fhir.dosage import IN_WORDS, Dosing, dosing_of
from magcheck.fhir.medicine_names import (
    LONGEST,
    NOBODY,
    Called,
    ReadName,
    called,
    has_unnamed,
    is_read_whole,
    medication_named,
    parts_referred,
    seen,
    substances_of,
    together,
)
from magcheck.fhir.notes import name_notes
from magcheck.fhir.once import MEDICATIONS, SUPPLEMENTS, Taken
from magcheck.fhir.plain import part, parts, text, wordings
from magcheck.fhir.status import ERROR, is_taken, status_of
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Frequency, Medication, Supplement
from magcheck.reading.item import read_item
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from magcheck.fhir.gather import Gathered
    from magcheck.fhir.notes import Notes
    from magcheck.fhir.plain import Resource
    from magcheck.profile import Item
    from magcheck.reading.setting import Setting


_DOSAGES = {"dosageInstruction": "dosage", "dosage": "dosageInstruction"}
"""What each kind of resource has, and what stands there by mistake."""


class ToldProduct(NamedTuple):
    """One product as a resource tells it."""

    called: Called
    dosing: Dosing
    status: str
    within: str
    resource: Resource


class Medicines:
    """Reads the resources of a record one after the other."""

    def __init__(self, inside: Gathered, setting: Setting, today: date, notes: Notes) -> None:
        self.inside, self.setting, self.today, self.notes = inside, setting, today, notes
        self.found: list[Taken] = []
        self.referred: list[Resource] = []
        """To which Medications something refers."""

    def read(self) -> list[Taken]:
        for told in (
            *self._told("MedicationRequest", "dosageInstruction"),
            *self._told("MedicationStatement", "dosage"),
        ):
            self._product(told)
        for order in self.inside.of("NutritionOrder"):
            for told in self._supplements(order):
                self._product(told)
        for medication in self.inside.of("Medication"):
            if not any(medication is known for known in self.referred):
                name = medication_named(medication, self.setting, self.inside.by_reference).told
                self.notes.unread(MEDICATIONS, name or _address(medication), self.notes.words.not_read.not_ordered)
        return self.found

    def _told(self, kind: str, dosage: str) -> Iterator[ToldProduct]:
        for resource in self.inside.of(kind):
            named = self._named(resource)
            if named:
                dosing = dosing_of(resource.get(dosage) or resource.get(_DOSAGES[dosage]))
                yield ToldProduct(named, dosing, status_of(resource), MEDICATIONS, resource)

    def _supplements(self, order: Resource) -> Iterator[ToldProduct]:
        for entry in parts(order.get("supplement")):
            named = called(entry.get("type"), self.setting) or called(
                {"text": entry.get("productName")}, self.setting
            )
            product = called({"text": entry.get("productName")}, self.setting)
            if product and not set(product.names) <= set(named.names):
                named = called({"text": f"{product.told}, {named.told}"}, self.setting)
            if named:
                yield ToldProduct(named, _of_supplement(entry), status_of(order), SUPPLEMENTS, order)
            elif status_of(order) != ERROR:
                self.notes.unread(SUPPLEMENTS, _address(order), self.notes.words.not_read.no_medicine)
        for eaten in _eaten(order):
            self.notes.unread(SUPPLEMENTS, eaten or _address(order), self.notes.words.not_read.kinds)

    # What it is

    def _named(self, resource: Resource) -> Called:
        both = part(resource.get("medication"))  # as later editions of FHIR write it
        concept = resource.get("medicationCodeableConcept") or both.get("concept")
        reference = part(resource.get("medicationReference")) or part(both.get("reference"))
        found = called(concept, self.setting)
        if reference:
            found = together((found, self._referred(reference, resource)), self.setting)
        if not found and status_of(resource) != ERROR:
            words = self.notes.words.not_read
            told = text(reference.get("reference")) or _codes_in(part(concept)) or _address(resource)
            self.notes.unread(MEDICATIONS, told, words.unresolved if reference else words.no_medicine)
        return found

    def _referred(self, reference: Resource, resource: Resource) -> Called:
        """What a reference points to, in the resource, in the Bundle, or at least by its display."""
        address = text(reference.get("reference"))
        inside = {f"#{text(held.get('id'))}": held for held in parts(resource.get("contained"))}
        relative = "/".join(address.partition("/_history")[0].split("/")[-2:])
        known = self.inside.by_reference | inside
        medication = known.get(address) or known.get(relative)
        named = NOBODY
        if medication:
            self.referred.append(medication)
            self.referred += parts_referred(medication, known)
            named = medication_named(medication, self.setting, known)
            if has_unnamed(medication, known) and status_of(resource) != ERROR:
                self.notes.unread(MEDICATIONS, named.told or address, self.notes.words.not_read.unresolved)
        return named or called({"text": reference.get("display")}, self.setting)

    # How it is told to the reader

    def _product(self, told: ToldProduct) -> None:
        if told.status == ERROR:
            words = self.notes.words
            self.notes.say(told.within, words.left_out, item=told.called.told, status=told.status)
            return
        if told.called.doubt:
            reason = fill(self.notes.words.not_read.two_names, names=" / ".join(told.called.doubt)[:LONGEST_NAME])
            self.notes.unread(told.within, told.called.told, reason)
        for name in told.called.names or ("",):
            if len(name) > LONGEST:
                self.notes.unread(told.within, name, self.notes.words.not_read.too_long)
            known = seen(name[:LONGEST], self.setting)
            (self._taken if is_taken(told.resource, self.today) else self._not_taken)(known, told)
        if is_taken(told.resource, self.today):
            name_notes(told.resource, told.within, told.called.told, self.notes)

    def _not_taken(self, known: ReadName, told: ToldProduct) -> None:
        """It is shown where the reader knows it, and said in any case."""
        name = known.name or told.called.told
        self.notes.say(told.within, self.notes.words.not_taken, item=name, status=told.status)
        stopped = seen(f"{known.name} ({self.notes.words.stopped})", self.setting)
        if known.is_ and not stopped.is_taken:
            item = _item(told.within, {"name": stopped.name})
            self.found.append(Taken(item, told.within, frozenset({(stopped.name, "")}), _kind(told), None, 0))

    def _taken(self, known: ReadName, told: ToldProduct) -> None:
        count = _tablets(told.dosing.milligrams, known.amount_mg)
        line = self._line(known, [*([count] if count else []), *told.dosing.words, *told.dosing.sentences], told)
        codes = {"rxcui": told.called.rxcui, "atc": told.called.atc}
        data: dict[str, Any] = {key: code for key, code in codes.items() if code} | (
            {"name": line} if line else {}
        )
        given = dict(told.dosing.fields)
        if told.dosing.milligrams is not None and not count:
            given["amount_mg" if told.within == SUPPLEMENTS else "dose_mg"] = told.dosing.milligrams
        words = self.notes.words.not_read
        try:
            item = _item(told.within, data | given)
        except ValidationError as error:
            self._unread(known, told, fill(words.refused, why=str(error.errors()[0]["msg"])))
            item = _item(told.within, data)
        taken = self._as_taken(item, known, told)
        self.found.append(taken)
        for missed in told.dosing.not_read:
            if missed != IN_WORDS:
                self._unread(known, told, words.timing if missed == "timing" else words.dose)
            elif not taken.has_rhythm:
                self._unread(known, told, words.timing)

    def _unread(self, known: ReadName, told: ToldProduct, reason: str) -> None:
        self.notes.unread(told.within, known.name or told.called.told, reason)

    def _line(self, known: ReadName, said: list[str], told: ToldProduct) -> str:
        """The name with what is said of it; a sentence that the reader does not follow is left out and said."""
        line = known.name
        for words in said:
            longer = f"{line}, {words}" if line else words
            if line and len(longer) <= LONGEST_NAME and is_read_whole(longer, known, self.setting):
                line = longer
            elif words.casefold().startswith(self.notes.words.instructions):
                self.notes.say(told.within, self.notes.words.instruction, words=words)
            else:
                self.notes.unread(
                    told.within, f"{known.name or told.called.told}: {words}", self.notes.words.not_read.dosage
                )
        return line

    def _as_taken(self, item: Item, known: ReadName, told: ToldProduct) -> Taken:
        read = read_item(item, self.setting)
        is_ = {
            (name, entry.found.route.value if isinstance(entry.found, Found) else "")
            for entry in read
            for name in substances_of(entry)
        }
        amount = told.dosing.milligrams or (read[0].line.amount.high if read[0].line else None) or 0
        counted = read[0].item
        dosing = told.dosing
        return Taken(
            item=item,
            within=told.within,
            is_=frozenset(is_ or {(told.called.told.casefold(), "")}),
            source=_kind(told),
            strength=known.amount_mg,
            daily=amount * max(len(counted.times), counted.per_day or 1, dosing.intakes),
            has_rhythm=bool(
                counted.times or counted.per_day or counted.every or counted.frequency is not Frequency.DAILY
            ),
            times=tuple(counted.times or ()),
            told=len(dosing.fields) + len(dosing.words) + len(dosing.sentences),
            address=_address(told.resource) if told.resource.get("id") else "",
        )


def _item(within: str, data: dict[str, Any]) -> Item:
    return (Supplement if within == SUPPLEMENTS else Medication).model_validate(data)


def _kind(told: ToldProduct) -> str:
    return "draft" if told.status == "draft" else text(told.resource.get("resourceType"))


def _address(resource: Resource) -> str:
    return "/".join(filter(None, (text(resource.get("resourceType")), text(resource.get("id")))))


def _eaten(order: Resource) -> Iterator[str]:
    """What of an order of food may hold magnesium: a tube feed, what is added to it, a nutrient of a diet."""
    formula = part(order.get("enteralFormula"))
    if formula:
        yield ", ".join(
            filter(None, (text(formula.get(f"{name}ProductName")) for name in ("baseFormula", "additive")))
        )
    for nutrient in parts(part(order.get("oralDiet")).get("nutrient")):
        amount = part(nutrient.get("amount"))
        written = (next(wordings(nutrient.get("modifier")), ""), amount.get("value"), amount.get("unit"))
        yield " ".join(str(piece)[:60] for piece in written if isinstance(piece, str | int | float))


def _codes_in(concept: Resource) -> str:
    told = (
        f"{text(coding.get('system'))} {text(coding.get('code'))}".strip()
        for coding in parts(concept.get("coding"))
    )
    return ", ".join(filter(None, told))


def _of_supplement(entry: Resource) -> Dosing:
    schedule = entry.get("schedule")
    timings = parts(schedule) or [part(part(schedule).get("timing"))]
    quantity = entry.get("quantity")
    said = {"text": entry.get("instruction")}
    return dosing_of([{"timing": timing, "doseQuantity": quantity} | said for timing in timings or [{}]])


def _tablets(dose: float | None, strength: float | None) -> str:
    """ "2 tablets": a dose that is so many times the strength of one; empty where it is none, or one."""
    if not dose or not strength or dose == strength:
        return ""
    count = dose / strength
    return f"{count:g} tablets" if count * 2 == int(count * 2) and count <= 10 else ""
