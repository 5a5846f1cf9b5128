"""What does the name of an item already tell?"""

from __future__ import annotations

import pytest

from magcheck.questions.items import read_intakes


@pytest.mark.parametrize(
    ("text", "name", "often"),
    [
        ("zinc 25 mg twice a day", "zinc 25 mg", 2),
        ("zinc 25 mg, 3x daily", "zinc 25 mg", 3),
        ("magnesium citrate 200 mg once a day", "magnesium citrate 200 mg", 1),
        ("magnesium 200 mg daily", "magnesium 200 mg", 1),
        ("magnesium 200 mg a day", "magnesium 200 mg", 1),
        ("magnesium 200 mg (2 times per day)", "magnesium 200 mg", 2),
        ("One A Day", "One A Day", None),
        ("twice a day", "twice a day", None),
        ("zinc 25 times a day", "zinc 25 times a day", None),
        ("zinc", "zinc", None),
    ],
)
def test_how_often_is_read_behind_a_name_and_a_brand_stays_whole(text: str, name: str, often: int | None) -> None:
    assert read_intakes(text) == (name, often)
