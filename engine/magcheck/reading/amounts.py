"""How much is one intake? Strengths and counts of one item, put together; what does not fit together is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import MAGNESIUM
from magcheck.profile import Basis as ToldBasis
from magcheck.reading.parts import BasisPart, Count, Mark, Name, NotRead, Schedule, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.reading.parts import Part, Role

MG_PER_MMOL, MG_PER_MEQ = 24.305, 24.305 / 2
"""Of magnesium (standard atomic mass)."""
_MASSES = {"mg": 1.0, "g": 1000.0, "mcg": 0.001, "ng": 0.000001, "kg": 1_000_000.0}
_AMOUNTS_OF_SUBSTANCE = {"mmol": MG_PER_MMOL, "meq": MG_PER_MEQ}
MOST_AT_ONCE = 24
"""Tablets of one intake; more are a pack, or an overdose, and are asked."""
_PLUS = ("", "+", "&")
"""Texts of a mark that adds; that of "and" and "plus" is empty."""
_OWN: tuple[Role, ...] = ("told", "elemental")
_ALIKE = 0.03
"""Two figures of one amount in two units may differ by rounding."""


@dataclass(frozen=True)
class Amount:
    """Milligrams in one intake; absent where they are not told, and `open` where they were not understood."""

    low: float | None = None
    high: float | None = None
    elemental: bool = False
    open: bool = False
    ml: float | None = None
    """Millilitres of one intake, where only a volume is told."""
    count: float | None = None
    """How many tablets or the like one intake is, where that is told."""
    strength: float | None = None
    """Milligrams in one tablet, where a count is told beside it."""
    beside: float | None = None
    """Milligrams that were read beside what was not understood, where the amount is open."""


class AmountKind(NamedTuple):
    """What of an item decides how its figures are read."""

    magnesium: bool = False
    mixture: bool = False
    """It has several ingredients, so that two strengths are of two of them."""
    as_salt: bool = False
    """ "magnesium (as magnesium oxide)": figures outside the brackets count the magnesium."""
    brings: bool = False
    """ "multivitamin (magnesium 500 mg)": the figures count the magnesium that it names."""


class Pieces(NamedTuple):
    """How many tablets one intake is."""

    least: float
    most: float


def is_bare(parts: Sequence[Part]) -> bool:
    """ "warfarin 5 daily": five milligrams, or five times?"""
    bare = any(isinstance(part, Schedule) and part.bare for part in parts)
    return bare and not any(isinstance(part, Strength | Count) for part in parts)


def amount_of(parts: Sequence[Part], kind: AmountKind, doses: Sequence[float]) -> Amount:
    """`doses`: how many are taken at each time of a scheme ("2-0-1")."""
    counts = [part for part in parts if isinstance(part, Count)]
    pieces, counted = _pieces(counts, doses)
    strengths = _without_totals(_with_roles(parts), None if doses else pieces)
    if len(strengths) > 1 and kind.mixture and not kind.magnesium:
        return Amount()
    chosen, agrees = _chosen(strengths, kind, parts)
    elemental = _is_elemental(parts, strengths, chosen, kind)
    count = pieces.most if pieces else None
    factor = _milligrams(chosen.unit, kind) if chosen else None
    if not agrees or not counted or _is_unclear(parts) or (not kind.mixture and _are_added(strengths, parts)):
        read = _of_pieces(chosen, factor, pieces).high if chosen and factor and chosen.per_ml is None else None
        return Amount(open=True, elemental=elemental, count=count, beside=read)
    ml = _volume(counts)
    if chosen and chosen.combined and not kind.mixture:
        return Amount(open=True)
    if chosen is None or factor is None or chosen.combined:
        return Amount(ml=ml, elemental=elemental, count=count if ml is None else None)
    if chosen.per_ml is not None or ml is not None:
        return replace(_of_volume(chosen, factor, ml), elemental=elemental, count=count if ml is None else None)
    return replace(_of_pieces(chosen, factor, None if chosen.role == "dose" else pieces), elemental=elemental)


def basis_of(amount: Amount, parts: Sequence[Part]) -> ToldBasis:
    if amount.elemental:
        return ToldBasis.ELEMENTAL
    compound = any(isinstance(part, BasisPart) and not part.elemental for part in parts)
    return ToldBasis.COMPOUND if compound else ToldBasis.UNKNOWN


def _of_volume(strength: Strength, factor: float, ml: float | None) -> Amount:
    """Of a liquid: without its concentration, or without what is taken of it, nobody knows."""
    if strength.per_ml is None or ml is None:
        return Amount(open=True, ml=ml)
    taken = factor / strength.per_ml * ml
    return Amount(strength.low * taken, strength.high * taken, ml=ml)


def _of_pieces(strength: Strength, factor: float, pieces: Pieces | None) -> Amount:
    low, high = strength.low * factor, strength.high * factor
    if pieces is None:
        return Amount(low, high)
    each = strength.per_units or 1
    return Amount(low * pieces.least / each, high * pieces.most / each, count=pieces.most, strength=high / each)


def _is_elemental(
    parts: Sequence[Part], strengths: Sequence[Strength], chosen: Strength | None, kind: AmountKind
) -> bool:
    """Do the milligrams count the magnesium alone?"""
    if any(isinstance(part, BasisPart) and part.elemental for part in parts) or (
        chosen and chosen.role == "elemental"
    ):
        return True
    if kind.brings and strengths:
        return True
    if kind.as_salt and any(not strength.inside for strength in strengths):
        return True
    both = len(strengths) > 1 and any(strength.role in ("from", "brings") for strength in strengths)
    return kind.magnesium and (both or any(strength.unit in _AMOUNTS_OF_SUBSTANCE for strength in strengths))


def _is_unclear(parts: Sequence[Part]) -> bool:
    unread = any(isinstance(part, NotRead) and part.looks_like in ("amount", "both") for part in parts)
    doubtful = any(isinstance(part, Strength | Count) and part.doubtful for part in parts)
    return unread or doubtful or _is_total_or_each(parts) or is_bare(parts)


def _milligrams(unit: str, kind: AmountKind) -> float | None:
    if unit in _AMOUNTS_OF_SUBSTANCE:
        return _AMOUNTS_OF_SUBSTANCE[unit] if kind.magnesium else None
    return _MASSES.get(unit)


def _with_roles(parts: Sequence[Part]) -> list[Strength]:
    """The strengths, each with what the words beside it say of it: "from 2,000 mg", "240 mg elemental"."""
    found: list[Strength] = []
    role: Role = "told"
    for place, part in enumerate(parts):
        if isinstance(part, Mark) and part.kind == "as" and part.text in ("from", "brings"):
            role = "from" if part.text == "from" else "brings"
        elif isinstance(part, Strength):
            beside = parts[max(place - 1, 0) : place + 2]
            marked = any(isinstance(near, BasisPart) and near.elemental for near in beside)
            marked = marked or _is_of_magnesium(parts, place)
            own = part.role if part.role != "told" else role
            meant = "elemental" if marked else own
            found.append(part if meant == part.role else replace(part, role=meant))
            role = "told"
    return found


def _without_totals(strengths: list[Strength], pieces: Pieces | None) -> list[Strength]:
    """ "100 mg capsule, take 3 capsules (300 mg)": the brackets say again what strength and count make."""
    if pieces is None or pieces.least != pieces.most or pieces.most == 1:
        return strengths
    totals = {
        (strength.unit, round(strength.high * pieces.most, 6)) for strength in strengths if _is_one(strength)
    }
    return [
        strength
        for strength in strengths
        if not (_is_one(strength) and strength.inside and (strength.unit, round(strength.high, 6)) in totals)
    ]


def _is_one(strength: Strength) -> bool:
    return strength.low == strength.high and strength.per_ml is None and strength.per_units is None


def _is_of_magnesium(parts: Sequence[Part], place: int) -> bool:
    """ "400 mg (241 mg magnesium)": what the brackets count, and nothing else, is the magnesium alone."""
    strength = parts[place]
    if not isinstance(strength, Strength) or not strength.inside:
        return False
    before, opened = _to_bracket(reversed(parts[:place]))
    behind, _ = _to_bracket(parts[place + 1 :])
    around = (*before, *behind)
    return opened and len(around) == 1 and isinstance(around[0], Name) and around[0].text == MAGNESIUM


def _to_bracket(parts: Iterable[Part]) -> tuple[list[Part], bool]:
    """(what stands before the first bracket, fillers left out), and whether one comes; two parts are enough."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Mark) and part.kind in ("open", "close"):
            return found, True
        if not (isinstance(part, Mark) and part.kind == "filler"):
            found.append(part)
        if len(found) > 1:
            break
    return found, False


