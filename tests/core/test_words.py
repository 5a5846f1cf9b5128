"""Are words read, refused and frozen as a model would be?"""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from magcheck.core.model import Model
from magcheck.core.words import Words
from magcheck.knowledge.document import read_document
from magcheck.knowledge.files import shipped
from magcheck.knowledge.restored import as_bytes, of_bytes
from magcheck.knowledge.wording.wording import Wording


class Inner(Words):
    said: str
    blanks: Annotated[tuple[str, ...], Field(strict=False)] = ()

    def loud(self) -> str:
        return self.said.upper()


class Outer(Words):
    from_: Annotated[str, Field(alias="from")]
    inner: Inner
    by_name: dict[str, Inner]


DATA: dict[str, Any] = {"from": "a", "inner": {"said": "b", "blanks": ["c"]}, "by_name": {"d": {"said": "e"}}}


def test_words_hold_what_was_read() -> None:
    words = Outer.model_validate(DATA)
    assert (words.from_, words.inner.blanks, words.by_name["d"].loud()) == ("a", ("c",), "E")
    assert isinstance(words.by_name["d"], Inner)


@pytest.mark.parametrize(
    ("change", "kind", "loc"),
    [
        ({"from": 1}, "string_type", ("from",)),
        ({"more": "x"}, "extra_forbidden", ("more",)),
        ({"inner": {"said": "b", "odd": "x"}}, "extra_forbidden", ("inner", "odd")),
        ({"inner": {}}, "missing", ("inner", "said")),
        ({"inner": "b"}, "model_type", ("inner",)),
        ({"by_name": {"d": {"said": None}}}, "string_type", ("by_name", "d", "said")),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    change: dict[str, Any], kind: str, loc: tuple[str, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate({**DATA, **change})
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [(kind, loc)]


def test_words_are_frozen_and_equal_by_what_they_say() -> None:
    first, second = Inner.model_validate({"said": "a"}), Inner.model_validate({"said": "a"})
    assert first == second
    assert hash(first) == hash(second)
    assert first != Inner.model_validate({"said": "b"})
    with pytest.raises(AttributeError, match="frozen"):
        first.said = "b"


def test_kept_words_are_those_that_were_read() -> None:
    wording = Wording.model_validate(read_document(shipped().joinpath("wording.yaml").read_bytes(), "").data)
    again = of_bytes(as_bytes(wording))
    assert again == wording
    assert again.model_dump() == wording.model_dump()
    assert again.separation.kept
    assert again.advice.__func__ is Wording.advice


def test_words_are_no_model_until_something_is_read() -> None:
    class Unread(Words):
        said: str

    assert "_model" not in vars(Unread)
    assert issubclass(Unread.model(), Model)
    assert Unread.model() is Unread.model()
