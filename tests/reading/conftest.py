"""`pytest tests/reading --update-readings` writes the kept readings anew; read every line of the difference."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-readings", action="store_true", help="write the kept readings anew")
