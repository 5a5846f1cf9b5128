"""Is what is kept of the rules what the files say, and is it left alone when anything has changed?"""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import random
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, EngineFault, Profile, RulesError
from magcheck.core.lazy import LazyMapping
from magcheck.knowledge import keep, layers, load
from magcheck.knowledge import sealed as sealed_module
from magcheck.knowledge.document import read_document
from magcheck.knowledge.files import MANIFEST, contents, digest, files_in, manifest, shipped
from magcheck.knowledge.keep import READ_BEFORE, READERS
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.restored import of_bytes
from magcheck.knowledge.sealed import sealed as sealed_bytes
from tests.support import child

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook
    from magcheck.terminology.vocabulary import Vocabulary


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules with what is kept of them, used instead of ours."""
    folder = tmp_path / "rules"
    shutil.copytree(str(shipped()), folder)
    keep.keep(folder)
    monkeypatch.setattr(load, "shipped", lambda: folder)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are parsed, as they are."""
    seen: list[str] = []

    def noted(raw: bytes, name: str) -> Any:
        seen.append(name)
        return read_document(raw, name)

    monkeypatch.setattr(layers, "read_document", noted)
    return seen


def change(folder: Path, name: str, what: bytes) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + what)


def said(vocabulary: Vocabulary) -> list[list[tuple[str, object]]]:
    """In order, because of two names that are equally near the first is offered."""
    v = vocabulary
    return [list(part.items()) for part in (v.substances, v.names, v.groups, v.codes, v.atc, v.classes)]


def test_nothing_is_parsed_again_while_nothing_has_changed(rules: Path, read: list[str]) -> None:
    assert load_rules().rules
    assert read == []
    assert (rules / READ_BEFORE).is_file()


@pytest.mark.parametrize("name", ["sources.yaml", "vocabulary/substances.csv", "vocabulary/traits.yaml"])
def test_one_more_byte_in_any_file_and_all_of_them_are_read(rules: Path, read: list[str], name: str) -> None:
    change(rules, name, b"\n")
    load_rules()
    assert len(read) > 300


PERSON = Profile.model_validate(
    {
        "kidney": {"egfr": 12},
        "medications": [{"name": "cipro", "times": ["09:00"]}, "Xyzol", "furosemide"],
        "supplements": [{"name": "magnesium citrate", "amount_mg": 400, "basis": "elemental", "times": ["10:00"]}],
        "symptoms": ["weakness"],
    }
)


def test_no_single_changed_character_of_what_is_kept_is_ever_used(rules: Path) -> None:
    path = rules / READ_BEFORE
    honest = path.read_bytes()
    whole = digest(contents(dict(files_in(rules))))
    assert keep.kept(rules, whole).ids
    chance = random.Random(14)
    places = [0, 7, 70, 71, 72, len(honest) - 1, *(chance.randrange(len(honest)) for _ in range(150))]
    for place in places:
        other = bytes([honest[place] ^ (1 << chance.randrange(7))])
        path.write_bytes(honest[:place] + other + honest[place + 1 :])
        assert keep.kept(rules, whole) is keep.NOTHING_KEPT


@pytest.mark.parametrize("word", ["avoid", "egfr", "ciprofloxacin", "contraindicated", "sha256", "below"])
def test_a_report_is_the_same_after_a_character_was_changed(rules: Path, word: str) -> None:
    (rules / READ_BEFORE).unlink()
    fresh = Checker().check(PERSON)
    keep.keep(rules)
    path = rules / READ_BEFORE
    path.write_bytes(path.read_bytes().replace(word.encode(), word.swapcase().encode(), 1))
    assert Checker().check(PERSON) == fresh


def sealed(rules: Path) -> None:
    (rules / MANIFEST).write_text(manifest(contents(dict(files_in(rules)))), encoding="utf-8")


def test_an_installation_as_it_was_built_is_used(rules: Path) -> None:
    sealed(rules)
    assert load_rules().rules


def test_a_lost_folder_of_an_installation_is_a_fault(rules: Path) -> None:
    sealed(rules)
    shutil.rmtree(rules / "kidney")
    with pytest.raises(EngineFault, match=r"\d+ files are missing or too many, such as kidney/"):
        load_rules()


@pytest.mark.parametrize("name", ["kidney/kidney-dialysis.yaml", "vocabulary/substances.csv"])
def test_a_changed_file_of_an_installation_is_a_fault(rules: Path, name: str) -> None:
    sealed(rules)
    change(rules, name, b"\n")
    with pytest.raises(EngineFault, match="a file was changed"):
        load_rules()


def test_a_page_laid_into_an_installation_is_a_fault(rules: Path) -> None:
    sealed(rules)
    shutil.copy(rules / "kidney" / "kidney-dialysis.yaml", rules / "kidney" / "another.yaml")
    with pytest.raises(EngineFault, match=r"such as kidney/another\.yaml"):
        load_rules()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3, "digest": ""}'])
