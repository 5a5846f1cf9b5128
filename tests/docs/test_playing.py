"""Is a page refused whose blocks do not do what they show?"""

from __future__ import annotations

import pytest
from docs.generate import pages
from docs.playing import ROOT, PageError, blocks, played

PROFILE = '```yaml title="me.yaml"\nsupplements: [magnesium citrate 100 mg elemental]\n```\n'


def test_a_command_is_shown_with_what_it_prints_and_its_code() -> None:
    page = (
        PROFILE
        + '```console\n$ magcheck check me.yaml --json | grep \'"verdict"\'; echo "code $?"\nold\n```\nafter\n'
    )
    shown = played(page)
    assert "old" not in shown
    assert '"verdict": ' in shown
    assert shown.endswith("code 30\n```\nafter\n")
    assert played(shown) == shown


def test_each_command_of_a_block_is_shown_with_its_own_output() -> None:
    assert played("```console\n$ echo a\n$ echo b\n```\n") == "```console\n$ echo a\na\n$ echo b\nb\n```\n"


def test_what_python_prints_stands_in_the_block_below() -> None:
    page = "```python\nprint(6 * 7)\n```\n\n```text\nold\n```\n"
    assert played(page) == page.replace("old", "42")


def test_text_that_nothing_prints_stays() -> None:
    page = "```text\na -> b\n```\n"
    assert played(page) == page


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("```sh\nmagcheck chekc me.yaml\n```\n", "ends with 99"),
        ("```sh\nmagcheck check nothing.yaml\n```\n", "there is no such file"),
        ("```sh\nmagchek ask\n```\n", "not found"),
        ("```sh\nmake nonsense\n```\n", "no target 'nonsense'"),
        ("```console\nmagcheck --version\n```\n", "begins with a command"),
        ("```console\n$ magchek --version\n```\n", "not found"),
        ("```python\nfrom magcheck import chek\n```\n", "cannot import name 'chek'"),
        ("```yaml\nperson: {agee: 3}\n```\n", "Did you mean 'age'?"),
        ("```yaml\nperson: {sex: male, pregnancy: pregnant}\n```\n", "pregnan"),
        ("```toml\na = 1\n```\n", "a block of 'toml'"),
        ("```\nmagcheck ask\n```\n", "a block of ''"),
        ("text\n\n    magcheck ask\n", "indented"),
        ("- a list\n\n  ```sh\n  magcheck ask\n  ```\n", "indented"),
        ("```console\n$ pip install magcheck\n```\n", "in a block of 'sh'"),
        ("<!-- tested: tests/nothing.py -->\n```console\n$ magcheck serve\n```\n", "no test tests/nothing.py"),
        ("<!-- tested: README.md -->\n```console\n$ magcheck serve\n```\n", "no test README.md"),
        ("<!-- session: nonsense -->\n```console\n```\n", "nonsense"),
        ("<!-- only: NONSENSE -->\n```console\n$ echo a\n```\n", "no section 'NONSENSE'"),
    ],
)
def test_a_block_that_does_not_work_is_refused_with_its_line(page: str, said: str) -> None:
    with pytest.raises(PageError, match="line ") as refused:
        played(page)
    assert said in str(refused.value)


def test_what_cannot_be_run_names_its_test() -> None:
    page = "<!-- tested: tests/docs/test_playing.py -->\n```console\n$ magcheck serve\nlistening\n```\n"
    assert played(page) == page


def test_what_is_generated_is_not_run() -> None:
    page = "<!-- generated: cli -->\n```console\n$ magcheck [OPTIONS]\n```\n<!-- end -->\n"
    assert blocks(page) == []
    assert played(page) == page


def test_no_page_is_left_out() -> None:
    left = [path for path in ROOT.glob("*.md") if path not in pages()]
    assert all(not blocks(path.read_text(encoding="utf-8")) for path in left)
    assert {ROOT / "README.md", ROOT / "docs" / "getting-started.md", ROOT / "docs" / "how-to" / "day.md"} <= set(
        pages()
    )
