"""How much, how often, when? The parts of one item, put together; what does not fit together stays open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from magcheck.profile import Basis as ToldBasis
from magcheck.profile import Frequency, Route
from magcheck.reading.parts import (
    SLOTS,
    Basis,
    Count,
    Duration,
    Mark,
    NotRead,
    Schedule,
    Standing,
    Strength,
    Way,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.reading.parts import Part, Role, Slot

MG_PER_MMOL, MG_PER_MEQ = 24.305, 24.305 / 2
"""Of magnesium (standard atomic mass)."""
_MASSES = {"mg": 1.0, "g": 1000.0, "mcg": 0.001, "ng": 0.000001, "kg": 1_000_000.0}
_AMOUNTS_OF_SUBSTANCE = {"mmol": MG_PER_MMOL, "meq": MG_PER_MEQ}
MOST_AT_ONCE = 24
"""Tablets of one intake; more are a pack, or an overdose, and are asked."""
_ALIKE = 0.03
"""Two figures of one amount in two units may differ by rounding."""


@dataclass
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


@dataclass
class Timing:
    """How often and when."""

    per_day: int | None = None
    low: int | None = None
    times: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    frequency: Frequency | None = None
    every_days: int | None = None
    as_needed: bool = False
    days: int | None = None
    open: bool = False
    doses: tuple[float, ...] = ()
    told: bool = False
    """Anything at all is said of it."""


def _is_bare(parts: Sequence[Part]) -> bool:
    """ "warfarin 5 daily": five milligrams, or five times?"""
    bare = any(isinstance(part, Schedule) and part.bare for part in parts)
    return bare and not any(isinstance(part, Strength | Count) for part in parts)


def amount_of(
    parts: Sequence[Part], *, as_salt: bool, is_magnesium: bool, is_mixture: bool, doses: Sequence[float]
) -> Amount:
    """`doses`: how many are taken at each time of a scheme ("2-0-1")."""
    strengths = _with_roles(parts)
    counts = [part for part in parts if isinstance(part, Count)]
    unread = any(isinstance(part, NotRead) and part.looks_like in ("amount", "both") for part in parts)
    elemental = as_salt and any(not s.inside for s in strengths)
    elemental |= any(isinstance(part, Basis) and part.elemental for part in parts)
    chosen, agrees = _chosen(strengths, is_magnesium=is_magnesium)
    if chosen and chosen.role == "elemental":
        elemental = True
    if is_magnesium and len(strengths) > 1 and any(s.role in ("from", "brings") for s in strengths):
        elemental = True
    how_many, counted = _how_many(counts, doses)
    if len(strengths) > 1 and is_mixture and not is_magnesium:
        return Amount()
    elemental |= is_magnesium and any(s.unit in _AMOUNTS_OF_SUBSTANCE for s in strengths)
    if unread or not agrees or not counted or _is_total_or_each(parts) or _is_bare(parts):
        return Amount(open=True, elemental=elemental, count=how_many[1] if how_many else None)
    ml = _volume(counts)
    if chosen and chosen.role == "dose":
        how_many = None
    if chosen is None:
        return Amount(ml=ml, count=how_many[1] if how_many and ml is None else None, open=False)
    return _amount(chosen, how_many, ml, elemental=elemental, is_magnesium=is_magnesium)


def _amount(
    strength: Strength,
    how_many: tuple[float, float] | None,
    ml: float | None,
    *,
    elemental: bool,
    is_magnesium: bool,
) -> Amount:
    factor = _milligrams(strength.unit, is_magnesium=is_magnesium)
    if factor is None or strength.combined:
        return Amount(ml=ml, count=how_many[1] if how_many else None)
    low, high = strength.low * factor, strength.high * factor
    if strength.unit in _AMOUNTS_OF_SUBSTANCE:
        elemental = True
    if strength.per_ml is not None:
        if ml is None:
            return Amount(open=True, elemental=elemental, count=how_many[1] if how_many else None)
        return Amount(low / strength.per_ml * ml, high / strength.per_ml * ml, elemental=elemental)
    if ml is not None:
        return Amount(open=True, ml=ml, elemental=elemental)
    least, most = how_many or (1.0, 1.0)
    if strength.per_units is not None and strength.per_units != 1:
        each = strength.per_units
        least, most = (least / each, most / each) if how_many else (1.0, 1.0)
    told = most if how_many else None
    return Amount(low * least, high * most, elemental=elemental, count=told, strength=high if how_many else None)


def _milligrams(unit: str, *, is_magnesium: bool) -> float | None:
    if unit in _AMOUNTS_OF_SUBSTANCE:
        return _AMOUNTS_OF_SUBSTANCE[unit] if is_magnesium else None
    return _MASSES.get(unit)


def _with_roles(parts: Sequence[Part]) -> list[Strength]:
    """The strengths, each with what the words beside it say of it: "from 2,000 mg", "240 mg elemental"."""
    found: list[Strength] = []
    role: Role | None = None
    for place, part in enumerate(parts):
        if isinstance(part, Mark) and part.kind == "as" and part.text in ("from", "brings"):
            role = "from" if part.text == "from" else "brings"
        elif isinstance(part, Strength):
            beside = parts[place + 1] if place + 1 < len(parts) else None
            before = parts[place - 1] if place else None
            marked = any(isinstance(near, Basis) and near.elemental for near in (beside, before))
            own = part.role if part.role != "told" else role or "told"
            found.append(replace(part, role="elemental" if marked else own))
            role = None
    return found


def _chosen(strengths: Sequence[Strength], *, is_magnesium: bool) -> tuple[Strength | None, bool]:
    """The strength that counts, and whether the others agree with it."""
    masses = [s for s in strengths if _milligrams(s.unit, is_magnesium=is_magnesium) is not None]
    if not masses:
        return (strengths[0], True) if len(strengths) == 1 else (None, True)
    if is_magnesium:
        for role in ("brings", "elemental"):
            told = [s for s in masses if s.role == role]
            if len(told) == 1 and len(masses) > 1:
                return told[0], len(masses) == 2
    doses = [s for s in masses if s.role == "dose"]
    if len(doses) == 1:
        return doses[0], True
    main = [s for s in masses if s.role != "from"] or masses
    if not is_magnesium:
        main = [s for s in main if s.role not in ("brings",)] or main
    first = next((s for s in main if s.unit == "mg"), main[0])
    return first, all(_same(first, other, is_magnesium=is_magnesium) for other in main)


def _same(one: Strength, other: Strength, *, is_magnesium: bool) -> bool:
    """ "97.2 mg (4 mmol)": one amount in two units."""
    mine = one.high * (_milligrams(one.unit, is_magnesium=is_magnesium) or 0)
    yours = other.high * (_milligrams(other.unit, is_magnesium=is_magnesium) or 0)
    return abs(mine - yours) <= _ALIKE * max(mine, yours) and (one.per_ml, one.per_units) == (
        other.per_ml,
        other.per_units,
    )


def _how_many(counts: Sequence[Count], doses: Sequence[float]) -> tuple[tuple[float, float] | None, bool]:
    """((least, most) tablets of one intake, or None where nobody says), and whether all that is said agrees."""
    tablets = [(count.low, count.high) for count in counts if count.ml is None]
    doses_of = [pair for pair in tablets if pair[1] <= MOST_AT_ONCE]
    if len(doses_of) < len(tablets):  # "100 tablets" is a pack, but nobody can know
        return (doses_of[0], True) if doses_of and not doses else (None, False)
    if doses:
        if tablets and max(tablets)[1] != 1:
            return (max(tablets)[1], max(tablets)[1]), False
        return (min(doses), max(doses)), True
    if not tablets:
        return None, True
    return tablets[0], len(set(tablets)) == 1


def _volume(counts: Sequence[Count]) -> float | None:
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


def timing_of(parts: Sequence[Part]) -> Timing:
    """Raises nothing: what does not fit together is open."""
    schedules = [part for part in parts if isinstance(part, Schedule)]
    durations = [part.days for part in parts if isinstance(part, Duration) and part.days is not None]
    timing = Timing(told=bool(schedules))
    timing.open = any(s.unclear for s in schedules)
    timing.open |= _is_bare(parts) or _is_of_times_or_pieces(parts)
    timing.open |= any(isinstance(part, NotRead) and part.looks_like in ("schedule", "both") for part in parts)
    timing.days = int(durations[0]) if len(set(durations)) == 1 else None
    timing.as_needed = any(s.as_needed for s in schedules)
    _when(timing, schedules)
    _on_which_days(timing, schedules)
    _how_often(timing, schedules)
    if timing.open:
        timing.per_day = timing.low = None
    return timing


def _is_of_times_or_pieces(parts: Sequence[Part]) -> bool:
    """ "two tablets, at most 4 a day": four times, or four tablets?"""
    most = any(isinstance(part, Schedule) and part.of_pieces for part in parts)
    return most and any(isinstance(part, Count) and part.ml is None and part.high != 1 for part in parts)


def _when(timing: Timing, schedules: Iterable[Schedule]) -> None:
    slots: dict[Slot, float | None] = {}
    for schedule in schedules:
        doses: Sequence[float | None] = schedule.doses or (None,) * len(schedule.slots)
        for slot, dose in zip(schedule.slots, doses, strict=True):
            slots[slot] = slots.get(slot) or dose
        timing.times = tuple(dict.fromkeys((*timing.times, *schedule.times)))
    timing.slots = tuple(slot for slot in SLOTS if slot in slots)
    each = [schedule.each for schedule in schedules if schedule.each is not None]
    timing.doses = (*(dose for slot in timing.slots if (dose := slots[slot]) is not None), *each)
    timing.times = tuple(sorted(timing.times))


def _on_which_days(timing: Timing, schedules: Sequence[Schedule]) -> None:
    """Weekly, monthly, every other day; several weekdays are counted as every day, and said to be open."""
    kinds = {
        Frequency.MONTHLY: any(s.monthly for s in schedules),
        Frequency.WEEKLY: any(s.weekly for s in schedules) or sum(s.weekdays for s in schedules) == 1,
        Frequency.SINGLE_DOSE: any(s.once_only for s in schedules),
    }
    told = [frequency for frequency, found in kinds.items() if found]
    every = {s.every_days for s in schedules if s.every_days}
    several = sum(s.weekdays for s in schedules) > 1 or any(s.per_week for s in schedules)
    if timing.as_needed:
        timing.frequency = Frequency.AS_NEEDED
    elif len(told) + len(every) > 1 or several:
        timing.open = True
    elif told:
        timing.frequency = told[0]
    elif every:
        timing.every_days = every.pop()
        timing.frequency = Frequency.EVERY_OTHER_DAY if timing.every_days == 2 else None
    else:
        timing.frequency = Frequency.DAILY


def _how_often(timing: Timing, schedules: Sequence[Schedule]) -> None:
    counts = [s.per_day for s in schedules if s.per_day is not None and not s.at_most]
    most = [s.per_day for s in schedules if s.per_day is not None and s.at_most]
    timed = len(timing.times) + len(timing.slots)
    explicit = {count for count in counts if count != 1}
    if any(count != int(count) for count in (*counts, *most)) or len(explicit) > 1 or len(set(most)) > 1:
        timing.open = True
        return
    lows = [s.low for s in schedules if s.low is not None and not s.at_most]
    if timing.times and timing.slots:
        timed = max(len(timing.times), len(timing.slots))
    count = max((*explicit, *counts), default=None)
    if timed and count is not None and count not in (1, timed):
        timing.open = True
        return
    regular = timed or count or (1 if any(s.daily for s in schedules) else None)
    told = max((*most, regular or 0)) or None
    timing.per_day = None if told is None else int(told)
    timing.low = int(lows[0]) if lows else None if regular is None else int(regular)


def standing_of(parts: Sequence[Part]) -> bool | None:
    """Is it taken? None where that is doubtful."""
    said = [part.taken for part in parts if isinstance(part, Standing)]
    if not said:
        return True
    return said[0] if len(set(said)) == 1 else None


def routes_of(parts: Sequence[Part]) -> frozenset[Route] | None:
    """The routes that the line leaves possible: none where it says none, several where it is unclear."""
    ways = [part for part in parts if isinstance(part, Way)]
    if any(isinstance(part, Count) and part.swallowed for part in parts):
        ways.append(Way(parts[0].span, frozenset({Route.ORAL}), by_form=True))
    if not ways:
        return None
    sure = [way.routes for way in ways if len(way.routes) == 1]
    if not sure:
        return frozenset().union(*(way.routes for way in ways))
    certain = frozenset().union(*sure)
    for way in ways:
        if not way.routes & certain:
            return certain | way.routes
    return certain


def basis_of(amount: Amount, parts: Sequence[Part]) -> ToldBasis:
    if amount.elemental:
        return ToldBasis.ELEMENTAL
    compound = any(isinstance(part, Basis) and not part.elemental for part in parts)
    return ToldBasis.COMPOUND if compound else ToldBasis.UNKNOWN


@dataclass
class Unread:
    """Tokens that were not understood."""

    words: list[str] = field(default_factory=list[str])
    figures: list[str] = field(default_factory=list[str])


def unread_of(parts: Sequence[Part]) -> Unread:
    found = Unread()
    for part in parts:
        if isinstance(part, NotRead):
            (found.words if part.looks_like == "word" else found.figures).append(part.text)
    return found
