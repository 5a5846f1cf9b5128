"""How many questions does a session put, and how many did it spare? 1,000 plausible people, the same at every run.

A question is spared when it could have been asked of this person, but no answer to it could change the verdict
any more (tests/questions/test_relevance.py tries the answers).
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from typing import TYPE_CHECKING, Any

from benchmarks.findings import PEOPLE, SEED, Crowd

from magcheck import Checker, Profile
from magcheck.checker import default_checker
from magcheck.knowledge.entries import AnswerForm, QuestionSection
from magcheck.profile import Pregnancy, Supplement
from magcheck.questions.resume import answers_of
from magcheck.questions.said_together import SaidTogether
from magcheck.questions.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.profile import Item
    from magcheck.questions.question import Ask

MOST_ASKED = 400
HEALTHY = 60
SECTIONS = tuple(section.value for section in QuestionSection)


def talk(checker: Checker, person: Profile) -> tuple[Session, int]:
    """A whole session with `person`, and how many answers it took. Raises InputError for contradictions."""
    session = Session(checker)
    known = _answers(person, session)
    for count in range(MOST_ASKED):
        relevant = session.relevant()
        if not relevant:
            return session, count
        ask = relevant[0]
        session.answer(ask, _said(ask, session, person, known))
    raise AssertionError("this conversation does not end")


def _said(ask: Ask, session: Session, person: Profile, known: dict[str, Any]) -> Any:  # noqa: ANN401 - an answer
    """What is asked for in one question is said in one answer; nobody says that they are not pregnant."""
    if _is_gate(ask, session):
        return _blood_values(person)
    value = known.get(ask.path)
    if value is None or not isinstance(ask.kind, SaidTogether):
        return value
    others = {
        path: known[path] for path, _ in ask.kind.said.values() if known.get(path) not in (None, Pregnancy.NONE)
    }
    return {ask.path: value, **others}


def _blood_values(person: Profile) -> Any:  # noqa: ANN401 - an answer
    """Who knows a value writes it at once."""
    kidney, labs = person.kidney.model_dump(mode="json"), person.labs.model_dump(mode="json")
    values = {"kidney.egfr": kidney["egfr"], "kidney.creatinine": kidney["creatinine"]}
    values["labs.magnesium"] = labs["magnesium"]
    return {name: value for name, value in values.items() if value is not None} or False


def _is_gate(ask: Ask, session: Session) -> bool:
    entry = session.book.questions.get(ask.path)
    return entry is not None and entry.answer is AnswerForm.GATE


def _answers(person: Profile, session: Session) -> dict[str, Any]:
    """What such a person says. Everybody knows how often they take something, and if their kidneys are ill."""
    known = answers_of(person, session.steps, session.book)
    for name in ("medications", "supplements"):
        for index, item in enumerate(getattr(person, name)):
            known.setdefault(f"{name}[{index}].per_day", len(item.times) or 1)
        known[name] = [_line(item) for item in getattr(person, name)]
    if person.kidney.egfr is None or person.kidney.egfr >= HEALTHY:
        known.setdefault("kidney.disease", False)
    if known.get("kidney.disease") and known.get("conditions") == []:
        known["conditions"] = ["kidney disease"]
    return known


def _line(item: Item) -> str:
    """What was asked for in one line: "magnesium citrate 200 mg at 21:00", "lisinopril once a day"."""
    amount = item.amount_mg if isinstance(item, Supplement) else None
    much = f" {amount:g} mg" if amount else ""
    when = f"at {' and '.join(item.times)}" if item.times else "once a day"
    return f"{item.told}{much} {when}"


def skipped(session: Session) -> list[Ask]:
    return session.open()


# The figures


@dataclass(frozen=True)
class Counts:
    """One session: its answers, and by section what was asked and what was spared."""

    answers: int
    asked: Counter[str]
    spared: Counter[str]


def counts_of(person: dict[str, Any]) -> Counts:
    session, answers = talk(default_checker(), Profile.model_validate(person))
    asked = Counter(_section(ask, session) for ask in session.asks() if ask.path in session.answers)
    return Counts(answers, asked, Counter(_section(ask, session) for ask in skipped(session)))


def _section(ask: Ask, session: Session) -> str:
    entry = session.book.questions[ask.path.partition("[")[0]]
    return (entry.asked or QuestionSection.PRODUCT).value


def crowd_counts(people: int) -> list[Counts]:
    """In the order of the people, however many processes share the work."""
    crowd = Crowd(SEED)
    everybody = [crowd.anybody() for _ in range(people)]
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("spawn")) as pool:
        return list(pool.map(counts_of, everybody, chunksize=20))


def figures(sessions: Sequence[Counts]) -> str:
    """The table that docs/transcripts.md shows."""
    answers = sorted(session.answers for session in sessions)
    asked, spared = _together(s.asked for s in sessions), _together(s.spared for s in sessions)
    rows = [
        f"| {name} | {asked[name]:,} | {spared[name]:,} | {_share(spared[name], asked[name])} |"
        for name in SECTIONS
    ]
    total = f"| together | {asked.total():,} | {spared.total():,} | {_share(spared.total(), asked.total())} |"
    middle, high = answers[len(answers) // 2], answers[len(answers) * 95 // 100]
    said = f"Answers of {len(answers):,} people: median {middle}, 95th percentile {high}, most {answers[-1]}."
    head = ["| questions | asked | skipped | share skipped |", "|---|---|---|---|"]
    return "\n".join([said, "", *head, *rows, total])


def _together(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counters:
        total.update(one)
    return total


def _share(spared: int, asked: int) -> str:
    return f"{100 * spared / max(1, asked + spared):.1f}%"


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    print(figures(crowd_counts(people)))


if __name__ == "__main__":
    main()
