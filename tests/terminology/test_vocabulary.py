"""What a vocabulary of a few rows says: where a name is sold, what stands for several things, what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from magcheck.profile import Route
from magcheck.terminology.tables import (
    ClassEntry,
    Words,
    build_vocabulary,
    class_entries,
    known_contents,
    magnesium_forms,
    make_all,
    read_tables,
    rows,
)
from magcheck.terminology.vocabulary import By, Found, NotFound, Reason, describe
from magcheck.terminology.word_lists import phrases_of

if TYPE_CHECKING:
    from magcheck.terminology.vocabulary import Meaning, NameRead

TABLES = {
    "substances.csv": """substance,classes,rxcui,route,of,names,brands,other_brands
alpha,blocker,1; 11,,,alfa,US:Alphex; UK:Alphex; DE:Both,US:Alphdrops@eye
beta,blocker,2,,,shared,AT:Both,
gamma,,3,injection,,shared,,
magnesium,magnesium,4,,,mag,,
magnesium citrate,magnesium,5,,magnesium,,,
magnesium citrate buffered,magnesium,,,magnesium citrate,,,
alpha sodium,blocker,,,alpha,,,
""",
    "products.csv": """product,countries,ingredients,other_ingredients,route,rxcui,note
Duo,US; UK,alpha; beta,,,21,
Duo,DE,alpha,,,22,
Duo Eye,,alpha; beta,,eye,,
Herbal,,,sage; mint,,,
Plus,,alpha,sage,,1,
Gammadrops,,gamma,,eye,,
Gammapill,,gamma,,oral,,
Betadrops,,beta,,eye,,
""",
    "atc.csv": "atc,substance\nA01,alpha\n",
    "families.csv": """name,countries,members,question
Kin,US,Duo; Plus,Which Kin?
Kin,UK,Alphex,Which one of them?
blocker,,alpha,Which blocker?
""",
    "dose_forms.csv": """word,kind,route
tablet,form,oral
eye drops,form,eye
gel,form,oral or skin
powder,form,
take two,beside,
hydrate,salt,
""",
    "rxnorm.csv": """rxcui,means,route
