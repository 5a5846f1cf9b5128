"""Is the kept program what the pages say, and is it left alone when anything has changed?"""

from __future__ import annotations

import pickle
import random
import shutil
from dataclasses import fields, replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from magcheck.inference import ready
from magcheck.inference.ready import COMPILED_BEFORE, compiled, kept_program, program_of
from magcheck.knowledge import keep, load, sealed
from magcheck.knowledge.files import shipped
from magcheck.knowledge.load import load_rules
from tests.support import child

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck.knowledge.load import RuleBook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rules, with all that can be kept of them."""
    rules = tmp_path_factory.mktemp("kept") / "rules"
    shutil.copytree(str(shipped()), rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "shipped", lambda: rules)
        keep.keep(rules)
        (rules / COMPILED_BEFORE).write_bytes(ready.to_keep(load_rules()))
    return rules


@pytest.fixture
def book(folder: Path, monkeypatch: pytest.MonkeyPatch) -> RuleBook:
    monkeypatch.setattr(load, "shipped", lambda: folder)
    monkeypatch.setattr(ready, "shipped", lambda: folder)
    return load_rules()


def test_the_kept_program_is_what_the_pages_say_to_the_last_test(folder: Path, book: RuleBook) -> None:
    kept, fresh = kept_program(book, folder), compiled(book)
    assert kept is not None
    for field in fields(fresh):
        told = getattr(kept, field.name)
        assert told == getattr(fresh, field.name), field.name
        assert list(told) == list(getattr(fresh, field.name)), field.name


def test_kept_pages_are_neither_looked_over_nor_compiled_again(
    book: RuleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "compiled", lambda _: pytest.fail("compiled again"))
    assert program_of(book).clauses


def test_no_single_changed_bit_of_it_is_ever_used(folder: Path, book: RuleBook, tmp_path: Path) -> None:
    honest = (folder / COMPILED_BEFORE).read_bytes()
    chance = random.Random(8)
    for place in (0, 8, 136, 137, len(honest) - 1, *(chance.randrange(len(honest)) for _ in range(200))):
        changed = bytearray(honest)
        changed[place] ^= 1 << chance.randrange(8)
        (tmp_path / COMPILED_BEFORE).write_bytes(changed)
        assert kept_program(book, tmp_path) is None


@pytest.mark.parametrize("broken", [b"", b"[]", sealed.sealed(b""), sealed.sealed(pickle.dumps(("", print)))])
def test_what_is_broken_or_strange_is_not_used(book: RuleBook, tmp_path: Path, broken: bytes) -> None:
    (tmp_path / COMPILED_BEFORE).write_bytes(broken)
    assert kept_program(book, tmp_path) is None


def test_without_it_the_pages_are_compiled(
    book: RuleBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "shipped", lambda: tmp_path)
    assert program_of(book) == compiled(book)


def test_a_book_with_other_pages_is_compiled_anew(book: RuleBook) -> None:
    fewer = replace(book, rules=[page for page in book.rules if not page.covers][:40])
    assert fewer.made_of == ""
    assert {clause.rule for clause in program_of(fewer).clauses} <= {page.id for page in fewer.rules}


def test_a_folder_of_ones_own_makes_another_book(tmp_path: Path, book: RuleBook) -> None:
    (tmp_path / "wording.yaml").write_text("report: {}\n", encoding="utf-8")
    assert book.made_of
    assert load_rules(tmp_path).made_of == ""


@pytest.mark.parametrize("name", ["kidney/kidney-dialysis.yaml", "vocabulary/substances.csv"])
def test_one_more_byte_in_a_file_of_knowledge_makes_it_stale(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(folder, rules)
    path = rules / name
    path.write_bytes(path.read_bytes() + b"\n")
    monkeypatch.setattr(load, "shipped", lambda: rules)
    keep.keep(rules)
    changed = load_rules()
    assert changed.made_of
    assert kept_program(changed, rules) is None


@pytest.mark.parametrize("module", ["inference/compile.py", "inference/usable.py", "inference/program.py"])
def test_a_changed_compiler_makes_it_stale(
    folder: Path, book: RuleBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    engine = tmp_path / "engine"
    shutil.copytree(str(files("magcheck")), engine, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sealed, "files", lambda _: engine)
    assert kept_program(book, folder) is not None
    (engine / module).write_bytes((engine / module).read_bytes() + b"#")
    assert kept_program(book, folder) is None


def test_the_compilers_are_all_that_compiling_imports() -> None:
    """Whatever the program could depend on is among what makes it stale."""
    told = child("-X", "importtime", "-c", "import magcheck.inference.compile, magcheck.inference.usable")
    loaded = {line.split("|")[-1].strip() for line in told.stderr.splitlines()}
    ours = {module.split(".")[1] for module in loaded if module.startswith("magcheck.")}
    readers = {folder.split("/")[0] for folder in keep.READERS} | {"profile", "report", "rules", "_version"}
    assert ours <= readers.union(ready.COMPILERS)
