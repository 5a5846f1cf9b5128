"""Every kind of terminal: narrow, without colour, dumb, a screen reader's, and lists that are pasted."""

from __future__ import annotations

import pytest

from tests.cli.screen import COLOUR, CTRL_C, Screen

NARROW = 40
LIST = 'levothyroxine 75 mcg\nJódid\n漢方\n"L-Thyroxin Henning®"'


def until_medicines(screen: Screen) -> None:
    screen.answer("symptoms now", "none")
    screen.answer("creatinine or", "no")
    screen.answer("illnesses", "none")
    screen.answer("How old", "70, man")
    screen.at("Which medicines")


def leave(screen: Screen) -> None:
    screen.press(CTRL_C)
    screen.at("keep your answers so far")
    screen.press(CTRL_C)
    assert screen.end()[0] == 130


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_nothing_is_wider_than_40_columns_and_no_word_is_broken(options: tuple[str, ...]) -> None:
    screen = Screen("ask", *options, columns=NARROW)
    until_medicines(screen)
    screen.press("estradiol, 漢方\r")
    screen.answer("Is")
    screen.see("in the nose")
    screen.child.expect(r"back|more\)")
    screen.press("\r")
    screen.see("checked.")
    screen.child.expect_exact(">")
    assert bool(COLOUR.search(screen.raw())) == (not options)
    shown = [line for line in screen.lines() if line]
    assert max(len(line.rstrip("> ")) for line in shown) <= NARROW
    words = " ".join(shown).split()
    for word in (
        "magnesium.",
        "creatinine",
        "confusion",
        "woman",
        "swallowed",
        "estradiol:",
    ):
        assert any(one.endswith(word) for one in words), word
    leave(screen)


def test_the_review_fits_into_40_columns() -> None:
    screen = Screen("ask", columns=NARROW)
    until_medicines(screen)
    screen.press("aspirin, metformin, atorvastatin, amlodipine, pantoprazole\r")
    screen.answer("Which")
    screen.answer("cramps or anxiety")
    screen.see("Supplements")
    screen.see("back")
    shown = [line for line in screen.lines() if line]
    assert max(map(len, shown)) <= NARROW
    assert "pantoprazole" in " ".join(shown[-16:]).split()
    leave(screen)


def test_no_colour_where_it_is_not_wished() -> None:
    screen = Screen("ask", environment={"NO_COLOR": "1"})
    screen.answer("symptoms now", "none")
    screen.at("creatinine or")
    assert not COLOUR.search(screen.raw())
    leave(screen)


@pytest.mark.parametrize(("options", "environment"), [((), {"TERM": "dumb"}), (("--plain",), {})])
def test_a_dumb_terminal_and_a_screen_reader_get_plain_lines(
    options: tuple[str, ...], environment: dict[str, str]
) -> None:
    screen = Screen("ask", *options, environment=environment)
    screen.answer("symptoms now", "none")
    screen.answer("creatinine or", "no")
    screen.answer("illnesses", "none")
    screen.answer("How old", "31, woman")
    screen.see("  3 breastfeeding\r\n")
    screen.answer("about", "1")
    screen.at("Which medicines")
    raw = screen.raw()
    assert "\x1b" not in raw
    assert not set("╭│╰─»█") & set(raw)
    assert raw.count("Do you know your kidney value") == 1
    leave(screen)


@pytest.mark.parametrize(
    ("options", "last", "bracketed"),
    [((), "", True), ((), "", False), ((), "\n", False), (("--plain",), "", False), (("--plain",), "\n", False)],
)
def test_medicines_pasted_in_lines_are_one_answer(options: tuple[str, ...], last: str, *, bracketed: bool) -> None:
    screen = Screen("ask", *options)
    until_medicines(screen)
    pasted = LIST + last
    screen.press(f"\x1b[200~{pasted}\x1b[201~" if bracketed else pasted.replace("\n", "\r"))
    screen.see("Henning®")
    if not last:
        screen.press("\r")
    screen.see('"漢方": this name is not known here')
    screen.child.expect_exact(">")
    screen.press("\r")
    screen.see("levothyroxine 75 mcg: At which times")
    assert '"L-Thyroxin' not in screen.lines()[-1]
    leave(screen)


def test_very_long_answers_are_explained() -> None:
    screen = Screen("ask", "--plain")
    screen.answer("symptoms now", "x" * 900)
    screen.see("This name has 900 characters. Write at most 500.")
    screen.answer("", ", ".join(["x"] * 101))
    screen.see("These are 101 entries. Write at most 100.")
    screen.press(CTRL_C)
    assert screen.end()[0] == 130
