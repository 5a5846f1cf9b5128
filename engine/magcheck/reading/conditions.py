"""What does somebody say about an illness, a symptom or an aim? One text in, its reading out; no word is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.condition_collector import Collector
from magcheck.reading.condition_findings import Assertion
from magcheck.reading.condition_marks import marks_of
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.reading.condition_findings import Collected, Mention
    from magcheck.terminology.condition_words import ConditionWords

Value = str | float | bool
Implied = tuple[str, Value]
"""Field of the profile, and what the words say of it."""


class NamedTrait(NamedTuple):
    """A condition, symptom or goal that counts as present."""

    kind: str
    """condition, symptom or goal."""
    name: str
    """As in traits.yaml, or a diagnosis of which no page speaks."""
    words: str


class RaisedQuestion(NamedTuple):
    """A question that the words raise, and what is counted until it is answered."""

    field: str
    """As in `missing` of a report: kidney.disease, person.pregnancy, conditions."""
    words: str
    takes: tuple[NamedTrait, ...] = ()
    implied: tuple[Implied, ...] = ()
    ahead: bool = False
    """Whether an operation lies ahead still."""


@dataclass(frozen=True)
class ConditionReading:
    """What a text says. Deleting a word of it that is no filler changes one of these."""

    text: str
    present: tuple[NamedTrait, ...] = ()
    implied: tuple[Implied, ...] = ()
    """Stages and values that the words tell, in their order; several of one field are all told."""
    asks: tuple[RaisedQuestion, ...] = ()
    denied: tuple[str, ...] = ()
    """Said not to be present; nothing is better for it."""
    family: tuple[str, ...] = ()
    """Said of somebody else."""
    details: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    could_be: tuple[str, ...] = ()
    """Names between which an unclear word leaves the choice, or that are spelled nearly like it."""

    @property
    def understood(self) -> bool:
        """Nothing is left unread, and something was said."""
        return not self.not_read and bool(self.present or self.implied or self.asks or self.denied or self.family)


_ANSWERED_BY_NAMES = frozenset({"kidney.disease", "conditions"})


@lru_cache(maxsize=1024)
def read_condition(text: str, words: ConditionWords, kind: str = "condition") -> ConditionReading:
    """The reading of `text`, an entry of conditions, symptoms or goals, or the text of a record's Condition.

    `kind` (condition, symptom or goal) says in which list it stands: where a word means different things, its own
    list goes first. Codes of ICD-10(-CM) may stand in the text or be all of it. Raises nothing.
    """
    asked = Says(f"{kind}s")
    done = Collector(marks_of(text, words, asked), words).collected()
    return _Interpreter(done, words, kind, text).reading()


class _Interpreter:
    """Turns what was found into names, values and questions."""

    def __init__(self, done: Collected, words: ConditionWords, kind: str, text: str) -> None:
        self.done, self.words, self.kind, self.text = done, words, kind, text
        self.present: dict[tuple[str, str], NamedTrait] = {}
        self.implied: list[Implied] = []
        self.asks: list[RaisedQuestion] = []
        self.denied: list[str] = []
        self.family: list[str] = []

    def reading(self) -> ConditionReading:
        for finding in self.done.findings:
            self._sort(finding)
        nothing = self.done.nothing if not self.done.not_read else ()
        unread = (*self.done.not_read, *(self.done.nothing if self.done.not_read else ()))
        return ConditionReading(
            text=self.text,
            present=tuple(self.present.values()),
            implied=tuple(dict.fromkeys(self.implied)),
            asks=tuple(self._open()),
            denied=(*self.denied, *nothing),
            family=tuple(self.family),
            details=tuple(self.done.details),
            not_read=unread,
            could_be=tuple(self.done.unclear),
        )

    def _open(self) -> Iterator[RaisedQuestion]:
        """Questions that nothing else in the text answers."""
        names = {(named.kind, named.name) for named in self.present.values()}
        asks = dict.fromkeys(self.asks)
        for ask in asks:
            if not ask.ahead and ask._replace(ahead=True) in asks:
                continue
            taken = ask.takes and all((named.kind, named.name) in names for named in ask.takes)
            if not (taken and ask.field in _ANSWERED_BY_NAMES):
                yield ask

    def _sort(self, finding: Mention) -> None:
        match finding.standing:
            case Assertion.DENIED:
                self._deny(finding)
            case Assertion.FAMILY if self.kind != "goal":
                self.family.append(finding.text)
            case Assertion.PLANNED:
                self._plan(finding)
            case Assertion.PERHAPS_PLANNED:
                self._plan(finding)
                self._past(finding)
                self.asks.append(RaisedQuestion(f"{self.kind}s", finding.text, ahead=True))
            case Assertion.PAST:
                self._past(finding)
            case Assertion.PRESENT if self._over(finding):
                self._past(finding)
            case Assertion.PRESENT if finding.before_now:
                self._ask_whether_now(finding)
            case Assertion.DOUBTFUL | Assertion.FAMILY:  # the aim for a relative: it is he who takes it
                self._count(finding)
                self.asks.append(RaisedQuestion(f"{self.kind}s", finding.text))
            case _:
                self._count(finding)

    def _ask_whether_now(self, finding: Mention) -> None:
        """It counts, and is not said to be so."""
        group = self.words.rule("passing").get(finding.value, "conditions")
        if finding.says in (Says.SYMPTOM, Says.CODE) or group == "conditions":
            field = f"{self.kind}s"
        else:
            field = self.words.groups[str(group)].asks
        if finding.says is Says.CODE:
            self._code(finding)
            self.asks.append(RaisedQuestion(field, finding.text))
            return
        kind = finding.says.value.removesuffix("s")
        takes = (NamedTrait(kind, self._degree(finding), finding.text),)
        self.asks.append(RaisedQuestion(field, finding.text, takes))

    def _over(self, finding: Mention) -> bool:
        """What passes, and was long ago."""
        passing = finding.value in self.words.rule("passing groups")
        if finding.says is Says.ASKS:
            return passing and (finding.long_ago or finding.year)
        return finding.long_ago and (passing or finding.says is Says.SYMPTOM)

    def _deny(self, finding: Mention) -> None:
        """ "no severe kidney disease" leaves a lighter one, which is asked."""
        self.denied.append(finding.text)
        lighter = [name for name, worse in self.words.rule("worse").items() if worse == finding.value]
        if set(lighter) & self.words.listed("staged"):
            self._ask("kidney", finding.text)
        elif lighter:
            self.asks.append(RaisedQuestion(f"{self.kind}s", finding.text))

    def _name(self, kind: str, name: str, words: str) -> None:
        if (kind, name) in self.present:
            self.done.details.append(words)
        self.present.setdefault((kind, name), NamedTrait(kind, name, words))

    def _ask(self, group: str, words: str) -> None:
        told = self.words.groups[group]
        takes = tuple(
            NamedTrait("condition", name, words) for key, name in told.takes.items() if key == "condition"
        )
        implied = tuple((key, value) for key, value in told.takes.items() if key != "condition")
        self.asks.append(RaisedQuestion(told.asks, words, takes, implied))

    def _count(self, finding: Mention) -> None:
        """It is so, now, of this person."""
        match finding.says:
            case Says.ASKS:
                self._ask(finding.value, finding.text)
            case Says.CODE:
                self._code(finding)
            case Says.PREGNANCY:
                self._pregnancy(finding)
            case Says.KIDNEY_VALUE:
                self._kidney_value(finding)
            case Says.PULSE:
                self._pulse(finding)
            case Says.PROCEDURE | Says.NO_PAGE:
                self._name(self.kind if self.kind != "goal" else "condition", finding.value, finding.text)
            case _:
                self._condition(finding)
        if finding.stages:
            order = list(self.words.rule("stages"))
            self.implied.append(("kidney.stage", max(finding.stages, key=order.index)))
            if finding.old:
                self._ask("old value", finding.text)

    def _pulse(self, finding: Mention) -> None:
        """A low figure alone is common; a very low one, or one beside the word for it, is not."""
        rule = self.words.rule("slow pulse")
        if self.kind == "symptom":
            self._name("symptom", rule["symptom"], finding.text)
            return
        figure, limit = finding.value_low or 0, rule["slow below"]
        slow = figure < limit or (figure == limit and finding.bound is Says.BELOW)
        named = ("condition", rule["slow"]) in self.present
        self._name("condition", rule["slow"] if slow or named else rule["condition"], finding.text)

    def _condition(self, finding: Mention) -> None:
        kind = finding.says.value.removesuffix("s")
        if finding.dated and finding.value == self._operation and finding.standing is Assertion.PRESENT:
            self._past(finding)
            return
        self._name(kind, self._degree(finding), finding.text)
        if finding.acute and finding.value in self.words.listed("staged"):
            self._name("condition", "acute kidney injury", finding.text)

    def _degree(self, finding: Mention) -> str:
        """The worse name, where the words say that it is severe or lasts long."""
        for days, worse in self.words.rule("lasting").items():
            if finding.days > int(days) and finding.value in worse:
                return str(worse[finding.value])
        worse_of = self.words.rule("worse")
        severe = finding.severe and not finding.stages  # "stage 3 (severe)": the stage says it better
        return str(worse_of.get(finding.value, finding.value)) if severe else finding.value

    @property
    def _operation(self) -> str:
        return str(self.words.shared["operation"])

    def _pregnancy(self, finding: Mention) -> None:
        if finding.value == "none":
            self.denied.append(finding.text)
        else:
            self.implied.append(("person.pregnancy", finding.value))

    def _kidney_value(self, finding: Mention) -> None:
        low, told = finding.value_low, self.words.rule("kidney value")
        if low is None:
            self._name("condition", "chronic kidney disease", finding.text)
        elif finding.bound is Says.ABOVE:
            self._ask("kidney value above" if low >= told["good from"] else "kidney value", finding.text)
        elif finding.bound is Says.BELOW and low <= told["last stage up to"]:
            self.implied.append(("kidney.stage", "G5"))
        elif finding.bound is Says.BELOW:
            self._ask("kidney value", finding.text)
        else:
            self.implied.append(("kidney.egfr", low))
            if finding.old:
                self._ask("old value", finding.text)

    def _code(self, finding: Mention) -> None:
        row = self.words.code(finding.value)
        for key, value in row.means if row else ():
            if key in ("condition", "symptom"):
                self._name(key, value, finding.text)
            elif key == "asks":
                self._ask(value, finding.text)
            elif key == "unknown":
                self.done.not_read.append(finding.text)
            elif key == "nothing":
                self._name("condition", finding.text, finding.text)
            else:
                self.implied.append((key, True if value == "true" else value))

    def _plan(self, finding: Mention) -> None:
        """What lies ahead is an operation, or says that the kidneys fail; other things are so already."""
        ahead = self.words.rule("planned").get(finding.value)
        is_operation = finding.says is Says.PROCEDURE or finding.value in self.words.listed("operations")
        if is_operation:
            self._name("condition", self._operation, finding.text)
        if ahead:
            self._ask(str(ahead), finding.text)
        elif finding.says is Says.PREGNANCY:
            self._ask("pregnancy", finding.text)
        elif finding.says is not Says.PROCEDURE:
            self._count(finding)

    def _past(self, finding: Mention) -> None:
        """What passes and is said to be over is asked; what lasts is still there."""
        group = self.words.rule("passing").get(finding.value)
        if finding.says is Says.ASKS or finding.long_ago:
            group = group or self.words.rule("passing groups").get(finding.value)
        if finding.says is Says.SYMPTOM or group == "conditions":
            self.asks.append(RaisedQuestion(f"{self.kind}s", finding.text))
        elif group:
            self._ask(str(group), finding.text)
        elif finding.says is Says.PREGNANCY:
            self._ask("pregnancy", finding.text)
        elif finding.says is Says.CODE:
            self._past_code(finding)
        else:
            self._count(finding)

    def _past_code(self, finding: Mention) -> None:
        row = self.words.code(finding.value)
        for key, value in row.means if row else ():
            if key == "kidney.acute":
                self._ask("kidney now", finding.text)
            elif key == "symptom" or value in self.words.rule("passing"):
                self.asks.append(RaisedQuestion(f"{self.kind}s", finding.text))
            else:
                self._count(finding)
