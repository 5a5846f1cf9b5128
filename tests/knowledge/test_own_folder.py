"""Do one's own pages and entries join ours, and is a folder that means harm refused at once?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
import yaml

from magcheck import Checker, Profile, RulesError
from magcheck.core.scales import Action
from magcheck.inference.compile import MAX_COMBINATIONS
from magcheck.knowledge.files import shipped
from magcheck.knowledge.load import load_rules
from magcheck.report import Verdict
from tests.support import ROOT, page_data

MAGNESIUM = {"taking": "magnesium by mouth"}
PAGE = page_data("of-our-house", {"taking": "ciprofloxacin by mouth"}, MAGNESIUM)
KIDNEYS = Profile.model_validate({"kidney": {"egfr": 12}, "medications": ["cipro"]})


def folder_of(tmp_path: Path, page: Any = PAGE, **files: str) -> Path:
    """A folder with one page, and other files by their paths; `__` stands for a slash."""
    (tmp_path / f"{page['id']}.yaml").write_text(yaml.safe_dump(page, sort_keys=False), encoding="utf-8")
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def refusal(folder: Path, *, only: bool = False) -> str:
    with pytest.raises(RulesError) as error:
        Checker(load_rules(folder, only=only))
    return str(error.value)


def header(name: str) -> str:
    return shipped().joinpath("vocabulary", name).read_text(encoding="utf-8").partition("\n")[0]


def test_own_pages_are_added_and_ours_still_speak(tmp_path: Path) -> None:
    report = Checker(rules=folder_of(tmp_path)).check(KIDNEYS)
    assert report.verdict is Verdict.AVOID
    assert "of-our-house" in {finding.rule for finding in report.findings}
    assert (report.rules.own, report.rules.only) == (1, False)
    assert report.rules.version == f"{load_rules().version}+own"
    assert report.rules.digest != load_rules().digest


def test_only_own_pages_are_used_and_the_report_does_not_bear_our_edition(tmp_path: Path) -> None:
    report = Checker(only_rules=folder_of(tmp_path)).check(KIDNEYS)
    assert {finding.rule for finding in report.findings} == {"of-our-house"}
    assert (report.rules.own, report.rules.only, report.rules.version) == (1, True, "own")


def test_ours_alone_say_so(checker: Checker) -> None:
    used = checker.check(KIDNEYS).rules
    assert (used.own, used.only, used.version) == (0, False, load_rules().version)


def test_pages_are_added_or_used_alone(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="added or used alone, not both"):
        Checker(tmp_path, only_rules=tmp_path)


def test_an_id_of_ours_is_refused_with_both_files(tmp_path: Path) -> None:
    ours = load_rules().documents["separate-ciprofloxacin"].name
    told = refusal(folder_of(tmp_path, {**PAGE, "id": "separate-ciprofloxacin"}))
    assert f"{tmp_path}/separate-ciprofloxacin.yaml:1" in told
    assert f"{ours}:1" in told


def test_an_own_source_is_known_and_one_of_ours_is_refused(tmp_path: Path) -> None:
    source = "{title: House list, publisher: Us, date: '2026', address: 'https://example.org/list'}"
    own = {**PAGE, "evidence": [{**PAGE["evidence"][0], "source": "house-list"}]}
    book = load_rules(folder_of(tmp_path, own, sources_yaml=f"house-list: {source}\n"))
    assert book.citations["of-our-house"][0].source == "House list"
    told = refusal(folder_of(tmp_path, sources_yaml=f"cipro-label: {source}\n"))
    assert f"{tmp_path}/sources.yaml:1" in told
    assert "rules/sources.yaml" in told


def test_an_own_sentence_takes_the_place_of_ours_and_all_others_stay(tmp_path: Path) -> None:
    book = load_rules(folder_of(tmp_path, wording_yaml="report: {hours: Ask the pharmacy.}\n"))
    ours = load_rules().wording
    assert book.wording.report.hours == "Ask the pharmacy."
    assert book.wording.report.edition == ours.report.edition
    assert book.wording.headlines == ours.headlines
    assert "unknown key 'hour'" in refusal(folder_of(tmp_path, wording_yaml="report: {hour: x}\n"))


def test_own_rows_are_recognised_beside_ours(tmp_path: Path) -> None:
    row = f"{header('substances.csv')}\nhousomycin,,,,,housocin,,\n"
    page = {**PAGE, "when": [{"taking": "housomycin by mouth"}, MAGNESIUM]}
    checker = Checker(folder_of(tmp_path, page, vocabulary__substances_csv=row))
    report = checker.check(Profile.model_validate({"medications": ["housocin 5 mg", "cipro"]}))
    assert [item.is_ for item in report.recognised] == ["housomycin", "ciprofloxacin"]
    assert "of-our-house" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("table", "row", "word"),
    [
        ("substances.csv", "Ciprofloxacin,,,,,,,", "the substance 'ciprofloxacin' stands in rules/vocabulary"),
        ("substances.csv", "housomycin,,2551,,,,,", "the rxcui '2551' stands in rules/vocabulary"),
        ("atc.csv", "J01MA02,ciprofloxacin", "the atc 'j01ma02' stands in"),
        ("substances.csv", "housomycin", "1 cells instead of 8"),
        ("substances.csv", "housomycin,no such class,,,,,,", "cannot be read as rules: KeyError"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(tmp_path: Path, table: str, row: str, word: str) -> None:
    name = f"vocabulary__{table.replace('.', '_')}"
    assert word in refusal(folder_of(tmp_path, **{name: f"{header(table)}\n{row}\n"}))


def test_own_traits_classes_and_word_lists_join_ours(tmp_path: Path) -> None:
    added = {
        "vocabulary__traits_yaml": "conditions: {house fever: [fever of the house]}\n",
        "vocabulary__classes_yaml": "- {name: house medicine}\n",
        "vocabulary__reading__house_yaml": "as needed: [when the house burns]\n",
    }
    book = load_rules(folder_of(tmp_path, **added))
    assert book.trait("condition", "fever of the house") == ("condition", "house fever")
    assert book.trait("condition", "myasthenia gravis") == ("condition", "myasthenia gravis")
    assert "house medicine" in book.vocabulary.classes
    phrases = dict(book.vocabulary.lexicon.phrases())
    assert phrases.keys() - dict(load_rules().vocabulary.lexicon.phrases()).keys() == {"when the house burns"}


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        (
            "vocabulary__traits_yaml",
            "conditions: {house fever: [Myasthenia gravis]}",
            "means 'myasthenia gravis' in",
        ),
        ("vocabulary__traits_yaml", "illnesses: {house fever: []}", "no section is called 'illnesses'"),
        ("vocabulary__classes_yaml", "- {name: diuretic}", "'diuretic' stands in rules/vocabulary/classes.yaml"),
        ("vocabulary__reading__en_yaml", "as needed: [now and then]", "would replace ours"),
        ("questions_yaml", "age: {}", "would replace ours"),
        ("edition_yaml", "version: x", "would replace ours"),
        ("house_csv", "a,b", "no such file is read here"),
        ("vocabulary__house_yaml", "a: b", "no such file is read here"),
        ("old_yml", "a: b", "this ending"),
        ("_drafts__page_yaml", "a: b", "begins with '_'"),
        (".hidden_yaml", "a: b", "a hidden file is not read"),
    ],
)
def test_nothing_is_passed_over(tmp_path: Path, name: str, text: str, word: str) -> None:
    told = refusal(folder_of(tmp_path, **{name.replace("_yml", ".yml"): text}))
    assert word in told
    assert str(tmp_path) in told


@pytest.mark.parametrize("only", [True, False])
def test_a_folder_that_is_empty_or_has_no_name_is_refused(tmp_path: Path, *, only: bool) -> None:
    assert "there is no rule page here" in refusal(tmp_path, only=only)
    with pytest.raises(RulesError, match="no folder is named"):
        load_rules("", only=only)


def test_questions_of_ones_own_need_every_question(tmp_path: Path) -> None:
    questions = yaml.safe_load(shipped().joinpath("questions.yaml").read_text(encoding="utf-8"))
    folder_of(tmp_path, questions_yaml="{}")
    told = refusal(tmp_path, only=True)
    assert all(f"the question '{name}' is missing" in told for name in questions)


def test_a_page_that_covers_a_stronger_page_of_ours_is_refused(tmp_path: Path) -> None:
    strong = next(rule.id for rule in load_rules().rules if rule.strongest is Action.AVOID and not rule.retired)
    assert "more urgent or stronger" in refusal(folder_of(tmp_path, {**PAGE, "covers": [strong]}))


# A folder that means harm: the time that its refusal takes beyond that of an empty folder


def _link_to_itself(folder: Path) -> None:
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "round").symlink_to(folder)


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")


def _endless(folder: Path) -> None:
    (folder / "zero.yaml").symlink_to("/dev/zero")


def _many(folder: Path) -> None:
    text = yaml.safe_dump(PAGE, sort_keys=False)
    for number in range(10_000):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")


def _deep(folder: Path) -> None:
    inside = folder.joinpath(*["a"] * 60)
    inside.mkdir(parents=True)


def _combinations(folder: Path) -> None:
    lists = [{"country": ["US", "EU", "UK", "elsewhere"] * 40} for _ in range(8)]
    folder_of(folder, page_data("of-our-house", MAGNESIUM, *lists))


def _names(folder: Path) -> None:
    folder_of(folder, page_data("of-our-house", MAGNESIUM, {"condition": [f"no {n}" for n in range(1_500)]}))


HARM: dict[Callable[[Path], None], str] = {
    _link_to_itself: "a link to a folder is not followed",
    _pipe: "this is no file that ends",
    _endless: "this is no file that ends",
    _many: "holds more than",
    _deep: "deeper than 8",
    _combinations: f"combinations; there can be {MAX_COMBINATIONS}",
    _names: "1500 names in one line",
}
REFUSED_WITHIN_S = 1.0
CODE = """
import sys, time
from magcheck import Checker, RulesError
from magcheck.knowledge.load import load_rules
load_rules()
begin = time.process_time()
try:
    Checker(only_rules=sys.argv[1])
except RulesError as error:
    print(time.process_time() - begin)
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
@pytest.mark.parametrize("harm", HARM)
def test_a_folder_that_means_harm_is_refused_at_once(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    harm(tmp_path)
    done = run(
        [sys.executable, "-c", CODE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    seconds, _, told = done.stdout.partition("\n")
    assert HARM[harm] in told
    assert float(seconds) < REFUSED_WITHIN_S
