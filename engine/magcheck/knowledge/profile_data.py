"""Which profile is this plain data? One that holds in every part, or every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from magcheck.core.errors import InputError
from magcheck.knowledge.document import Document
from magcheck.knowledge.refusal import problems_of
from magcheck.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "profile"
"""What a problem calls data that stand in no file."""


def profile_of(document: Document) -> Profile:
    """Raises InputError with all problems, each with its line where there is one."""
    try:
        return Profile.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, Profile, document)) from None


def profile_of_data(data: Mapping[str, object]) -> Profile:
    """The same for data that a program has at hand."""
    return profile_of(Document(NAME, dict(data)))
