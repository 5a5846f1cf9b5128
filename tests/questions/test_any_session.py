"""Any person at the questionnaire: answers, "I don't know", corrections and undoing, in any order."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from magcheck import InputError
from magcheck.checker import default_checker
from magcheck.questions.answer_kinds import OneOf
from magcheck.questions.session import Session
from tests.questions.answering import Answers

if TYPE_CHECKING:
    from magcheck.questions.question import Ask

MOST_STEPS = 18


class AnySession(RuleBasedStateMachine):
    """What is asked is open, what was told stays, and taking back restores."""

    @initialize()
    def begin(self) -> None:
        self.session = Session(default_checker())
        self.answers = Answers(self.session.checker, Random(14))

    def _next(self) -> Any:
        for _ in range(len(self.session.order) + 1):
            try:
                waiting = self.session.relevant()
            except InputError:
                last = self.session.last_told()
                assert last is not None, "nothing is left that could be taken back"
                self.session.leave_out(last)
            else:
                return waiting[0] if waiting else None
        raise AssertionError("leaving out every answer does not end the contradiction")

    def _answers(self, ask: Ask) -> list[Any]:
        """Everything that can be said to it, "I don't know" among it."""
        if ask.must:
            return [None, *(ask.kind.values.values() if isinstance(ask.kind, OneOf) else ())]
        return [None, *self.answers.to(ask, self.session)]

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        ask = self._next()
        if ask is None:
            return
        assert ask.path not in self.session.answers
        before = dict(self.session.answers)
        value = data.draw(st.sampled_from(self._answers(ask)))
        self.session.answer(ask, value)
        lost = [path for path in before if path not in self.session.answers and not path.startswith(ask.path)]
        assert not lost
        assert self.session.answers[ask.path] == value

    @precondition(lambda self: bool(self.session.order))
    @rule()
    def take_back_and_say_again(self) -> None:
        before, order = deepcopy(self.session.answers), list(self.session.order)
        path = order[-1]
        value = before[path]
        assert self.session.forget_last()
        assert path not in self.session.answers
        ask = next(ask for ask in self.session.open() if ask.path == path)
        self.session.answer(ask, value)
        assert self.session.answers == before
        assert self.session.order == order

    @invariant()
    def nothing_open_is_answered(self) -> None:
        open_ = [ask.path for ask in self.session.open()]
        assert len(open_) == len(set(open_))
        assert not set(open_) & self.session.answers.keys()

    def teardown(self) -> None:
        """Told all at once, the same profile is read, and nothing that was told is asked again."""
        if not hasattr(self, "session"):
            return
        told = self.session.profile()
        again = Session(default_checker(), told)
        assert again.profile() == told


TestAnySession = AnySession.TestCase
TestAnySession.settings = settings(
    max_examples=25,
    stateful_step_count=MOST_STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
