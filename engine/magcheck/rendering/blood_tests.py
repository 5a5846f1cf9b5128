"""Which blood tests are asked for? Once for all: the first sentence that asks names everything to be tested."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.knowledge.wording.wording import Wording

_BETWEEN = re.compile(r", | and ")


def asked_once(told: Sequence[Sequence[str]], words: Wording) -> list[tuple[str, ...]]:
    """The sentences of each finding, of which those that ask for a test are one."""
    tested = dict.fromkeys(
        what for sentences in told for sentence in sentences for what in _tested(sentence, words)
    )
    left = [fill(words.screen.blood_test, what=_listed(list(tested), words))] if tested else []
    merged: list[tuple[str, ...]] = []
    for sentences in told:
        said: list[str] = []
        for sentence in sentences:
            if not _tested(sentence, words):
                said.append(sentence)
            elif left:
                said.append(left.pop())
        merged.append(tuple(said))
    return merged


def _tested(sentence: str, words: Wording) -> list[str]:
    """What the sentence asks to be tested; nothing where it is about something else."""
    before, _, after = words.screen.blood_test.partition("{what}")
    if not (sentence.startswith(before) and sentence.endswith(after)):
        return []
    return _BETWEEN.split(sentence.removeprefix(before).removesuffix(after))


def _listed(names: Sequence[str], words: Wording) -> str:
    *most, last = names
    return fill(words.screen.and_, most=", ".join(most), last=last) if most else last
