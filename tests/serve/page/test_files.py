"""The files of the page: which there are, and what a browser may do with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from magcheck.serve.page.files import content_of, names

if TYPE_CHECKING:
    from tests.serve.calling import Client

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)")
ELSEWHERE = re.compile(r"(?:https?:)?//[a-z]", re.IGNORECASE)


def test_the_front_is_a_page_with_a_strict_policy(client: Client) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"unsafe|\*|http", answer.headers["content-security-policy"])
    assert answer.headers["cache-control"] == "no-cache"
    assert not INLINE.search(answer.text)


def test_every_file_that_is_named_is_there_and_nothing_comes_from_elsewhere(client: Client) -> None:
    named = {found for name in names() for found in re.findall(r'"(?:page|\.)/([\w.-]+)"', content_of(name))}
    assert named | {"index.html"} == names()
    for name in names():
        answer = client.get(f"/page/{name}")
        assert answer.status_code == 200
        text = answer.text.replace("http://www.w3.org/2000/svg", "")
        assert not ELSEWHERE.search(re.sub(r"(?m)//[^/]*$", "", text)), name


@pytest.mark.parametrize("name", ["nothing.js", "files.py", "__init__.py", "..%2fapp.py", "%2e%2e/app.py"])
def test_no_other_file_is_given(name: str, client: Client) -> None:
    assert client.get(f"/page/{name}").status_code == 404
