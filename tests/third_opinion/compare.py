"""The naive opinion beside the real report."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from magcheck import Checker, MagcheckError, Report
from tests.third_opinion.naive import Opinion, Said, opinion
from tests.third_opinion.people import person
from tests.third_opinion.person import Profile


@dataclass
class Comparison:
    """What came of many people."""

    people: int = 0
    refused: int = 0
    unread: int = 0
    said: set[str] = field(default_factory=set)
    disagreements: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        """Count another batch too."""
        self.people += other.people
        self.refused += other.refused
        self.unread += other.unread
        self.said |= other.said
        self.disagreements += other.disagreements


def real_opinion(report: Report) -> Opinion:
    """What a report says, in the same form."""
    said = frozenset(
        Said(finding.rule, finding.action.value, finding.separation.status.value if finding.separation else None)
        for finding in report.findings
    )
    return Opinion(said, report.verdict.value)


def compare(checker: Checker, numbers: Iterable[int]) -> Comparison:
    """Ask both about each of these people."""
    result = Comparison()
    for number in numbers:
        compare_one(checker, number, person(number), result)
    return result


def compare_one(checker: Checker, number: int, profile: Profile, result: Comparison) -> None:
    """Ask both about one person."""
    result.people += 1
    try:
        report = checker.check(profile)
    except MagcheckError:
        result.refused += 1
        return
    result.unread += len(report.not_checked)
    real, naive = real_opinion(report), opinion(profile)
    result.said.update({finding.rule for finding in naive.said})
    if real != naive:
        result.disagreements.append((number, difference(real, naive)))


def difference(real: Opinion, naive: Opinion) -> str:
    """What only one of the two says."""
    only_real = sorted(f"{said.rule}/{said.action}/{said.status}" for said in real.said - naive.said)
    only_naive = sorted(f"{said.rule}/{said.action}/{said.status}" for said in naive.said - real.said)
    return (
        f"only the report: {only_real}; only the naive reading: {only_naive}; {real.verdict} and {naive.verdict}"
    )
