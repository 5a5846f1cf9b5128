"""What the tests of the prover share: small rule books with their own promises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from magcheck import Checker
from magcheck.knowledge.document import Document
from magcheck.prove.prover import Prover
from tests.support import book_of

if TYPE_CHECKING:
    from magcheck.knowledge.rule import Rule
    from magcheck.prove.theorems import Theorem

ORAL = {"taking": "magnesium by mouth"}


def prover(*pages: Rule, **promises: Any) -> Prover:
    """Of these pages alone, which promise nothing else than told."""
    return Prover(Checker(replace(book_of(*pages), promised=Document("promises.yaml", promises))))


def broken(proved: Prover) -> dict[str, Theorem]:
    return {theorem.says: theorem for theorem in proved.theorems() if not theorem.holds}


def act(action: str, **rest: object) -> dict[str, object]:
    return {"action": action, "what_to_do": "Do it.", **rest}
