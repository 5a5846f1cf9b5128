"""How does the command line end? With the exit codes of the contract, and never with half an answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from magcheck import Checker, EngineFault, Profile, __version__
from magcheck.cli import check as check_command
from magcheck.cli import show
from magcheck.core.exits import Exit
from magcheck.knowledge.document import read_document
from magcheck.knowledge.files import contents, digest, files_in, shipped
from magcheck.knowledge.keep import NOTHING_KEPT, kept
from magcheck.knowledge.profile_data import profile_of
from tests.cli.running import Ran, own_checker, run
from tests.support import ROOT, child

CODES = {
    Exit.NOTHING_TO_CHANGE: "supplements: [{name: magnesium citrate, amount_mg: 100, basis: elemental}]",
    Exit.CHANGE: "supplements: [{name: magnesium citrate, amount_mg: 400, basis: elemental}]",
    Exit.ASK_OR_AVOID: "kidney: {dialysis: true}\nmedications: [Xyzol]",
    Exit.NOT_COMPLETE: "medications: [Xyzol]",
    Exit.WRONG_INPUT: "medications: [{name: cipro, times: [8pm]}]",
}
KNOWN = "person: {age: 30}\nkidney: {dialysis: false}\n"


def check(rules: str, text: str, *options: str) -> Ran:
    known = "" if "kidney" in text else KNOWN
    return run("check", "-", "--only-rules", rules, *options, stdin=f"{known}{text}".encode())


@pytest.mark.parametrize("code", CODES)
def test_each_exit_code_of_the_contract(code: Exit, rules: str) -> None:
    assert check(rules, CODES[code]).code == code


@pytest.mark.parametrize("code", [code for code in CODES if code != Exit.WRONG_INPUT])
def test_json_is_the_report_and_nothing_else(code: Exit, rules: str) -> None:
    ran = check(rules, CODES[code], "--json")
    text = CODES[code] if "kidney" in CODES[code] else KNOWN + CODES[code]
    report = own_checker(Path(rules)).plan(profile_of(read_document(text.encode(), "x")))
    assert ran.out == report.model_dump_json(indent=2) + "\n"
    assert ran.err == ""


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (EngineFault("the evaluators\ndisagree."), "cannot vouch for its own answer, so it gives none"),
        (RuntimeError("half a\nreport"), "magcheck stumbled: RuntimeError: half a report. Please report it."),
        (MemoryError(), "magcheck stumbled: MemoryError"),
        (RecursionError("too deep"), "magcheck stumbled: RecursionError"),
    ],
)
@pytest.mark.parametrize("stage", ["check", "show"])
def test_a_fault_gives_70_and_no_partial_answer(
    fault: Exception, message: str, stage: str, rules: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    if stage == "check":
        monkeypatch.setattr(Checker, "check", fail)
    else:
        monkeypatch.setattr(show, "text_of", fail)
    ran = check(rules, CODES[Exit.CHANGE])
    assert (ran.code, ran.out) == (70, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_ctrl_c_is_quiet(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Profile:
        raise KeyboardInterrupt

    monkeypatch.setattr(check_command, "read_told", interrupt)
    assert check(rules, "") == Ran(130, "", "\n")


@pytest.mark.parametrize(
    "arguments",
    [(), ("chek",), ("check",), ("check", "a", "b"), ("check", "-", "--jsn"), ("rules", "show"), ("schema",)],
)
def test_a_usage_error_is_2_on_stderr(arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: magcheck" in ran.err


def test_the_version_names_program_and_rules_as_a_report_does(checker: Checker) -> None:
    report = checker.check(Profile())
    expected = f"magcheck {__version__}, rules {report.rules.version} ({report.rules.digest[:19]})\n"
    assert run("--version") == Ran(0, expected, "")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["rules", "--help"], ["check", "--help"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    heavy = {"pydantic", "yaml", "rich", "rapidfuzz", "questionary", "prompt_toolkit"}
    told = child("-X", "importtime", "-m", "magcheck.cli.app", *arguments)
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in told.stderr.splitlines()}
    # typer itself reads the options of a command with pydantic
    assert not loaded & (heavy - ({"pydantic"} if len(arguments) > 1 else set()))
    assert "magcheck.checker" not in told.stderr


def test_a_check_loads_nothing_that_only_questions_or_drawings_need(profile: Path, rules: str) -> None:
    profile.write_text(CODES[Exit.CHANGE], encoding="utf-8")
    told = child("-X", "importtime", "-m", "magcheck.cli.app", "check", str(profile), "--only-rules", rules)
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in told.stderr.splitlines()}
    assert "pydantic" in loaded
    assert not loaded & {"rich", "questionary", "prompt_toolkit"}


HEAVY = {"typer", "click", "rich", "yaml", "rapidfuzz", "questionary", "prompt_toolkit", "ortools"}


def test_a_plain_check_of_json_loads_nothing_that_it_can_do_without(tmp_path: Path) -> None:
    file = tmp_path / "me.json"
    file.write_text('{"medications": ["cipro"], "kidney": {"egfr": 50}}', encoding="utf-8")
    told = child("-X", "importtime", "-m", "magcheck.cli.start", "check", str(file))
    loaded = {line.split("|")[-1].strip() for line in told.stderr.splitlines()}
    assert "magcheck.cli.check" in loaded
    nothing_kept = kept(shipped(), digest(contents(dict(files_in(shipped()))))) is NOTHING_KEPT
    needed = {"yaml"} if nothing_kept else set[str]()
    assert not (HEAVY - needed) & {module.partition(".")[0] for module in loaded}
    assert not {module for module in loaded if module.startswith(("magcheck.alternatives", "magcheck.plan"))}


def magcheck(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "magcheck.cli.app", *arguments]


@pytest.mark.parametrize("arguments", [["schema", "report"], ["check", "-"], ["check", "-", "--json"]])
def test_a_reader_that_leaves_early_gets_no_message_and_no_success(arguments: list[str]) -> None:
    with subprocess.Popen(
        magcheck(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as one:
        assert one.stdin
        assert one.stdout
        assert one.stderr
        one.stdout.close()
        one.stdin.write(CODES[Exit.NOTHING_TO_CHANGE].encode())
        one.stdin.close()
        assert one.stderr.read() == b""
    assert one.returncode == Exit.NOT_READ


_INTERRUPTED_WHILE_LOADING = """
import sys

