"""What a report says it has read of a written line or of an illness, in lines of text; kept in `readings/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from magcheck.reading.conditions import read_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck import Checker, Report
    from magcheck.reading.conditions import RaisedQuestion

FOLDER = Path(__file__).parent / "readings"
ITEMS = ("medications", "supplements")
KINDS = {"conditions": "condition", "symptoms": "symptom"}
LISTS = (*ITEMS, *KINDS)
_INSET = "    "
_UNREAD, _NOT_CHECKED, _TOTAL = "[not read", "not checked", "magnesium: "
_BESIDE = (_TOTAL, "times: ", "route: ", "basis: ", "asked: ")


def reading_of(written: str, where: str, checker: Checker) -> tuple[str, ...]:
    """`where`: the list of the profile in which it stands."""
    if where in KINDS:
        return tuple(_condition(written, KINDS[where], checker))
    report = checker.check({"country": "US", "person": {"age": 45}, where: [written]})
    return (*_recognised(report), *_not_checked(report, written), *_assumed(report), *_magnesium(report))


def _recognised(report: Report) -> Iterator[str]:
    for item in report.recognised:
        read = item.read
        unread = f" {_UNREAD}: {' | '.join(read.not_read)}]" if read.not_read else ""
        yield f"{read.echo}, {item.route}{unread}"


def _not_checked(report: Report, written: str) -> Iterator[str]:
    for left in report.not_checked:
        words = "" if left.input == written else f" {_one_line(left.input)},"
        asked = f": {left.question}" if left.question else ""
        yield f"{_NOT_CHECKED}:{words} {left.reason}{asked}{_among(left.candidates)}"


def _assumed(report: Report) -> Iterator[str]:
    """Of single fields of what was written: what was taken for granted, and what is asked."""
    for assumed in report.assumed:
        if "]." in assumed.field:
            yield f"{assumed.field.partition('.')[2]}: {assumed.what}"
    for missing in report.missing:
        if "]." in missing.field:
            yield f"asked: {missing.field}"


def _magnesium(report: Report) -> Iterator[str]:
    if report.dose and report.dose.parts:
        high = "unknown" if report.dose.high is None else f"{report.dose.high:g}"
        yield f"{_TOTAL}{report.dose.low:g} to {high} mg a day"


def _condition(written: str, kind: str, checker: Checker) -> Iterator[str]:
    read = read_condition(written, checker.book.condition_words, kind)
    for trait in read.present:
        yield f"{trait.kind}: {trait.name}"
    for field, value in read.implied:
        yield f"{field}: {value}"
    yield from map(_question, read.asks)
    for title, words in (("no", read.denied), ("of others", read.family), ("details", read.details)):
        if words:
            yield f"{title}: {' | '.join(map(_one_line, words))}"
    if read.not_read:
        yield f"not read: {' | '.join(map(_one_line, read.not_read))}{_among(read.could_be)}"


def _question(asked: RaisedQuestion) -> str:
    takes = [*(trait.name for trait in asked.takes), *(f"{field} {value}" for field, value in asked.implied)]
    meanwhile = f", meanwhile {' | '.join(takes)}" if takes else ""
    return f"asked{' (ahead)' if asked.ahead else ''}: {asked.field}: {_one_line(asked.words)}{meanwhile}"


def _among(candidates: Sequence[str]) -> str:
    return f" ({' or '.join(candidates)}?)" if candidates else ""


def _one_line(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def kept_readings(where: str) -> dict[str, tuple[str, ...]]:
    """Written line -> its reading, of one list of the profile."""
    kept: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (FOLDER / f"{where}.txt").read_text(encoding="utf-8").split("\n")[:-1]:
        if line.startswith(_INSET):
            current.append(line.removeprefix(_INSET))
        else:
            current = kept[_as_written(line)] = []
    return {written: tuple(read) for written, read in kept.items()}


def _as_written(line: str) -> str:
    return line.replace(r"\\", "\0").replace(r"\n", "\n").replace("\0", "\\")


def keep(where: str, readings: Mapping[str, Iterable[str]]) -> None:
    blocks = [[_one_line(written), *(_INSET + line for line in read)] for written, read in readings.items()]
    text = "".join(f"{line}\n" for block in blocks for line in block)
    (FOLDER / f"{where}.txt").write_text(text, encoding="utf-8")


def what_is_read(reading: Iterable[str]) -> list[str]:
    """Of things: each with its amount and times, without what was assumed, or is counted together."""
    return [line for line in reading if not line.startswith(_BESIDE)]


def open_in(reading: Iterable[str]) -> set[str]:
    """What is not read, or asked."""
    return {line for line in reading if _UNREAD in line or line.startswith(_NOT_CHECKED)}
