"""What is said when durable_rules is missing or was built wrong? One plain sentence, never a traceback."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from magcheck import Checker, EngineFault
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.program import Program
from tests.support import child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from magcheck.inference.program import Fact, Matches

BUILD = """
from magcheck.core.errors import EngineFault
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.program import Program
try:
    DurableEvaluator(Program((), {}))
except EngineFault as fault:
    print(fault)
else:
    print("it works")
"""
ALL = """
def create_ruleset(*_): {create}
def assert_facts(*_): {assert_}
def delete_ruleset(*_): pass
def start_action_for_state(*_): {start}
def complete_and_start_action(*_): return None
def delete_state(*_): pass
"""
BROKEN = {
    "missing": ("raise ModuleNotFoundError(\"No module named 'durable_rules_engine'\")", "No module named"),
    "built for another Python": (
        'raise ImportError("/x/durable_rules_engine.so: undefined symbol: PyEval_CallObject")',
        "undefined symbol: PyEval_CallObject",
    ),
    "several lines": ('raise ImportError("first line\\nsecond line")', "first line)"),
    "empty": ("", "it lacks create_ruleset, delete_ruleset, assert_facts"),
    "too old": ("def create_ruleset(*_): return 1\ndef delete_ruleset(*_): pass", "it lacks assert_facts"),
    "refuses rules": (
        ALL.format(create="raise Exception('error code: 105')", assert_="pass", start="pass"),
        "error code: 105",
    ),
    "loses facts": (ALL.format(create="return 1", assert_="return 1, 0", start="return None"), "answered 1"),
    "never fires": (
        ALL.format(create="return 1", assert_="return 0, 0", start="return None"),
        "the batch did not reach its end",
    ),
    "answers nonsense": (ALL.format(create="return 1", assert_="return None", start="return None"), ""),
}
HELP = re.compile(
    r"durable_rules, which magcheck needs, does not load here \(.+\); with a C compiler and the Python headers, "
    r"this mends it: CPPFLAGS=\S+ pip install .+ durable-rules==2\.0\.28"
)
NOT_BUILT = ["missing", "built for another Python", "several lines", "empty", "too old"]
FIRST_COMMANDS = [["--version"], ["ask"], ["check", "person.yaml"], ["rules"], ["schema", "profile"]]


def first_in(folder: Path) -> dict[str, str]:
    """Modules are looked for in `folder` first, then wherever these tests find them."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))}


def told_with(folder: Path, module: str, script: str = BUILD) -> tuple[int, str, str]:
    """(exit code, output, errors) of a child that finds `module` in place of the engine."""
    (folder / "durable_rules_engine.py").write_text(module)
    done = child("-c", script, environment=first_in(folder))
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_engine_is_said_in_one_plain_line(tmp_path: Path, kind: str) -> None:
    module, said = BROKEN[kind]
    code, output, errors = told_with(tmp_path, module)
    assert (code, errors) == (0, "")
    (line,) = output.splitlines()
    assert said in line
    assert "Traceback" not in line


@pytest.mark.parametrize("kind", NOT_BUILT)
def test_how_to_mend_the_build_is_said_too(tmp_path: Path, kind: str) -> None:
    _, output, _ = told_with(tmp_path, BROKEN[kind][0])
    assert HELP.fullmatch(output.strip())


def test_the_fake_engine_is_really_the_one_that_is_found(tmp_path: Path) -> None:
    """Without it the engine works."""
    assert child("-c", BUILD, environment=first_in(tmp_path)).stdout == "it works\n"


def test_help_needs_no_engine(tmp_path: Path) -> None:
    code, output, errors = told_with(tmp_path, BROKEN["missing"][0], as_command("--help"))
    assert (code, errors) == (0, "")
    assert output


@pytest.mark.parametrize("arguments", FIRST_COMMANDS, ids=" ".join)
def test_the_first_command_says_in_one_sentence_what_mends_it_and_asks_nothing(
    tmp_path: Path, arguments: list[str]
) -> None:
    code, output, errors = told_with(tmp_path, BROKEN["built for another Python"][0], as_command(*arguments))
    assert code == 70
    assert HELP.fullmatch(errors.strip())
    assert output.startswith("magcheck ") if arguments == ["--version"] else output == ""


@pytest.mark.parametrize("kind", BROKEN)
def test_the_command_says_it_too_and_exits_with_70(tmp_path: Path, kind: str) -> None:
    (tmp_path / "person.yaml").write_text("person: {age: 62}\nsupplements: [magnesium citrate 200 mg]\n")
    command = as_command("check", str(tmp_path / "person.yaml"))
    code, output, errors = told_with(tmp_path, BROKEN[kind][0], command)
    assert (code, output) == (70, "")
    assert "Traceback" not in errors
    assert BROKEN[kind][1] in re.sub(r"\s+", " ", errors)


def test_the_command_says_the_whole_way_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "person.yaml").write_text("person: {age: 62}\n")
    command = as_command("check", str(tmp_path / "person.yaml"))
    _, _, errors = told_with(tmp_path, BROKEN["built for another Python"][0], command)
    assert HELP.search(errors)


def as_command(*arguments: str) -> str:
    return f"from magcheck.cli.app import main; main({list(arguments)!r})"


# The smoke test that every start begins with


def test_a_new_evaluator_has_fired_its_last_rule_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Sequence[Fact]] = []
    right = DurableEvaluator.matches

    def counted(self: DurableEvaluator, facts: Sequence[Fact]) -> Matches:
        runs.append(facts)
        return right(self, facts)

    monkeypatch.setattr(DurableEvaluator, "matches", counted)
    DurableEvaluator(Program((), {})).close()
    assert runs == [[]]


def test_a_checker_whose_engine_stumbles_at_the_start_is_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise EngineFault("no")

    monkeypatch.setattr(DurableEvaluator, "matches", stumble)
    with pytest.raises(EngineFault):
        Checker()


def test_a_closed_evaluator_builds_itself_again() -> None:
    evaluator = DurableEvaluator(Program((), {}))
    for _ in range(3):
        evaluator.close()
        evaluator.close()
        assert evaluator.matches([]) == frozenset()
    evaluator.close()


@pytest.mark.parametrize("answer", ["1", "-1"])
def test_where_the_facts_were_refused_no_action_is_started(tmp_path: Path, answer: str) -> None:
    """durable_rules has crashed there."""
    module = ALL.format(create="return 1", assert_=f"return {answer}, 0", start="print('started')")
    _, said, _ = told_with(tmp_path, module)
    assert f"answered {answer}" in said
    assert "started" not in said
