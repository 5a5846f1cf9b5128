"""Can a misspelt placeholder reach a person? No: every sentence is checked when it is read."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from magcheck import RulesError
from magcheck.core.model import Model
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.placeholders import Placeholders, fill, placeholder_problems
from magcheck.knowledge.wording.wording import Wording

PLACEHOLDER = re.compile(r"\{(\w+)\}")
SHIPPED = (files("magcheck.rules") / "wording.yaml").read_text(encoding="utf-8")


class Part(Model):
    plain: str = "nothing to fill"
    hour: Annotated[str, Placeholders("before", "after")] = "{before} or {after}"
    each: Annotated[dict[str, str], Placeholders("item", optional=("answer",))] = Field(default_factory=dict)


class Whole(Model):
    part: Part
    parts: tuple[Part, ...] = ()


def problems(**part: object) -> list[str]:
    whole = Whole(part=Part.model_validate(part))
    return [str(problem) for problem in placeholder_problems(whole, Document("words.yaml", {}))]


def test_what_is_right_is_right() -> None:
    assert not problems(hour="{after}, {before}, {after}", each={"a": "{item}", "b": "{item} {answer}"})
    assert not list(placeholder_problems(load_rules().wording, Document("wording.yaml", {})))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (
            {"hour": "{befor} or {after}"},
            "words.yaml: part.hour: unknown placeholder 'befor'. Did you mean 'before'?",
        ),
        ({"hour": "{before}"}, "words.yaml: part.hour: the placeholder 'after' is missing."),
        (
            {"plain": "{item}"},
            "words.yaml: part.plain: unknown placeholder 'item'. This sentence has no placeholder.",
        ),
        ({"hour": "{before} {after} }"}, "words.yaml: part.hour: a brace stands alone."),
        ({"hour": "{before} {{after}}"}, "words.yaml: part.hour: a brace stands alone."),
        ({"hour": "{ before } {after}"}, "words.yaml: part.hour: unknown placeholder ' before '."),
        ({"each": {"egfr": "{answer}"}}, "words.yaml: part.each.egfr: the placeholder 'item' is missing."),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_what_would_be_right(part: dict[str, object], said: str) -> None:
    assert any(problem.startswith(said) for problem in problems(**part))


def test_parts_of_a_list_are_checked_too() -> None:
    whole = Whole(part=Part(), parts=(Part(), Part(plain="{x}")))
    (problem,) = placeholder_problems(whole, Document("words.yaml", {}))
    assert problem.where == "words.yaml: parts[1].plain"


def test_a_rule_book_whose_words_have_a_wrong_placeholder_is_refused_with_file_and_line(tmp_path: Path) -> None:
    wrong = SHIPPED.replace("at least {before} before magnesium", "at least {befor} before magnesium")
    (tmp_path / "wording.yaml").write_text(wrong, encoding="utf-8")
    line = 1 + wrong[: wrong.index("{befor}")].count("\n")
    with pytest.raises(RulesError) as refused:
        load_rules(tmp_path, only=True)
    said = str(refused.value)
    assert f"wording.yaml:{line}: separation.sentence: unknown placeholder 'befor'. Did you mean 'before'?" in said
    assert "the placeholder 'before' is missing" in said


def test_no_placeholder_of_our_own_words_can_be_misspelt_unnoticed() -> None:
    lines = SHIPPED.splitlines()
    filled = [number for number, line in enumerate(lines) if PLACEHOLDER.search(line)]
    assert len(filled) > 100
    for number in filled:
        wrong = [*lines[:number], PLACEHOLDER.sub(r"{x\1}", lines[number], count=1), *lines[number + 1 :]]
        document = read_document("\n".join(wrong).encode(), "wording.yaml")
        found = list(placeholder_problems(Wording.model_validate(document.data), document))
        assert found, lines[number]
        assert all(problem.where.startswith(f"wording.yaml:{number + 1}: ") for problem in found)


def test_filling_is_one_pass() -> None:
    assert fill("{a} and {b}", a="{b}", b="x") == "{b} and x"
    with pytest.raises(KeyError):
        fill("{a}", b="x")
