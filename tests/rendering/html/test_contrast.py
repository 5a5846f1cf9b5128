"""Can the colours be told apart? Computed from the palette, for a bright screen, a dark one and paper."""

from __future__ import annotations

import re

import pytest

from magcheck.rendering.html.page import page_style

CSS = page_style()
TEXT, SHAPE = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
TONES = ("stop", "ask", "change", "watch", "fine", "open", "quiet", "link", "ink")
SCHEMES = ("light", "dark", "print")


def block(css: str, opened: str) -> str:
    """What stands between the braces that follow `opened`."""
    start = css.index("{", css.index(opened)) + 1
    depth = 1
    for place in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[place], 0)
        if not depth:
            return css[start:place]
    raise AssertionError(f"{opened} is never closed")


def palette(scheme: str) -> dict[str, str]:
    light = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block(CSS, ":root")))
    if scheme == "light":
        return light
    media = "prefers-color-scheme: dark" if scheme == "dark" else "@media print"
    return light | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block(block(CSS, media), ":root")))


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", TONES)
def test_every_word_stands_out(scheme: str, tone: str) -> None:
    colours = palette(scheme)
    for ground in ("paper", "panel"):
        assert contrast(colours[tone], colours[ground]) >= TEXT, ground


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_in_the_picture_stand_out_by_day_and_by_night(scheme: str) -> None:
    colours = palette(scheme)
    for word in ("ink", "quiet"):
        assert contrast(colours[word], colours["night"]) >= TEXT, word


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("shape", ["line", "focus", "hatch", "ink"])
def test_every_shape_stands_out(scheme: str, shape: str) -> None:
    colours = palette(scheme)
    for ground in ("paper", "night") if shape in ("hatch", "ink") else ("paper",):
        assert contrast(colours[shape], colours[ground]) >= SHAPE, ground


def test_colours_stand_in_the_palette_alone() -> None:
    rules = re.sub(r"--[\w-]+:\s*#[0-9a-f]{6}", "", CSS)
    assert not re.findall(r"#[0-9a-f]{3,8}\b", rules.replace("#hatch", ""))
    assert not re.findall(r"\b(?:rgb|hsl)a?\(|:\s*(?:black|white|red|gr[ae]y)\b", rules)


def test_every_colour_that_is_used_is_in_every_palette() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    for scheme in SCHEMES:
        assert used <= palette(scheme).keys()
    assert palette("dark").keys() == palette("light").keys()
    assert not set(palette("dark").items()) & set(palette("light").items())
