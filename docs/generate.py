"""Writes every document that could go stale: the catalogue, the JSON Schemas, the blocks of the README.

`python docs/generate.py` writes; `python docs/generate.py --check` fails when a file is not what it would write.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.claims import claims_document
from docs.transcripts import COMPLICATED, SIMPLE, transcript

from magcheck.core.fact_names import SCALE
from magcheck.core.json_schema import json_schema
from magcheck.core.scales import Grade
from magcheck.knowledge.condition_words import in_words
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.naming import placed, placed_around
from magcheck.knowledge.review import Basis, Read, ReviewStatus
from magcheck.knowledge.rule import Rule
from magcheck.profile import Profile
from magcheck.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.knowledge.load import RuleBook

ROOT = Path(__file__).parents[1]


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
    ours = sum(line.basis is Basis.OURS for line in lines)
    by_status = ", ".join(f"{statuses[status]} {status.value}" for status in ReviewStatus)
    by_reading = ", ".join(f"{read[how]} {how.value}" for how in Read)
    return (
        f"By status: {by_status}. Lines of evidence in use, by how they were read: {by_reading}; "
        f"{ours} of them go a step beyond their source and say which."
    )


def schema(model: type[Profile | Report | Rule]) -> str:
    return json.dumps(json_schema(model), indent=2, sort_keys=True) + "\n"


PIPE = {"COLUMNS": "100"}
TERMINAL = {**PIPE, "FORCE_COLOR": "1", "NO_COLOR": "1", "PYTHONUTF8": "1"}


def ran(*arguments: str, where: Mapping[str, str] = PIPE) -> str:
    """What the command line prints, as a block."""
    command = [sys.executable, "-m", "magcheck.cli.app", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=where)  # noqa: S603 - our own command line
    return f"```console\n$ magcheck {' '.join(arguments)}\n{done.stdout.rstrip()}\n```"


def only(section: str, block: str) -> str:
    """The command of a block, and one section of what it prints."""
    opening, command, rest = block.split("\n", 2)
    kept = section.upper() + rest.partition(section.upper())[2].partition("\n\n")[0]
    return f"{opening}\n{command}\n...\n{kept}\n...\n```"


def readme(text: str, book: RuleBook) -> str:
    blocks = {
        "report": ran("check", "examples/evening.yaml", "--plain"),
        "changes": only("What would change this", ran("check", "examples/close.yaml", "--plain")),
        "calm day": ran("plan", "examples/calm.yaml", where=TERMINAL),
        "crowded day": ran("plan", "examples/crowded.yaml", where=TERMINAL),
        "explain": ran("explain", "examples/evening.yaml", "potassium-sparing-kidneys-weak", "--plain"),
        "diff": ran("diff", "examples/evening.yaml", "examples/later.yaml", "--plain"),
        "grades": grades(book),
        "simple session": transcript(SIMPLE),
        "complicated session": transcript(COMPLICATED),
    }
    for name, block in blocks.items():
        start, end = f"<!-- generated: {name} -->\n", "\n<!-- end -->"
        before, found, rest = text.partition(start)
        if found:
            text = before + start + block + end + rest.partition(end)[2]
    return text


def documents() -> dict[Path, str]:
    book = load_rules()
    front = ROOT / "README.md"
    return {
        ROOT / "rules" / "README.md": catalogue(book),
        ROOT / "docs" / "claims.md": claims_document(book),
        ROOT / "docs" / "schema" / "profile.json": schema(Profile),
        ROOT / "docs" / "schema" / "report.json": schema(Report),
        ROOT / "docs" / "schema" / "page.json": schema(Rule),
        front: readme(front.read_text(encoding="utf-8"), book),
    }


def main() -> None:
    stale = []
    for path, text in documents().items():
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
