"""How is the service run? Everything that can be chosen, with the values that are used when nobody chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from magcheck.knowledge.document import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Settings:
    rules: str | None = None
    """A folder of one's own pages, added to ours."""
    only_rules: str | None = None
    """A folder of pages that are used instead of ours."""
    token: str | None = None
    """What `Authorization: Bearer ...` must hold; None: nobody is asked."""
    most_bytes: int = MAX_BYTES
    """Of one body."""
    most_waiting: int = 128
    """Requests of one process that may wait for a check; one more is told to come again."""
    most_plans_waiting: int = 8
    """The same for day plans, which take longer."""
    seconds: float = 30
    """Until a body has to be here, and, after that, until its answer has to be there."""
    cds_clients: str | None = None
    """A file that lists the record systems that may call CDS Hooks, with their keys. None: `token` guards it."""
    cds_feedback: Callable[[str, Any], None] | None = None
    """Told what became of the cards of CDS Hooks: the service, and what was sent. None: kept nowhere."""
