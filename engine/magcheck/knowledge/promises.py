"""What do the pages together promise to everybody? Read from `promises.yaml`, proven by `magcheck rules prove`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, ValidationError

from magcheck.core.errors import RulesError
from magcheck.core.model import Model
from magcheck.core.scales import Action
from magcheck.knowledge.conditions import Between, Condition, Flag, parse_condition
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.review import Id

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook


class Side(StrEnum):
    """The side of a number on which a person is worse off."""

    LOWER = "lower"
    HIGHER = "higher"


def _of_the_person(raw: object) -> Condition:
    condition = parse_condition(raw)
    if isinstance(condition, Between | Flag):
        return condition
    raise ValueError("a promise is about a number or an answer of the person: egfr, age, dialysis ...")


class Promise(Model):
    """Whatever else holds, the verdict is at least this."""

    when: Annotated[Condition, BeforeValidator(_of_the_person)]
    verdict: Annotated[Action, Field(strict=False)]


class OnPurpose(Model):
    """With one more thing taken, `instead` speaks where `page` spoke, and is weaker."""

    page: Id
    instead: Id
    why: str


class Promises(Model):
    """What the pages together keep."""

    always: Annotated[tuple[Promise, ...], Field(strict=False)] = ()
    never_weaker: dict[str, Annotated[Side, Field(strict=False)] | bool] = Field(
        default_factory=dict[str, Side | bool]
    )
    """Number or question -> the side, or the answer, towards which the verdict never becomes weaker."""
    on_purpose: Annotated[tuple[OnPurpose, ...], Field(strict=False)] = ()


def promises_of(book: RuleBook) -> Promises:
    """Raises RulesError for a file that promises nothing that can be proven."""
    try:
        return Promises.model_validate(book.promised.data)
    except ValidationError as error:
        raise RulesError(problems_of(error, Promises, book.promised)) from error
