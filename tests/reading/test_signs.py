"""Is a sign a word? Whatever is no space and no known punctuation is read, or shown as not understood."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck import Profile
from magcheck.knowledge.load import load_rules
from magcheck.reading.grammar.marks import SIGNS
from magcheck.reading.profile import read_profile
from magcheck.terminology.lexicon import Tag
from magcheck.terminology.tokens import tokenise
from tests.reading.scoring import read, vocabulary

PUNCTUATION = {words for words, sense in vocabulary().lexicon.phrases() if sense.tag is Tag.SIGN} | set(SIGNS)
TAKEN = "magnesium citrate 200 mg"
READ = {
    "🌙": ("bedtime",), "🌛": ("bedtime",), "🌜": ("bedtime",), "☾": ("bedtime",),
    "🌅": ("morning",), "🌄": ("morning",),
    "🌅🌙": ("morning", "bedtime"), "🌅 + 🌙": ("morning", "bedtime"),
    "🌙🌙": ("bedtime",), "🍽": (), "✅": (), "✓": (),
}  # fmt: skip
NOT_READ = (
    "💊", "💊💊", "2 💊💊", "☕", "😴", "💤", "🛏️", "🥛", "🍋", "👍", "👎🏽",
    "⏰", "🕘", "🌃", "🌇", "‽", "€", "$", "→", "≥", "±", "⇧",
    "②", "Ⅱ", "²", "⅗", "🔟", "一", "毎日", "每天两次", "🚽", "👩‍⚕️", "❗", "♥",
)  # fmt: skip
ASKED = ("☀️", "🌞", "☀️🌙", "🌞 and 🌜", "☀", "1 ☀️ 1 🌙")
DOUBTED = ("🚫", "❌", "⛔️", "☐", "☒", "✗")


@pytest.mark.parametrize(("sign", "slots"), READ.items())
def test_a_sign_that_says_when(sign: str, slots: tuple[str, ...]) -> None:
    item = read(f"{TAKEN} {sign}")[0]
    assert (item.timing.slots, item.timing.open, item.not_read, item.taken) == (slots, False, (), True)


@pytest.mark.parametrize("sign", NOT_READ)
def test_a_sign_that_nobody_knows_is_shown(sign: str) -> None:
    for line in (f"{TAKEN} {sign}", f"{sign} {TAKEN}", f"{TAKEN} ({sign})", f"{TAKEN} {sign} daily"):
        assert any(item.not_read for item in read(line)), line


@pytest.mark.parametrize("sign", ASKED)
def test_the_sun_is_morning_to_some_and_noon_to_others(sign: str) -> None:
    assert read(f"{TAKEN} {sign}")[0].timing.open


@pytest.mark.parametrize("sign", DOUBTED)
def test_a_cross_puts_in_doubt_whether_it_is_taken(sign: str) -> None:
    assert read(f"{sign} {TAKEN}")[0].taken is None


@pytest.mark.parametrize("figure", ["②", "Ⅱ", "⅗", "²", "一", "½ ⅓", "2️⃣ 3️⃣"])
def test_a_figure_that_is_not_read_leaves_the_amount_open(figure: str) -> None:
    assert read(f"{TAKEN} {figure} tablets")[0].amount.open


@given(
    st.characters(exclude_categories=("C", "Z", "M")), st.sampled_from(["{} {}", "{}{}", "{} ({})", "{} {} bid"])
)
def test_no_character_is_lost(letter: str, shape: str) -> None:
    line = shape.format(TAKEN + " ", letter)
    items = read(line)
    known = all(token.norm in PUNCTUATION for token in tokenise(letter))
    same = [(item.amount, item.timing, item.taken, item.routes) for item in read(line.replace(letter, "", 1))]
    shown = unicodedata.normalize("NFKD", "".join(word for item in items for word in (item.text, *item.not_read)))
    changed = [(item.amount, item.timing, item.taken, item.routes) for item in items] != same
    means = vocabulary().lexicon.longest(tokenise(letter), 0) is not None
    assert known or changed or means or unicodedata.normalize("NFKD", letter).casefold() in shown.casefold(), line


@pytest.mark.parametrize(
    "told", ["# x tgl", "# per day", "# x daily", "max # a day", "take # daily", "#/day", "# mg"]
)
def test_a_number_sign_without_its_number_is_asked_about(told: str) -> None:
    """The figure of a form that nobody filled in."""
    (entry,) = read_profile(
        Profile.model_validate({"medications": [f"ciprofloxacin {told}"]}), load_rules()
    ).entries
    assert {"amount", "per_day"} <= entry.read.open
