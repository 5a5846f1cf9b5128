"""Which phrases of a written line do the dose forms add? Forms, by the ways that they leave open, and salts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.terminology.lexicon import Sense, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.terminology.normalise import DoseForms


_SEVERAL = 2
"""Ways that a form leaves open."""


def form_phrases(forms: DoseForms) -> Iterator[tuple[str, Sense]]:
    """Dose forms, by what they tell of the way, and salts."""
    for word, routes in forms.routes.items():
        tag = (Tag.FORM_WORD, Tag.ROUTE)[len(routes)] if len(routes) < _SEVERAL else Tag.OPEN_FORM
        yield word, Sense(tag, routes or None)
    for word in forms.salts:
        yield word, Sense(Tag.SALT)
