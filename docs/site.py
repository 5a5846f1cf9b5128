"""What does the site hold besides the pages in docs/? The README and its like, and every rule page in words.

Hooks of MkDocs. A link that leads out of docs/ becomes one to the page that shows the same on the site; a file
without such a page is named.
"""

from __future__ import annotations

import re
import sys
from os.path import normpath, relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.catalogue import folders_in_words
from mkdocs.structure.files import File

from magcheck.knowledge.load import load_rules

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
PAGES = "reference/rules"
TAKEN_OVER = {
    "index.md": "README.md",
    "changelog.md": "CHANGELOG.md",
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "vocabulary.md": "rules/vocabulary/README.md",
    "silences.md": "rules/decided/README.md",
    f"{PAGES}/index.md": "rules/README.md",
}
"""Page of the site -> file of the project."""
_SHOWN_AS = {file: page for page, file in TAKEN_OVER.items()}
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_RULE = re.compile(r"rules/(\w+)/([\w-]+)\.yaml")
_MARK = re.compile(r"^<!-- .* -->\n", re.MULTILINE)


def on_config(config: MkDocsConfig) -> None:
    """Name in the navigation what mkdocs.yml does not: the rule pages, and pages that somebody added."""
    written: list[dict[str, list[str]]] = config.nav or []
    sections = {title: pages for section in written for title, pages in section.items()}
    named = {page for pages in sections.values() for page in pages}
    for path in sorted(Path(config.docs_dir).rglob("*.md")):
        page = path.relative_to(config.docs_dir).as_posix()
        if page not in named:
            sections[_section(page)].append(page)
    by_folder = [f"{PAGES}/{name}.md" for name in _folders()]
    config.nav = [*written, {"Rule pages": [f"{PAGES}/index.md", *by_folder]}]


def _section(page: str) -> str:
    return {"how-to": "How to", "reference": "Reference"}.get(page.partition("/")[0], "Explanation")


def _folders() -> dict[str, str]:
    return folders_in_words(load_rules())


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made."""
    made = {page: (ROOT / file).read_text(encoding="utf-8") for page, file in TAKEN_OVER.items()}
    made |= {f"{PAGES}/{name}.md": text for name, text in _folders().items()}
    for page, text in made.items():
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:  # noqa: ANN401 - what MkDocs tells and nobody needs
    """Lead links to what the site shows; take away what is said to docs/generate.py alone."""
    uri = page.file.src_uri
    if uri.startswith(f"{PAGES}/") and uri not in TAKEN_OVER:
        return markdown
    return _LINK.sub(lambda link: _led(link, uri), _MARK.sub("", markdown))


def _led(link: re.Match[str], page: str) -> str:
    text, target = link.groups()
    path, _, anchor = target.partition("#")
    if not path or ":" in path:
        return link[0]
    home = Path(TAKEN_OVER.get(page, f"docs/{page}")).parent
    file = normpath(home / path)
    shown = _page_of(file, anchor)
    if shown is None:
        return f"`{file}`" if text in {file, Path(file).name} else f"{text} (`{file}`)"
    return f"[{text}]({relpath(shown, Path(page).parent)})"


def _page_of(file: str, anchor: str) -> str | None:
    """Where the site shows a file of the project."""
    rule = _RULE.fullmatch(file)
    if rule and rule[1] != "vocabulary":
        return f"{PAGES}/{rule[1]}.md#{rule[2]}"
    shown = _SHOWN_AS.get(file) or (file.removeprefix("docs/") if file.startswith("docs/") else None)
    if shown is None or file.endswith(".py"):
        return None
    return f"{shown}#{anchor}" if anchor else shown
