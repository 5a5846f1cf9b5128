"""One service for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from magcheck.serve import create_app
from tests.serve.calling import Client

if TYPE_CHECKING:
    from magcheck import Checker


@pytest.fixture(scope="session")
def client(checker: Checker) -> Client:
    return Client(create_app(checker=checker))
