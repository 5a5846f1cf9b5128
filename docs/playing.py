"""Does a page do what it shows? Its blocks are run from top to bottom, in a folder of their own.

| block | what becomes of it |
|---|---|
| `console` | each line after `$` is run; what stands below it becomes what it prints |
| `sh` | run; a command that refuses its input, or fails, is refused |
| `python` | run; a `text` block that follows becomes what it prints |
| any, with `title="FILE"` | written to that file, for the blocks below it |
| `yaml` without a title | must be a profile that can be checked |

A comment in the line above changes it: `<!-- as: terminal -->` draws, `<!-- only: HEADING -->` shows one section,
`<!-- session: NAME -->` puts the questionnaire to a script of answers, `<!-- tested: FILE -->` names the test of
what cannot be run here, such as a server.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from docs.transcripts import COMPLICATED, SIMPLE, transcript
from markdown_it import MarkdownIt

from magcheck import InputError, check, load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

ROOT = Path(__file__).parents[1]
SESSIONS = {"simple": SIMPLE, "complicated": COMPLICATED}
NOT_RUN = re.compile(r"(CPPFLAGS=\S+ )?(pip install|make|apt install|python3? -m (venv|http\.server))\b")
"""What installs or serves is not run here; of `make`, the target must exist."""
REFUSED = 99
MOST_SECONDS = 300
AS_A_PIPE = {"COLUMNS": "80", "PYTHONUTF8": "1", "PATH": os.environ["PATH"]}
AS_A_TERMINAL = {**AS_A_PIPE, "FORCE_COLOR": "1", "NO_COLOR": "1"}

_TITLE = re.compile(r'title="([\w./-]+)"')
_DIRECTIVE = re.compile(r"<!-- (as|only|session|tested): (.+) -->")
_GENERATED = re.compile(r"<!-- generated: .*?<!-- end -->", re.DOTALL)


class PageError(Exception):
    """A block fails, or nobody would notice if it did."""


class Block(NamedTuple):
    language: str
    title: str | None
    directive: tuple[str, str] | None
    body: str
    first: int
    """Line of the fence."""
    last: int
    """Line after the closing fence."""


@dataclass
class _Play:
    folder: Path
    printed: str | None = None
    """By the `python` block just above."""
    pieces: list[tuple[Block, str]] = field(default_factory=list[tuple[Block, str]])


def played(text: str) -> str:
    """The page, with what its blocks print today. Raises PageError."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        play = _Play(Path(folder))
        for block in blocks(text):
            try:
                _play(block, play)
            except (PageError, InputError, ValueError) as error:
                raise PageError(f"line {block.first + 1}: {error}") from None
    lines = text.split("\n")
    for block, body in reversed(play.pieces):
        lines[block.first + 1 : block.last - 1] = body.split("\n")
    return "\n".join(lines)


def blocks(text: str) -> list[Block]:
    """Every fenced block outside of what is generated. Raises PageError for code that is indented."""
    written = _GENERATED.sub(lambda found: "\n" * found[0].count("\n"), text)
    tokens = MarkdownIt().parse(written)
    return [_block(token, written.split("\n")) for token in tokens if token.type in {"fence", "code_block"}]


def _block(token: Token, lines: list[str]) -> Block:
    first, last = token.map or (0, 0)
    if token.type == "code_block" or token.level:
        raise PageError(f"line {first + 1}: a block that is indented is not run. Fence it at the margin.")
    language = token.info.partition(" ")[0]
    title = _TITLE.search(token.info)
    above = _DIRECTIVE.fullmatch(lines[first - 1]) if first else None
    directive = (above[1], above[2]) if above else None
    return Block(language, title[1] if title else None, directive, token.content.rstrip("\n"), first, last)


def _play(block: Block, play: _Play) -> None:
    if block.title:
        _write(block, play.folder)
        return
    if block.directive and block.directive[0] == "tested":
        _named(block.directive[1])
        return
    try:
        kind = _KINDS[block.language]
    except KeyError:
        raise PageError(f"nobody would notice a mistake in a block of '{block.language}'.") from None
    printed = kind(block, play)
    if printed is not None:
        play.pieces.append((block, printed))


