"""What of an item was told and cannot be used?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from magcheck.terminology.vocabulary import NotFound


class Doubt(NamedTuple):
    """Words or a code of an item that are shown, and stay open."""

    text: str
    why: NotFound
