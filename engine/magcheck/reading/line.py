"""What does a written line say? One line in, its items out: identity, amount, schedule, route, standing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.profile import Route
from magcheck.reading.amounts import Amount, AmountKind, amount_of, basis_of
from magcheck.reading.grammar.sentence import as_written
from magcheck.reading.grammar.table import parts_of
from magcheck.reading.items import Items
from magcheck.reading.kept import kept_words
from magcheck.reading.names import names_in
from magcheck.reading.parts import Count, Mark, Name, NotRead, Schedule, Strength, TakenPart, Way
from magcheck.reading.routes import Known, routes_of
from magcheck.reading.salts import is_magnesium
from magcheck.reading.standing import doubt_both, standing_of
from magcheck.reading.timing import timing_of
from magcheck.terminology.normalise import normal
from magcheck.terminology.tokens import tokenise
from magcheck.terminology.vocabulary import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.profile import Basis
    from magcheck.reading.items import Identity
    from magcheck.reading.parts import Draft, Part, Slot
    from magcheck.reading.routes import Routes
    from magcheck.reading.timing import Timing
    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token
    from magcheck.terminology.vocabulary import Meaning, NameRead, Vocabulary

_JOINTS = ("+", "&", "/")
"""Signs between two ingredients of one name."""


@dataclass(frozen=True)
class LineItem:
    """One item of a line, as it was read."""

    text: str
    """The words that name it, as written; "" where none does."""
    kept: str
    """What an item of its own must be named to be read as this one again, with amount and timing in its fields."""
    read: NameRead | None
    """None where its name is not known."""
    amount: Amount
    basis: Basis | None
    """None for what brings no magnesium."""
    timing: Timing
    taken: bool | None
    """None where only the person can say."""
    routes: Routes | None
    """None where the line says nothing of it."""
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
    """The items of a line, in order; at least one where it holds a letter or a figure. Each line is read once."""
    key = (line, country)
    known: tuple[LineItem, ...] | None = lexicon.remembered.get(key)
    if known is None:
        drafts, tokens = drafts_of(line, vocabulary, lexicon, country), tokenise(line)
        known = tuple(_item(identity, draft.parts, tokens, vocabulary) for identity, draft in drafts)
        lexicon.remember(key, known)
    return known


def drafts_of(
    line: str, vocabulary: Vocabulary, lexicon: Lexicon, country: str | None = None
) -> list[tuple[Identity, Draft]]:
    """Each item of a line with its parts; every token stands in exactly one part of the line."""
    tokens = tokenise(line)
    names = names_in(tokens, vocabulary)
    found = Items(list(parts_of(tokens, lexicon, names)), tokens, vocabulary, country).drafts()
    _share([draft for _, draft in found])
    return found


def _share(drafts: Sequence[Draft]) -> None:
    """ "A and B twice a day": what is said of the last may be said of all that are joined to it."""
    for draft, joined in reversed(list(pairwise(drafts))):
        if joined.joined and not any(isinstance(part, Schedule) for part in draft.parts):
            draft.parts += _schedules_behind_the_name(joined.parts)
    for draft, joined in pairwise(drafts):
        doubt_both(draft, joined)
        doubt = any(isinstance(part, TakenPart) and part.taken is not True for part in draft.parts)
        if joined.joined and doubt and not any(isinstance(part, TakenPart) for part in joined.parts):
            first = (joined.parts or draft.parts)[0]
            joined.parts.append(TakenPart(first.span, taken=None))


def _schedules_behind_the_name(parts: Sequence[Part]) -> list[Part]:
    """Of "A and in the evening B" none: what leads to B says nothing of A."""
    named = next((part.span.start for part in parts if isinstance(part, Name)), -1)
    return [part for part in parts if isinstance(part, Schedule) and part.span.start > named]


def _item(identity: Identity, parts: Sequence[Part], tokens: Sequence[Token], vocabulary: Vocabulary) -> LineItem:
    timing = timing_of(parts)
    timing = replace(timing, by_the_clock=tuple(_by_the_clock(timing, parts, tokens, vocabulary.lexicon)))
    kind = _kind(identity)
    amount = amount_of(parts, kind, timing.doses)
    if kind.magnesium and amount.high is not None and _is_of_the_second(identity.names, parts, tokens, vocabulary):
        amount = Amount(open=True, elemental=amount.elemental, count=amount.count, beside=amount.high)
    if not timing.open:
        amount = _of_one_intake(parts, amount)
    if _alternates(parts, amount, timing):
        timing = replace(timing, per_day=None, low=None, frequency=None, every_days=None, open=True)
    unread = [part for part in parts if isinstance(part, NotRead)]
    taken = standing_of(parts)
    return LineItem(
        text=_named(identity, parts, tokens),
        kept=kept_words(parts, tokens, amount, timing, taken=taken),
        read=identity.read,
        amount=amount,
        basis=basis_of(amount, parts) if kind.magnesium else None,
        timing=timing,
        taken=taken,
        routes=routes_of(
            parts, Known(partial(_sold, identity.read, vocabulary), partial(_is_form, tokens, vocabulary))
        ),
        words=tuple(part.text for part in unread if part.looks_like == "word" and identity.read is not None),
        figures=tuple(_figures(parts, tokens, amount, timing)),
    )


def _sold(read: NameRead | None, vocabulary: Vocabulary) -> frozenset[Route]:
    """Every way in which what is meant is sold; of several meanings those that all have."""
    meanings = read.could_be if isinstance(read, NotFound) else (read,) if read else ()
    first, *others = [_ways(meaning, vocabulary) for meaning in meanings] or [frozenset[Route]()]
    return first.intersection(*others)


def _ways(meaning: Meaning, vocabulary: Vocabulary) -> frozenset[Route]:
    """Plain magnesium may be any salt of it."""
    if [substance.name for substance in meaning.substances] != [MAGNESIUM]:
        return vocabulary.ways_of(meaning.substances)
    return frozenset(way for salt in vocabulary.within(MAGNESIUM) for way in vocabulary.ways_of([salt]))


def _is_form(tokens: Sequence[Token], vocabulary: Vocabulary, way: Way) -> bool:
    return normal(as_written(tokens[way.span.start : way.span.end])) in vocabulary.dose_forms.routes


def _by_the_clock(
    timing: Timing, parts: Sequence[Part], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Slot]:
    """ "in the morning" is a part of the day, "with breakfast" an hour that the person's own day tells."""
    own: set[Slot] = {
        slot
        for part in parts
        if isinstance(part, Schedule) and lexicon.is_own_hour(as_written(tokens[slice(*part.span)]).casefold())
        for slot in part.slots
    }
    for slot in timing.slots:
        if slot not in own:
            yield slot