def _chosen(
    strengths: Sequence[Strength], kind: AmountKind, parts: Sequence[Part]
) -> tuple[Strength | None, bool]:
    """The strength that counts, and whether the others agree with it."""
    masses = [strength for strength in strengths if _milligrams(strength.unit, kind) is not None]
    if not masses:
        return (strengths[0] if len(strengths) == 1 else None), True
    if kind.magnesium and len(masses) > 1:
        for role in ("brings", "elemental"):
            magnesium = [strength for strength in masses if strength.role == role]
            if len(magnesium) == 1:
                return magnesium[0], len(masses) == 2 and not _are_two_doses(magnesium[0], masses, parts)
    taken = [strength for strength in masses if strength.role == "dose"]
    if len(taken) == 1:
        return taken[0], True
    aside = {"from"} if kind.magnesium else {"from", "brings"}
    main = [strength for strength in masses if strength.role not in aside] or masses
    first = next((strength for strength in main if strength.unit == "mg"), main[0])
    return first, all(_same(first, other, kind) for other in main)


def _are_added(strengths: Sequence[Strength], parts: Sequence[Part]) -> bool:
    """ "200 mg + 200 mg elemental", "200 mg, 200 mg elemental": two amounts, not one told in two ways."""
    masses = [strength for strength in strengths if strength.unit in _MASSES and not strength.inside]
    return any(
        _is_plus(parts, one.span.end, other.span.start) or _is_no_compound(one, other)
        for one, other in pairwise(masses)
        if one.role in _OWN and other.role in _OWN
    )


