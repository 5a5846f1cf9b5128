"""Which values of a record are read, under which codes, and in which units?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.bounds import HEIGHT_CM, MOST_WEIGHT_KG

if TYPE_CHECKING:
    from magcheck.core.bounds import Bounds

LOINC = "http://loinc.org"
_ML_MIN = "mL/min/1.73 m2"
_EGFR_UNITS = (
    "mL/min/{1.73_m2}",
    "mL/min/1.73m2",
    "mL/min/1.73 m2",
    "mL/min/1.73_m2",
    "mL/min/1.73m^2",
    "mL/min/1.73 m^2",
    "mL/min/1.73m²",
    "mL/min/1.73 m²",
    "mL/min/1.73",
    "mL/min",
    "mL/min/BSA",
    "mL/min/{bsa}",
)


class LabKind(NamedTuple):
    """One kind of value that is read."""

    field: str
    codes: dict[str, str]
    """LOINC code -> how it was computed, empty where that goes without saying."""
    units: dict[str, tuple[str, float]]
    """Spelling -> (unit of the profile, how many of it make one of these)."""
    label: str
    towards_danger: str
    """Comparators that say that the value lies beyond the number, where it is worse."""
    has_unit: bool = True
    """In the profile it stands with its unit."""
    zero: bool = False
    """It may be zero."""
    within: Bounds | None = None
    """What a profile takes; what it refuses as a whole is questioned there."""


LOW, HIGH = "<≤", ">≥"
_MICRO = ("umol/L", "µmol/L", "μmol/L", "micromol/L")
KINDS = (
    LabKind(
        "kidney.egfr",
        {
            "98979-8": "CKD-EPI 2021",
            "62238-1": "CKD-EPI",
            "33914-3": "MDRD",
            "98980-6": "CKD-EPI 2021, creatinine and cystatin C",
            "94677-2": "CKD-EPI, creatinine and cystatin C",
            "50210-4": "cystatin C",
            "88293-6": "CKD-EPI",
            "88294-4": "CKD-EPI",
            **dict.fromkeys(("77147-7", "76633-7", "48642-3", "48643-1", "50044-7", "70969-1"), "MDRD"),
            "50384-7": "Schwartz",
            "69405-9": "",
        },
        {**{unit.casefold(): (_ML_MIN, 1.0) for unit in _EGFR_UNITS}, "ml/s/{1.73_m2}": (_ML_MIN, 60.0)},
        "egfr",
        LOW,
        has_unit=False,
        zero=True,
    ),
    LabKind(
        "kidney.creatinine",
        {"2160-0": "", "14682-9": "", "77140-2": "", "38483-4": "", "59826-8": ""},
        {
            **{unit.casefold(): ("umol/L", 1.0) for unit in _MICRO},
            "mg/dl": ("mg/dL", 1.0),
            "mmol/l": ("umol/L", 1000.0),
            "mg/l": ("mg/dL", 0.1),
        },
        "creatinine",
        HIGH,
    ),
    LabKind(
        "labs.magnesium",
        {"19123-9": "", "2601-3": ""},
        {"mg/dl": ("mg/dL", 1.0), "mmol/l": ("mmol/L", 1.0), "meq/l": ("mEq/L", 1.0), "mg/l": ("mg/dL", 0.1)},
        "magnesium",
        LOW + HIGH,
    ),
)
"""Values that a check of the person needs, and asks a record system for."""
HEIGHT = LabKind(
    "person.height_cm",
    {"8302-2": "", "3137-7": "", "3138-5": "", "8306-3": "", "8308-9": ""},
    {
        **dict.fromkeys(("cm", "centimeter", "centimetre"), ("cm", 1.0)),
        **dict.fromkeys(("m", "meter", "metre"), ("cm", 100.0)),
        **dict.fromkeys(("mm",), ("cm", 0.1)),
        **dict.fromkeys(("[in_i]", "in_i", "[in_us]", "in_us", "in", "inch", "inches"), ("cm", 2.54)),
        **dict.fromkeys(("[ft_i]", "ft_i", "ft", "feet"), ("cm", 30.48)),
    },
    "height",
    LOW,
    has_unit=False,
    within=HEIGHT_CM,
)
"""The eGFR of a child is computed with it."""
_WEIGHT = LabKind(
    "person.weight_kg",
    {"29463-7": "", "3141-9": "", "3142-7": "", "8335-2": ""},
    {
        **dict.fromkeys(("kg", "kgs", "kilogram", "kilograms"), ("kg", 1.0)),
        **dict.fromkeys(("g", "gram", "grams"), ("kg", 0.001)),
        **dict.fromkeys(
            ("[lb_av]", "lb_av", "[lb_us]", "lb_us", "lb", "lbs", "pound", "pounds"), ("kg", 0.45359237)
        ),
    },
    "weight",
    LOW,
    has_unit=False,
    within=(0, MOST_WEIGHT_KG),
)
READ = (*KINDS, HEIGHT, _WEIGHT)
