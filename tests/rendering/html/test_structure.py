"""Can everybody read the handout? Headings, landmarks, tables and links, by reading the page as it is written."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from magcheck.rendering.voice import Voice
from tests.rendering.html.reading import PEOPLE, Node, page_of, read, tree_of

EVERYBODY = pytest.mark.parametrize("name", PEOPLE)
IN_BOTH_VOICES = pytest.mark.parametrize("voice", Voice)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FETCHING = (
    "script",
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "base",
    "form",
    "input",
    "use",
    "image",
)


@EVERYBODY
@IN_BOTH_VOICES
def test_it_says_its_language_its_title_and_how_it_is_encoded(name: str, voice: Voice) -> None:
    (html,) = tree_of(name, voice).every("html")
    assert html.attributes["lang"] == "en"
    (title,) = (one for one in html.every("title") if one.parent and one.parent.tag == "head")
    assert "".join(map(str, title.children)).startswith("Magnesium check: ")
    meta = [one.attributes for one in html.every("meta")]
    assert meta[0] == {"charset": "utf-8"}
    (viewport,) = (one["content"] for one in meta if one.get("name") == "viewport")
    assert "scale=1" in viewport
    assert "maximum" not in viewport
    assert "user-scalable" not in viewport


@EVERYBODY
@IN_BOTH_VOICES
def test_it_has_one_first_heading_and_skips_no_level(name: str, voice: Voice) -> None:
    levels = [int(one.tag[1]) for one in tree_of(name, voice).every(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(one.text.strip() for one in tree_of(name, voice).every(*HEADINGS))


@EVERYBODY
def test_everything_stands_in_a_landmark(name: str) -> None:
    (body,) = tree_of(name).every("body")
    assert [one.tag for one in body.children if isinstance(one, Node)] == ["header", "main", "footer"]
    assert not "".join(one for one in body.children if isinstance(one, str)).strip()


@EVERYBODY
@IN_BOTH_VOICES
def test_every_section_is_named_by_its_heading(name: str, voice: Voice) -> None:
    tree = tree_of(name, voice)
    sections = list(tree.every("section"))
    assert sections
    for section in sections:
        first = next(section.every("h2"))
        assert section.attributes["aria-labelledby"] == first.attributes["id"]


@EVERYBODY
@IN_BOTH_VOICES
def test_every_id_stands_once_and_every_reference_leads_to_one(name: str, voice: Voice) -> None:
    elements = list(tree_of(name, voice).every())
    ids = Counter(one.attributes["id"] for one in elements if "id" in one.attributes)
    assert set(ids.values()) <= {1}
    wanted = [
        target
        for one in elements
        for target in (
            *one.attributes.get("aria-labelledby", "").split(),
            *re.findall(r"^#(.+)", one.attributes.get("href", "")),
        )
    ]
    assert set(wanted) <= ids.keys()


@EVERYBODY
@IN_BOTH_VOICES
def test_nothing_comes_from_elsewhere_and_nothing_runs(name: str, voice: Voice) -> None:
    for one in tree_of(name, voice).every():
        assert one.tag not in FETCHING
        assert not [
            key for key in one.attributes if key.startswith("on") or key in ("src", "srcset", "style", "data")
        ]
        address = one.attributes.get("href")
        if address is not None:
            assert one.tag == "a"
            assert re.match(r"https?://|#", address)
    (style,) = tree_of(name, voice).every("style")
    css = "".join(map(str, style.children))
    assert "@import" not in css
    assert set(re.findall(r"url\(([^)]*)\)", css)) <= {"#hatch"}


@EVERYBODY
@IN_BOTH_VOICES
def test_every_table_has_a_caption_and_headers_with_a_scope(name: str, voice: Voice) -> None:
    for table in tree_of(name, voice).every("table"):
        (caption,) = table.every("caption")
        assert caption.text.strip()
        assert {one.attributes["scope"] for one in table.every("th")} <= {"row", "col"}
        columns = sum(1 for head in table.every("thead") for _ in head.every("th")) or 2
        for body in table.every("tbody"):
            for row in body.every("tr"):
                cells = [one for one in row.children if isinstance(one, Node)]
                assert [one.tag for one in cells] == ["th", *["td"] * (columns - 1)]
                assert all(one.text.strip() for one in cells)


@EVERYBODY
@IN_BOTH_VOICES
def test_lists_hold_items_and_terms_have_descriptions(name: str, voice: Voice) -> None:
    tree = tree_of(name, voice)
    for one in tree.every("ul", "ol"):
        assert [child.tag for child in one.children if isinstance(child, Node)]
        assert {child.tag for child in one.children if isinstance(child, Node)} == {"li"}
    for one in tree.every("dl"):
        for group in one.children:
            assert isinstance(group, Node)
            assert [child.tag for child in group.children if isinstance(child, Node)] == ["dt", "dd"]


@EVERYBODY
def test_every_picture_is_named_or_hidden(name: str) -> None:
    for one in tree_of(name).every("svg"):
        if one.attributes.get("aria-hidden") != "true":
            assert one.attributes["role"] == "img"
            assert {"title", "desc"} <= {child.tag for child in one.children if isinstance(child, Node)}


@EVERYBODY
@IN_BOTH_VOICES
def test_links_come_in_the_order_of_reading_and_have_names(name: str, voice: Voice) -> None:
    for one in tree_of(name, voice).every():
        assert "tabindex" not in one.attributes
        if one.tag == "a":
            assert one.text.strip()
            assert one.text in one.attributes.get("aria-label", one.text)


@EVERYBODY
def test_tones_are_said_in_words_too(name: str) -> None:
    tree = tree_of(name)
    (verdict,) = tree.of_class("verdict")
    assert [one.text for one in verdict.every("strong")]
    for group in tree.of_class("entries"):
        box = group.parent
        assert box is not None
        assert box.tag == "section" or [one.tag for one in box.children if isinstance(one, Node)] == ["h3", "ul"]


def test_the_reader_of_these_tests_refuses_what_is_not_closed() -> None:
    with pytest.raises(AssertionError, match="closes"):
        read("<!doctype html><html><p></html>")
    with pytest.raises(AssertionError, match="never closed"):
        read("<!doctype html><html>")


@EVERYBODY
def test_it_is_small(name: str) -> None:
    assert len(page_of(name).encode()) < 60_000
