"""Is nothing of a saved profile lost when somebody goes on with it, and nothing of it asked again?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benchmarks.findings import Crowd
from benchmarks.questions import talk

from magcheck import Checker, Profile
from magcheck.cli.keep_answers import save_profile
from magcheck.cli.profile_file import read_profile
from magcheck.core.errors import InputError
from magcheck.questions.session import Session
from tests.contract.test_promises import EVERYTHING
from tests.inference.invented import People
from tests.questions.asking import HEALTHY, MAN, go_on, told

SEEDS = range(4)
PEOPLE = 25
GATE = "blood values"
"""It opens other questions; a profile holds their answers alone."""


def people(checker: Checker, seed: int) -> list[Profile]:
    crowd, odd = Crowd(seed), People(checker, seed)
    return [one for _ in range(PEOPLE) for one in (Profile.model_validate(crowd.anybody()), odd.person())]


def lost(before: Any, after: Any) -> list[str]:
    """What `before` told and `after` does not tell the same way."""
    if isinstance(before, dict):
        missing = [key for key in before if key not in after]
        return missing + [name for key in before if key in after for name in lost(before[key], after[key])]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [name for one, other in zip(before, after, strict=True) for name in lost(one, other)]
    return [] if before == after else [f"{before} became {after}"]


def data(profile: Profile) -> dict[str, Any]:
    return profile.model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_going_on_with_a_profile_loses_nothing_of_it(seed: int, checker: Checker) -> None:
    for person in people(checker, seed):
        assert lost(data(person), told(Session(checker, person))) == []


def test_what_no_question_asks_for_is_kept(checker: Checker) -> None:
    everything = Profile.model_validate(EVERYTHING)
    assert lost(data(everything), told(Session(checker, everything))) == []


@pytest.mark.parametrize(
    "profile",
    [
        {"medications": [{"rxcui": "10582", "frequency": "weekly"}, {"rxcui": "2551", "fixed": True}]},
        {"medications": [{"atc": "H03AA01", "times": ["06:30"]}, {"name": "cipro", "rxcui": "2551"}]},
        {"medications": [{"name": "latanoprost eye drops", "times": ["21:00"]}]},
        {
            "medications": [
                {"name": "nobody knows it", "times": ["21:00"], "dose_mg": 5.0, "frequency": "as needed"}
            ]
        },
        {"supplements": [{"name": "magnesium", "route": "skin", "elemental_percent": 12.0, "per_day": 2}]},
        {"kidney": {"egfr": 45.0, "creatinine": {"value": 1.4, "unit": "mg/dL"}, "stage": "G3a"}},
        {"person": {"sex": "female"}, "day": {"meals": ["07:00"]}},
        {"person": {"age": 80.0, "pregnancy": "none"}},
        {"person": {"sex": "male", "pregnancy": "none", "weight_kg": 71.0}},
    ],
)
def test_odd_profiles_are_kept_as_they_are(profile: dict[str, Any], checker: Checker) -> None:
    begun = Profile.model_validate(profile)
    assert data(begun) == profile
    assert told(Session(checker, begun)) == profile


@pytest.mark.parametrize("seed", SEEDS)
def test_who_goes_on_is_asked_nothing_that_was_told(seed: int, checker: Checker) -> None:
    for person in people(checker, seed)[:8]:
        try:
            before, _ = talk(checker, person)
        except InputError:
            continue
        again = {ask.path for ask in Session(checker, before.profile()).relevant()}
        known = {path for path in again - {GATE} if before.answers.get(path) is not None}
        assert not known, (known, before.profile())


def test_an_interrupted_session_goes_on_where_it_stopped(checker: Checker, tmp_path: Path) -> None:
    answers = HEALTHY | {
        "person.age": 40,
        **MAN,
        "supplements": ["magnesium citrate 200 mg once a day"],
    }
    whole = Session(checker)
    go_on(whole, answers)
    for stop in range(len(whole.order)):
        first = Session(checker)
        for _ in range(stop):
            ask = first.relevant()[0]
            first.answer(ask, answers.get(ask.path))
        save_profile(first.profile(), str(tmp_path / "me.yaml"))
        second = Session(checker, read_profile(str(tmp_path / "me.yaml")))
        go_on(second, answers)
        assert second.profile() == whole.profile()
        assert not set(first.order) & set(second.order) - {GATE}


def test_an_earlier_answer_can_be_taken_back(checker: Checker) -> None:
    begun = {"kidney": {"egfr": 45.0, "creatinine": {"value": 1.4, "unit": "mg/dL"}}, "person": {"age": 50.0}}
    session = Session(checker, Profile.model_validate(begun))
    for path in ("kidney.egfr", "kidney.creatinine", "person.age"):
        ask = next(ask for ask in session.asks() if ask.path == path)
        session.forget(path)
        session.answer(ask, None)
    assert told(session) == {}
