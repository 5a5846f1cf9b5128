"""One sentence in two forms: where everything could be checked, and where not."""

from __future__ import annotations

from magcheck.core.words import Words


class Headline(Words):
    complete: str
    incomplete: str
    untold: str | None = None
    """Of a report that is complete, where `complete` would calm somebody who did not tell all."""
