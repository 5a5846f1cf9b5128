"""How much is in one? "500 mg", "10 mmol", "400 mg/5 mL", "875/125 mg", "300 mg per 2 capsules"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.grammar.numbers import GROUP, figure, number
from magcheck.reading.grammar.sentence import Unit
from magcheck.reading.parts import Count, Duration, Mark, NotRead, Strength, TokenSpan
from magcheck.reading.put_off import is_put_off, unit_behind
from magcheck.terminology.lexicon import Tag
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Figure, Said, Sentence

NEVER_TOLD = float("inf")
"""Of a strength in a gram of ointment, or for each kilogram: no line says how much of that is one intake."""
NOON = 12
ML = {"ml": 1, "l": 1000}
_THREE_DECIMALS = re.compile(r"\d\.\d{3}")


class Per(NamedTuple):
    """What a strength is the strength of."""

    end: int
    ml: float | None = None
    pieces: float | None = None


def unit(sentence: Sentence, index: int) -> Unit | None:
    """ "mg", also behind a hyphen: "500-mg"."""
    if index not in sentence.units:
        sentence.units[index] = _unit(sentence, index)
    return sentence.units[index]


def _unit(sentence: Sentence, index: int) -> Unit | None:
    token = sentence.token(index)
    if token and token.text == "-" and token.glued:
        return unit(sentence, index + 1)
    said = sentence.said(index, Tag.UNITS)
    if said is None or (token and token.norm == "l" and sentence.text(said.end) == "-"):  # "1 L-thyroxine"
        return None
    return Unit(str(said.sense.value), said.end)


def strength(sentence: Sentence, index: int) -> Strength | Count | NotRead | None:
    """FIGURE [UNIT] ["/" FIGURE] UNIT [PER [FIGURE] (UNIT | FORM | VOLUME)]; a volume alone is a count."""
    if _is_two_thousand(sentence, index):
        return None
    amount = figure(sentence, index)
    if amount is None:
        return _in_two_ways(sentence, index)
    combined = _combined(sentence, amount.end)
    if combined and _days_over(sentence, index) is None:
        span = TokenSpan(index, combined)
        return Strength(span, amount.low, amount.high, "mg", combined=True, inside=sentence.inside)
    measured = unit(sentence, amount.end)
    if measured is None:
        return _put_off(sentence, index, amount)
    if amount.high == 0 or _is_or_more(sentence, measured.end):
        end = measured.end + _is_or_more(sentence, measured.end)
        return NotRead(TokenSpan(index, end), sentence.words(index, end), "amount")
    told = _measured(sentence, index, amount, measured)
    return _of_the_element(sentence, index, told) if isinstance(told, Strength) else told


def _put_off(sentence: Sentence, index: int, amount: Figure) -> Strength | Count | None:
    """Both numbers of "325 (65 Fe) MG/5 mL"."""
    opening = amount.end if sentence.text(amount.end) == "(" else index - 1
    place = unit_behind(sentence.tokens, opening, sentence.lexicon, sentence.names)
    measured = unit(sentence, place) if place is not None else None
    if measured is None:
        return None
    span, of = TokenSpan(index, amount.end), per(sentence, measured.end)
    if measured.name in ML and of.ml is None:
        return Count(span, amount.low, amount.high, ml=ML[measured.name], inside=sentence.inside)
    told = Strength(span, amount.low, amount.high, measured.name, of.ml, of.pieces, inside=sentence.inside)
    return _of_the_element(sentence, index, told)


def _of_the_element(sentence: Sentence, index: int, told: Strength) -> Strength:
    """The lesser number, in the brackets, counts the iron or the magnesium alone."""
    if unit_behind(sentence.tokens, index - 1, sentence.lexicon, sentence.names) is None:
        return told
    whole = number(sentence, index - 2)
    return replace(told, role="elemental") if whole and told.high < whole.value else told


def unit_put_off(sentence: Sentence, index: int) -> Mark | None:
    """The MG of "325 (65 Fe) MG", which both numbers have been given."""
    if not is_put_off(sentence.tokens, index, sentence.lexicon, sentence.names):
        return None
    measured = unit(sentence, index)
    return measured and Mark(TokenSpan(index, per(sentence, measured.end).end), "filler")


def _is_or_more(sentence: Sentence, index: int) -> bool:
    """The sign of "400mg+", which may mean more; in "500 mg+125 mg" it joins two things."""
    plus, following = sentence.token(index), sentence.token(index + 1)
    return plus is not None and plus.text == "+" and plus.glued and not (following and following.glued)


def _measured(sentence: Sentence, index: int, amount: Figure, measured: Unit) -> Strength | Count:
    basis = sentence.said(measured.end, Tag.ELEMENTAL)
    of = per(sentence, basis.end if basis else measured.end)
    if basis and of.end == basis.end:
        basis, of = None, Per(measured.end)
    if measured.name in ML and of.ml is None:
        return Count(
            TokenSpan(index, of.end), amount.low, amount.high, ml=ML[measured.name], inside=sentence.inside
        )
    told = Strength(
        TokenSpan(index, of.end), amount.low, amount.high, measured.name, of.ml, of.pieces,
        role="elemental" if basis else "told", inside=sentence.inside,
    )  # fmt: skip
    return _up_to(sentence, told)


def _up_to(sentence: Sentence, told: Strength) -> Strength:
    """ "200 mg or 400 mg", "200 mg increasing to 400 mg": a range in two strengths of one unit."""
    joint = sentence.said(told.span.end, Tag.RANGE)
    most = figure(sentence, joint.end) if joint else None
    measured = unit(sentence, most.end) if most else None
    if most is None or measured is None or measured.name != told.unit or most.high <= told.high:
        return told
    return replace(told, span=TokenSpan(told.span.start, measured.end), high=most.high)


def _is_two_thousand(sentence: Sentence, index: int) -> bool:
    """ "2 500 mg" can be two tablets of 500 mg as well as 2,500 mg."""
    first, group = sentence.token(index), sentence.token(index + 1)
    if not (first and group and first.kind == group.kind == "number") or group.glued:
        return False
    grouped = first.text.isdigit() and len(first.text) <= GROUP and len(group.text) == GROUP
    return grouped and group.text != "0" * GROUP and unit(sentence, index + 2) is not None


def _in_two_ways(sentence: Sentence, index: int) -> Strength | NotRead | None:
    """ "1.000 mg" is one or a thousand; "1.000 g" is one, for nobody takes a kilogram."""
    token = sentence.token(index)
    if not (token and token.kind == "number" and number_of(token.text) is None):
        return None
    measured = unit(sentence, index + 1)
    if measured is None:
        return NotRead(TokenSpan(index, index + 1), token.text, "both")
    if measured.name != "g" or not _THREE_DECIMALS.fullmatch(token.text):
        return NotRead(TokenSpan(index, measured.end), sentence.words(index, measured.end), "amount")
    of, grams = per(sentence, measured.end), float(token.text)
    return Strength(TokenSpan(index, of.end), grams, grams, "g", of.ml, of.pieces, inside=sentence.inside)


def _combined(sentence: Sentence, index: int) -> int | None:
    """The place behind the "/125 mg" of a combination; without a unit only where it is written as one word."""
    end = index
    while sentence.text(end) in ("/", "-"):
        following = number(sentence, end + 1)
        if following is None:
            break
        end = following.end
    if end == index:
        return None
    measured = unit(sentence, end)
    if measured:
        return measured.end
    last = sentence.text(end - 1)
    if last.isdecimal() and int(last) <= NOON and sentence.says(end, Tag.HALF):  # "8/8pm"
        return None
    glued = all(token.glued for token in sentence.tokens[index:end])
    return end if glued and sentence.text(index) == "/" and sentence.last_name_end is not None else None


def per(sentence: Sentence, index: int) -> Per:
    """ "/5 mL", "per tablet", "per 2 capsules", "each", "per serving"; nothing, where nothing of it is said."""
    if sentence.says(index, Tag.FOOD):  # "in 200 ml water" is drunk with it
        return Per(index)
    each = sentence.longest(index)
    if each and each.sense(Tag.SERVING):
        return Per(each.end)
    if each and each.sense(Tag.EACH) and not each.sense(Tag.FORMS):
        return Per(each.end, pieces=1.0)
    of = sentence.said(index, Tag.PER)
    return (_per_so_many(sentence, of.end) if of else None) or Per(index)


def _per_so_many(sentence: Sentence, index: int) -> Per | None:
    told = figure(sentence, index)
    many, behind = (told.high, told.end) if told else (1.0, index)
    measured = unit(sentence, behind)
    if measured and measured.name in ML:
        return Per(measured.end, ml=many * ML[measured.name])
    if volume := sentence.said(behind, Tag.VOLUMES):
        return Per(volume.end, ml=many * volume.sense.figure)
    if measured and measured.name in ("g", "mg", "kg"):
        return Per(measured.end, ml=NEVER_TOLD)
    form = sentence.said(behind, Tag.FORMS)
    return form and Per(form.end, pieces=many)


def british_duration(sentence: Sentence, index: int) -> Duration | NotRead | None:
    """ "7/7" is seven days, "2/52" two weeks, "1/12" a month; "until 12/12" may be a date."""
    over = _days_over(sentence, index)
    if over is None:
        return None
    if _is_behind_a_date(sentence, index):
        return NotRead(TokenSpan(index, over.end), sentence.words(index, over.end), "schedule")
    return Duration(TokenSpan(index, over.end), int(sentence.text(index)) * over.sense.figure)


def _days_over(sentence: Sentence, index: int) -> Said | None:
    """The "7" of "5/7", where a number of days, weeks or months is written so."""
    many = sentence.token(index)
    if not (many and sentence.text(index + 1) == "/" and many.text.isdecimal() and int(many.text) <= MOST_OVER):
        return None
    over = sentence.said(index + 2, Tag.DURATION_OVER)
    return None if over is None or unit(sentence, over.end) else over


def _is_behind_a_date(sentence: Sentence, index: int) -> bool:
    while sentence.undated < index and not _dates(sentence, sentence.undated):
        sentence.undated += 1
    return sentence.undated < index


def _dates(sentence: Sentence, place: int) -> bool:
    """ "da lunedì", and not "compressa da 50 mg", where the same word says of what strength it is."""
    dated = sentence.said(place, Tag.DATES)
    of_a_strength = dated is not None and isinstance(strength(sentence, dated.end), Strength)
    return sentence.says(place, Tag.UNTIL, Tag.STOPPED) or (dated is not None and not of_a_strength)


MOST_OVER = 52
