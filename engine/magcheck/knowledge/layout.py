"""What does each file of a folder of rules hold? Told by its path alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import Problem
from magcheck.knowledge.additions import KEYS
from magcheck.knowledge.files import TABLES
from magcheck.knowledge.own_folder import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

WORD_LISTS = "reading"
CONDITION_LISTS = "conditions"
DECIDED = "decided/"
NOT_PAGES = frozenset(
    f"{name}.yaml"
    for name in (
        "claims",
        "countries",
        "edition",
        "equations",
        "planning",
        "promises",
        "questions",
        "sources",
        "wording",
    )
)
NEEDED = (
    *(NOT_PAGES - {"claims.yaml"}),
    *(f"{TABLES}/{name}.yaml" for name in ("classes", "traits")),
    *(f"{TABLES}/{name}.csv" for name in ("atc", "contents", "dose_forms", "families", "forms", "products")),
    *(f"{TABLES}/{name}.csv" for name in ("rxnorm", "substances")),
)
ADDED = frozenset(
    {"sources.yaml", "wording.yaml", *(f"{TABLES}/{name}" for name in (*KEYS, "classes.yaml", "traits.yaml"))}
)
"""What a folder that adds may hold besides pages and word lists."""


def is_page(path: str) -> bool:
    return path.endswith(".yaml") and path not in NOT_PAGES and not path.startswith((f"{TABLES}/", DECIDED))


def is_word_list(path: str) -> bool:
    folders = (f"{TABLES}/{WORD_LISTS}/", f"{TABLES}/{CONDITION_LISTS}/")
    return path.endswith(".yaml") and path.startswith(folders)


def word_lists(paths: Iterable[str], folder: str) -> list[str]:
    """The lists of one of the two folders, in order."""
    return sorted(path for path in paths if is_word_list(path) and path.startswith(f"{TABLES}/{folder}/"))


def is_decided(path: str) -> bool:
    return path.endswith(".yaml") and path.startswith(DECIDED)


def misplaced(
    own: Mapping[str, bytes], ours: Collection[str], shown: Callable[[str], str], *, only: bool
) -> Iterator[Problem]:
    """Files of one's own that would be read for nothing."""
    for path, raw in own.items():
        if is_page(path):
            if len(raw) > MAX_PAGE_BYTES:
                yield Problem(
                    shown(path), f"the page is larger than {MAX_PAGE_BYTES:,} bytes.", "Write several pages."
                )
        elif not (path in {*ADDED, *NEEDED, *NOT_PAGES} or is_word_list(path) or is_decided(path)):
            yield Problem(shown(path), "no such file is read here.", "Rename it, or leave it out.")
        elif not only and path not in ADDED and (path in ours or not is_word_list(path)):
            what = "this file would replace ours, but these pages are added."
            yield Problem(shown(path), what, "Leave it out, or use the folder alone: --only-rules.")
