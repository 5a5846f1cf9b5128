"""Does the command line behave as people who use many of them expect?"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from magcheck.cli.examples import EXAMPLES
from magcheck.cli.topics import topic_names
from magcheck.core.exits import Exit
from magcheck.report import Verdict
from tests.cli.running import run
from tests.support import ROOT

COMMANDS = [name for name in EXAMPLES if name]
ENTER = b"\n" * 60
PROGRAM = Path(sys.executable).parent / "magcheck"


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda name: name or "magcheck")
def test_every_command_has_short_help_with_examples(command: str) -> None:
    short, long = run(*command.split(), "-h"), run(*command.split(), "--help")
    assert (short.code, short.err) == (0, "")
    assert short.out == long.out
    assert "Examples:\n" in short.out
    for line in EXAMPLES[command]:
        assert f"  {line}\n" in short.out


def test_every_command_has_examples() -> None:
    shown = run("-h").out.partition("Commands:\n")[2].partition("\n\n")[0]
    names = [line.split()[0] for line in shown.splitlines() if line.startswith("  ") and line[2] != " "]
    assert names[0] == "ask"
    assert set(names) == {name.partition(" ")[0] for name in COMMANDS}


LISTENING = ("magcheck serve", "magcheck mcp")
"""These run until they are ended; tests/serve and tests/mcp start them."""


@pytest.mark.parametrize(
    "line",
    dict.fromkeys(line for lines in EXAMPLES.values() for line in lines if not line.startswith(LISTENING)),
)
def test_every_example_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "calm.yaml", "me.yaml")
    shutil.copy(ROOT / "examples" / "later.yaml", "later.yaml")
    Path("people.ndjson").write_text('{"supplements": ["magnesium oxide 200 mg"]}\n', encoding="utf-8")
    page = (ROOT / "rules" / "guidance" / "check-the-pack.yaml").read_text(encoding="utf-8")
    Path("my-pages").mkdir()
    Path("my-pages", "my-check-the-pack.yaml").write_text(page.replace("id: ", "id: my-", 1), encoding="utf-8")
    command, _, source = line.partition(" < ")
    words = shlex.split(command.partition(" > ")[0])
    text = Path(source).read_bytes() if source else ENTER
    ran = run(*words[1:], stdin=text)
    assert ran.code in (0, 10, 20, 30), ran.err
    assert ran.out or "page" in ran.err or "screen" in line


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "magcheck", "-h"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: magcheck ")


# Topics


def test_help_alone_lists_every_topic() -> None:
    listed = run("help").out
    assert all(f"  {name} " in listed for name in topic_names())
    assert {"profile", "exit-codes", "verdicts", "rules", "day", "privacy"} <= set(topic_names())


@pytest.mark.parametrize("topic", topic_names())
def test_a_topic_fits_a_screen(topic: str) -> None:
    ran = run("help", topic)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_the_topics_name_every_verdict_and_every_exit_code() -> None:
    verdicts, codes = run("help", "verdicts").out, run("help", "exit-codes").out
    rows = [line.split("|")[1].strip() for line in verdicts.splitlines() if line.startswith("| ")]
    assert rows[1:] == [verdict.value for verdict in Verdict]
    assert {line.split("|")[1].strip() for line in codes.splitlines() if line.startswith("| ")} - {"code"} == {
        str(code.value) for code in Exit
    }


def test_the_profile_of_its_topic_is_a_profile() -> None:
    text = run("help", "profile").out
    profile = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    assert run("check", "-", "--json", stdin=profile.encode()).code in (0, 10, 20, 30)


@pytest.mark.parametrize("command", ["check", "ask", "rules"])
def test_help_of_a_command_is_its_help(command: str) -> None:
    assert run("help", command).out.endswith(run(command, "-h").out)


def test_a_near_topic_is_offered() -> None:
    ran = run("help", "exitcode")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'exit-codes'?" in ran.err


# Near names of pages


NEAR = {
    "cipro": "separate-ciprofloxacin",
    "ciprofloxacin": "separate-ciprofloxacin",
    "separate-cipro": "separate-ciprofloxacin",
    "seperate-ciprofloxacin": "separate-ciprofloxacin",
    "levothyroxine": "separate-levothyroxine",
    "SEPARATE-LEVOTHYROXINE": "separate-levothyroxine",
    "dialysis": "kidney-dialysis",
    "alendronate": "separate-alendronic-acid",
    "levothyroxin": "separate-levothyroxine",
    "Synthroid": "separate-levothyroxine",
    "Fosamax": "separate-alendronic-acid",
}


@pytest.mark.parametrize(("written", "meant"), NEAR.items())
def test_a_page_that_sounds_like_it_is_offered(written: str, meant: str) -> None:
    ran = run("rules", "show", written)
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean" in ran.err
    assert meant in ran.err


@pytest.mark.parametrize("written", ["xxxxxxxxxxxx", "12345", "?", "q"])
def test_nonsense_is_not_taken_for_a_page(written: str) -> None:
    ran = run("rules", "show", written)
    assert ran.code == 2
    assert "Did you mean" not in ran.err
    assert "magcheck rules" in ran.err


# Files


FILES = [
    ("check", "me.yaml", "--html", "there"),
    ("plan", "me.yaml", "--ics", "there"),
    ("plan", "me.yaml", "--svg", "there"),
    ("ask", "me.yaml", "--save", "there"),
]


@pytest.mark.parametrize("words", FILES, ids=lambda words: f"{words[0]} {words[2]}")
def test_a_file_is_written_over_only_by_force(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "calm.yaml", "me.yaml")
    there = Path("there")
    there.write_text("mine", encoding="utf-8")
    refused = run(*words, stdin=ENTER)
    assert (refused.code, refused.out, there.read_text(encoding="utf-8")) == (2, "", "mine")
    assert "--force" in refused.err
    assert run(*words, "--force", stdin=ENTER).code in (0, 10, 20, 30)
    assert there.read_text(encoding="utf-8") != "mine"


def test_a_folder_is_not_written_over_by_force(tmp_path: Path) -> None:
    ran = run("check", str(ROOT / "examples" / "calm.yaml"), "--html", str(tmp_path), "--force")
    assert (ran.code, ran.out) == (2, "")


# What the JSON holds


@pytest.mark.parametrize("command", ["check", "plan"])
def test_the_pages_of_names_are_printed_where_asked_for(command: str) -> None:
    file = str(ROOT / "examples" / "calm.yaml")
    usual = json.loads(run(command, file, "--json").out)
    asked = json.loads(run(command, file, "--json", "--rules-of-names").out)
    assert all("rules" not in entry for entry in usual["recognised"])
    assert all(entry.pop("rules") is not None for entry in asked["recognised"])
    assert asked == usual


# Completion


def completed(words: str, shell: str) -> str:
    """What the program offers a shell for a line that ends in its last word."""
    index = str(len(words.split(" ")) - 1)
    asked = {"bash": {"COMP_WORDS": words, "COMP_CWORD": index}, "zsh": {"_TYPER_COMPLETE_ARGS": words}}
    environment = os.environ | asked[shell] | {"_MAGCHECK_COMPLETE": f"complete_{shell}"}
    done = subprocess.run([PROGRAM], capture_output=True, text=True, check=True, env=environment)
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("magcheck a", "ask"),
        ("magcheck rules s", "show"),
        ("magcheck rules show separate-cip", "separate-ciprofloxacin"),
        ("magcheck explain me.yaml separate-cip", "separate-ciprofloxacin"),
        ("magcheck help ex", "exit-codes"),
        ("magcheck schema pr", "profile"),
        ("magcheck check --for pro", "professional"),
    ],
)
def test_a_shell_is_told_what_may_follow(words: str, offered: str, shell: str) -> None:
    assert offered in completed(words, shell)


NO_FILES = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}
PREPARED = {"bash": (), "zsh": ("autoload -Uz compinit && compinit -u -D",)}


@pytest.mark.parametrize("shell", NO_FILES)
def test_tab_completes_in_a_real_shell(shell: str, tmp_path: Path) -> None:
    """The script that the program gives to this shell, and a person who types and presses Tab."""
    if shutil.which(shell) is None:
        assert os.environ.get("MAGCHECK_ZSH") != "required"
        pytest.skip(f"no {shell} here; .ci/zsh installs it")
    told = {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "dumb"}
    typing = pexpect.spawn(
        shell, NO_FILES[shell], env=os.environ | told, cwd=str(tmp_path), encoding="utf-8", timeout=60
    )
    for line in (*PREPARED[shell], "magcheck --show-completion > script", "source ./script", "echo rea''dy"):
        typing.sendline(line)
    typing.expect_exact("ready")
    typing.send("magcheck rules show separate-ciprof\t")
    typing.expect_exact("loxacin")
    typing.sendline(" | head -1")
    typing.expect("Magnesium keeps ciprofloxacin|separate-ciprofloxacin")
    typing.close(force=True)


def test_the_help_offers_to_install_completion() -> None:
    assert "--install-completion" in run("-h").out
