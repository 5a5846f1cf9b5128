"""The salt of an element is the same in each language: in one word, in two, with a hyphen, and turned round."""

from __future__ import annotations

from itertools import product

import pytest

from tests.reading.scoring import names_of, read, vocabulary

ANIONS = {
    "citrate": ("citrat", "citraat", "citrato"),
    "oxide": ("oxid", "oxyde", "óxido", "ossido"),
    "hydroxide": ("hydroxid", "hydroxyde", "hidróxido", "idrossido"),
    "bisglycinate": ("bisglycinat", "bisglycinaat", "bisglicinato"),
    "malate": ("malat", "malaat", "malato"),
    "taurate": ("taurat", "tauraat", "taurato"),
    "chloride": ("chlorid", "chlorure", "cloruro"),
    "carbonate": ("carbonat", "karbonat", "carbonaat", "carbonato"),
    "sulfate": ("sulphate", "sulfat", "sulfaat", "sulfato", "solfato"),
    "lactate": ("laktat", "lactaat", "lactato", "lattato"),
    "gluconate": ("gluconat", "glukonat", "gluconaat", "gluconato"),
    "aspartate": ("aspartat", "aspartaat", "aspartato"),
    "orotate": ("orotat", "orotaat", "orotato"),
    "threonate": ("threonat", "threonaat", "thréonate", "treonato"),
    "pidolate": ("pidolat", "pidolaat", "pidolato"),
}
MAGNESIUM = ("magnesium", "Magnésium", "magnesio", "Mg", "mag")
SHAPES = ("{element} {anion}", "{element}-{anion}", "{element} ({anion})", "{element} als {anion}")
TURNED = ("{anion} de {element}", "{anion} of {element}", "{anion} di {element}", "{anion} {element}")
WORDS = [(anion, word) for anion, words in ANIONS.items() for word in (anion, *words)]


def _salt(line: str) -> list[object]:
    return [names_of(item) for item in read(line)]


@pytest.mark.parametrize(("anion", "word"), WORDS)
def test_each_way_to_write_a_salt_is_that_salt(anion: str, word: str) -> None:
    meant = _salt(f"magnesium {anion}")
    assert len(meant) == 1
    assert meant != [{"magnesium"}]
    for shape, element in product((*SHAPES, *TURNED), MAGNESIUM):
        line = shape.format(element=element, anion=word)
        assert _salt(f"{line} 200 mg") == meant, line
        assert not read(f"{line} 200 mg")[0].not_read, line


@pytest.mark.parametrize(("anion", "word"), WORDS)
def test_a_salt_in_one_word_is_that_salt(anion: str, word: str) -> None:
    if word != anion:  # nobody writes English so
        assert _salt(f"1 Tablette Magnesium{word} abends") == _salt(f"magnesium {anion}"), word


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Zink-Citrat 15 mg", "zinc citrate 15 mg"),
        ("Zinkgluconat 15 mg", "zinc gluconate 15 mg"),
        ("gluconate de zinc 15 mg", "zinc gluconate 15 mg"),
        ("Calcium Carbonat 500 mg", "calcium carbonate 500 mg"),
        ("Kalziumkarbonat 500 mg", "calcium carbonate 500 mg"),
        ("citrato de calcio 500 mg", "calcium citrate 500 mg"),
        ("calciumcitraat 500 mg", "calcium citrate 500 mg"),
        ("cloruro de potasio 600 mg", "potassium chloride 600 mg"),
        ("Kaliumchlorid 600 mg", "potassium chloride 600 mg"),
        ("sulfate de zinc 15 mg", "zinc sulfate 15 mg"),
    ],
)
def test_salts_of_other_elements(line: str, meant: str) -> None:
    assert _salt(line) == _salt(meant)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("zinc picolinate magnesium 200 mg", ["zinc picolinate", "magnesium"]),
        ("calcium citrate and magnesium", ["calcium citrate", "magnesium"]),
        ("calcium magnesium citrate", ["calcium", "magnesium citrate"]),
        ("calcium citrate magnesium oxide", ["calcium citrate", "magnesium oxide"]),
        ("zinc sulfate, magnesium", ["zinc sulfate", "magnesium"]),
        ("potassium chloride, magnesium 100 mg", ["potassium chloride", "magnesium"]),
    ],
)
def test_the_anion_of_another_element_is_not_taken(line: str, meant: list[str]) -> None:
    assert _salt(line) == [names_of(read(name)[0]) for name in meant]


def test_an_anion_that_no_salt_has_is_shown() -> None:
    assert "magnesium picolinate" not in vocabulary().spellings
    assert read("magnesium-picolinat 200 mg")[0].not_read
