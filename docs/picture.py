"""What does the first screen look like? A drawing of what `magcheck check` prints on a terminal."""

from __future__ import annotations

import re
from io import StringIO

from docs.playing import AS_A_PIPE, magcheck
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

COMMAND = ("check", "examples/evening.yaml")
COLUMNS, LINES = 80, 40
DRAWN = {**AS_A_PIPE, "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"}
WITHOUT_FONTS = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""rich's drawing, but for fonts that it would fetch from the network."""


def first_screen() -> str:
    """An SVG; the same run gives the same bytes."""
    shown = magcheck(*COMMAND, environment=DRAWN)
    console = Console(record=True, width=COLUMNS, file=StringIO(), legacy_windows=False)
    console.print(Text.from_ansi("\n".join(shown.splitlines()[:LINES])))
    drawn = console.export_svg(
        title=f"magcheck {' '.join(COMMAND)}", code_format=WITHOUT_FONTS, unique_id="magcheck"
    )
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"
