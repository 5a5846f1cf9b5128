"""`pytest tests/people --update-people` writes the golden reports anew; read every line of the difference."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-people", action="store_true", help="write the golden reports anew")
