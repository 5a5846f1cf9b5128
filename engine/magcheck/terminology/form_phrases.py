"""Which phrases of a written line do the dose forms add? Forms that tell a route, and salts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.terminology.lexicon import Sense, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.terminology.normalise import DoseForms


def form_phrases(forms: DoseForms) -> Iterator[tuple[str, Sense]]:
    """Dose forms that tell a route, and salts."""
    for word, route in forms.routes.items():
        if route is not None:
            yield word, Sense(Tag.ROUTE, (route,))
    for word in forms.salts:
        yield word, Sense(Tag.SALT)
