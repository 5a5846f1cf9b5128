"""What several tests share: small pages of our own, and children that may die without taking pytest along."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from magcheck import Checker, Profile
from magcheck.knowledge.document import Document
from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.knowledge.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from magcheck.inference.durable import DurableEvaluator

ROOT = Path(__file__).resolve().parent.parent


def child(
    *arguments: str, timeout: float = 300, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A Python process of its own that prints where it was when it dies; warnings are errors there too."""
    command = [sys.executable, "-X", "faulthandler", "-W", "error", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def told_in_child(story: Callable[[], object], timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run the module-level function `story` in a child."""
    module, name = story.__module__, story.__name__
    return child("-c", f"from {module} import {name}; {name}()", timeout=timeout)


def assert_survives(story: Callable[[], object], timeout: float = 300) -> None:
    done = told_in_child(story, timeout)
    assert done.returncode == 0, f"{story.__name__} ended with {done.returncode}:\n{done.stderr[-4000:]}"


def page(id_: str, *when: Mapping[str, object], **rest: object) -> Rule:
    """A page that says as little as a page can; an `action` of its own unless `rest` has an outcome."""
    return Rule.model_validate(page_data(id_, *when, **rest))


def page_data(id_: str, *when: Mapping[str, object], **rest: object) -> dict[str, Any]:
    given = {"given": {}, "expect": "fires"}
    outcome = {} if rest.keys() & {"separate", "ask"} else {"action": "note", "what_to_do": "Nothing to do."}
    data = {
        "id": id_,
        "title": "A page of the tests",
        "status": "draft",
        "written": "2026-11-22",
        "checked": "nobody",
        "again": "2027-11",
        "when": [dict(line) for line in when],
        "why": "A test needs it.",
        "severity": "minor",
        "evidence": [{"source": "cipro-label", "grade": "label", "read": "original", "basis": "source"}],
        "examples": [given, {**given, "given": {"goals": []}, "expect": "silent"}],
        **outcome,
        **rest,
    }
    return {key: data[key] for key in [*Rule.model_fields, *data] if key in data}


RETIRED = {"status": "retired", "retired": {"why": "said better elsewhere", "on": "2026-11-22"}}
"""What a retired page says besides."""


@cache
def book_without_pages() -> RuleBook:
    """Our vocabulary, questions and words, and not one page."""
    return replace(load_rules(), rules=(), documents={})


def book_of(*pages: Rule) -> RuleBook:
    documents = {rule.id: Document(f"{rule.id}.yaml", {}) for rule in pages}
    return replace(book_without_pages(), rules=pages, documents=documents)


def checker_of(*pages: Rule) -> Checker:
    return Checker(book_of(*pages))


def profile(**data: object) -> Profile:
    return Profile.model_validate(data)


def durable_of(checker: Checker) -> DurableEvaluator:
    """The durable evaluator inside `checker`."""
    found: DurableEvaluator = vars(checker)["_durable"]
    return found
