"""Which clock time is written here? "9 pm", "9:30pm", "22h", "22.30", "20 Uhr"; what can be two times is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.terminology.tokens import Token

_SURE = frozenset({"uhr", "oclock", "o'clock"})
"""Words that stand behind a clock time and behind nothing else."""
_HOURS = frozenset({"heures", "heure", "horas", "ore", "uur", "hs", "hrs", *_SURE})
_HALVES = {"am": 0, "pm": 12, "a": 0, "p": 12}
_DOTTED = re.compile(r"([01]?\d|2[0-3])[.,]([0-5]\d)")
_NAMED = {
    "midnight": "00:00",
    "mitternacht": "00:00",
    "minuit": "00:00",
    "medianoche": "00:00",
    "mezzanotte": "00:00",
    "middernacht": "00:00",
}


def read(tokens: Sequence[Token], place: int, *, announced: bool) -> tuple[str, int] | None:
    """("HH:MM", the place behind) of the time that begins at `place`; `announced` by "at" or the like."""
    token = _token(tokens, place)
    if token and token.norm in _NAMED:
        return _NAMED[token.norm], place + 1
    if token is None or token.kind != "number":
        return None
    hour, minute, end, colon = _figures(tokens, place)
    half = _half(tokens, end)
    if half is not None:
        return _twelve(hour, minute, *half)
    if hour > 23:  # 24:00 is refused: nobody knows of which day
        return None
    word = _token(tokens, end)
    named = word is not None and word.norm in _HOURS and (announced or word.norm in _SURE or colon)
    if named:
        return f"{hour:02d}:{minute:02d}", end + 1
    if word and word.norm == "h" and word.glued and not colon:
        return _french(tokens, hour, end)
    return (f"{hour:02d}:{minute:02d}", end) if colon or (announced and hour > 12) else None


def _token(tokens: Sequence[Token], place: int) -> Token | None:
    return tokens[place] if place < len(tokens) else None


def _figures(tokens: Sequence[Token], place: int) -> tuple[int, int, int, bool]:
    """(hour, minute, the place behind, were minutes written?); an hour of 99 for what is none."""
    text = tokens[place].text
    dotted = _DOTTED.fullmatch(text)
    if dotted:
        return int(dotted[1]), int(dotted[2]), place + 1, _is_time(tokens, place)
    if not re.fullmatch(r"\d{1,2}", text):
        return 99, 0, place + 1, False
    minutes = _token(tokens, place + 2)
    colon = _token(tokens, place + 1)
    if colon and minutes and colon.text == ":" and re.fullmatch(r"[0-5]\d", minutes.text):
        return int(text), int(minutes.text), _behind_seconds(tokens, place + 3), True
    return int(text), 0, place + 1, False


def _is_time(tokens: Sequence[Token], place: int) -> bool:
    """ "22.30" is a time only where it is announced as one, or said to be one."""
    before = tokens[place - 1].norm if place else ""
    return before in ("at", "um", "à", "alle", "las", "om", "a", "@", "ore", "gegen", "vers")


def _behind_seconds(tokens: Sequence[Token], place: int) -> int:
    seconds = _token(tokens, place + 1)
    colon = _token(tokens, place)
    return (
        place + 2 if colon and seconds and colon.text == ":" and re.fullmatch(r"[0-5]\d", seconds.text) else place
    )


def _half(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """(0 or 12, the place behind) of "am", "p.m."."""
    word = _token(tokens, place)
    if word is None or word.norm not in _HALVES:
        return None
    if len(word.norm) == 2:
        return _HALVES[word.norm], place + 1
    dot, letter = _token(tokens, place + 1), _token(tokens, place + 2)
    if dot and letter and dot.text == "." and letter.norm == "m":
        last = _token(tokens, place + 3)
        return _HALVES[word.norm], place + (4 if last and last.text == "." and last.glued else 3)
    return None


def _twelve(hour: int, minute: int, half: int, end: int) -> tuple[str, int] | None:
    return (f"{hour % 12 + half:02d}:{minute:02d}", end) if 1 <= hour <= 12 else None


def _french(tokens: Sequence[Token], hour: int, place: int) -> tuple[str, int]:
    """ "22h" and "22h30"."""
    minutes = _token(tokens, place + 1)
    if minutes and minutes.glued and re.fullmatch(r"[0-5]\d", minutes.text):
        return f"{hour:02d}:{minutes.text}", place + 2
    return f"{hour:02d}:00", place + 1
