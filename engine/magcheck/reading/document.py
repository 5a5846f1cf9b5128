"""What does a document tell that is no profile itself? A profile, and whatever else has to stand in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from magcheck.profile import Profile
    from magcheck.report import Assumed, NotChecked


class FromDocument(NamedTuple):
    """A profile that was made of a document, such as a clinical record."""

    profile: Profile
    not_read: tuple[NotChecked, ...] = ()
    """What of the document could not be read: a report on the profile alone would promise too much."""
    said: tuple[Assumed, ...] = ()
    """What was left out of it, and what was taken for granted."""
