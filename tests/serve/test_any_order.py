"""The service, asked in any order: nobody's answer depends on who was there before or beside, or left early."""

from __future__ import annotations

import asyncio
import re
from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from magcheck import Checker, EngineFault, InputError, Profile
from magcheck.checker import default_checker
from magcheck.questions.session import Session
from magcheck.serve import Settings, create_app
from tests.serve.calling import JSON, problem_in

if TYPE_CHECKING:
    from collections.abc import Coroutine

PEOPLE = [
    yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))[::8]
]
CONTRADICTS = {"kidney": {"egfr": 80, "stage": "G5"}}
NO_PROFILES = (
    b"",
    b"{",
    b"[]",
    b'{"medication": ["cipro"]}',
    b'{"person": {"age": "62"}}',
    b"\xff\xfe",
    b'"\\ud800"',
)
PLACES = 3
WORDS = ("cipro 500 mg", "?", "none", "yes", "62", "2", "magnesium citrate 200 mg", "Wunderpille", "08:00", "300")
"""Answers of a person at the questionnaire; many fit no question, and are refused."""


class Sent(NamedTuple):
    path: str
    person: int


SENDINGS = st.builds(Sent, st.sampled_from(["/check", "/explain", "/plan"]), st.integers(0, len(PEOPLE)))


def person(number: int) -> dict[str, Any]:
    return PEOPLE[number] if number < len(PEOPLE) else CONTRADICTS


@cache
def alone() -> Checker:
    """Another checker than the one of the service: it remembers nothing of what that was asked."""
    return Checker()


@cache
def expected(sent: Sent) -> bytes | None:
    """What is answered to somebody who is the only one; None where it is refused."""
    profile = Profile.model_validate(person(sent.person))
    ask = {"/check": alone().check, "/explain": alone().explain, "/plan": alone().plan}[sent.path]
    try:
        return ask(profile).model_dump_json().encode()
    except InputError:
        return None


class AnyOrder(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.Runner()
        self.checker = copy(default_checker())
        app = create_app(Settings(most_waiting=PLACES, most_plans_waiting=PLACES), self.checker)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://magcheck")
        self.answers: list[dict[str, str]] = []
        self.sent = 0
        self.reports = 0

    def _post(self, path: str, **body: Any) -> Coroutine[Any, Any, httpx.Response]:
        self.sent += 1
        return self.client.post(path, headers=JSON, **body)

    def _is_answered(self, sent: Sent, response: httpx.Response) -> None:
        right = expected(sent)
        if right is None:
            problem_in(response, 422)
            return
        assert response.status_code == 200, response.text
        assert response.content == right
        self.reports += sent.path != "/explain"

    @rule(sent=SENDINGS)
    def ask(self, sent: Sent) -> None:
        self._is_answered(sent, self.loop.run(self._post(sent.path, json=person(sent.person))))

    @rule(together=st.lists(SENDINGS, min_size=2, max_size=3 * PLACES))
    def ask_together(self, together: list[Sent]) -> None:
        """Each gets the own answer or is told that all places are taken; never fewer than there are places."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*(self._post(sent.path, json=person(sent.person)) for sent in together))

        responses = self.loop.run(all_of_them())
        refused = [response for response in responses if response.status_code == 503]
        for sent, response in zip(together, responses, strict=True):
            if response in refused:
                assert problem_in(response, 503)["type"].endswith("full")
            else:
                self._is_answered(sent, response)
        assert len(refused) <= max(0, len(together) - PLACES)

    @rule(
        body=st.sampled_from(NO_PROFILES), path=st.sampled_from(["/check", "/plan", "/explain", "/next-question"])
    )
    def send_no_profile(self, body: bytes, path: str) -> None:
        problem_in(self.loop.run(self._post(path, content=body)), 422)

    @rule(sent=SENDINGS, turns=st.integers(0, 40))
    def go_away(self, sent: Sent, turns: int) -> None:
        """A client that closes the connection after so many turns of the event loop."""

        async def leave() -> None:
            asking = asyncio.create_task(self._post(sent.path, json=person(sent.person)))
            for _ in range(turns):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

        self.loop.run(leave())
        self._wait_for_the_last_work()
        seen, sent = self._figures(), self.sent
        assert sent - seen["requests"] in (1, 2), "it left before it was there, or was counted"
        assert seen["reports"] - self.reports in (0, 1)
        self.sent, self.reports = seen["requests"] + 1, seen["reports"]

    def _wait_for_the_last_work(self) -> None:
        """Those who come later wait behind it, and there is one thread for each kind of work."""
        for path in ("/check", "/plan"):
            self._is_answered(Sent(path, 0), self.loop.run(self._post(path, json=person(0))))

    @rule(number=st.integers(0, len(PEOPLE) - 1))
    def stumble(self, number: int) -> None:
        """An engine that fails for one person, and for nobody after."""

        def fails(*_: object, **__: object) -> None:
            raise EngineFault("injected")

        vars(self.checker)["check"] = fails
        try:
            problem_in(self.loop.run(self._post("/check", json=person(number))), 500)
        finally:
            del vars(self.checker)["check"]

    @rule(text=st.sampled_from(WORDS))
    def answer_what_is_asked(self, text: str) -> None:
        """The answers so far are sent with each: the service keeps nothing of a conversation."""
        standing = self.loop.run(self._post("/next-question", json={"answers": self.answers})).json()
        if standing["question"] is None:
            return
        answer = {"path": standing["question"]["path"], "text": text}
        response = self.loop.run(self._post("/next-question", json={"answers": [*self.answers, answer]}))
        if response.status_code == 200:
            self.answers.append(answer)
            assert Profile.model_validate(response.json()["profile"]) == self._in_one_session()
        else:
            problem_in(response, 422)

    def _in_one_session(self) -> Profile:
        session = Session(alone())
        for answer in self.answers:
            ask = next(ask for ask in session.asks() if ask.path == answer["path"])
            session.answer(ask, None if answer["text"] == "?" else ask.kind.read(answer["text"]))
        return session.profile()

    @precondition(lambda self: bool(self.answers))
    @rule()
    def take_the_last_answer_back(self) -> None:
        self.answers.pop()

    def _figures(self) -> dict[str, int]:
        text = self.loop.run(self.client.get("/metrics")).text
        self.sent += 1
        return {
            kind: int(sum(map(float, re.findall(rf"^magcheck_{kind}_total{{.*}} (\S+)$", text, re.MULTILINE))))
            for kind in ("requests", "reports")
        }

    @invariant()
    def every_request_is_counted_once(self) -> None:
        sent, reports = self.sent, self.reports
        assert self._figures() == {"requests": sent, "reports": reports}

    def teardown(self) -> None:
        """No place was lost."""
        if not hasattr(self, "loop"):
            return
        self.ask_together([Sent("/check", 0)] * PLACES)
        self.ask_together([Sent("/plan", 0)] * PLACES)
        self.loop.close()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=20,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
