"""What the command line says while it talks with a person."""

from __future__ import annotations

from typing import Annotated

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class KeyWords(Words):
    """What may be typed at a question, and how much is left."""

    enter: Annotated[str, Placeholders("answer")]
    enter_keeps: Annotated[str, Placeholders("answer")]
    unknown: Annotated[str, Placeholders("key")]
    help: Annotated[str, Placeholders("key")]
    help_enter: Annotated[str, Placeholders("answer")]
    help_always: str
    more: Annotated[str, Placeholders("count")]
    choose_keep: Annotated[str, Placeholders("answer")]
    choose_back: str


class TalkWords(Words):
    welcome: str
    keys: KeyWords
    first: str
    read_as: Annotated[str, Placeholders("told", "read")]
    review: str
    check_now: str
    add: Annotated[str, Placeholders("list")]
    nothing_to_add: str
    none_of_these_answers: Annotated[str, Placeholders("text")]
    refused: str
    which_is_wrong: str
    leave_out: Annotated[str, Placeholders("answer")]
    none_of_these: Annotated[str, Placeholders("text", "most")]
    not_known: str
    as_written: str
    save: str
    save_back: Annotated[str, Placeholders("file")]
    save_so_far: str
    no_file_name: Annotated[str, Placeholders("text")]
    do_not_save: str
    overwrite: Annotated[str, Placeholders("file")]
    saved: Annotated[str, Placeholders("command")]
    saved_elsewhere: Annotated[str, Placeholders("file", "other")]
    saved_so_far: Annotated[str, Placeholders("command")]
    nothing_saved: str
    no_day: str
    no_solver: Annotated[str, Placeholders("how")]
