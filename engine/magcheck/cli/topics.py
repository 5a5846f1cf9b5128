"""What does a word mean that this program uses? Short texts on one subject each."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from magcheck.cli.console import print_result
from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.conditions import near

if TYPE_CHECKING:
    from typer import Context

FOLDER = "help_topics"
ENDING = ".md"


def topic_names() -> list[str]:
    texts = (files("magcheck.cli") / FOLDER).iterdir()
    return sorted(text.name.removesuffix(ENDING) for text in texts if text.name.endswith(ENDING))


def print_topic(topic: str | None, context: Context) -> int:
    """A text, the help of a command, or both; without `topic` what there is. Raises InputError for other words."""
    if topic is None:
        print_result(_contents())
        return 0
    found = [_text(topic)] if topic in topic_names() else []
    program = context.parent
    commands: dict[str, Any] = getattr(program.command, "commands", {}) if program else {}
    if topic in commands:
        command = commands[topic]
        found.append(command.get_help(command.context_class(command, parent=program, info_name=topic)))
    if not found:
        fix = near(topic[:60], [*topic_names(), *commands])
        raise InputError([Problem("magcheck help", f"there is no topic called '{topic[:60]}'.", fix)])
    print_result("\n".join(found))
    return 0


def _contents() -> str:
    """Each topic with its first line."""
    names = topic_names()
    wide = max(map(len, names))
    lines = [f"  {name:<{wide}}  {_text(name).splitlines()[0].removeprefix('# ')}" for name in names]
    return "\n".join(["magcheck help TOPIC, where TOPIC is one of these, or a command:", "", *lines])


def _text(topic: str) -> str:
    return (files("magcheck.cli") / FOLDER / f"{topic}{ENDING}").read_text(encoding="utf-8")
