"""What do --rules and --only-rules do at every command, and what does a report say of it?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from magcheck.knowledge.load import load_rules
from tests.cli.running import Ran, run, write_pages
from tests.support import page_data

KIDNEYS = b"kidney: {egfr: 12}\nmedications: [cipro]\n"
FIRST = load_rules().wording.report.only


@pytest.fixture(scope="module")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    page = page_data("of-our-house", {"taking": "ciprofloxacin by mouth"}, {"taking": "magnesium by mouth"})
    return str(write_pages(tmp_path_factory.mktemp("one"), page))


def check(*options: str, terminal: bool = False) -> Ran:
    return run("check", "-", *options, stdin=KIDNEYS, terminal=terminal)


def test_one_own_page_does_not_silence_ours(one_page: str) -> None:
    ran = check("--rules", one_page, "--json")
    report = json.loads(ran.out)
    assert (ran.code, report["verdict"]) == (20, "avoid")
    assert (report["rules"]["own"], report["rules"]["only"]) == (1, False)
    assert "+own, sha256:" in check("--rules", one_page, "--more").out


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("options", [["check"], ["check", "--for", "professional"], ["plan"], ["explain"]])
def test_the_first_line_says_that_only_own_pages_were_used(
    one_page: str, profile: Path, options: list[str], *, terminal: bool
) -> None:
    profile.write_bytes(KIDNEYS)
    command, *rest = options
    rest += ["--no-input"] if command == "check" else []
    out = run(command, str(profile), *rest, "--only-rules", one_page, "--plain", terminal=terminal).out
    assert " ".join(out.split("\n\n")[0].split()) == FIRST
    assert load_rules().version not in out


def test_the_first_line_on_a_terminal_and_of_a_handout_and_of_a_comparison(one_page: str, profile: Path) -> None:
    profile.write_bytes(KIDNEYS)
    drawn = check("--only-rules", one_page, "--no-input", terminal=True).out
    assert FIRST.partition(",")[0] in drawn.split("\n\n")[0]
    page = check("--only-rules", one_page, "--html", "-").out
    assert page.partition("<body")[2].partition("<p")[2].startswith(' class="above">Checked with')
    compared = run("diff", str(profile), str(profile), "--only-rules", one_page, "--plain").out
    assert " ".join(compared.split("\n\n")[0].split()) == FIRST


def test_the_handout_is_printed_instead_of_the_report(one_page: str) -> None:
    ran = check("--only-rules", one_page, "--html", "-")
    assert ran.out.startswith("<!doctype html>")
    assert ran.out.rstrip().endswith("</html>")
    assert ran.out.count("<!doctype") == 1
    assert not Path("-").exists()
    both = check("--only-rules", one_page, "--html", "-", "--json")
    assert (both.code, both.out) == (2, "")
    assert "both write to standard output" in both.err


COMMANDS = [
    ["check", "-"],
    ["plan", "-"],
    ["explain", "-"],
    ["ask"],
    ["questionnaire"],
    ["rules", "list"],
    ["rules", "show", "of-our-house"],
    ["rules", "lint"],
    ["rules", "due"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_that_reads_rules_takes_both_options_and_refuses_both_at_once(
    command: list[str], one_page: str, tmp_path: Path
) -> None:
    both = run(*command, "--rules", one_page, "--only-rules", one_page, stdin=b"{}")
    assert (both.code, both.out) == (2, "")
    assert "Write one of them." in both.err
    for option in ("--rules", "--only-rules"):
        for folder, why in (("", "no folder is named"), (str(tmp_path), "there is no rule page here")):
            ran = run(*command, option, folder, stdin=b"{}")
            assert (ran.code, ran.out) == (2, "")
            assert why in ran.err


def test_a_question_that_is_missing_is_the_fault_of_the_folder(one_page: str, tmp_path: Path) -> None:
    write_pages(tmp_path, json.loads(run("rules", "show", "of-our-house", "--only-rules", one_page, "--json").out))
    (tmp_path / "questions.yaml").write_text("{}", encoding="utf-8")
    ran = check("--only-rules", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert "questions.yaml: the question 'kidney.egfr' is missing." in ran.err