def test_a_manifest_that_cannot_be_read_is_a_fault(rules: Path, text: str) -> None:
    (rules / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(EngineFault, match="cannot be read"):
        load_rules()


@pytest.mark.parametrize("name", ["wording.yaml", "vocabulary/substances.csv"])
def test_a_checkout_without_a_file_that_the_engine_needs_is_a_fault(rules: Path, name: str) -> None:
    (rules / name).unlink()
    with pytest.raises(EngineFault, match=name):
        load_rules()


@pytest.mark.parametrize("broken", [b"", b"<<<<<<< ours", b"[]", b"{}", b"\xff"])
def test_a_kept_file_that_is_broken_is_not_used(rules: Path, read: list[str], broken: bytes) -> None:
    (rules / READ_BEFORE).write_bytes(broken)
    assert load_rules().rules
    assert len(read) > 300


@pytest.mark.parametrize("module", ["knowledge/rule.py", "terminology/tables.py", "core/model.py", "profile.py"])
def test_a_changed_reader_makes_what_it_has_read_stale(
    rules: Path, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    engine = tmp_path / "engine"
    shutil.copytree(str(files("magcheck")), engine, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sealed_module, "files", lambda _: engine)
    assert load_rules().rules
    assert read == []
    change(engine, module, b"#")
    assert load_rules().rules
    assert len(read) > 300
    assert rules.is_dir()


def test_the_readers_are_all_that_reading_imports() -> None:
    """Whatever what is kept could depend on is among what makes it stale."""
    told = child("-X", "importtime", "-c", "import magcheck.knowledge.keep")
    loaded = {line.split("|")[-1].strip() for line in told.stderr.splitlines()}
    ours = {module for module in loaded if module.startswith("magcheck.") and module.count(".") > 1}
    assert {module.split(".")[1] for module in ours} <= {folder.split("/")[0] for folder in READERS}
    outside = {module for module in loaded if module.startswith("magcheck.")} - ours
    packages = {f"magcheck.{folder}" for folder in READERS}
    assert outside - packages <= {"magcheck.profile", "magcheck.report", "magcheck.rules", "magcheck._version"}


def every_file_as_read(book: RuleBook) -> object:
    return [
        (page, book.documents[page.id].data, book.documents[page.id].where(("title",)), page.model_fields_set)
        for page in book.rules
    ]


def test_what_is_kept_is_what_the_files_say_to_the_last_field(rules: Path, read: list[str]) -> None:
    kept = load_rules()
    assert read == []
    (rules / READ_BEFORE).unlink()
    fresh = load_rules()
    for field in dataclasses.fields(kept):
        if field.name not in {"documents", "vocabulary", "promised", "made_of"}:
            assert getattr(kept, field.name) == getattr(fresh, field.name), field.name
    assert every_file_as_read(kept) == every_file_as_read(fresh)
    assert kept.promised.data == fresh.promised.data


def test_a_page_that_is_wrong_is_not_kept_but_named(rules: Path) -> None:
    change(rules, "kidney/kidney-dialysis.yaml", b"colour: red\n")
    keep.keep(rules)
    with pytest.raises(RulesError, match=r"kidney-dialysis\.yaml:\d+.*colour"):
        load_rules()


def test_a_sentence_with_a_strange_placeholder_is_not_kept_but_named(rules: Path) -> None:
    path = rules / "wording.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{count}", "{colour}", 1), encoding="utf-8")
    keep.keep(rules)
    with pytest.raises(RulesError, match="unknown placeholder 'colour'"):
        load_rules()


@pytest.mark.parametrize("strange", [print, os.system, keep.keep, Path, object()])
def test_nothing_but_our_models_is_ever_made_of_what_is_kept(strange: object) -> None:
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        of_bytes(pickle.dumps(strange))


@pytest.mark.usefixtures("read")
def test_a_sealed_file_that_names_something_strange_is_not_used(rules: Path) -> None:
    whole = digest(contents(dict(files_in(rules))))
    body = pickle.dumps({"digest": keep.with_readers(whole), "files": print})
    (rules / READ_BEFORE).write_bytes(sealed_bytes(body))
    assert keep.kept(rules, whole) is keep.NOTHING_KEPT
    assert load_rules().rules


def test_kept_names_mean_what_the_tables_say(rules: Path) -> None:
    kept = load_rules()
    (rules / READ_BEFORE).unlink()
    fresh = load_rules()
    assert said(kept.vocabulary) == said(fresh.vocabulary)
    assert kept.vocabulary.spellings == fresh.vocabulary.spellings
    assert kept.vocabulary.dose_forms == fresh.vocabulary.dose_forms
    assert [*kept.vocabulary.lexicon.phrases()] == [*fresh.vocabulary.lexicon.phrases()]
    assert kept.rules == fresh.rules
    assert kept.digest == fresh.digest


@pytest.mark.parametrize(
    "row", ["zzz,no such class,,,,,,", "zzz,,,,,,,,,too,many", "zzz"], ids=["class", "long", "short"]
)
def test_a_mistake_in_a_table_of_ones_own_shows_at_once(tmp_path: Path, row: str) -> None:
    (tmp_path / "vocabulary").mkdir()
    header = shipped().joinpath("vocabulary", "substances.csv").read_text(encoding="utf-8").partition("\n")[0]
    (tmp_path / "vocabulary" / "substances.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(RulesError):
        load_rules(tmp_path)


def test_an_error_on_the_way_to_a_value_is_not_taken_for_nothing() -> None:
    def broken(key: str, kept: int) -> str:
        raise KeyError(key, kept)

    values = LazyMapping({"a": 1}, broken)
    assert values.get("b") is None
    assert "a" in values
    with pytest.raises(KeyError):
        values.get("a")


def test_a_value_is_made_once() -> None:
    values: LazyMapping[int, list[int]] = LazyMapping({"a": 1}, lambda _, kept: [kept])
    assert values["a"] is values["a"]
    assert dict(values) == {"a": [1]}
    assert json.dumps(list(values)) == '["a"]'
