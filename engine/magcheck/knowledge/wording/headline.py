"""One sentence in two forms: where everything could be checked, and where not."""

from __future__ import annotations

from magcheck.core.model import Model


class Headline(Model):
    complete: str
    incomplete: str
