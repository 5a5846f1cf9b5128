"""Writes every document that could go stale: the catalogue, the JSON Schemas, what the pages show.

`python docs/generate.py` writes; `python docs/generate.py --check` fails when a file is not what it would write.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.claims import claims_document
from docs.picture import first_screen
from docs.playing import PageError, played
from docs.shapes import fields

from magcheck.core.fact_names import SCALE
from magcheck.core.json_schema import json_schema
from magcheck.core.scales import Grade
from magcheck.knowledge.condition_words import in_words
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.naming import placed, placed_around
from magcheck.knowledge.review import EvidenceBasis, HowRead, ReviewStatus
from magcheck.knowledge.rule import Rule
from magcheck.profile import Profile
from magcheck.report import Report
from magcheck.serve.app import description

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.knowledge.load import RuleBook

ROOT = Path(__file__).parents[1]
AT_ONCE = 2


def outcome(page: Rule) -> str:
    if page.place:
        return f"place: {placed(page)}, {page.place.anchor or f'around {placed_around(page)}'}"
    if page.ask:
        return f"asks {page.ask}"
    if page.limit:
        return f"{page.strongest.value} above {page.limit / SCALE:g} mg a day"
    window = page.separate
    if window and window.before is not None and window.after is not None:
        least = f"{window.before / 60:g} h before, {window.after / 60:g} h after"
        better = window.preferred
        more = f" (better {better.before / 60:g} / {better.after / 60:g})" if better else ""
        return f"separate: {least}{more}"
    return page.strongest.value + (" (no safe gap)" if window else "")


def catalogue(book: RuleBook) -> str:
    folders: defaultdict[str, list[Rule]] = defaultdict(list)
    for page in book.rules:
        folders[Path(book.documents[page.id].name).parent.name].append(page)
    lines = [
        "# Rule pages",
        "",
        "Generated from the pages by `make docs`; do not edit. One folder is one reviewer's reading list.",
        "`before` and `after` say when the **medicine** is taken, seen from magnesium.",
        "",
        grades(book),
        standing(book),
        "",
    ]
    for folder, pages in sorted(folders.items()):
        lines += [f"## {folder}", "", "| page | when | outcome | severity | evidence |", "|---|---|---|---|---|"]
        lines += [page_row(folder, page) for page in pages]
        lines.append("")
    return "\n".join(lines)


def page_row(folder: str, page: Rule) -> str:
    when = "; ".join(in_words(condition) for condition in page.when)
    graded = ", ".join(sorted({evidence.grade.value for evidence in page.evidence}))
    link = f"[{page.id}]({folder}/{page.id}.yaml)" + (" (retired)" if page.retired else "")
    return f"| {link} | {when} | {outcome(page)} | {page.severity.value} | {graded} |"


def grades(book: RuleBook) -> str:
    """How many pages stand on which evidence, by their best grade."""
    order = list(Grade)
    used = [page for page in book.rules if not page.retired]
    best = Counter(min((e.grade for e in page.evidence), key=order.index) for page in used)
    counted = ", ".join(f"{best[grade]} {grade.value}" for grade in order)
    return f"{len(used)} pages; best evidence of each: {counted}. {len(book.rules) - len(used)} more are retired."


def standing(book: RuleBook) -> str:
    """How many pages somebody stands for, and how their evidence was read."""
    statuses = Counter(page.status for page in book.rules)
    lines = [line for page in book.rules if not page.retired for line in page.evidence]
    read = Counter(line.read for line in lines)
    ours = sum(line.basis is EvidenceBasis.OURS for line in lines)
    by_status = ", ".join(f"{statuses[status]} {status.value}" for status in ReviewStatus)
    by_reading = ", ".join(f"{read[how]} {how.value}" for how in HowRead)
    return (
        f"By status: {by_status}. Lines of evidence in use, by how they were read: {by_reading}; "
        f"{ours} of them go a step beyond their source and say which."
    )


def schema(model: type[Profile | Report | Rule]) -> str:
    return json.dumps(json_schema(model), indent=2, sort_keys=True) + "\n"


def filled(text: str, book: RuleBook) -> str:
    """The page, with what is made of the code and the rules between its marks."""
    for name, made in PARTS.items():
        start, end = f"<!-- generated: {name} -->\n", "<!-- end -->"
        before, found, rest = text.partition(start)
        if found:
            text = before + start + made(book).rstrip() + "\n" + end + rest.partition(end)[2]
    return text


PARTS: dict[str, Callable[[RuleBook], str]] = {
    "grades": grades,
    "profile": lambda _: fields(Profile),
    "report": lambda _: fields(Report),
    "cli": lambda _: command_line(),
}


def command_line() -> str:
    """Every command and option, as typer tells them."""
    command = [sys.executable, "-m", "typer", "magcheck.cli.app", "utils", "docs", "--name", "magcheck"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S603 - our own app
    return told.replace("# `magcheck`\n\n", "", 1)


def page(path: Path, book: RuleBook) -> str | PageError:
    """Or, with its place, a block that does not do what it shows."""
    try:
        return played(filled(path.read_text(encoding="utf-8"), book))
    except PageError as error:
        return PageError(f"{path.relative_to(ROOT)}, {error}")


def pages() -> list[Path]:
    """What is written by hand and may show commands."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def documents() -> dict[Path, str]:
    book = load_rules()
    whole = {
        ROOT / "rules" / "README.md": catalogue(book),
        ROOT / "docs" / "claims.md": claims_document(book),
        ROOT / "docs" / "schema" / "profile.json": schema(Profile),
        ROOT / "docs" / "schema" / "report.json": schema(Report),
        ROOT / "docs" / "schema" / "page.json": schema(Rule),
        ROOT / "docs" / "first-screen.svg": first_screen(),
        ROOT / "docs" / "schema" / "openapi.json": json.dumps(description(), indent=2, ensure_ascii=False) + "\n",
    }
    shown = [path for path in pages() if path not in whole]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(pool.map(lambda path: page(path, book), shown))
    errors = [str(text) for text in made if isinstance(text, PageError)]
    if errors:
        raise PageError("\n".join(errors))
    return whole | {path: str(text) for path, text in zip(shown, made, strict=True)}


def main() -> None:
    stale = []
    try:
        made = documents()
    except PageError as error:
        sys.exit(str(error))
    for path, text in made.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'stale' if '--check' in sys.argv else 'written'}: {', '.join(stale)}")
    if stale and "--check" in sys.argv:
        sys.exit("Run: make docs")


if __name__ == "__main__":
    main()
