"""What stands beside a drawn day: titles, signs, and the same day in words."""

from __future__ import annotations

from typing import Annotated

from magcheck.core.model import Model
from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class DayTitles(Words):
    times: str
    moved: str
    as_needed: str
    anytime: str
    conflict: str
    changes: str
    questions: str
    wishes: str
    notes: str
    windows: str


class SignWords(Words):
    """What each sign of a drawing means."""

    dose: str
    closed: str
    awake: str
    open: str
    shut: str
    meal: str
    asleep: str


class PictureWords(Words):
    """The drawing and the table of a page or a file, which have more room than a terminal."""

    title: str
    closed: str
    """The sign of closed hours."""
    open: str
    caption: Annotated[str, Placeholders("wake", "sleep")]
    caption_meals: Annotated[str, Placeholders("wake", "sleep", "meals")]
    table: str
    columns: tuple[str, str, str]
    """Time, what is taken, what keeps away from it."""
    away: Annotated[str, Placeholders("item", "start", "end")]
    nothing_away: str

    model_config = Model.model_config | {"strict": False}


class DayWords(Words):
    statuses: dict[str, str]
    """Status of the plan -> its title."""
    none: str
    """The title where something speaks against magnesium at all."""
    hours_alone: Annotated[str, Placeholders("status")]
    """The title where something else than hours is wrong too."""
    often: dict[str, str]
    """What is not taken every day -> how often."""
    titles: DayTitles
    dose: Annotated[str, Placeholders("items", "often")]
    away: Annotated[str, Placeholders("item", "start", "end")]
    moved: Annotated[str, Placeholders("item", "to", "from", "because")]
    granted: Annotated[str, Placeholders("wish")]
    not_granted: Annotated[str, Placeholders("wish")]
    signs: SignWords
    elsewhere: str
    picture: PictureWords


class CalendarWords(Words):
    take: Annotated[str, Placeholders("item")]
    away: Annotated[str, Placeholders("item", "start", "end")]
