"""Does every link inside the project lead somewhere?"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "rules").rglob("*.md")])
ELSEWHERE = re.compile(r"[a-z]+:")
IDS = re.compile(r'\bid="([^"]+)"')


@cache
def tokens(page: Path) -> list[Token]:
    return MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))


def inline(page: Path) -> Iterator[Token]:
    for token in tokens(page):
        yield from token.children or ()


def links(page: Path) -> list[str]:
    """Of text and pictures, that stay inside the project."""
    found = [str(token.attrGet("href") or token.attrGet("src") or "") for token in inline(page)]
    return [link for link in found if link and not ELSEWHERE.match(link)]


@cache
def anchors(page: Path) -> set[str]:
    """As GitHub and the site both make them of headings, and those that are set by hand."""
    headings = {
        slug(following.content)
        for token, following in zip(tokens(page), tokens(page)[1:], strict=False)
        if token.type == "heading_open"
    }
    return headings | set(IDS.findall(page.read_text(encoding="utf-8")))


def slug(heading: str) -> str:
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.replace("`", "")).strip().casefold())


def dead(page: Path) -> list[str]:
    """Links of the page that lead nowhere."""
    return [link for link in links(page) if not leads_somewhere(page, link)]


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(target)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert dead(page) == []


def test_a_dead_link_and_a_dead_anchor_are_noticed(tmp_path: Path) -> None:
    page = ROOT / "docs" / "getting-started.md"
    assert leads_somewhere(page, "installing.md#by-hand")
    assert not leads_somewhere(page, "installing.md#by-foot")
    assert not leads_somewhere(page, "instaling.md")
    assert not leads_somewhere(page, f"../../{tmp_path.name}")


def test_links_and_pictures_are_found() -> None:
    assert len(links(ROOT / "docs" / "claims.md")) > 100
    assert "docs/first-screen.svg" in links(ROOT / "README.md")


def test_every_page_of_the_documents_can_be_reached_from_the_front_door() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {(page.parent / link.partition("#")[0]).resolve() for link in links(page)}
        waiting += [target for target in targets - reached if target.suffix == ".md" and target.is_file()]
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} <= reached
