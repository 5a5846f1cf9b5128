"""Which words can follow? What a shell offers when Tab is pressed."""

from __future__ import annotations


def page_ids(incomplete: str) -> list[str]:
    from magcheck.knowledge.load import load_rules  # noqa: PLC0415 - only a shell that completes needs the pages

    return [name for name in sorted(load_rules().rules_by_id) if name.startswith(incomplete)]


def shapes(incomplete: str) -> list[str]:
    from magcheck.cli.schema import SHAPES  # noqa: PLC0415 - only a shell that completes needs it

    return [name for name in SHAPES if name.startswith(incomplete)]


def topics(incomplete: str) -> list[str]:
    from magcheck.cli.topics import topic_names  # noqa: PLC0415 - only a shell that completes needs them

    return [name for name in topic_names() if name.startswith(incomplete)]
