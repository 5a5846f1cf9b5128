"""How is a key of the report called in words? Labels only; advice comes from the report itself."""

from __future__ import annotations

import re

ACTIONS: dict[str, str] = {
    "avoid": "Do not take",
    "ask_first": "Ask first",
    "separate": "Keep apart",
    "lower_dose": "Take less",
    "monitor": "Watch",
    "note": "Good to know",
    "clear": "Nothing found",
}
NOT_COMPLETE = "Not complete"
KEPT = "Kept already"
URGENCIES: dict[str, str] = {"emergency": "Emergency", "today": "Today"}
GRADES: dict[str, str] = {
    "label": "official product text",
    "authority": "health authority",
    "study": "study",
    "reference": "reference work",
    "unconfirmed": "not confirmed, nobody has read it yet",
}
LISTS: dict[str, str] = {
    "medications": "medicine",
    "supplements": "supplement",
    "supplements.others": "other product",
    "conditions": "condition",
    "symptoms": "symptom",
    "goals": "goal",
}
FIELDS: dict[str, str] = {
    "person.age": "age",
    "person.sex": "sex",
    "person.pregnancy": "pregnancy",
    "person.height_cm": "height",
    "kidney.egfr": "kidney value (eGFR)",
    "kidney.creatinine": "creatinine",
    "kidney.stage": "kidney stage",
    "kidney.dialysis": "dialysis",
    "kidney.disease": "kidney disease",
    "kidney.acute": "acute kidney injury",
    "labs.magnesium": "blood magnesium",
    "blood values": "a blood value known",
    "medications": "medicines",
    "dose.elemental_mg_per_day": "magnesium itself a day",
    "amount_mg": "amount",
    "amount_mg_per_day": "amount a day",
    "dose_mg": "amount",
    "elemental_percent": "share of magnesium itself",
    "basis": "elemental or compound",
    "route": "how it is taken",
    "per_day": "times a day",
}
_PLACE = re.compile(r"(?P<list>\w+)\[(?P<index>\d+)\](?:\.(?P<rest>.+))?")


def field_in_words(field: str) -> str:
    """ "supplements[0].amount_mg" as "supplement 1, amount"."""
    found = _PLACE.fullmatch(field)
    if not found:
        return FIELDS.get(field, field.rpartition(".")[2].replace("_", " "))
    place = place_in_words(found["list"], int(found["index"]))
    return f"{place}, {field_in_words(found['rest'])}" if found["rest"] else place


def place_in_words(name: str, index: int) -> str:
    return f"{LISTS.get(name, name)} {index + 1}"


def value_in_words(value: float | str | bool, unit: str | None = None) -> str:  # noqa: FBT001 - a value of the report
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{text} {unit}" if unit else text


def counted_in_words(name: str, value: float | str | bool, unit: str | None = None) -> str:  # noqa: FBT001 - as above
    """ "age 62 years"; "pregnant", which says itself what it is about."""
    said = value_in_words(value, unit)
    return said if name == "person.pregnancy" and said != "none" else f"{field_in_words(name)} {said}"


def hours(value: float) -> str:
    """ "2 h", "30 min"."""
    return f"{value:g} h" if value >= 1 else f"{value * 60:g} min"


def capital(text: str) -> str:
    """First letter upper case, the rest untouched."""
    return text[:1].upper() + text[1:]
