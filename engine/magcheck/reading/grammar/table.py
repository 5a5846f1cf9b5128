"""How do tokens become parts? One table of productions; at each place the one that reads furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.grammar import clock, counts, day_words, marks, offsets, schedules, spoken, strengths
from magcheck.reading.grammar.numbers import number
from magcheck.reading.grammar.phrases import MEANINGS, part_of
from magcheck.reading.grammar.sentence import Said, Sentence
from magcheck.reading.parts import SCHEDULES, Mark, Name, Schedule, Strength, TakenPart, TokenSpan
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from magcheck.reading.parts import Part
    from magcheck.terminology.lexicon import Lexicon, Phrase
    from magcheck.terminology.tokens import Token

    Production = Callable[[Sentence, int], Part | None]

AT_A_NUMBER: tuple[Production, ...] = (
    marks.list_number,
    marks.date,
    marks.date_behind,
    schedules.scheme,
    counts.times_and_count,
    counts.definition,
    strengths.strength,
    offsets.offset,
    clock.clock,
    clock.dotted_clock,
    strengths.british_duration,
)
"""Productions that begin with a number; of two that read equally far the first."""
AT_A_BARE_NUMBER = (*AT_A_NUMBER, counts.count)
"""Productions that begin with a number which no phrase begins with."""
DIGITS = 3
"""Of a number that is no year and no clock time."""
AT_A_PHRASE: Mapping[Tag, Production] = {
    Tag.TAKE: counts.dose,
    Tag.LIMIT: schedules.at_most,
    Tag.AT: clock.announced_clock,
    Tag.SLOT_BEHIND: day_words.slot_behind,
    Tag.CLOCK_TIME: clock.clock,
    Tag.UNTIL: schedules.until,
    Tag.LAST: schedules.last_word,
    Tag.PAST_HOUR: spoken.past_the_hour,
    Tag.TIMES: counts.count_behind_sign,
    Tag.UNITS: strengths.unit_put_off,
    Tag.NONE_OF: marks.none_of,
    Tag.STOPPED: marks.not_with,
    Tag.STOP_ORDER: marks.not_with,
    Tag.YEAR_BEFORE: marks.year,
    Tag.DATES: marks.month_or_never,
    Tag.PURPOSE_BEFORE: marks.purpose,
    Tag.PURPOSE: marks.purpose,
    Tag.SPAN_UNIT: offsets.offset,
    Tag.AT_LEAST: offsets.offset,
    Tag.VAGUE_COUNT: offsets.offset,
}
"""Productions that begin with a word of one kind."""
_RANK = {tag: rank for rank, tag in enumerate(MEANINGS)}
NEVER_BEHIND_A_NAME = (*SCHEDULES, Tag.ROUTE, Tag.UNCLEAR, Tag.OPEN_FORM, Tag.FORMS)
"""Words that are names too ("inhaler", "one a day"): behind a name they say how it is taken."""


def parts_of(tokens: Sequence[Token], lexicon: Lexicon, names: Mapping[int, Name]) -> Iterator[Part]:
    """Every token in exactly one part, in order; `names` are the known names by their first token."""
    sentence = Sentence(tokens, lexicon, names)
    place = 0
    before: Part | None = None
    while place < len(tokens):
        part = _at(sentence, place)
        if _is_of_times(sentence, part, before):
            part = Schedule(part.span, unclear=True)
        before = part
        if isinstance(part, Mark):
            sentence.open_brackets += {"open": 1, "close": -1}.get(part.kind, 0)
        elif isinstance(part, Name):
            sentence.last_name_end = part.span.end
        yield part
        place = part.span.end


def _is_of_times(sentence: Sentence, part: Part, before: Part | None) -> bool:
    """The "or" of "morning or evening": it is taken, and nobody knows when."""
    doubt = isinstance(part, TakenPart) and part.taken is None
    if not isinstance(before, Schedule) or not (doubt or sentence.says(part.span.end, Tag.SLOTS)):
        return False
    timed = before.slots or before.times or before.afternoon
    either = sentence.says(part.span.start, Tag.OR)
    rest = range(part.span.end, len(sentence.tokens))
    end = next((place for place in rest if sentence.text(place) == ","), len(sentence.tokens))
    return bool(timed) and either and not any(place in sentence.names for place in range(part.span.end, end))


def _at(sentence: Sentence, place: int) -> Part:
    name = sentence.names.get(place)
    if name is None and not _may_begin(sentence, place):
        return marks.unread(sentence, place)
    phrase = _longest(sentence, place)
    if name and not _outdoes(sentence, phrase, name):
        return name
    listed = marks.list_number(sentence, place)
    if listed and listed.span.end in sentence.names:  # "1. St John's wort" is no "1 st"
        return listed
    found = [part for production in _productions(sentence, place) if (part := production(sentence, place))]
    return max(found, key=lambda part: part.span.end) if found else marks.unread(sentence, place)


def _may_begin(sentence: Sentence, place: int) -> bool:
    """Does any production begin with a token like this? None does with a word that no list holds."""
    token = sentence.tokens[place]
    if token.is_number:
        return not _is_lone_number(sentence, place, token)
    return token.text == "#" or bool(sentence.phrases(place))


def _is_lone_number(sentence: Sentence, place: int, token: Token) -> bool:
    """Says nothing around a small number what it counts? It stands among strange words and other numbers.

    Then no production that begins with a number reads it; a test tries all of them.
    """
    told, behind = number(sentence, place), sentence.token(place + 1)
    if told is None or told.end != place + 1 or place == 0 or len(token.text) > DIGITS:
        return False
    if sentence.text(place - 1) == "(" or (behind and behind.kind == "sign" and behind.norm != ","):
        return False
    if sentence.phrases(place) or sentence.phrases(place + 1) or sentence.phrases(place - 1):
        return False
    return told.value >= 1 or not isinstance(strengths.strength(sentence, place + 1), Strength)  # "½ 100 mg"


def _longest(sentence: Sentence, place: int) -> Phrase | None:
    """The longest phrase that cuts nothing in two: of "take No-Doz" no "take no", of "disp 75 mg" no "disp 75"."""
    for phrase in sentence.phrases(place):
        if not (_cuts_a_name(sentence, phrase) or _cuts_a_strength(sentence, phrase)):
            return phrase
    return None


def _cuts_a_name(sentence: Sentence, phrase: Phrase) -> bool:
    inside = [sentence.names[place] for place in range(phrase.start + 1, phrase.end) if place in sentence.names]
    return any(name.span.end > phrase.end for name in inside)


def _cuts_a_strength(sentence: Sentence, phrase: Phrase) -> bool:
    counted = phrase.sense(Tag.PACK) is not None and sentence.tokens[phrase.end - 1].is_number
    return counted and sentence.says(phrase.end, Tag.UNITS)


def _productions(sentence: Sentence, place: int) -> Sequence[Production]:
    """What may begin at `place`; of two that read equally far the first goes."""
    token, phrases = sentence.tokens[place], sentence.phrases(place)
    numbered = token.is_number or number(sentence, place) is not None
    if numbered and not phrases:
        return AT_A_BARE_NUMBER
    found: list[Production] = list(AT_A_NUMBER) if numbered else []
    if token.text == "#" and not numbered:
        found += (marks.list_number, marks.blank)
    tags = dict.fromkeys(tag for phrase in phrases for tag in phrase.by_tag)
    found += [AT_A_PHRASE[tag] for tag in tags if tag in AT_A_PHRASE]
    return [*found, _phrase, counts.count] if numbered else [*found, _phrase]


def _phrase(sentence: Sentence, place: int) -> Part | None:
    """The longest phrase as the part that it becomes; a sign of punctuation alone is none."""
    phrase = _longest(sentence, place)
    lone_sign = phrase is not None and phrase.end == place + 1 and sentence.tokens[place].kind == "sign"
    if phrase is None or (lone_sign and marks.is_punctuation(sentence, place)):
        return None
    return _of_phrase(sentence, phrase)


def _of_phrase(sentence: Sentence, phrase: Phrase) -> Part | None:
    tag = min((tag for tag in phrase.by_tag if tag in _RANK), key=_RANK.__getitem__, default=None)
    if tag is None:
        return None
    if tag is Tag.OPEN_FORM and Tag.ROUTE in phrase.by_tag and _is_shouted(sentence, phrase):
        tag = Tag.ROUTE
    said = Said(phrase.by_tag[tag], phrase.end, phrase.figures)
    return part_of(sentence, TokenSpan(phrase.start, phrase.end), said)


def _is_shouted(sentence: Sentence, phrase: Phrase) -> bool:
    """The "IM" of "ciprofloxacin 400 mg IM" is an injection; "im Beutel" is German."""
    words = sentence.tokens[phrase.start : phrase.end]
    return all(word.text.isupper() for word in words) and any(token.text.islower() for token in sentence.tokens)


def _outdoes(sentence: Sentence, phrase: Phrase | None, name: Name) -> bool:
    """A longer phrase is no name, nor is a salt behind a name or a unit behind a number."""
    if phrase is None:
        return False
    if phrase.end != name.span.end:
        return phrase.end > name.span.end
    if phrase.sense(Tag.SLOT_BEHIND):
        return day_words.slot_behind(sentence, phrase.start) is not None
    if sentence.tokens[name.span.start].text in sentence.lexicon.written:
        return False
    return _is_of_what_stands_before(sentence, phrase, name)


def _is_of_what_stands_before(sentence: Sentence, phrase: Phrase, name: Name) -> bool:
    if phrase.sense(Tag.SALT) and sentence.last_name_end == name.span.start:
        return True
    before = sentence.token(name.span.start - 1)
    if before and before.is_number and phrase.sense(Tag.UNITS):
        return True
    return _leads_to_a_name(sentence, phrase) or (
        sentence.last_name_end is not None and any(phrase.sense(tag) for tag in NEVER_BEHIND_A_NAME)
    )


def _leads_to_a_name(sentence: Sentence, phrase: Phrase) -> bool:
    """The "inhaler" of "inhaler: Clenil" says how it is taken."""
    behind = phrase.end + (sentence.text(phrase.end) == ":")
    return phrase.sense(Tag.ROUTE) is not None and behind in sentence.names
