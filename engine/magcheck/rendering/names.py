"""How do many names stand in one line?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.density import Density


def in_a_line(names: Sequence[str], words: Wording, density: Density) -> str:
    """The names, and how many more there are where there is no room for all."""
    shown = "; ".join(names[: density.names])
    more = len(names) - density.names
    return fill(words.screen.more_names, names=shown, count=more) if more > 0 else shown
