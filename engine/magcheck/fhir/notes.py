"""What of a record was not read, and what was taken for granted? Collected while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.bounds import LONGEST_NAME
from magcheck.fhir.plain import parts, text, whole
from magcheck.knowledge.placeholders import fill
from magcheck.report import Assumed, NotChecked

if TYPE_CHECKING:
    from magcheck.fhir.plain import Resource
    from magcheck.knowledge.wording.record import RecordWords

RECORD = "record"
"""Where an entry stands that belongs to no list of the profile."""
MOST_NOTES = 100


class Notes:
    def __init__(self, words: RecordWords) -> None:
        self.words = words
        self.not_read: list[NotChecked] = []
        self.said: list[Assumed] = []

    def unread(self, within: str, told: str, reason: str) -> None:
        """`within`: the list of the profile to which it would have belonged, or RECORD."""
        entry = NotChecked(list=within, input=whole(told[:LONGEST_NAME]), reason=reason)
        if entry in self.not_read:
            return
        if len(self.not_read) < MOST_NOTES:
            self.not_read.append(entry)
        else:
            self.not_read[-1] = NotChecked(list=RECORD, input=RECORD, reason=self.words.not_read.too_many)

    def say(self, field: str, form: str, **values: str) -> None:
        entry = Assumed(
            field=field, what=fill(form, **{name: value[:LONGEST_NAME] for name, value in values.items()})
        )
        if entry not in self.said and len(self.said) < MOST_NOTES:
            self.said.append(entry)


def name_notes(resource: Resource, within: str, name: str, notes: Notes) -> None:
    """What somebody wrote beside it in words of his own."""
    for note in parts(resource.get("note")):
        if written := text(note.get("text")):
            notes.unread(within, f"{name}: {written}", notes.words.not_read.note)
