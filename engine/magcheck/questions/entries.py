"""Which medicines or products does one answer name? Each with all that is said of it, in the words told."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from magcheck.reading.line import drafts_of, read_line
from magcheck.reading.parts import Mark, Name, NotRead, TakenPart
from magcheck.terminology.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.items import Identity
    from magcheck.reading.parts import Draft, Part, TokenSpan
    from magcheck.reading.setting import Setting
    from magcheck.terminology.tokens import Token
    from magcheck.terminology.vocabulary import Vocabulary

_LINES = re.compile(r"\s*[;\n]\s*")
_QUOTED = re.compile(r"[\"“”„«»](.+)[\"“”„«»]")


def entries_of(text: str, vocabulary: Vocabulary, country: str | None) -> list[str]:
    """The lines of a pasted list, each split where it begins to name something else."""
    lines: list[str] = []
    for line in filter(None, _LINES.split(text)):
        if lines and _goes_on(line, vocabulary, country):
            lines[-1] += f", {line}"
        else:
            lines.append(line)
    return [entry for line in lines for entry in _apart(line, vocabulary, country)]


def with_name(line: str, index: int, name: str, vocabulary: Vocabulary, country: str | None) -> str:
    """`line` with another name for its item at `index`; all else that it says stays."""
    identity, draft = drafts_of(line, vocabulary, vocabulary.lexicon, country)[index]
    naming = sorted(part.span for part in identity.names or draft.parts if _is_naming(part))
    return _replaced(line, naming, name) if naming else f"{name} {line}"


def with_standing(line: str, index: int, words: str, setting: Setting, *, taken: bool) -> str:
    """`line` where `words` say of its item at `index` whether it is `taken`; all else that it says stays.

    Where the rest of the line contradicts the words, the name stands alone behind them, then what was not read.
    """
    identity, draft = drafts_of(line, setting.vocabulary, setting.vocabulary.lexicon, setting.country)[index]
    others = {part.span for part in draft.parts if not isinstance(part, TakenPart)}
    standing = sorted({part.span for part in draft.parts if isinstance(part, TakenPart)} - others)
    naming = sorted(part.span for part in identity.names or draft.parts)
    begin = tokenise(line)[naming[0].start].start
    changed = _replaced(line, standing, words) if standing else f"{line[:begin]}{words} {line[begin:]}"
    read = read_line(changed, setting.vocabulary, setting.vocabulary.lexicon, setting.country)
    if index < len(read) and read[index].taken is taken:
        return changed
    return _reduced(line, draft, f"{words} {_words(line, naming)}")


def _reduced(line: str, draft: Draft, said: str) -> str:
    """`line` with `said` instead of one draft of it; its words that were not read become entries of their own."""
    unread = [_words(line, [part.span]) for part in draft.parts if isinstance(part, NotRead) and _is_naming(part)]
    spans = sorted(part.span for part in draft.parts if not _is_separator(part))
    tokens = tokenise(line)
    before = line[: tokens[spans[0].start].start]
    behind = line[tokens[max(span.end for span in spans) - 1].end :]
    apart = not behind.strip() or tokenise(behind)[0].kind == "sign"
    return before + ", ".join([said, *unread]) + (behind if apart else f",{behind}")


def _is_separator(part: Part) -> bool:
    return isinstance(part, Mark) and part.kind in ("comma", "also") and part.text != "with"


def _words(line: str, spans: Sequence[TokenSpan]) -> str:
    tokens = tokenise(line)
    return " ".join(_text(line, tokens, span.start, span.end) for span in spans)


def _replaced(line: str, spans: Sequence[TokenSpan], words: str) -> str:
    """`line` with `words` in the first of `spans`, and nothing in the others."""
    tokens, first = tokenise(line), spans[0]
    pieces, end = [line[: tokens[first.start].start], words], tokens[first.end - 1].end
    for span in spans[1:]:
        pieces.append(line[end : tokens[span.start].start].rstrip())
        end = tokens[span.end - 1].end
    return "".join([*pieces, line[end:]])


def _is_naming(part: Part) -> bool:
    return isinstance(part, Name) or (isinstance(part, NotRead) and part.looks_like == "word")


def _goes_on(line: str, vocabulary: Vocabulary, country: str | None) -> bool:
    """It names nothing, and says how much or when of what stands above it."""
    for identity, draft in drafts_of(line, vocabulary, vocabulary.lexicon, country):
        if identity.names or any(isinstance(part, NotRead) for part in draft.parts):
            return False
    return True


def _apart(line: str, vocabulary: Vocabulary, country: str | None) -> list[str]:
    """The items of one line; the line whole where an item alone would read otherwise."""
    drafts = drafts_of(line, vocabulary, vocabulary.lexicon, country)
    if len(drafts) < 2:
        return [_unquoted(line)]
    entries = [_unquoted(entry) for entry in _entries(line, drafts)]
    read = [item for entry in entries for item in read_line(entry, vocabulary, vocabulary.lexicon, country)]
    same = tuple(read) == read_line(line, vocabulary, vocabulary.lexicon, country)
    return entries if same and len(read) == len(entries) else [line]


def _entries(line: str, drafts: Sequence[tuple[Identity, Draft]]) -> Iterator[str]:
    tokens = tokenise(line)
    starts = [0, *(draft.parts[0].span.start for _, draft in drafts[1:]), len(tokens)]
    for (_, draft), (start, end) in zip(drafts, pairwise(starts), strict=True):
        own = [part for part in draft.parts if start <= part.span.start < end]
        shared = [part for part in draft.parts if not start <= part.span.start < end]
        while len(own) > 1 and isinstance(own[-1], Mark) and own[-1].kind in ("comma", "also"):
            own.pop()
        spans = [(start, own[-1].span.end), *(part.span for part in shared)]
        yield " ".join(_text(line, tokens, begin, stop) for begin, stop in spans)


def _text(line: str, tokens: Sequence[Token], start: int, end: int) -> str:
    return line[tokens[start].start : tokens[end - 1].end]


def _unquoted(entry: str) -> str:
    """A name that was pasted with quotes around it."""
    quoted = _QUOTED.fullmatch(entry)
    return quoted[1].strip() or entry if quoted else entry
