"""Which program and which rules are these? Answered without loading either."""

from __future__ import annotations

import re

from magcheck._version import __version__
from magcheck.core.bounds import SHORT_DIGEST
from magcheck.knowledge.files import contents, digest, files_in, shipped

_VERSION = re.compile(r"^version:\s*[\"']?([^\"'\s]+)", re.MULTILINE)


def version_line() -> str:
    rules = contents(dict(files_in(shipped())))
    found = _VERSION.search(rules.get("edition.yaml", b"").decode("utf-8", "replace"))
    edition = found[1] if found else "unknown"
    return f"magcheck {__version__}, rules {edition} ({digest(rules)[:SHORT_DIGEST]})"