def _named(test: str) -> None:
    if not (test.startswith("tests/") and (ROOT / test).is_file()):
        raise PageError(f"there is no test {test}.")


def _write(block: Block, folder: Path) -> None:
    path = folder / str(block.title)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.body + "\n", encoding="utf-8")


def _console(block: Block, play: _Play) -> str:
    kind, value = block.directive or ("", "")
    if kind == "session":
        return _session(value)
    environment = AS_A_TERMINAL if (kind, value) == ("as", "terminal") else AS_A_PIPE
    shown = "\n".join(_commands(block, play.folder, environment))
    return _only(value, shown) if kind == "only" else shown


def _session(name: str) -> str:
    if name not in SESSIONS:
        raise PageError(f"no session is called '{name}'.")
    return transcript(SESSIONS[name])


def _commands(block: Block, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    commands = [line for line in block.body.split("\n") if line.startswith("$ ")]
    if not block.body.startswith("$ "):
        raise PageError("a console block begins with a command after '$ '.")
    for command in commands:
        if NOT_RUN.match(command[2:]):
            raise PageError(
                f"'{command[2:]}' is not run, so nothing can be shown of it. Write it in a block of 'sh'."
            )
        done = _bash(command[2:], folder, environment, refused="70")
        yield f"{command}\n{done}".rstrip()


def _only(heading: str, shown: str) -> str:
    """The command, and one section of what it prints."""
    command, _, rest = shown.partition("\n")
    _, found, section = rest.partition(f"\n{heading}\n")
    if not found:
        raise PageError(f"no section '{heading}' is printed.")
    return "\n".join([command, "...", heading, section.partition("\n\n")[0], "..."])


def _shell(block: Block, play: _Play) -> None:
    lines = block.body.split("\n")
    for line in lines:
        _made(line)
    run = "\n".join(line for line in lines if not NOT_RUN.match(line))
    _bash(run, play.folder, AS_A_PIPE, refused="2|70")


def _made(line: str) -> None:
    words = line.split()
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    if words[:1] == ["make"] and not re.search(rf"^{words[1]}:", targets, re.MULTILINE):
        raise PageError(f"the Makefile has no target '{words[1]}'.")


def _bash(script: str, folder: Path, environment: dict[str, str], refused: str) -> str:
    """What it prints. Raises PageError where a command is not found, or magcheck ends with a refused code."""
    magcheck = (
        f'magcheck() {{ "{sys.executable}" -m magcheck.cli.start "$@"; local code=$?; '
        f"case $code in {refused}) exit {REFUSED};; esac; return $code; }}\n"
        f'python() {{ "{sys.executable}" "$@"; }}\n'
    )
    command = ["bash", "-o", "pipefail", "-c", magcheck + script]
    return _ran(command, folder, environment, lambda code: code not in {REFUSED, 126, 127})


def magcheck(*arguments: str, environment: dict[str, str]) -> str:
    """What the command prints in the checkout. Raises PageError where it cannot answer."""
    return _bash(f"magcheck {shlex.join(arguments)}", ROOT, environment, refused="2|70")


def _python(block: Block, play: _Play) -> None:
    command = [sys.executable, "-W", "error", "-c", block.body]
    play.printed = _ran(command, play.folder, AS_A_PIPE, lambda code: code == 0)


def _ran(command: list[str], folder: Path, environment: dict[str, str], is_fine: Callable[[int], bool]) -> str:
    try:
        done = _process(command, folder, environment)
    except subprocess.TimeoutExpired:
        raise PageError(f"it does not end within {MOST_SECONDS} seconds.") from None
    if not is_fine(done.returncode):
        raise PageError(f"it ends with {done.returncode}: {done.stdout.strip()[-1000:]}")
    return done.stdout.rstrip()


def _process(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own pages
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=environment,
        timeout=MOST_SECONDS,
    )


def _text(_: Block, play: _Play) -> str | None:
    printed, play.printed = play.printed, None
    return printed


def _profile(block: Block, _: _Play) -> None:
    check(load_profile(f"{block.body}\n"))


_KINDS: dict[str, Callable[[Block, _Play], str | None]] = {
    "console": _console,
    "sh": _shell,
    "python": _python,
    "text": _text,
    "yaml": _profile,
}
