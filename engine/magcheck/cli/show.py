"""How is a result shown? As JSON, drawn on a terminal, or as plain lines everywhere else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.rendering.depth import SCREEN
from magcheck.rendering.voice import Voice
from magcheck.rendering.written import outline_of

if TYPE_CHECKING:
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.depth import Depth
    from magcheck.rendering.outline import Outline
    from magcheck.report import Report


def show(  # noqa: PLR0913 - one parameter for each option
    report: Report,
    words: Wording,
    *,
    as_json: bool,
    plain: bool,
    voice: Voice = Voice.PLAIN,
    depth: Depth = SCREEN,
) -> None:
    """Print `report` to stdout, whole or not at all."""
    if as_json:
        console.print_data(report.model_dump_json(indent=2))
    else:
        draw = partial(text_of, plain=plain)
        outline = outline_of(report, words, draw, depth=depth, voice=voice, columns=console.width())
        console.print_result(draw(outline))


def text_of(outline: Outline, *, plain: bool) -> str:
    """Whatever is to be read, as this terminal, pipe or file can show it."""
    if plain or not console.is_rich():
        from magcheck.rendering.text import plain_text  # noqa: PLC0415 - one of the two is needed, never both

        return plain_text(outline, console.width())
    from magcheck.rendering.terminal import terminal_text  # noqa: PLC0415 - rich is slow to import

    return terminal_text(outline, console.width(), colour=console.is_coloured())
