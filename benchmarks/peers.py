"""How fast are other engines on our pages? Each gets them from the compiled program, and must find the same.

`python -m benchmarks.peers [PEOPLE] [SECONDS]`: ratio of processor time to the same pages as plain hand-written
`if`s, over the same people. Nobody whom an engine is measured with has been seen by it before: it is warmed with
other people, or with none. A peer that takes longer than SECONDS is measured on as many people as fit.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.findings import SEED, Crowd
from benchmarks.run import hand_written

from benchmarks import peer_forms
from magcheck import Checker, InputError, Profile
from magcheck.facts.situation import situation
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from benchmarks.peer_forms import Matcher

    from magcheck.inference.program import Fact, Matches, Program

    People = Sequence[tuple[Fact, ...]]

PEOPLE, SECONDS = 1_200, 20.0


class Peer(NamedTuple):
    name: str
    module: str
    """What must be installed."""
    build: Callable[[Program], Matcher]
    is_warmed: bool = True


ABSENT = {
    "experta": "does not import on Python 3.10 and later: its frozendict 1.2 asks for collections.Mapping",
    "Rego": "regorus is not on PyPI",
}


class Measured(NamedTuple):
    microseconds: float
    """Of one person."""
    people: int
    differing: int


def nothing_kept(program: Program) -> Matcher:
    return DurableEvaluator(program, most_kept=0).matches


def kept(program: Program) -> Matcher:
    return DurableEvaluator(program).matches


def both(durable: Callable[[Program], Matcher]) -> Callable[[Program], Matcher]:
    """With the plain evaluator, as on every check."""

    def build(program: Program) -> Matcher:
        fast, plain = durable(program), PlainEvaluator(program)

        def matches(facts: Sequence[Fact]) -> Matches:
            found = fast(facts)
            return found if found == plain.matches(facts) else frozenset({(-1, -1)})

        return matches

    return build


OURS = (
    Peer("plain evaluator", "magcheck", lambda program: PlainEvaluator(program).matches),
    Peer("durable_rules, nothing kept", "magcheck", nothing_kept),
    Peer("durable_rules, answers kept of others", "magcheck", kept),
    Peer("both, nothing kept", "magcheck", both(nothing_kept)),
    Peer("both, the first people of a process", "magcheck", both(kept), is_warmed=False),
    Peer("both, answers kept of others", "magcheck", both(kept)),
)
PEERS = (
    *OURS,
    Peer("zen-engine", "zen", peer_forms.zen),
    Peer("CEL (Rust)", "cel", peer_forms.cel_rust),
    Peer("durable_rules, public API", "durable", peer_forms.durable_host),
    Peer("JSON-Logic", "json_logic", peer_forms.json_logic),
    Peer("CLIPS", "clips", peer_forms.clips),
    Peer("rule-engine", "rule_engine", peer_forms.rule_engine),
    Peer("celpy", "celpy", peer_forms.celpy),
)


def crowd(checker: Checker, count: int, seed: int = SEED) -> list[tuple[Fact, ...]]:
    """The facts of so many plausible people, who are the same at every run."""
    people, found = Crowd(seed), list[tuple["Fact", ...]]()
    while len(found) < count:
        with suppress(InputError):
            profile = Profile.model_validate(people.anybody())
            found.append(situation(profile, checker.book, checker.program).facts)
    return found


def measured(matcher: Matcher, people: Iterable[tuple[Fact, ...]], expected: Matcher, seconds: float) -> Measured:
    spent, count, differing = 0.0, 0, 0
    for facts in people:
        start = time.process_time()
        found = matcher(facts)
        spent += time.process_time() - start
        count += 1
        differing += found != expected(facts)
        if spent > seconds:
            break
    return Measured(spent / count * 1e6, count, differing)


def rows(program: Program, people: People, others: People, seconds: float) -> Iterator[str]:
    """The table, row by row; the hand-written pages are timed anew beside each engine."""
    by_hand = hand_written(program)
    yield "| engine | ratio | microseconds | people | findings |"
    yield "|---|---:|---:|---:|---|"
    base = measured(by_hand, [*others, *people], by_hand, seconds)
    yield f"| hand-written `if`s | 1.00 | {base.microseconds:,.0f} | {base.people:,} | |"
    for peer in PEERS:
        try:
            import_module(peer.module)
        except ImportError:
            yield f"| {peer.name} | | | | not installed |"
            continue
        matcher = peer.build(program)
        if peer.is_warmed:
            measured(matcher, others, by_hand, seconds / 4)
        took = measured(matcher, people, by_hand, seconds)
        base = measured(by_hand, people[: took.people], by_hand, seconds)
        same = f"{took.differing:,} people differ" if took.differing else "identical"
        ratio = took.microseconds / base.microseconds
        yield f"| {peer.name} | {ratio:,.2f} | {took.microseconds:,.0f} | {took.people:,} | {same} |"
    for name, why in ABSENT.items():
        yield f"| {name} | | | | absent: {why} |"


def share_kept(program: Program, people: People, others: People) -> float:
    """Of the facts of `people`, how many have an answer that was kept of `others` or of people before them."""
    durable = DurableEvaluator(program)
    for facts in others:
        durable.matches(facts)
    before = durable.kept
    for facts in people:
        durable.matches(facts)
    return 1 - (durable.kept - before) / sum(map(len, people))


def main(count: int = PEOPLE, seconds: float = SECONDS) -> None:
    checker = Checker()
    print(f"{len(checker.book.rules)} pages, {len(checker.program.clauses)} clauses, {count:,} people")
    people, others = crowd(checker, count), crowd(checker, count, SEED + 1)
    for row in rows(checker.program, people, others, seconds):
        print(row, flush=True)
    known, first = share_kept(checker.program, people, others), share_kept(checker.program, people, ())
    print(f"Facts whose answer was kept: {known:.1%} after as many other people, {first:.1%} of the first people")


if __name__ == "__main__":
    main(*(kind(word) for kind, word in zip((int, float), sys.argv[1:], strict=False)))
