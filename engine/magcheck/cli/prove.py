"""Do the pages keep what they promise, to everybody? One theorem a line; a person for each that does not hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from magcheck.cli.console import print_data, print_result, say
from magcheck.cli.own_rules import checker_of
from magcheck.core.exits import Exit
from magcheck.core.extras import refuse_without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.cli.chosen import Chosen
    from magcheck.prove.theorems import Theorem


def prove(rules: Chosen | None, *, as_json: bool) -> int:
    """Raises MissingExtraError without a solver, RulesError for pages that cannot be used."""
    refuse_without("z3", "a proof", "prove")
    from magcheck.prove.prover import Prover  # noqa: PLC0415 - loads the solver

    prover = Prover(checker_of(rules))
    theorems = [*_shown(prover.theorems(), quiet=as_json)]
    pages = [*prover.pages()]
    failing = [theorem for theorem in (*theorems, *pages) if not theorem.holds]
    if as_json:
        print_data(json.dumps([_entry(theorem) for theorem in (*theorems, *pages)], indent=2, ensure_ascii=False))
    else:
        lines = [_lines(theorem) for theorem in pages if not theorem.holds]
        silent = len(lines)
        print_result(
            "\n".join(
                [*lines, f"{len(pages) - silent} of {len(pages)} pages can speak, each confirmed by a check"]
            )
        )
    scale = prover.scale
    said = f"{scale.pages} pages, {scale.kinds:,} kinds of things taken, all values: "
    say(said + (f"{len(failing)} theorems do not hold." if failing else "every theorem holds."))
    if scale.unsettled:
        say(f"{len(scale.unsettled)} names that are several things were left out, such as {scale.unsettled[0]}.")
    return Exit.WRONG_INPUT if failing else 0


def _shown(theorems: Iterable[Theorem], *, quiet: bool) -> Iterable[Theorem]:
    """Each is printed as soon as it is known: all of them take a minute."""
    for theorem in theorems:
        if not quiet:
            print_result(_lines(theorem))
        yield theorem


def _lines(theorem: Theorem) -> str:
    if theorem.holds:
        return f"proven   {theorem.says}"
    people = [yaml.safe_dump(profile, sort_keys=False, allow_unicode=True) for profile in theorem.profiles]
    shown = "".join(f"\n---\n{text.rstrip()}" for text in people)
    return f"BROKEN   {theorem.says}: {theorem.broken}{shown}"


def _entry(theorem: Theorem) -> dict[str, object]:
    return {
        "theorem": theorem.says,
        "holds": theorem.holds,
        "why": theorem.broken,
        "profiles": list(theorem.profiles),
    }
