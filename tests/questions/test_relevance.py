"""Is every question that was not put provably without effect, whatever its answer?"""

from __future__ import annotations

import random
import re

import pytest
from benchmarks.findings import Crowd
from benchmarks.questions import skipped, talk

from magcheck import Checker, Profile
from magcheck.checker import default_checker
from magcheck.core.errors import InputError
from magcheck.reading.profile import read_profile
from tests.inference.invented import People
from tests.questions.answering import Answers, checked, with_answers

SEEDS = range(4)
PEOPLE = 10


def people(checker: Checker, seed: int) -> list[Profile]:
    """Half of them plausible, half of them at the edges of pages."""
    crowd, odd = Crowd(seed), People(checker, seed)
    return [one for _ in range(PEOPLE) for one in (Profile.model_validate(crowd.anybody()), odd.person())]


def contradicts_its_line(path: str, value: object, person: Profile, checker: Checker) -> bool:
    """Two clock times of what is taken once a day: the line has answered the question that was skipped."""
    found = re.fullmatch(r"(\w+)\[(\d+)\]\.times", path)
    if not found or not isinstance(value, list):
        return False
    place = found[1], int(found[2])
    entries = read_profile(person, checker.book).entries
    told = [entry.read.item.per_day for entry in entries if (entry.list, entry.origin) == place]
    return any(count is not None and count != len(value) for count in told)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", SEEDS)
def test_no_answer_to_a_skipped_question_moves_the_verdict(seed: int) -> None:
    checker, dice = default_checker(), random.Random(seed)
    answers, tried = Answers(checker, dice), 0
    for person in people(checker, seed):
        try:
            session, _ = talk(checker, person)
        except InputError:
            continue
        expected = checked(checker, session.profile())
        for ask in skipped(session):
            for value in answers.to(ask, session):
                if contradicts_its_line(ask.path, value, session.profile(), checker):
                    continue
                profile = with_answers(session, {ask.path: value})
                found = checked(checker, profile) if profile else None
                assert found in (expected, None), (ask.path, value, session.profile())
                tried += found is not None
    assert tried > 500
