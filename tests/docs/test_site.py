"""Is the site built without the network, and can it be read without it?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from magcheck.knowledge.load import load_rules
from tests.support import child

if TYPE_CHECKING:
    from pathlib import Path

BUILD = """
import socket
import sys
def refuse(*_):
    raise AssertionError("network")
socket.socket.connect = refuse
from mkdocs.__main__ import cli
cli(["build", "--quiet", "--strict", "--site-dir", sys.argv[1]])
"""
FETCHED = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?((?:https?:)?//[^\"'\s>]+)")
FETCHED_BY_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^)\"']+)")

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module", name="site")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Strict: a dead link, a dead anchor and a page that no navigation names are errors."""
    folder = tmp_path_factory.mktemp("site")
    done = child("-W", "default", "-c", BUILD, str(folder), environment={"NO_MKDOCS_2_WARNING": "1"})
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


def test_a_reader_needs_no_network(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    fetched = {link for page in pages for link in FETCHED.findall(page.read_text(encoding="utf-8"))}
    styled = {link for page in site.rglob("*.css") for link in FETCHED_BY_STYLE.findall(page.read_text("utf-8"))}
    drawn = {link for page in site.rglob("*.svg") for link in FETCHED_BY_STYLE.findall(page.read_text("utf-8"))}
    assert fetched | styled | drawn == set()


def test_what_would_be_fetched_is_noticed() -> None:
    assert FETCHED.findall('<script src="https://x.example/a.js"></script><link rel=x href=//y.example/b>')
    assert FETCHED_BY_STYLE.findall("src: url('https://x.example/font.woff2')")


def test_every_rule_page_can_be_searched_with_its_evidence(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].partition("#")[2]: entry["text"] for entry in index["docs"]}
    assert {rule.id for rule in load_rules().rules} <= found.keys()
    assert "section 2.4" in found["separate-ciprofloxacin"]


def test_the_front_door_leads_to_the_pages_of_the_site(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    for link in ("getting-started.html", "reference/rules/index.html", "contributing.html", "first-screen.svg"):
        assert f'"{link}"' in front
    claims = (site / "claims.html").read_text(encoding="utf-8")
    assert 'href="reference/rules/guidance.html#for-calm"' in claims
