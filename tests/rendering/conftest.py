"""Fixtures of the renderings: three pages of our own, so that they do not depend on the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import PAGES, write_pages


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with three small pages."""
    return str(write_pages(tmp_path_factory.mktemp("own") / "rules", *PAGES))


@pytest.fixture(autouse=True)
def _no_colour_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A file to be written by the test."""
    return tmp_path / "profile.yaml"
