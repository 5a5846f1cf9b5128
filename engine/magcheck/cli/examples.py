"""What is usually typed? The lines below every command's help; a test runs each of them."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": (
        "magcheck ask",
        "magcheck check me.yaml",
        "magcheck help",
    ),
    "ask": (
        "magcheck ask",
        "magcheck ask me.yaml",
        "magcheck ask --save me.yaml --force",
    ),
    "check": (
        "magcheck check me.yaml",
        "magcheck check me.yaml --html handout.html",
        "magcheck check - --json < me.yaml",
    ),
    "explain": (
        "magcheck explain me.yaml",
        "magcheck explain me.yaml separate-ciprofloxacin",
    ),
    "diff": ("magcheck diff me.yaml later.yaml",),
    "plan": (
        "magcheck plan me.yaml",
        "magcheck plan me.yaml --ics day.ics --svg day.svg",
    ),
    "questionnaire": ("magcheck questionnaire > questions.json",),
    "schema": ("magcheck schema profile",),
    "serve": (
        "magcheck serve",
        "magcheck serve --port 8000 --workers 2",
    ),
    "mcp": (
        "magcheck mcp",
        "magcheck mcp --http --port 8322",
    ),
    "screen": (
        "magcheck screen people.ndjson answers.ndjson",
        "magcheck screen people.ndjson - --plain > answers.ndjson",
    ),
    "help": (
        "magcheck help",
        "magcheck help exit-codes",
    ),
    "rules": (
        "magcheck rules",
        "magcheck rules antibiotic",
        "magcheck rules show separate-ciprofloxacin",
    ),
    "rules list": (
        "magcheck rules list",
        "magcheck rules list thyroid --json",
    ),
    "rules show": ("magcheck rules show separate-ciprofloxacin",),
    "rules lint": (
        "magcheck rules lint",
        "magcheck rules lint --rules my-pages --strict",
    ),
    "rules decided": (
        "magcheck rules decided --class fluoroquinolone",
        "magcheck rules decided --medicine metformin",
    ),
    "rules prove": ("magcheck rules prove",),
    "rules due": ("magcheck rules due",),
    "rules new": ("magcheck rules new separate-example my-pages",),
}
"""Command -> lines that begin with the program's name."""


def examples(command: str) -> str:
    """As click prints them: the first line keeps it from joining the others."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in EXAMPLES[command])])
