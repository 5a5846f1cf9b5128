"""Labels and prescriptions: a drink takes no milligrams away, a total is not multiplied, a maker is no drug."""

from __future__ import annotations

import pytest

from magcheck.checker import default_checker
from magcheck.knowledge.load import load_rules
from magcheck.profile import Day, Medication, Profile, Supplement
from magcheck.reading.item import ReadItem, read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.tokens import tokenise
from magcheck.terminology.vocabulary import Reason

BOOK = load_rules()
LINE = "magnesium citrate 300 mg elemental"


def read(line: str, **fields: object) -> ReadItem:
    told = Supplement.model_validate({"name": line, **fields})
    (item,) = read_item(told, Setting(BOOK, "US", Day(), "supplements"))
    return item


def amount(line: str) -> float | None:
    item = read(line).item
    return item.amount_mg if isinstance(item, Supplement) else None


def a_day(line: str) -> tuple[float, float | None]:
    """Milligrams a day: the least, and the most where it is known."""
    told = {"person": {"age": 45}, "kidney": {"egfr": 95}, "medications": (), "supplements": (line,)}
    dose = default_checker().check(Profile.model_validate(told)).dose
    assert dose
    return dose.low, dose.high


DRINKS = (
    "in 500 ml water", "in 0.5 L of water", "in 200ml juice", "with 250 ml of water", "dissolved in 8 oz water",
    "in 200 ml Wasser", "mit 250 ml Wasser", "dans 200 ml d'eau", "en 200 ml de agua", "in 200 ml d'acqua",
    "in 200 ml water",
)  # fmt: skip


@pytest.mark.parametrize("drink", DRINKS)
@pytest.mark.parametrize("milligrams", [100, 300, 600])
def test_what_it_is_drunk_with_takes_no_milligrams_away(milligrams: int, drink: str) -> None:
    item = read(f"magnesium citrate {milligrams} mg elemental {drink}")
    assert item.item.model_dump()["amount_mg"] == milligrams
    assert item.line
    assert item.line.not_read == ()


@pytest.mark.parametrize("of", ["400 mg in 5 ml", "400 mg/5 ml", "400 mg per 5 ml"])
def test_a_concentration_stays_one(of: str) -> None:
    assert amount(f"magnesium hydroxide {of}, 10 ml daily") == 800


DIVIDED = (
    "divided into 3 doses", "daily divided tid", "per day in 3 divided doses", "daily in two divided doses",
    "split into two doses", "split over 3 doses", "aufgeteilt auf 3 Dosen", "verteilt auf 2 Dosen",
    "en 3 prises à répartir en 3 prises", "dividido en 3 tomas", "suddiviso in 3 dosi", "verdeeld over 3 doses",
)  # fmt: skip


@pytest.mark.parametrize("how", DIVIDED)
def test_what_is_divided_is_never_surely_multiplied(how: str) -> None:
    low, _ = a_day(f"magnesium glycinate 600 mg elemental {how}")
    assert low <= 600


@pytest.mark.parametrize(
    "size", ["Serving Size: 3 capsules", "serving size: 2 tablets", "Serving size 3 capsules"]
)
def test_a_serving_holds_what_its_label_says(size: str) -> None:
    assert a_day(f"{size} Magnesium (from oxide, citrate, malate) 500 mg") == (500.0, 500.0)


@pytest.mark.parametrize(
    ("how", "times"),
    [
        ("1 cp x2/j", 2), ("1 gélule x 3/j", 3), ("1 cpr x 3/die", 3), ("1 cp x 2 / jour", 2),
        ("1/24h", 1), ("1/12h", 2), ("1/8 h", 3), ("Refills: 3", 1), ("qty: 60 Refills: 3", 1),
        ("once daily until gone", 1), ("at 12 midnight", 1), ("0800", 1), ("One To Be Taken Each Day", 1),
    ],
)  # fmt: skip
def test_everyday_prescriptions(how: str, times: int) -> None:
    assert a_day(f"{LINE} {how}") == (300.0 * times, 300.0 * times)


MAKERS = (
    "NOW Foods", "Solgar", "Kirkland", "Kirkland Signature", "Life Extension", "Doctor's Best", "Swanson", "Bulk",
    "Boots", "Vitabiotics", "Nutricost", "Jarrow", "Nature's Bounty", "Thorne", "Pure Encapsulations", "Mivolis",
)  # fmt: skip


@pytest.mark.parametrize("maker", MAKERS)
def test_a_maker_is_read_and_is_no_product(maker: str) -> None:
    line = read(f"{maker} {LINE}").line
    assert line
    assert line.not_read == ()
    (alone,) = read_item(Medication(name=maker), Setting(BOOK, "US", Day(), "medications"))
    assert alone.line is None or alone.line.read is None


@pytest.mark.parametrize(
    ("written", "meant"), [("O.125", "0.125"), ("O,25", "0,25"), ("4OO", "4OO"), ("H2O", "H2O")]
)
def test_a_scanned_letter_is_a_zero_before_a_decimal_sign_only(written: str, meant: str) -> None:
    assert "".join(token.text for token in tokenise(f"digoxin {written} mg")) == f"digoxin{meant}mg"


@pytest.mark.parametrize("salt", ["glycinate", "citrate", "oxide", "malate", "threonate", "taurate", "chloride"])
def test_no_salt_holds_more_magnesium_than_it_can(salt: str) -> None:
    def is_asked(magnesium: float) -> bool:
        doubts = read(f"magnesium {salt} 1000 mg", amount_mg=magnesium, basis="elemental").doubts
        return any(doubt.why.reason is Reason.TWICE for doubt in doubts)

    (substance,) = BOOK.vocabulary.names[f"magnesium {salt}"][0].substances
    least = min(form.percent for form in BOOK.forms[substance.name])
    assert not is_asked(least * 10)
    assert is_asked(950)