MODULE = sys.argv[1]

class Interrupting:
    def find_spec(self, name, *_):
        if name == MODULE:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
from magcheck.cli.start import main
sys.argv[1:] = ["check", *sys.argv[2:]]
main()
"""


@pytest.mark.parametrize(
    ("module", "profile"),
    [
        ("typer", "--no-such-option"),
        ("magcheck.cli.check", "-"),
        ("pydantic", "-"),
        ("yaml", "examples/evening.yaml"),
        ("magcheck.inference.durable", "-"),
    ],
)
def test_an_interruption_while_something_loads_gives_no_traceback(module: str, profile: str) -> None:
    done = child("-c", _INTERRUPTED_WHILE_LOADING, module, profile)
    assert (done.returncode, done.stdout) == (Exit.INTERRUPTED, "")
    assert done.stderr.strip() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_report_that_cannot_be_written_is_not_a_success() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            magcheck("schema", "report"), stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT
        )
    assert done.returncode == 70
    assert b"magcheck could not finish: No space left on device." in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_gives_no_traceback(closed: str) -> None:
    line = f"{' '.join(magcheck('check', '-'))} {closed}"
    done = subprocess.run(
        ["sh", "-c", line], input=b"medications: [Xyzol]", capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == {"<&-": 2, ">&-": 70, "2>&-": 30}[closed]
    assert b"Traceback" not in done.stderr + done.stdout


def test_what_the_terminal_cannot_write_is_replaced_but_json_is_always_utf_8(profile: Path, rules: str) -> None:
    profile.write_text("medications: [Zürcher]", encoding="utf-8")
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {**os.environ, **ascii_only}
    arguments = magcheck("check", str(profile), "--only-rules", rules)
    text = subprocess.run(arguments, capture_output=True, check=False, cwd=ROOT, env=environment)
    assert b'"Z?rcher"' in text.stdout
    data = subprocess.run([*arguments, "--json"], capture_output=True, check=False, cwd=ROOT, env=environment)
    assert json.loads(data.stdout.decode("utf-8"))["not_checked"][0]["input"] == "Zürcher"


@pytest.mark.parametrize("shape", ["profile", "report", "page"])
def test_each_shape_is_published(shape: str) -> None:
    ran = run("schema", shape)
    assert ran.code == 0
    assert json.loads(ran.out)["type"] == "object"


def test_an_unknown_shape_is_refused_with_the_known_ones() -> None:
    ran = run("schema", "patient")
    assert (ran.code, ran.out) == (2, "")
    assert "There are: profile, report, page." in ran.err


@pytest.mark.parametrize("command", ["check", "plan", "explain", "ask"])
def test_what_cannot_be_true_is_refused_before_anything_counts_with_it(command: str, profile: Path) -> None:
    profile.write_text("kidney: {egfr: 1000, stage: G3}", encoding="utf-8")
    ran = run(command, str(profile))
    assert (ran.code, ran.out) == (2, "")
    assert "1000 mL/min/1.73 m2 cannot be right" in ran.err
