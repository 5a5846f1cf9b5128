"""Is what `make docs` has kept what the files say, and is it left alone when they say something else?"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.core.lazy import LazyMapping
from magcheck.knowledge import load
from magcheck.knowledge.document import read_document
from magcheck.knowledge.files import shipped
from magcheck.knowledge.load import READ_BEFORE, READERS, load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck.terminology.vocabulary import Vocabulary


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules, used instead of them."""
    folder = tmp_path / "rules"
    shutil.copytree(str(shipped()), folder)
    monkeypatch.setattr(load, "shipped", lambda: folder)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are parsed, as they are."""
    seen: list[str] = []

    def noted(raw: bytes, name: str) -> Any:
        seen.append(name)
        return read_document(raw, name)

    monkeypatch.setattr(load, "read_document", noted)
    return seen


def change(folder: Path, name: str, what: bytes) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + what)


def said(vocabulary: Vocabulary) -> list[dict[str, object]]:
    v = vocabulary
    return [dict(part) for part in (v.substances, v.names, v.groups, v.codes, v.atc)]


def test_nothing_is_parsed_again_while_nothing_has_changed(rules: Path, read: list[str]) -> None:
    assert load_rules().rules
    assert read == [], f"stale: {rules / READ_BEFORE}. Run: make docs"


@pytest.mark.parametrize("name", ["sources.yaml", "vocabulary/substances.csv", "vocabulary/traits.yaml"])
def test_one_more_byte_in_any_file_and_all_of_them_are_read(rules: Path, read: list[str], name: str) -> None:
    change(rules, name, b"\n")
    load_rules()
    assert len(read) > 300


@pytest.mark.parametrize("broken", [b"", b"<<<<<<< ours", b"[]", b"{}", b"\xff"])
def test_a_kept_file_that_is_broken_is_not_used(rules: Path, read: list[str], broken: bytes) -> None:
    (rules / READ_BEFORE).write_bytes(broken)
    assert load_rules().rules
    assert len(read) > 300


def test_a_changed_reader_makes_what_it_has_read_stale(
    rules: Path, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in READERS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# another", encoding="utf-8")
    monkeypatch.setattr(load, "files", lambda _: tmp_path)
    assert load_rules().rules
    assert len(read) > 300
    assert rules.is_dir()


def test_kept_names_mean_what_the_tables_say(rules: Path) -> None:
    kept = load_rules()
    (rules / READ_BEFORE).unlink()
    fresh = load_rules()
    assert said(kept.vocabulary) == said(fresh.vocabulary)
    assert kept.rules == fresh.rules
    assert kept.digest == fresh.digest


@pytest.mark.parametrize(
    "row", ["zzz,no such class,,,,,,", "zzz,,,,,,,,,too,many", "zzz"], ids=["class", "long", "short"]
)
def test_a_mistake_in_a_table_of_ones_own_shows_at_once(tmp_path: Path, row: str) -> None:
    (tmp_path / "vocabulary").mkdir()
    ours = shipped().joinpath("vocabulary", "substances.csv").read_text(encoding="utf-8")
    (tmp_path / "vocabulary" / "substances.csv").write_text(f"{ours}{row}\n", encoding="utf-8")
    with pytest.raises((KeyError, ValueError)):
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
