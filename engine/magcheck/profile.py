"""What goes in: the person, the kidneys, the medicines and the supplements, exactly as told."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self, cast

from pydantic import BeforeValidator, Field, model_validator

from magcheck.core.bounds import (
    AGE_YEARS,
    HEIGHT_CM,
    LONGEST_NAME,
    MOST_ENTRIES,
    MOST_INTAKES,
    MOST_PERCENT,
    MOST_WEIGHT_KG,
)
from magcheck.core.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterable


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Pregnancy(StrEnum):
    NONE = "none"
    PREGNANT = "pregnant"
    BREASTFEEDING = "breastfeeding"


class Stage(StrEnum):
    """KDIGO category of the glomerular filtration rate; "G3" when the letter is not known."""

    G1 = "G1"
    G2 = "G2"
    G3 = "G3"
    G3A = "G3a"
    G3B = "G3b"
    G4 = "G4"
    G5 = "G5"


class Route(StrEnum):
    ORAL = "oral"
    INTRAVENOUS = "intravenous"
    INJECTION = "injection"
    EYE = "eye"
    EAR = "ear"
    SKIN = "skin"
    INHALED = "inhaled"
    VAGINAL = "vaginal"
    RECTAL = "rectal"
    NASAL = "nasal"
    OTHER = "other"
    """Not swallowed: a mouth rinse, a toothpaste, an irrigation."""


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    EVERY_OTHER_DAY = "every other day"
    SINGLE_DOSE = "single dose"
    AS_NEEDED = "as needed"


class Basis(StrEnum):
    """Does the amount count the magnesium alone, or the whole compound?"""

    ELEMENTAL = "elemental"
    COMPOUND = "compound"
    UNKNOWN = "unknown"


class CreatinineUnit(StrEnum):
    MG_DL = "mg/dL"
    UMOL_L = "umol/L"


class MagnesiumUnit(StrEnum):
    MG_DL = "mg/dL"
    MMOL_L = "mmol/L"
    MEQ_L = "mEq/L"


_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_TWELVE_HOURS = re.compile(r"(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?\s*([ap])\.?m\.?", re.IGNORECASE)
_LOOSE_HOURS = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.h]([0-5][0-9])?)?(?::00)?")


def _clock(value: object) -> object:
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return value
    raise ValueError(f"{_short(value)} is not a clock time. Write {_nearest_clock(value)}.")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _nearest_clock(value: object) -> str:
    """A 24-hour spelling of what was probably meant; shown as advice, never used."""
    text = str(value).strip()[:20]
    if twelve := _TWELVE_HOURS.fullmatch(text):
        hour = int(twelve[1]) % 12 + (12 if twelve[3].lower() == "p" else 0)
        return f'"{hour:02d}:{twelve[2] or "00"}"'
    if loose := _LOOSE_HOURS.fullmatch(text):
        return f'"{int(loose[1]):02d}:{loose[2] or "00"}"'
    return 'hours and minutes of the 24-hour day, such as "20:00"'


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _country(value: object) -> object:
    if isinstance(value, str) and not _COUNTRY.fullmatch(value):
        code = value.strip().upper()
        mend = f"Write {code}." if _COUNTRY.fullmatch(code) else "Write its two letters, such as US or DE."
        raise ValueError(f"{_short(value)} is no code of a country. {mend}")
    return value


Clock = Annotated[str, BeforeValidator(_clock), Field(json_schema_extra={"pattern": _CLOCK.pattern})]
Times = Annotated[tuple[Clock, ...], Field(max_length=MOST_INTAKES, strict=False)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,12}$")]


class Person(Model):
    age: Annotated[float, Field(ge=AGE_YEARS[0], le=AGE_YEARS[1])] | None = None
    """Years, decimals allowed."""
    sex: Annotated[Sex, Field(strict=False)] | None = None
    pregnancy: Annotated[Pregnancy, Field(strict=False)] | None = None
    weight_kg: Annotated[float, Field(gt=0, le=MOST_WEIGHT_KG)] | None = None
    """Kilograms."""
    height_cm: Annotated[float, Field(ge=HEIGHT_CM[0], le=HEIGHT_CM[1])] | None = None
    """Centimetres."""


class Creatinine(Model):
    """Serum creatinine, standardised (IDMS)."""

    value: Annotated[float, Field(gt=0)]
    unit: Annotated[CreatinineUnit, Field(strict=False)]


class Kidney(Model):
    egfr: Annotated[float, Field(ge=0)] | None = None
    """Estimated glomerular filtration rate, mL/min/1.73 m2."""
    creatinine: Creatinine | None = None
    """Gives an eGFR when `egfr` is absent."""
    stage: Annotated[Stage, Field(strict=False)] | None = None
    dialysis: bool | None = None
    disease: bool | None = None
    """Told they have kidney disease, nothing more known."""
    acute: bool | None = None
    """Acute kidney injury now."""


class SerumMagnesium(Model):
    value: Annotated[float, Field(gt=0)]
    unit: Annotated[MagnesiumUnit, Field(strict=False)]


class Labs(Model):
    magnesium: SerumMagnesium | None = None
    """Serum magnesium."""


class Every(Model):
    """A rhythm of several days."""

    days: Annotated[int, Field(ge=2, le=366)]
    """Taken on one day in so many."""


class Item(Model):
    """Something taken: named, or given by its RxNorm or ATC code."""

    name: Name | None = None
    rxcui: Annotated[str, Field(pattern=r"^[0-9]{1,8}$")] | None = None
    atc: Code | None = None
    route: Annotated[Route, Field(strict=False)] | None = None
    """Oral unless the product is only made for another route."""
    times: Times = ()
    """Clock times of the day, "HH:MM"."""
    per_day: Annotated[int, Field(ge=1, le=MOST_INTAKES)] | None = None
    """Intakes a day, used only when `times` are not given; once when neither is."""
    frequency: Annotated[Frequency, Field(strict=False)] = Frequency.DAILY
    every: Every | None = None
    """Instead of `frequency`, for what is taken every third day and the like."""
    fixed: bool = False
    """The plan must not move it."""

    @model_validator(mode="after")
    def _identified(self) -> Self:
        if self.name is None and self.rxcui is None and self.atc is None:
            raise ValueError("nothing says what this is. Give a name, an rxcui or an atc code.")
        return self

    @property
    def told(self) -> str:
        """What the person wrote, for the report."""
        return self.name or (f"RxCUI {self.rxcui}" if self.rxcui else f"ATC {self.atc}")


class Medication(Item):
    dose_mg: Annotated[float, Field(gt=0)] | None = None
    """Milligrams per intake, as printed on the box."""


class Supplement(Item):
    amount_mg: Annotated[float, Field(gt=0)] | None = None
    """Milligrams per intake."""
    basis: Annotated[Basis, Field(strict=False)] = Basis.UNKNOWN
    elemental_percent: Annotated[float, Field(gt=0, le=MOST_PERCENT)] | None = None
    """Per cent of the compound that is the mineral itself, as printed on the label."""


class Day(Model):
    wake: Clock | None = None
    sleep: Clock | None = None
    meals: Times = ()


def _items(value: object) -> object:
    """A bare name in a list of items is an item with that name."""
    if not isinstance(value, list | tuple):
        return value
    return [_named(item) for item in cast("Iterable[object]", value)]


def _or_a_name(schema: dict[str, Any]) -> None:
    """In the published schema, too, a name alone is an item."""
    schema["items"] = {"anyOf": [schema["items"], {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}]}


Words = Annotated[tuple[Name, ...], Field(max_length=MOST_ENTRIES, strict=False)]


class Profile(Model):
    """Everything that was told about one person. What is missing is unknown, never "normal"."""

    person: Person = Person.model_construct()
    kidney: Kidney = Kidney.model_construct()
    labs: Labs = Labs.model_construct()
    conditions: Words = ()
    symptoms: Words = ()
    goals: Words = ()
    medications: Annotated[
        tuple[Medication, ...],
        BeforeValidator(_items),
        Field(max_length=MOST_ENTRIES, strict=False, json_schema_extra=_or_a_name),
    ] = ()
    supplements: Annotated[
        tuple[Supplement, ...],
        BeforeValidator(_items),
        Field(max_length=MOST_ENTRIES, strict=False, json_schema_extra=_or_a_name),
    ] = ()
    day: Day = Day.model_construct()
    country: Annotated[str, BeforeValidator(_country), Field(pattern=_COUNTRY.pattern)] | None = None
    """Two letters (ISO 3166, or EU or UK); chooses the dose limits. US when absent."""
