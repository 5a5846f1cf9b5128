"""A name without its packaging, and in plain letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck.profile import Route
from magcheck.terminology.normalise import DoseForms, normal

FORMS = DoseForms(
    {
        "tablet": (Route.ORAL,),
        "film coated tablet": (),
        "eye drops": (Route.EYE,),
        "drops": (Route.ORAL, Route.EYE),
        "long acting depot injection": (Route.INJECTION,),
        "": (),
    },
    frozenset({"sodium", "hcl", "hydrate"}),
)


def readings(name: str) -> list[str]:
    """Each reading once."""
    return list(dict.fromkeys(FORMS.readings(name)))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Aspirin", ["aspirin"]),
        ("Aspirin tablet", ["aspirin tablet", "aspirin"]),
        ("Aspirin 500 mg tablet", ["aspirin 500 mg tablet", "aspirin tablet", "aspirin"]),
        ("Aspirin 500mg/5 mL drops", ["aspirin 500mg 5 ml drops", "aspirin drops", "aspirin"]),
        ("Aspirin 500", ["aspirin 500", "aspirin"]),
        ("Aspirin 500 20", ["aspirin 500 20", "aspirin"]),
        ("500", ["500"]),
        ("500 20", ["500 20", "500"]),
        ("B12 5", ["b12 5", "b12"]),
        ("film-coated tablet X", ["film coated tablet x", "x"]),
        ("X film coated", ["x film coated"]),
        ("X eye drops tablet", ["x eye drops tablet", "x"]),
        ("X long acting depot injection", ["x long acting depot injection", "x"]),
        ("X long acting depot", ["x long acting depot"]),
        ("naproxen sodium", ["naproxen sodium", "naproxen"]),
        ("naproxen sodium hydrate", ["naproxen sodium hydrate", "naproxen"]),
        ("naproxen sodium 5", ["naproxen sodium 5", "naproxen sodium", "naproxen"]),
        ("sodium", ["sodium"]),
        ("sodium hcl", ["sodium hcl", "sodium"]),
        ("sodium x", ["sodium x"]),
        ("tablet", ["tablet", ""]),
    ],
)
def test_a_name_is_read_whole_first_and_then_with_less_of_its_packaging(name: str, texts: list[str]) -> None:
    assert readings(name) == texts


def test_without_any_dose_form_a_name_stays_whole() -> None:
    bare = DoseForms({}, frozenset())
    assert set(bare.readings("x tablet")) == {"x tablet"}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Vitamin-B_12", "vitamin b 12"),
        ("Phillips' M.O.M.", "phillips m o m"),
        ("L\u2019Huile", "lhuile"),
        ("Éphédrine", "ephedrine"),
        ("STRASSE Straße", "strasse strasse"),
        ("e\u0301\u0302", "e"),
        ("\ufb01ts", "fits"),
        ("aé", "ae"),
        ("aが", "aが"),
        ("がé", "がe"),
        ("がa\u0301が", "がaが"),
        ("ガ", "ガ"),
        ("\u0301a", "a"),
        ("\U0001d402\U0001d422\U0001d429\U0001d42b\U0001d428", "cipro"),
        ("\uff23\uff49\uff50\uff52\uff4f", "cipro"),
        ("\u24b8ipro", "cipro"),
        ("  a   b  ", "a b"),
        ("...", ""),
        ("", ""),
    ],
)
def test_letters_are_made_plain_and_other_scripts_stay_whole(written: str, plain: str) -> None:
    assert normal(written) == plain


@given(st.text(max_size=30))
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    plain = normal(text)
    assert plain == " ".join(plain.split())
    assert normal(plain) == plain or not plain.isascii()
