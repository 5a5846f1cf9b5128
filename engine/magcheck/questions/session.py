"""Where does one person stand in the questionnaire: answers so far, what is asked next, the profile they make?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from magcheck.knowledge.entries import QuestionSection
from magcheck.profile import Profile
from magcheck.questions.definition import open_questions, profile_data, steps
from magcheck.questions.enablement import Enablement, enablement_of
from magcheck.questions.items import ItemsStep
from magcheck.questions.question import Gate, Together, WordList, take_out, told_words
from magcheck.questions.relevance import relevance
from magcheck.questions.resume import answers_of, told_data, with_the_rest, without
from magcheck.report import Verdict
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from magcheck.checker import Checker
    from magcheck.questions.enablement import Answers
    from magcheck.questions.question import Ask

_SECTIONS = tuple(QuestionSection)


def _told_by_times(path: str, relevant: Container[str]) -> bool:
    """Clock times, which have to be asked anyway, also say how often."""
    return path.endswith(".per_day") and path.removesuffix("per_day") + "times" in relevant


def _positions(name: object, names: list[object]) -> list[int]:
    return [position for position, other in enumerate(names) if other == name]


def _told_under(path: str) -> str:
    """The question whose answer a clearer word belongs to: "goals" of "goals.is0"."""
    below = path.partition(".is")
    return below[0].partition("[")[0] if below[1] else path


def _item_of(path: str) -> str:
    """The item that it is about: what is begun about one is finished before the next."""
    return path.rpartition(".")[0] if "[" in path else ""


class Session:
    """Answers of one person, kept by path, so that changing one keeps the others."""

    def __init__(self, checker: Checker, begun: Profile | None = None) -> None:
        """`begun`: what was told in an earlier session; only the rest is asked."""
        self.checker = checker
        self.book = checker.book
        self.steps = steps(self.book)
        earlier = begun or Profile()
        self.answers: Answers = answers_of(earlier, self.steps, self.book)
        self._begun: Answers = {**self.answers}
        self._rest = without(told_data(earlier), profile_data(self.answers, self.steps, self.book))
        self.earlier: Answers = {}
        """Answers that are being corrected."""
        self.order: list[str] = []
        """Paths in the order of their answers."""

    def profile(self) -> Profile:
        """What has been told so far."""
        data = profile_data(self._implied() | self.answers, self.steps, self.book)
        for name in self._implied_by_conditions().keys() - self.answers.keys():
            take_out(data, name)
        rest = {field: value for field, value in self._rest.items() if not self._is_replaced(field)}
        return Profile.model_validate(with_the_rest(data, rest))

    def _is_replaced(self, name: str) -> bool:
        """An open question got another answer, be it "I don't know": what was told earlier no longer counts."""
        if name not in self.answers or self.answers[name] == self._begun.get(name):
            return False
        return enablement_of(name, self._implied() | self.answers, self.book.questions) is Enablement.OPEN

    def _implied(self) -> Answers:
        return self._implied_by_none() | self._implied_by_conditions()

    def _implied_by_none(self) -> Answers:
        """Who was asked for illnesses, of the kidneys among them, and has none, is not asked for each."""
        questions = self.book.questions
        none = [path for path in self.order if path in questions and self.answers[path] == []]
        return {name: answer for path in none for name, answer in questions[path].none_means.items()}

    def _implied_by_conditions(self) -> Answers:
        """Who wrote "dialysis" among the conditions is not asked about dialysis."""
        known = self.book.traits["condition"]
        conditions = {known.get(normal(word)) for word in told_words("conditions", self.answers)}
        return {
            name: entry.means[word]
            for name, entry in self.book.questions.items()
            for word in entry.means
            if entry.asked and word in conditions
        }

    def asks(self) -> Iterator[Ask]:
        """Everything that could be asked of a person who answers like this."""
        seen, known = set[str](), self._implied() | self.answers
        for step in self.steps:
            for ask in step.asks(known, self.book):
                if ask.path not in seen:
                    seen.add(ask.path)
                    yield ask

    def echoes(self, path: str) -> list[tuple[str, str]]:
        """(line of an item, what was read) of every item that the answer to `path` names or makes clear."""
        known = self._implied() | self.answers
        named, _, part = path.partition("[")
        index, _, about = part.partition("].")
        lists = (step for step in self.steps if isinstance(step, ItemsStep | WordList))
        step = next((step for step in lists if step.name == named), None)
        if step is None or (part and not about.startswith("is")):
            return []
        indexes = [int(index)] if part else range(len(known.get(named) or ()))
        return [read for index in indexes for read in step.echoes(index, known, self.book)]

    def open(self) -> list[Ask]:
        """What was neither answered nor is clear from another answer."""
        known = self._implied() | self.answers
        return [ask for ask in self.asks() if ask.path not in known]

    def relevant(self) -> list[Ask]:
        """What is asked next, and after it as things stand: red flags first, then by what is at stake.

        What is begun about one item is finished before the next.
        Raises InputError where answers contradict each other.
        """
        open_ = self.open()
        clarifying = [ask for ask in open_ if ask.must]
        if clarifying:
            return clarifying
        known = self._implied() | self.answers
        paths = open_questions((ask.path for ask in open_), known, self.book.questions)
        strengths = relevance(self.profile(), paths, self.book, self.checker.program)
        relevant = [ask for ask in open_ if ask.path in strengths and not _told_by_times(ask.path, strengths)]
        if not relevant:
            return [ask for ask in open_ if self._is_always_asked(ask) and not self._is_to_be_avoided()]
        last = self.order[-1] if self.order else ""
        return sorted(
            relevant,
            key=lambda ask: (self._section(ask), not self._goes_on(ask, last), strengths[ask.path]),
        )

    def _is_always_asked(self, ask: Ask) -> bool:
        entry = self.book.questions.get(ask.path)
        return entry is not None and entry.always

    def _is_to_be_avoided(self) -> bool:
        """Nobody who must not take any is asked what for."""
        return self.checker.check(self.profile()).verdict is Verdict.AVOID

    def _goes_on(self, ask: Ask, last: str) -> bool:
        """Does it finish what the `last` answer began: an item, or what a gate opened?"""
        begun, entry = _item_of(last), self.book.questions.get(ask.path)
        gates = entry.only_if if entry else {}
        return (bool(begun) and _item_of(ask.path) == begun) or last in gates

    def _section(self, ask: Ask) -> int:
        entry = self.book.questions[ask.path.partition("[")[0]]
        return _SECTIONS.index(entry.asked or QuestionSection.PRODUCT)

    def answer(self, ask: Ask, value: object) -> None:
        """Write down an answer; None where the person does not know."""
        earlier = self.earlier.pop(ask.path, None)
        if value != earlier:
            self._forget_below(ask.path, earlier, value)
        of_several = (step for step in self.steps if isinstance(step, Gate | Together))
        step = next((step for step in of_several if step.name == ask.path), None)
        self.answers |= self._filled(step, value) if step else {ask.path: value}
        self.order.append(ask.path)

    def _filled(self, step: Gate | Together, value: object) -> Answers:
        """All that one answer says, in the place of what an earlier one said."""
        for name in {*step.behind(self.book)} - {*self.order, *self._begun}:
            self.answers.pop(name, None)
        filled = step.filled(value, self.book)
        return {name: told for name, told in filled.items() if told is not None or self._may_forget(name, step)}

    def _may_forget(self, name: str, step: Gate | Together) -> bool:
        """A gate speaks for all behind it; "I don't know" to an age takes no sex back."""
        return isinstance(step, Gate) or name == step.name or name not in self.answers

    def forget(self, path: str) -> None:
        """Ask `path` again; its answer is remembered until then."""
        if path in self.answers:
            told = self.answers.pop(path)
            self.earlier[path] = self._taken_from_behind(path) or told
            self.order = [other for other in self.order if other != path]

    def _taken_from_behind(self, path: str) -> Answers:
        """The values that were written as the answer to a gate: they go with it, and come back with it."""
        gate = next((step for step in self.steps if isinstance(step, Gate) and step.name == path), None)
        names = {*gate.behind(self.book)} - {*self.order, *self._begun} if gate else set[str]()
        taken = {name: self.answers.pop(name) for name in names & self.answers.keys()}
        return {name: value for name, value in taken.items() if value is not None}

    def forget_last(self) -> bool:
        """False where nothing has been answered yet."""
        if self.order:
            self.forget(self.order[-1])
            return True
        return False

    def last_told(self) -> str | None:
        """The newest answer that says anything; of a word that was made clear, the list that holds it."""
        told = (_told_under(path) for path in reversed(self.order))
        return next((path for path in told if self.answers.get(path) is not None), None)

    def leave_out(self, path: str) -> None:
        """It is not known, whatever was told."""
        self.forget(path)
        ask = next(ask for ask in self.asks() if ask.path == path)
        self.answer(ask, None)

    def restore(self) -> None:
        """What was being corrected counts as it was told."""
        for ask in [ask for ask in self.asks() if ask.path in self.earlier]:
            self.answer(ask, self.earlier[ask.path])

    def add(self, ask: Ask, more: Sequence[str]) -> None:
        """Entries behind those of a list, so that what was told of the others stays."""
        told = cast("Sequence[str]", self.answers.get(ask.path) or ())
        self.answers[ask.path] = [*told, *more]
        self.order = [*(path for path in self.order if path != ask.path), ask.path]

    def lists(self) -> list[Ask]:
        """The questions that ask for a list of anything."""
        names = [step.name for step in self.steps if isinstance(step, ItemsStep | WordList)]
        return [ask for ask in self.asks() if ask.path in names]

    def list_that_holds(self, text: str) -> Ask | None:
        """The list to which a name belongs that is understood whole; None where it is not."""
        known = self._implied() | self.answers
        steps_ = {step.name: step for step in self.steps if isinstance(step, ItemsStep | WordList)}
        return next((ask for ask in self.lists() if steps_[ask.path].holds(text, known, self.book)), None)

    def _forget_below(self, path: str, earlier: object, value: object) -> None:
        """What was asked because of an answer is asked again when the answer changes."""
        names = cast("list[object]", earlier) if isinstance(earlier, list) else []
        kept = self._answers_that_stay(path, names, value)
        paths = (*self.answers, *self.earlier)
        for below in [other for other in paths if other.startswith((f"{path}.", f"{path}["))]:
            self.forget(below)
            self.earlier.pop(below, None)
        self.answers |= kept
        self.order += kept

    def _answers_that_stay(self, path: str, earlier: list[object], value: object) -> Answers:
        """Answers about items that stay, at their new places."""
        now = cast("list[object]", value) if isinstance(value, list) else []
        free = {name: _positions(name, now) for name in earlier if now.count(name) == earlier.count(name)}
        places = {f"{path}[{old}].": free[name].pop(0) for old, name in enumerate(earlier) if name in free}
        return {
            f"{path}[{new}].{below.removeprefix(old)}": answer
            for old, new in places.items()
            for below, answer in self.answers.items()
            if below.startswith(old)
        }
