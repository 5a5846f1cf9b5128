"""How often and how many, behind one name and before the next: of which of the two is it?

"zinc 15 mg once a day. Twice a day magnesium 200 mg" counted 200 mg of magnesium, and was called complete.
"""

from __future__ import annotations

import pytest

from magcheck import check

PERSON = {"person": {"age": 45}, "kidney": {"egfr": 95}, "conditions": [], "symptoms": [], "medications": []}
OF_THE_NEXT = [
    "Once a day zinc. Twice a day magnesium 200 mg elemental",
    "Once a day: zinc. Twice daily magnesium 200 mg elemental",
    "once daily zinc twice daily magnesium 200 mg elemental",
    "zinc 15 mg once a day. Twice a day magnesium 200 mg elemental",
    "zinc 15 mg once a day - twice a day magnesium 200 mg elemental",
    "zinc 15 mg once a day | twice a day magnesium 200 mg elemental",
    "zinc 15 mg in the morning. Twice a day magnesium 200 mg elemental",
    "zinc 15 mg weekly. Twice a day magnesium 200 mg elemental",
    "Zink 15 mg einmal täglich. Zweimal täglich Magnesium 200 mg elementar",
    "zinc 15 mg une fois par jour. Deux fois par jour magnésium 200 mg élémentaire",
    "zinc 15 mg once a day. 2 tablets twice a day magnesium 100 mg elemental",
    "zinc 15 mg once a day. Take 2 tablets twice a day magnesium 100 mg elemental",
    "zinc 15 mg once a day - 2 tablets twice a day magnesium 100 mg elemental",
    "zinc 15 mg once a day. Two capsules at night magnesium 200 mg elemental",
    "zinc 15 mg once a day. 200 mg elemental twice a day magnesium",
    "zinc 15 mg once a day. By mouth twice a day magnesium 200 mg elemental",
    "zinc 15 mg once a day. I take twice a day magnesium 200 mg elemental",
    "zinc 15 mg once a day. Then twice a day magnesium 200 mg elemental",
    "zinc 15 mg. 2 tablets magnesium 200 mg elemental",
    "zinc 15 mg once a day. Twice a day magnesium 100 mg elemental 2 tablets",
    "zinc 15 mg. 2 tablets magnesium 100 mg elemental twice a day",
    "vitamin C\nOnce a day zinc. Twice a day magnesium 200 mg elemental",
]
OF_THE_ONE_BEFORE = [
    "zinc 15 mg. Take twice a day. Magnesium 200 mg elemental once a day",
    "zinc 15 mg. Twice daily Magnesium 200 mg elemental. Once daily",
    "zinc 15 mg twice a day magnesium 200 mg elemental once a day",
    "zinc 15 mg - twice a day, magnesium 200 mg elemental - once a day",
]
OF_BOTH = [
    "zinc. Twice a day magnesium 200 mg elemental",
    "zinc 15 mg. Twice a day magnesium 200 mg elemental",
    "zinc 15 mg - twice a day magnesium 200 mg elemental",
    "zinc 15 mg! Twice a day magnesium 200 mg elemental",
    "zinc 15 mg • twice a day magnesium 200 mg elemental",
    "Zink 15 mg. Zweimal täglich Magnesium 200 mg elementar",
    "zinc 15 mg. As needed magnesium 200 mg elemental",
    "zinc 15 mg. Twice a day magnesium 200 mg elemental 2 tablets",
    "zinc 15 mg 2 tablets magnesium 200 mg elemental twice a day",
    "zinc 15 mg once a day three times a day",
    "zinc 15 mg once a day twice a day magnesium 200 mg elemental",
    "zinc 15 mg once a day (twice a day magnesium 200 mg elemental)",
    "zinc 15 mg in the morning twice a day magnesium 200 mg elemental",
    "zinc 15 mg 2 tablets magnesium 200 mg elemental",
    "zinc 15 mg once a day 2 tablets magnesium 200 mg elemental",
    "zinc 15 mg at night 2 tablets twice daily magnesium 100 mg elemental",
]


def magnesium(line: str) -> tuple[float | None, bool]:
    """Milligrams a day at most, and whether anything is asked."""
    report = check({**PERSON, "supplements": [line]})
    assert report.dose
    return report.dose.high, not report.complete or bool(report.missing)


@pytest.mark.parametrize("line", OF_THE_NEXT)
def test_it_is_of_the_next_where_the_other_has_its_own_or_times_lead(line: str) -> None:
    assert magnesium(line)[0] == 400


@pytest.mark.parametrize("line", OF_THE_ONE_BEFORE)
def test_it_is_of_the_one_before_where_the_next_has_its_own(line: str) -> None:
    assert magnesium(line) == (200, False)


@pytest.mark.parametrize("line", OF_BOTH)
def test_where_it_may_be_of_both_it_is_asked(line: str) -> None:
    unread = [item.read.not_read for item in check({**PERSON, "supplements": [line]}).recognised]
    assert all(unread)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ca 500 mg, Mg 250 mg, Zn 10 mg", ["calcium", "magnesium", "zinc"]),
        ("Ca 500mg Mg 250mg", ["calcium", "magnesium"]),
        ("Ca gluconate 500 mg", ["calcium gluconate"]),
        ("Ca. 300 mg Magnesium", ["magnesium"]),
        ("Calcium ca. 500 mg", ["calcium"]),
        ("magnesium ca 300 mg", ["magnesium"]),
    ],
)
def test_calcium_has_a_symbol_and_about_has_a_dot(line: str, names: list[str]) -> None:
    assert [item.is_ for item in check({"supplements": [line]}).recognised] == names


@pytest.mark.parametrize(
    "line",
    [
        "magnesium citrate 200 mg 0 capsules",
        "magnesium citrate 200 mg x0",
        "magnesium citrate 0 x 200 mg",
        "cipro 0 tablets",
        "cipro 500 mg 0 tablets",
        "cipro for 0 days",
        "cipro for 1.5 days",
    ],
)
def test_none_of_it_and_parts_of_days_are_no_figures(line: str) -> None:
    read = check({"medications": [line]}).recognised[0].read
    assert any(word in ("0", "1.5") or "0 " in word or "1.5 " in word or "x0" in word for word in read.not_read), (
        read
    )


@pytest.mark.parametrize(
    "line", ["cipro 500 mg started 1 May", "cipro started on 3 Jan 2024", "cipro on 2 December"]
)
def test_the_day_on_which_something_began_is_no_count(line: str) -> None:
    report = check({"medications": [line]})
    assert report.recognised[0].read.not_read == ()


def test_a_count_before_a_verb_that_is_also_a_month_is_not_lost() -> None:
    read = (
        check({"supplements": ["magnesium citrate 100 mg elemental currently 2 may increase"]}).recognised[0].read
    )
    assert "2" in read.not_read
