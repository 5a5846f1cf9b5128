"""Can a word that says something be dropped? What the word lists call filler holds no number and no negation."""

from __future__ import annotations

from magcheck.reading.grammar.phrases import MEANINGS
from magcheck.reading.grammar.sentence import Said
from magcheck.reading.parts import SCHEDULES, Mark, TokenSpan
from magcheck.terminology.lexicon import Sense, Tag
from tests.reading.scoring import vocabulary

PHRASES = sorted(vocabulary().lexicon.phrases())
READ_APART = {Tag.FORMS, Tag.SALT, Tag.VAGUE_COUNT}
"""What `part_of` treats on its own."""
EXCEPTIONS = {
    "12 hr": "a form of slow release",
    "48 hr": "of a patch",
    "72 hr": "of a patch",
    "84 hr": "of a patch",
    "96 hr": "of a patch",
    "168 hr": "of a patch",
    "12 hour": "a form of slow release",
    "24 hr": "a form of slow release",
    "24 hour": "a form of slow release",
    "do not exceed": "goes before a number and sets a limit",
    "niet meer dan": "goes before a number and sets a limit",
    "no mas de": "goes before a number and sets a limit",
    "no more than": "goes before a number and sets a limit",
    "non piu di": "goes before a number and sets a limit",
    "not exceeding": "goes before a number and sets a limit",
    "not more than": "goes before a number and sets a limit",
    "not to exceed": "goes before a number and sets a limit",
    "sans depasser": "goes before a number and sets a limit",
    "off brand": "of the product",
    "off label": "what it is prescribed for",
    "off patent": "of the product",
    "off the shelf": "how it was bought",
    "cada una": "each one: the strength is that of one tablet",
    "cada uno": "each one: the strength is that of one tablet",
    "l una": "each one: the strength is that of one tablet",
    "daily value not established": "printed beside a line of a label",
    "not established": "printed beside a line of a label",
    "non formulary": "of the pharmacy's list, not of the person",
    "non va": "of the pharmacy's list, not of the person",
    "non gmo": "of the product",
    "sans sucre": "of the product",
    "senza zucchero": "of the product",
    "sin azucar": "of the product",
    "no sugar": "of the product",
    "no added sugar": "of the product",
    "no sweeteners": "of the product",
    "no gluten": "of the product",
    "no lactose": "of the product",
    "no soy": "of the product",
    "no additives": "of the product",
    "no fillers": "of the product",
    "no preservatives": "of the product",
    "no gmo": "of the product",
    "no artificial colours": "of the product",
    "no artificial colors": "of the product",
    "no artificial flavours": "of the product",
    "no artificial flavors": "of the product",
}
"""Filler with such a word, and why it may be dropped."""


def words_of(*tags: Tag) -> set[str]:
    """Single words of these sections."""
    return {words for words, sense in PHRASES if sense.tag in tags and " " not in words}


NUMBERS = words_of(Tag.NUMBERS)
NEGATIONS = words_of(Tag.DOUBTFUL, Tag.STOPPED, Tag.REACTION) - {
    "of"
}  # Dutch "or" is the English "of" of every label
OFTEN = {words for words, sense in PHRASES if sense.tag in (*SCHEDULES, Tag.PER_WEEK)}


def first_tag(words: str) -> Tag | None:
    """Of a phrase with several senses the one that counts."""
    tags = {sense.tag for known, sense in PHRASES if known == words}
    return next((tag for tag in MEANINGS if tag in tags), None)


def dropped() -> set[str]:
    """Phrases that become filler."""
    return {words for words, sense in PHRASES if sense.tag in SILENT and first_tag(words) in SILENT}


def becomes_filler(tag: Tag) -> bool:
    try:
        part = MEANINGS[tag](TokenSpan(0, 1), Said(Sense(tag), 1, ()))
    except (IndexError, TypeError, ValueError):  # it needs a value or a figure: it says something
        return False
    return isinstance(part, Mark) and part.kind == "filler"


SILENT = {tag for tag in MEANINGS if tag not in READ_APART and becomes_filler(tag)}
DROPPED = sorted(dropped())


def test_a_number_word_says_nothing_else() -> None:
    """Spanish "once" (11) and French "sept" would be words of English lines, so they stand in no list."""
    assert NUMBERS.isdisjoint(words for words, sense in PHRASES if sense.tag is not Tag.NUMBERS)
    assert not [word for word in NUMBERS if word in vocabulary().spellings]


def test_there_is_filler() -> None:
    assert {Tag.FILLER, Tag.OF, Tag.AT, Tag.LIMIT} <= SILENT
    assert len(DROPPED) > 300


def says_something(words: str) -> bool:
    inside = words.split()
    numbered = any(word in NUMBERS or any(letter.isdigit() or letter == "#" for letter in word) for word in inside)
    return numbered or any(word in NEGATIONS for word in inside) or words in OFTEN


def test_filler_says_nothing() -> None:
    assert {words for words in DROPPED if says_something(words)} == set(EXCEPTIONS)