def _is_plus(parts: Sequence[Part], start: int, end: int) -> bool:
    between = [part for part in parts if start <= part.span.start < end]
    if any(isinstance(part, Schedule) for part in between):  # "100 mg morning and 100 mg evening"
        return False
    return any(isinstance(part, Mark) and part.kind == "also" and part.text in _PLUS for part in between)


def _is_no_compound(one: Strength, other: Strength) -> bool:
    """A compound weighs more than the magnesium in it."""
    if one.role == other.role:
        return False
    compound, magnesium = (one, other) if other.role == "elemental" else (other, one)
    return compound.high * _MASSES[compound.unit] <= magnesium.high * _MASSES[magnesium.unit]


def _are_two_doses(magnesium: Strength, masses: Sequence[Strength], parts: Sequence[Part]) -> bool:
    """ "150 mg elemental AM, 250 mg PM", "300 mg elemental daily, total 900 mg": the other is not its compound."""
    other = next(strength for strength in masses if strength is not magnesium)
    if other.role == "from" or magnesium.role == "brings":
        return False
    before, behind = (_part_at(parts, other.span.start, -1), _part_at(parts, other.span.end, 0))
    if (isinstance(before, Mark) and before.text == "=") or (other.inside and isinstance(behind, Schedule)):
        return True
    first, last = sorted((magnesium.span, other.span))
    schedules = [part.span for part in parts if isinstance(part, Schedule)]
    between = any(first.end <= span.start < last.start for span in schedules)
    apart = any(span.start >= last.end or span.end <= first.start for span in schedules)
    if first == magnesium.span:
        return between or not (other.inside or _is_named(behind))
    return between and apart and not magnesium.inside


def _part_at(parts: Sequence[Part], token: int, step: int) -> Part | None:
    """The part that begins at `token`, or the one before it (`step` -1)."""
    return next((part for part in parts if (part.span.end if step else part.span.start) == token), None)


def _is_named(behind: Part | None) -> bool:
    """ "100 mg elemental, 1000 mg glycinate": what the second counts stands behind it."""
    salt = isinstance(behind, Mark) and behind.kind == "salt"
    return salt or isinstance(behind, Name) or (isinstance(behind, BasisPart) and not behind.elemental)


def _same(one: Strength, other: Strength, kind: AmountKind) -> bool:
    """ "97.2 mg (4 mmol)": one amount in two units."""
    first = one.high * (_milligrams(one.unit, kind) or 0)
    second = other.high * (_milligrams(other.unit, kind) or 0)
    of_the_same = (one.per_ml, one.per_units) == (other.per_ml, other.per_units)
    return of_the_same and abs(first - second) <= _ALIKE * max(first, second)


def _pieces(counts: Sequence[Count], doses: Sequence[float]) -> tuple[Pieces | None, bool]:
    """(tablets of one intake, or None where nobody says), and whether all that is said agrees."""
    told = [Pieces(count.low, count.high) for count in counts if count.ml is None]
    at_once = [pieces for pieces in told if pieces.most <= MOST_AT_ONCE]
    if len(at_once) < len(told):  # "100 tablets" is a pack, but nobody can know
        alone = bool(at_once) and not doses
        return (at_once[0] if alone else None), alone
    if doses:
        most = max(told, default=Pieces(1, 1)).most
        return (Pieces(min(doses), max(doses)), True) if most == 1 else (Pieces(most, most), False)
    return (told[0] if told else None), len(set(told)) <= 1


def _volume(counts: Sequence[Count]) -> float | None:
    """Millilitres of one intake."""
    volumes = [count.high * count.ml for count in counts if count.ml is not None]
    return max(volumes) if volumes else None


def _is_total_or_each(parts: Sequence[Part]) -> bool:
    """ "2 tablets (400 mg)": nobody can say whether that is both or each."""
    counts = [part for part in parts if isinstance(part, Count) and part.ml is None and part.high != 1]
    strengths = [part for part in parts if isinstance(part, Strength)]
    if len(strengths) != 1 or not counts or strengths[0].per_units is not None:
        return False
    strength = strengths[0]
    if strength.inside and not counts[0].inside:
        before = [part for part in parts if part.span.end <= strength.span.start and not isinstance(part, Mark)]
        return bool(before) and isinstance(before[-1], Count)
    return counts[0].inside and not strength.inside
