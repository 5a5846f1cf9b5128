"""The options that several commands have, and how every command ends."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Annotated

import typer

from magcheck.cli.exit_codes import guarded
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Plain = Annotated[bool, typer.Option("--plain", help="No colour and no boxes; good for screen readers.")]
Rules = Annotated[
    str | None, typer.Option("--rules", metavar="DIR", help="Add the rule pages of this folder to ours.")
]
OnlyRules = Annotated[
    str | None, typer.Option("--only-rules", metavar="DIR", help="Use the rule pages of this folder alone.")
]
More = Annotated[bool, typer.Option("--more", help="Reasons, what would change this, and what was assumed.")]
Sources = Annotated[bool, typer.Option("--sources", help="Everything cited.")]
RulesOfNames = Annotated[
    bool, typer.Option("--rules-of-names", help="In the JSON: which pages know each name that was recognised.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")]
For = Annotated[Voice, typer.Option("--for", help="Who reads it; the JSON is the same.")]
ASKING_FOR_HELP = ("-h", "--help")


def finish(command: Callable[[], int]) -> None:
    """Faults are handled here: typer would turn some of them into its own."""
    raise typer.Exit(guarded(command))


def finish_lasting(command: Callable[[], int]) -> None:
    """As `finish`, of a command that may run for days: garbage is collected again."""
    gc.enable()
    finish(command)