91,alpha; beta,
92,gamma,eye
21,alpha,
93,beta; alpha,ear
94,gamma,injection
""",
}
CLASSES = class_entries(
    [
        {"name": "blocker", "within": ["medicine"], "words": ["stopper", "mag"]},
        {"name": "medicine", "within": ["thing"]},
        {"name": "thing", "within": ["medicine"], "words": ["stuff"]},
        {"name": "minerals"},
        {"name": "magnesium", "within": ["minerals"]},
    ]
)
REGIONS = {"EU": frozenset({"DE", "AT"})}
KEPT = read_tables(TABLES.__getitem__, CLASSES)
VOCABULARY = build_vocabulary(
    KEPT,
    lambda: TABLES["rxnorm.csv"],
    REGIONS,
    Words("Which of them?", lambda _: phrases_of([], ())),
)


def names_of(meaning: Meaning) -> list[str]:
    return [substance.name for substance in meaning.substances]


def sure(read: NameRead) -> Meaning:
    assert not isinstance(read, NotFound), read
    return read


def open_name(read: NameRead | Found) -> NotFound:
    assert isinstance(read, NotFound), read
    return read


@pytest.mark.parametrize(
    ("text", "country", "names"),
    [
        ("alpha", None, ["alpha"]),
        ("alfa", "US", ["alpha"]),
        ("alphex", "US", ["alpha"]),
        ("alphex", "JP", ["alpha"]),
        ("both", "DE", ["alpha"]),
        ("both", "AT", ["beta"]),
        ("duo", "US", ["alpha", "beta"]),
        ("duo", "UK", ["alpha", "beta"]),
        ("duo", "DE", ["alpha"]),
        ("duo", "EU", ["alpha"]),
        ("herbal", None, []),
    ],
)
def test_a_name_means_what_it_is_where_one_buys(text: str, country: str | None, names: list[str]) -> None:
    assert names_of(sure(VOCABULARY.exactly(text, country))) == names


@pytest.mark.parametrize(
    ("text", "country", "candidates"),
    [
        ("both", None, ("Both (alpha, DE)", "Both (beta, AT)")),
        ("both", "EU", ("Both (alpha, DE)", "Both (beta, AT)")),
        ("both", "US", ("Both (alpha, DE)", "Both (beta, AT)")),
        ("duo", None, ("Duo (alpha / beta, UK/US)", "Duo (alpha, DE)")),
        ("duo", "FR", ("Duo (alpha / beta, UK/US)", "Duo (alpha, DE)")),
        ("shared", None, ("shared (beta)", "shared (gamma)")),
    ],
)
def test_a_name_that_is_two_things_where_one_buys_is_asked(
    text: str, country: str | None, candidates: tuple[str, ...]
) -> None:
    read = open_name(VOCABULARY.exactly(text, country))
    assert read.reason is Reason.AMBIGUOUS
    assert read.candidates == candidates
    assert len(read.could_be) == 2


@pytest.mark.parametrize(
    ("text", "country", "reason", "members", "question"),
    [
        ("kin", "US", Reason.WHICH_ONE, ["Duo", "Plus"], "Which Kin?"),
        ("kin", "UK", Reason.WHICH_ONE, ["Alphex"], "Which one of them?"),
        ("kin", None, Reason.AMBIGUOUS, ["Alphex", "Duo", "Plus"], ""),
        ("kin", "DE", Reason.AMBIGUOUS, ["Alphex", "Duo", "Plus"], ""),
        ("blocker", "DE", Reason.WHICH_ONE, ["alpha"], "Which blocker?"),
        ("stopper", None, Reason.WHICH_ONE, ["alpha", "beta", "alpha sodium"], "Which of them?"),
        ("stuff", None, Reason.WHICH_ONE, ["alpha", "beta", "alpha sodium"], "Which of them?"),
        (
            "minerals",
            None,
            Reason.WHICH_ONE,
            ["magnesium", "magnesium citrate", "magnesium citrate buffered"],
            "Which of them?",
        ),
    ],
)
def test_a_family_or_a_class_is_always_asked(
    text: str, country: str | None, reason: Reason, members: list[str], question: str
) -> None:
    read = open_name(VOCABULARY.exactly(text, country))
    assert (read.reason, read.question) == (reason, question)
    assert sorted(meaning.label for meaning in read.could_be) == sorted(members)
    assert len(read.candidates) == len(members)


def test_of_families_of_two_countries_each_candidate_says_where() -> None:
    read = open_name(VOCABULARY.exactly("kin", None))
    assert set(read.candidates) == {"Duo (alpha / beta, UK/US)", "Plus (alpha / sage)", "Alphex (alpha, UK/US)"}


def test_a_class_word_that_is_a_name_is_the_name() -> None:
    assert names_of(sure(VOCABULARY.exactly("mag", None))) == ["magnesium"]


@pytest.mark.parametrize(
    ("name", "selector"),
    [
        ("alpha", "alpha"),
        ("blocker", "blocker"),
        ("Alfa", "alpha"),
        ("MAG", "magnesium"),
        ("Alphex", None),
        ("shared", None),
        ("Duo", None),
        ("Herbal", None),
        ("nothing", None),
    ],
)
def test_a_page_may_call_it_by_its_class_or_by_a_name_of_one_substance(name: str, selector: str | None) -> None:
    assert VOCABULARY.selector(name) == selector


def test_what_a_page_may_call_a_substance() -> None:
    selectors = {name: substance.selectors for name, substance in VOCABULARY.substances.items()}
    assert selectors["alpha"] == {"alpha", "blocker", "medicine", "thing"}
    assert selectors["magnesium citrate buffered"] == {
        *selectors["magnesium citrate"],
        "magnesium citrate buffered",
    }
    assert selectors["magnesium citrate"] == {"magnesium citrate", "magnesium", "minerals"}
    assert "alpha" not in selectors["alpha sodium"]
    assert [one.name for one in VOCABULARY.within("thing")] == ["alpha", "alpha sodium", "beta"]
    assert VOCABULARY.within("thing") is VOCABULARY.within("thing")
    assert VOCABULARY.within("nothing") == ()


def test_what_is_sold_together() -> None:
    assert VOCABULARY.sold_together == {frozenset({"alpha", "beta"})}


def test_what_is_sold_for_other_ways_than_the_mouth() -> None:
    assert VOCABULARY.sold_for_other_routes == {"alpha", "beta", "gamma"}


def test_a_name_says_a_tablet_unless_a_third_of_its_names_are_none() -> None:
    """Of alpha one in six is not, of beta one beside three, of gamma nearly all; a mixture counts for none."""
    assert VOCABULARY.often_not_swallowed == {"beta", "gamma"}


@pytest.mark.parametrize(
    ("code", "names"),
    [("1", ["alpha"]), ("11", ["alpha"]), ("21", ["alpha", "beta"]), ("91", ["alpha", "beta"]), ("92", ["gamma"])],
)
def test_a_code_means_a_product_before_a_substance(code: str, names: list[str]) -> None:
    meaning = VOCABULARY.meaning_of_code(code)
    assert meaning is not None
    assert names_of(meaning) == names
    assert meaning.by is By.CODE
    assert meaning.countries == frozenset()
    assert meaning.rxcui == code


def test_a_code_of_a_product_brings_what_else_is_in_it_and_its_way() -> None:
    plus, drops, nothing = (VOCABULARY.meaning_of_code(code) for code in ("1", "92", "99"))
    assert plus is not None
    assert plus.others == ("sage",)
    assert drops is not None
    assert drops.route is Route.EYE
    assert nothing is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("alphexx", ["Alphex (alpha)"]),
        ("alphex 500 mg tabletx", []),
        ("alphexx 500 mg tablet", ["Alphex (alpha)"]),
        ("alphax", ["alpha"]),
        ("alpho", ["alpha"]),
        ("bothx", ["Both (alpha)", "Both (beta)"]),
        ("sharde", ["shared (beta)", "shared (gamma)"]),
        ("kim", ["Kin"]),
        ("zzzz", []),
        ("", []),
    ],
)
def test_names_that_are_near_are_offered_once_for_each_thing(name: str, near: list[str]) -> None:
    found = VOCABULARY.nearest(name)
    assert list(found) == near
    assert all(len(meanings) == (3 if label == "Kin" else 1) for label, meanings in found.items())


def test_all_names_are_offered_in_order() -> None:
    names = VOCABULARY.all_names()
    assert names == sorted(set(names))
    assert {"alpha", "Alphex", "Duo", "Kin", "stopper", "Alphdrops"} <= set(names)


def test_what_is_sold_in_one_country_or_in_all_of_a_region() -> None:
    assert describe(sure(VOCABULARY.exactly("duo", "DE"))) == "Duo (alpha)"
    assert describe(sure(VOCABULARY.exactly("duo", "DE")), where=True) == "Duo (alpha, DE)"
    assert describe(sure(VOCABULARY.exactly("alpha", None)), where=True) == "alpha"
    assert describe(sure(VOCABULARY.exactly("herbal", None))) == "Herbal (sage / mint)"


def test_every_row_is_made_and_a_mistake_in_one_is_found() -> None:
    make_all(VOCABULARY)
    broken = {**TABLES, "atc.csv": "atc,substance\nA01,omega\n"}
    wrong = build_vocabulary(
        read_tables(broken.__getitem__, CLASSES), str, REGIONS, Words("", lambda _: phrases_of([], ()))
    )
    with pytest.raises(KeyError):
        make_all(wrong)
    with pytest.raises(ValueError, match="argument"):
        rows("a,b\n1,2,3\n")


def ways_of(*names: str) -> set[str]:
    return {way.value for way in VOCABULARY.ways_of([VOCABULARY.substances[name] for name in names])}


def test_the_ways_in_which_just_these_substances_are_sold() -> None:
    assert ways_of("alpha") == {"eye"}
    assert ways_of("alpha", "beta") == ways_of("beta", "alpha") == {"eye", "ear"}
    assert ways_of("beta") == {"eye"}
    assert ways_of("gamma") == {"eye", "oral", "injection", "intravenous"}
    assert ways_of("magnesium") == ways_of("alpha", "gamma") == set()


def test_a_form_tells_one_way_or_several_or_none_and_words_beside_a_name_are_no_form() -> None:
    forms = VOCABULARY.dose_forms
    assert forms.routes["gel"] == (Route.ORAL, Route.SKIN)
    assert forms.routes["tablet"] == (Route.ORAL,)
    assert forms.routes["powder"] == ()
    assert "take two" not in forms.routes
    assert "alpha" in forms.readings("take two alpha gel powder")


def test_classes_that_lie_within_each_other_end() -> None:
    assert CLASSES[1] == ClassEntry("medicine", ("thing",), ())
    assert VOCABULARY.classes["medicine"] == VOCABULARY.classes["thing"] == {"medicine", "thing"}


def test_what_is_known_of_salts_and_of_what_products_bring() -> None:
    forms = magnesium_forms(
        rows(
            "substance,elemental_percent,acid_neutralising,laxative\n"
            "a,10.5,yes,low\na,20,partly,moderate\nb,30,no,high\n"
        )
    )
    assert [(v.percent, v.acid_neutralising, v.laxative) for v in forms["a"]] == [
        (10.5, True, False),
        (20, None, True),
    ]
    assert [(v.percent, v.acid_neutralising, v.laxative) for v in forms["b"]] == [(30, False, True)]
    contents = known_contents(
        rows(
            "name,low_mg,high_mg,of,least,most,unit,source,grade\nMilk-A,1,2,a dose,15,60,mL,s,label\n"
            "B,3,4,one,,,,s,label\n"
        )
    )
    milk, plain = contents["milk a"], contents["b"]
    assert (milk.low_mg, milk.high_mg, milk.least, milk.most, milk.unit) == (1, 2, 15, 60, "mL")
    assert (plain.low_mg, plain.high_mg, plain.least, plain.most, plain.unit) == (3, 4, None, None, None)
