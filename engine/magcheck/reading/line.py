"""What does a written line say? One line in, its items out: identity, amount, schedule, route, standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.reading.grammar.table import parts_of
from magcheck.reading.items import Items
from magcheck.reading.names import names_in
from magcheck.reading.parts import Mark, NotRead, Schedule, Standing
from magcheck.reading.posology import amount_of, basis_of, routes_of, standing_of, timing_of, unread_of
from magcheck.terminology.tokens import tokenise
from magcheck.terminology.vocabulary import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.profile import Basis, Route
    from magcheck.reading.items import Identity
    from magcheck.reading.parts import Draft, Part
    from magcheck.reading.posology import Amount, Timing
    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.vocabulary import NameRead, Vocabulary


@dataclass(frozen=True)
class LineItem:
    """One item of a line, as it was read."""

    text: str
    """The words that name it, as written; "" where none does."""
    read: NameRead | None
    """None where its name is not known."""
    amount: Amount
    basis: Basis | None
    """None for what brings no magnesium."""
    timing: Timing
    taken: bool | None
    """None where only the person can say."""
    routes: frozenset[Route] | None
    """None where the line says nothing of it; several where it is unclear."""
    words: tuple[str, ...]
    """Words that were not understood; each may be the name of something."""
    figures: tuple[str, ...]
    """Numbers that were not understood; amount or schedule are then open."""

    @property
    def not_read(self) -> tuple[str, ...]:
        return (*self.words, *self.figures)


def read_line(
    line: str, vocabulary: Vocabulary, lexicon: Lexicon, country: str | None = None
) -> tuple[LineItem, ...]:
    """The items of a line, in order; at least one where it holds a letter or a figure."""
    return tuple(_items(line, vocabulary, lexicon, country))


def _items(line: str, vocabulary: Vocabulary, lexicon: Lexicon, country: str | None) -> Iterator[LineItem]:
    tokens = tokenise(line)
    names = names_in(tokens, vocabulary.spellings, lexicon)
    parts = list(parts_of(tokens, lexicon, names))
    found = Items(parts, vocabulary, country).drafts()
    _share(found)
    for identity, draft in found:
        yield _item(identity, draft)


def _share(found: Sequence[tuple[Identity, Draft]]) -> None:
    """ "A and B twice a day": what is said of the last may be said of all that are joined to it."""
    for (_, before), (_, draft) in reversed(list(zip(found, found[1:], strict=False))):
        if draft.joined and not any(isinstance(part, Schedule) for part in before.parts):
            before.parts += [part for part in draft.parts if isinstance(part, Schedule)]
    for (_, before), (_, draft) in zip(found, found[1:], strict=False):
        doubt = any(isinstance(part, Standing) and part.taken is not True for part in before.parts)
        if draft.joined and doubt and not any(isinstance(part, Standing) for part in draft.parts):
            draft.parts.append(Standing(draft.parts[0].span if draft.parts else before.parts[0].span, None))


def _item(identity: Identity, draft: Draft) -> LineItem:
    magnesium = _brings_magnesium(identity.read)
    parts: list[Part] = draft.parts
    timing = timing_of(parts)
    amount = amount_of(
        parts,
        as_salt=identity.as_salt,
        is_magnesium=magnesium,
        is_mixture=_is_mixture(identity.read),
        doses=timing.doses,
    )
    unread = unread_of(parts)
    words = tuple(unread.words)
    named = _named(identity, parts)
    if identity.read is None:
        words = ()
    return LineItem(
        text=named,
        read=identity.read,
        amount=amount,
        basis=basis_of(amount, parts) if magnesium else None,
        timing=timing,
        taken=standing_of(parts),
        routes=routes_of(parts),
        words=words,
        figures=tuple(unread.figures),
    )


def _named(identity: Identity, parts: Sequence[Part]) -> str:
    if identity.names:
        return " ".join(name.text for name in identity.names)
    words = [part for part in parts if isinstance(part, NotRead) and part.looks_like == "word"]
    salts = [part for part in parts if isinstance(part, Mark) and part.kind == "salt"] if words else []
    named: list[NotRead | Mark] = sorted((*words, *salts), key=lambda part: part.span)
    return " ".join(part.text for part in named)


def _is_mixture(read: NameRead | None) -> bool:
    return (
        read is not None and not isinstance(read, NotFound) and len(read[0].substances) + len(read[0].others) > 1
    )


def _brings_magnesium(read: NameRead | None) -> bool:
    if read is None:
        return False
    meanings = read.could_be if isinstance(read, NotFound) else (read[0],)
    return any(MAGNESIUM in substance.selectors for meaning in meanings for substance in meaning.substances)