def _is_of_the_second(
    names: Sequence[Name], parts: Sequence[Part], tokens: Sequence[Token], vocabulary: Vocabulary
) -> bool:
    """ "magnesium + B6 10 mg", "magnesium with melatonin 1 mg": hardly the milligrams of the magnesium."""
    strengths = [part for part in parts if isinstance(part, Strength)]
    first, last = names[0], names[-1]
    if not strengths or strengths[0].inside or strengths[0].span.start < last.span.end:
        return False
    if len(names) == 1:
        joined = any(token.text in _JOINTS for token in tokens[slice(*first.span)])
        leading, *others = (is_magnesium(Name(first.span, word), vocabulary) for word in first.text.split())
        return joined and leading and bool(others) and not any(others)
    between = [part for part in parts if first.span.end <= part.span.start < last.span.start]
    joined = any(isinstance(part, Mark) and part.kind == "also" for part in between)
    return joined and is_magnesium(first, vocabulary) and not is_magnesium(last, vocabulary)


def _figures(parts: Sequence[Part], tokens: Sequence[Token], amount: Amount, timing: Timing) -> Iterator[str]:
    """What of amount and schedule was not understood, or does not fit together."""
    amounts = [part for part in parts if isinstance(part, Strength | Count)]
    liquid = len(amounts) == 1 and isinstance(amounts[0], Strength) and amounts[0].per_ml is not None
    told = amount.open and not liquid  # of a liquid it is clear what is missing
    apart = (*((Strength, Count) if told else ()), *((Schedule,) if timing.open else ()))
    for part in parts:
        if isinstance(part, NotRead):
            if part.looks_like != "word":
                yield part.text
        elif isinstance(part, apart):
            yield as_written(tokens[part.span.start : part.span.end])


def _of_one_intake(parts: Sequence[Part], amount: Amount) -> Amount:
    """ "400 mg in 2 divided doses" is 200 mg twice a day."""
    many = next((part.per_day for part in parts if isinstance(part, Schedule) and part.divided), None)
    if many is None or amount.low is None or amount.high is None:
        return amount
    return replace(amount, low=amount.low / many, high=amount.high / many, count=None, strength=None)


def _alternates(parts: Sequence[Part], amount: Amount, timing: Timing) -> bool:
    """ "50 mcg and 75 mcg on alternate days" is taken every day."""
    strengths = sum(1 + part.combined for part in parts if isinstance(part, Strength))
    return strengths > 1 and amount.open and timing.every_days is not None


def _named(identity: Identity, parts: Sequence[Part], tokens: Sequence[Token]) -> str:
    """The known names; where there is none, the words that may be one ("diclofena gel")."""
    if identity.names:
        return " ".join(name.text for name in identity.names)
    words = [part.text for part in parts if isinstance(part, NotRead) and part.looks_like == "word"]
    if not words:
        return ""
    return " ".join(as_written(tokens[slice(*part.span)]) for part in parts if _is_naming(part))


def _is_naming(part: Part) -> bool:
    if isinstance(part, NotRead):
        return part.looks_like == "word"
    return part.kind == "salt" if isinstance(part, Mark) else isinstance(part, Way) and bool(part.left_open)


def _kind(identity: Identity) -> AmountKind:
    read = identity.read
    mixture = read is not None and not isinstance(read, NotFound) and read.is_mixture
    return AmountKind(_brings_magnesium(read), mixture, identity.as_salt, identity.brings)


def _brings_magnesium(read: NameRead | None) -> bool:
    if read is None:
        return False
    meanings = read.could_be if isinstance(read, NotFound) else (read,)
    return any(MAGNESIUM in substance.selectors for meaning in meanings for substance in meaning.substances)
