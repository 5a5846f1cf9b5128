"""How is a result shown? As JSON, drawn on a terminal, or as plain lines everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.rendering.report_outline import report_outline
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.outline import Outline
    from magcheck.report import Report


def show(report: Report, words: Wording, *, as_json: bool, plain: bool, voice: Voice = Voice.PLAIN) -> None:
    """Print `report` to stdout, whole or not at all."""
    if as_json:
        console.print_data(report.model_dump_json(indent=2))
    else:
        console.print_result(text_of(report_outline(report, words, voice), plain=plain))


def text_of(outline: Outline, *, plain: bool) -> str:
    """Whatever is to be read, as this terminal, pipe or file can show it."""
    if plain or not console.is_rich():
        from magcheck.rendering.text import plain_text  # noqa: PLC0415 - one of the two is needed, never both

        return plain_text(outline, console.width())
    from magcheck.rendering.terminal import terminal_text  # noqa: PLC0415 - rich is slow to import

    return terminal_text(outline, console.width(), colour=console.is_coloured())
