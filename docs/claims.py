"""What covers each claim of the articles, and how was each conflict decided? rules/claims.yaml, checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from magcheck.core.errors import InputError
from magcheck.core.model import Model
from magcheck.knowledge.document import read_document
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.review import Id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.knowledge.load import RuleBook

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "rules" / "claims.yaml"
SETTLED = {"conflict": 22, "point": 48}
"""How many conflicts inside the articles and points against other sources there are."""

ClaimId = Annotated[str, Field(pattern=r"^S\d-\d\d$")]
Words = Annotated[str, Field(min_length=3, max_length=400)]
Cover = Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*|(data|engine|decision): .+)$")]


class Claim(Model):
    claim: Words
    """What the article says, in our words."""
    covered_by: Annotated[tuple[Cover, ...], Field(min_length=1, strict=False)]
    """Page ids, `data: FILE`, `engine: KEY` or `decision: KEY`."""
    deviates: Words | None = None


class Decision(Model):
    decision: Words
    because: Words
    settles: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """ "conflict 3", "point 14"."""


class Register(Model):
    articles: dict[str, Words]
    engine: dict[str, str]
    """What the engine does by itself -> the test that shows it."""
    not_actionable: Annotated[tuple[ClaimId, ...], Field(strict=False)]
    claims: dict[ClaimId, Claim]
    decisions: dict[Id, Decision]


def read_register(path: Path = REGISTER) -> Register:
    """Raises InputError with every problem of the file."""
    document = read_document(path.read_bytes(), path.name)
    try:
        return Register.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, Register, document)) from None


def claim_problems(book: RuleBook, register: Register | None = None) -> list[str]:
    """Everything that leaves a claim or a conflict open; empty when all are covered."""
    register = register or read_register()
    covers = (
        f"{claim}: {problem}"
        for claim, entry in register.claims.items()
        for cover in entry.covered_by
        for problem in _cover_problems(cover, register, book)
    )
    return [*covers, *_numbering(register), *_settled(register), *_idle(register), *_proofs(register)]


def _cover_problems(cover: str, register: Register, book: RuleBook) -> Iterator[str]:
    kind, _, name = cover.rpartition(": ")
    if kind == "data":
        if not (name.startswith("rules/") and (ROOT / name).is_file()):
            yield f"there is no file {name}."
    elif kind == "engine":
        if name not in register.engine:
            yield f"the list 'engine' has no '{name}'."
    elif kind == "decision":
        if name not in register.decisions:
            yield f"there is no decision '{name}'."
    elif name not in book.rules_by_id:
        yield f"there is no page '{name}'."
    elif book.rules_by_id[name].retired:
        yield f"the page '{name}' is retired."


def _numbering(register: Register) -> Iterator[str]:
    """Every article is numbered without a gap, and no claim stands in both lists."""
    twice = register.claims.keys() & set(register.not_actionable)
    yield from (f"{claim}: both covered and not actionable." for claim in sorted(twice))
    known = sorted([*register.claims, *register.not_actionable])
    for article in register.articles:
        numbers = [int(claim[3:]) for claim in known if claim.startswith(f"{article}-")]
        missing = set(range(1, max(numbers, default=0) + 1)) - set(numbers)
        yield from (f"{article}-{number:02}: is in neither list." for number in sorted(missing))
    yield from (f"{claim}: of no article." for claim in known if claim[:2] not in register.articles)


def _settled(register: Register) -> Iterator[str]:
    """Each conflict and each point is settled by exactly one decision."""
    settled = [name for decision in register.decisions.values() for name in decision.settles]
    expected = [f"{kind} {number}" for kind, count in SETTLED.items() for number in range(1, count + 1)]
    yield from (f"{name}: not decided." for name in expected if name not in settled)
    yield from (f"{name}: decided twice." for name in sorted(set(settled)) if settled.count(name) > 1)
    yield from (f"{name}: no such conflict or point." for name in settled if name not in expected)


def _idle(register: Register) -> Iterator[str]:
    """Nothing is kept that nobody refers to."""
    used = {cover for entry in register.claims.values() for cover in entry.covered_by}
    for key, decision in register.decisions.items():
        if not decision.settles and f"decision: {key}" not in used:
            yield f"decision {key}: settles nothing and covers nothing."
    yield from (f"engine {key}: covers nothing." for key in register.engine if f"engine: {key}" not in used)


def _proofs(register: Register) -> Iterator[str]:
    for key, path in register.engine.items():
        if not (ROOT / path).is_file():
            yield f"engine {key}: there is no {path}."


def claims_document(book: RuleBook, register: Register | None = None) -> str:
    """docs/claims.md."""
    register = register or read_register()
    count = len(register.claims)
    differing = sum(entry.deviates is not None for entry in register.claims.values())
    lines = [
        "# Claims and decisions",
        "",
        "Generated from `rules/claims.yaml` by `make docs`; do not edit.",
        f"Five articles on magnesium make {count + len(register.not_actionable)} claims.",
        f"{count} of them ask for something that a checker can do; {differing} are followed with a difference.",
        "The articles are not sources: no page cites them.",
    ]
    for article, what in register.articles.items():
        entries = [(claim, entry) for claim, entry in register.claims.items() if claim[:2] == article]
        lines += _table(f"{article}: {what}", "claim", "what it says", "cover", "where we differ")
        lines += [_row(claim, entry, register, book) for claim, entry in entries]
    lines += _table("Decisions", "decision", "settles", "what we do", "because")
    lines += [_decision_row(key, decision) for key, decision in register.decisions.items()]
    lines += ["", "## Nothing to act on", "", _wrapped(register.not_actionable), ""]
    return "\n".join(lines)


def _table(title: str, *heads: str) -> list[str]:
    return ["", f"## {title}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]


def _row(claim: str, entry: Claim, register: Register, book: RuleBook) -> str:
    covers = ", ".join(_link(cover, register, book) for cover in entry.covered_by)
    return f"| {claim} | {_cell(entry.claim)} | {covers} | {_cell(entry.deviates or '')} |"


def _link(cover: str, register: Register, book: RuleBook) -> str:
    kind, _, name = cover.rpartition(": ")
    if kind == "data":
        return f"[{Path(name).name}](../{name})"
    if kind == "engine":
        return f"engine: [{name}](../{register.engine.get(name, '')})"
    if kind == "decision":
        return f"decision [{name}](#{name})"
    document = book.documents.get(name)
    return f"[{name}](../{document.name})" if document else name


def _decision_row(key: str, decision: Decision) -> str:
    settles = ", ".join(decision.settles)
    return f'| <a id="{key}"></a>{key} | {settles} | {_cell(decision.decision)} | {_cell(decision.because)} |'


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def _wrapped(ids: Sequence[str]) -> str:
    rows = [", ".join(ids[start : start + 14]) for start in range(0, len(ids), 14)]
    return ",\n".join(rows) + "."
