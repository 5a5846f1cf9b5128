"""Is a medicine of a record taken? By its status; whatever is not said to be over is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.fhir.plain import day, part, text

if TYPE_CHECKING:
    from datetime import date

    from magcheck.fhir.plain import Resource

ERROR = "entered-in-error"
_NEVER = "do-not-perform"
_NOT_TAKEN = frozenset({"stopped", "cancelled", "completed", "on-hold", "not-taken", "revoked", "ended", _NEVER})
_DONE = frozenset({"completed", "ended"})


def status_of(resource: Resource) -> str:
    return _NEVER if resource.get("doNotPerform") is True else text(resource.get("status"))


def is_taken(resource: Resource, today: date | None = None) -> bool:
    """`today`: until when something that is called done may still be taken, because its end lies ahead."""
    status = status_of(resource)
    if status == ERROR:
        return False
    end = day(part(resource.get("effectivePeriod")).get("end"))
    return status not in _NOT_TAKEN or bool(today and status in _DONE and end and end >= today)
