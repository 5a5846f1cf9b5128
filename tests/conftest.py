"""Fixtures of all tests."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from magcheck.checker import default_checker
from tests.support import book_without_pages

if TYPE_CHECKING:
    from magcheck import Checker
    from magcheck.knowledge.terms import Terms

settings.register_profile("ours", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("ours")
"""Speed is measured in benchmarks/, never by a test. Other examples at every run, but in CI always the same."""

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Who runs the tests in the background may ignore Ctrl-C; the programs that they start must not inherit that."""


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The pages that come with magcheck."""
    return default_checker()


@pytest.fixture(scope="session")
def terms() -> Terms:
    """What the words of a page refer to."""
    return book_without_pages().terms
