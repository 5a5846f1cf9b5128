"""Does the handout hold in a real browser? Chromium shows and prints it, axe-core looks for barriers.

Skipped without a browser, as tests/browser.py says. MAGCHECK_PICTURES=FOLDER keeps what was seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from magcheck.rendering.voice import Voice
from tests.browser import chromium, lacking, needed, told_by
from tests.rendering.html.reading import page_of
from tests.support import ROOT

SIDES = {
    ("short", Voice.PLAIN): 2,
    ("simple", Voice.PLAIN): 2,
    ("complicated", Voice.PLAIN): 5,
    ("emergency", Voice.PLAIN): 4,
    ("impossible", Voice.PLAIN): 2,
    ("strange names", Voice.PLAIN): 2,
    ("short", Voice.PROFESSIONAL): 2,
    ("emergency", Voice.PROFESSIONAL): 5,
}
"""Of A4, at most; two of them are one sheet."""
UNSEEN = {"color-contrast"}
"""Of letters on a picture and of lines in columns axe-core sees no ground. test_contrast.py computes them."""
VIEWS = ["light", "dark", "narrow", "print"]


@pytest.fixture(autouse=True)
def _browser() -> None:
    needed("the handout was not looked at", lacking())


def look(page: str, folder: Path, name: str) -> dict[str, Any]:
    """What Chromium and axe-core say of one page."""
    path = folder / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    seen = told_by(ROOT / "tests" / "rendering" / "html" / "look.mjs", chromium() or "", path)
    found: dict[str, Any] = seen[name]
    return found


def barriers(found: dict[str, Any]) -> list[str]:
    """Everything that is wrong, in words; what axe-core is not sure of counts too."""
    wrong = [f"not alone: {one}" for one in found["heard"]]
    for view in found["views"]:
        where = view["view"]
        wrong += [f"{where}: {one['id']} at {one['where']}" for one in view["violations"]]
        wrong += [f"{where}: unsure of {one['id']}" for one in view["unsure"] if one["id"] not in UNSEEN]
        if view["overflow"]:
            wrong.append(f"{where}: {view['overflow']} pixels too wide: {view['cut'][:3]}")
    for place, stop in enumerate(found["focus"]):
        if stop["place"] != place or not stop["outline"].startswith("solid"):
            wrong.append(f"focus {place}: {stop}")
    return wrong


@pytest.mark.parametrize(("name", "voice"), SIDES)
def test_a_handout_has_no_barrier_fits_a_phone_and_prints_on_few_sides(
    name: str, voice: Voice, tmp_path: Path
) -> None:
    found = look(page_of(name, voice), tmp_path, name)
    assert [view["view"] for view in found["views"]] == VIEWS
    assert barriers(found) == []
    checked = {rule for view in found["views"] for rule in view["passes"]}
    assert {"color-contrast", "html-has-lang", "landmark-one-main", "page-has-heading-one"} <= checked
    assert found["sides"] <= SIDES[name, voice]


def test_dark_is_dark_and_paper_is_white(tmp_path: Path) -> None:
    grounds = {view["view"]: view["background"] for view in look(page_of("simple"), tmp_path, "simple")["views"]}
    assert grounds["light"] == grounds["print"] == "rgb(255, 255, 255)"
    assert grounds["dark"] == grounds["narrow"] == "rgb(21, 23, 27)"


def test_barriers_are_noticed(tmp_path: Path) -> None:
    """The same page with pale words, a word that does not break, a picture from elsewhere and no language."""
    page = page_of("short")
    page = page.replace("--quiet: #4a4d52", "--quiet: #b0b0b0").replace('<html lang="en">', "<html>")
    page = page.replace("<footer>", f'<footer><img src="missing.png"><pre>{"x" * 200}</pre>')
    found = "\n".join(barriers(look(page, tmp_path, "broken")))
    for said in (
        "color-contrast",
        "html-has-lang",
        "image-alt",
        "not alone: request",
        "narrow: ",
        "pixels too wide",
    ):
        assert said in found
