"""What does a change in a profile change? Two profiles and their reports in, everything that differs out."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from magcheck.core.fact_names import ITEM_LISTS, LISTS, WORD_LISTS
from magcheck.core.model import Model
from magcheck.profile import Creatinine, Profile, SerumMagnesium
from magcheck.report import Finding, Missing, NotChecked, Verdict, exit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.core.exits import Exit
    from magcheck.profile import Item
    from magcheck.report import Report

PlainValue = float | str | bool | None
AnyModel = TypeVar("AnyModel", bound=Model)


class InputChange(Model):
    """One thing that is told otherwise."""

    kind: Literal["added", "removed", "changed"]
    field: str
    """As in the profile; of an item that stays, its place in the new one."""
    of: str | None = None
    """The item whose field it is, as told."""
    old: PlainValue = None
    new: PlainValue = None


class FindingChange(Model):
    kind: Literal["came", "went", "changed"]
    old: Finding | None = None
    new: Finding | None = None


class ReportState(Model):
    """The verdict of one report, and whether it is complete."""

    verdict: Verdict
    complete: bool
    headline: str


class DoseSum(Model):
    """Magnesium itself a day, milligrams; null where it is not known."""

    low: float | None = None
    high: float | None = None
    limit: float | None = None


class Difference(Model):
    inputs: tuple[InputChange, ...]
    old: ReportState
    new: ReportState
    findings: tuple[FindingChange, ...]
    missing_came: tuple[Missing, ...]
    missing_went: tuple[Missing, ...]
    not_checked_came: tuple[NotChecked, ...]
    not_checked_went: tuple[NotChecked, ...]
    dose_old: DoseSum | None
    dose_new: DoseSum | None

    @property
    def is_nothing(self) -> bool:
        """The report says the same, whatever was told otherwise."""
        lists = (self.findings, self.missing_came, self.missing_went, self.not_checked_came, self.not_checked_went)
        return self.old == self.new and self.dose_old == self.dose_new and not any(lists)

    @property
    def exit_code(self) -> Exit:
        """That of the new report."""
        return exit_of(self.new.verdict, complete=self.new.complete)


def difference(old: tuple[Profile, Report], new: tuple[Profile, Report]) -> Difference:
    """What is told otherwise, and what the report then says otherwise."""
    before, after = old[1], new[1]
    missing_went, missing_came = _went_and_came(before.missing, after.missing)
    unread_went, unread_came = _went_and_came(
        (item.model_copy(update={"index": None}) for item in before.not_checked),
        (item.model_copy(update={"index": None}) for item in after.not_checked),
    )
    return Difference(
        inputs=tuple(_input_changes(old[0], new[0])),
        old=_state(before),
        new=_state(after),
        findings=tuple(_finding_changes(before.findings, after.findings)),
        missing_came=missing_came,
        missing_went=missing_went,
        not_checked_came=unread_came,
        not_checked_went=unread_went,
        dose_old=_dose_sum(before),
        dose_new=_dose_sum(after),
    )


def _state(report: Report) -> ReportState:
    return ReportState(verdict=report.verdict, complete=report.complete, headline=report.headline)


def _dose_sum(report: Report) -> DoseSum | None:
    dose = report.dose
    return DoseSum(low=dose.low, high=dose.high, limit=dose.limit_mg_per_day) if dose else None


def _went_and_came(
    old: Iterable[AnyModel], new: Iterable[AnyModel]
) -> tuple[tuple[AnyModel, ...], tuple[AnyModel, ...]]:
    """What went, and what came."""
    before, after = list(old), list(new)
    went = tuple(entry for entry in before if entry not in after)
    return went, tuple(entry for entry in after if entry not in before)


def _finding_changes(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[FindingChange]:
    """What came first, then what changed, then what went."""
    before, after = _by_key(old), _by_key(new)
    yield from (FindingChange(kind="came", new=after[key]) for key in after if key not in before)
    for key in after:
        if key in before and _what_is_told(before[key]) != _what_is_told(after[key]):
            yield FindingChange(kind="changed", old=before[key], new=after[key])
    yield from (FindingChange(kind="went", old=before[key]) for key in before if key not in after)


def _by_key(findings: Iterable[Finding]) -> dict[object, Finding]:
    """By page, and by medicine where a page speaks of several one by one."""
    by_key: dict[object, Finding] = {}
    for finding in findings:
        about = finding.subjects[0].is_ if finding.separation and finding.subjects else None
        number = 0
        while (finding.rule, about, number) in by_key:
            number += 1
        by_key[finding.rule, about, number] = finding
    return by_key


def _what_is_told(finding: Finding) -> object:
    """What a person is told by it."""
    status = finding.separation.status if finding.separation else None
    return finding.action, status, finding.urgency, finding.what_to_do


def _input_changes(old: Profile, new: Profile) -> Iterator[InputChange]:
    before, after = _fields(old), _fields(new)
    for field in dict.fromkeys([*before, *after]):
        if before.get(field) != after.get(field):
            yield _input_change(field, before.get(field), after.get(field))
    for name in WORD_LISTS:
        earlier, later = getattr(old, name), getattr(new, name)
        yield from (InputChange(kind="added", field=name, new=word) for word in later if word not in earlier)
        yield from (InputChange(kind="removed", field=name, old=word) for word in earlier if word not in later)
    for name in ITEM_LISTS:
        yield from _item_changes(name, getattr(old, name), getattr(new, name))


def _fields(profile: Profile) -> dict[str, PlainValue]:
    """Everything told but the lists: field -> value."""
    values: dict[str, PlainValue] = {}
    for group in Profile.model_fields.keys() - set(LISTS):
        part = getattr(profile, group)
        names = type(part).model_fields if isinstance(part, Model) else ()
        values |= {f"{group}.{name}": _plain(getattr(part, name)) for name in names}
        values |= {} if names else {group: _plain(part)}
    return {field: values[field] for field in sorted(values) if values[field] not in (None, "")}


def _plain(value: object) -> PlainValue:
    """A measured value with its unit, a list of times in one line."""
    match value:
        case Creatinine() | SerumMagnesium():
            return f"{value.value:g} {value.unit.value}"
        case tuple():
            return ", ".join(cast("tuple[str, ...]", value))
        case StrEnum():
            return value.value
        case bool() | float() | int() | str() | None:
            return value
        case _:
            return str(value)


def _input_change(field: str, old: PlainValue, new: PlainValue, of: str | None = None) -> InputChange:
    kind = _KINDS[old is None, new is None]
    return InputChange(kind=kind, field=field, of=of, old=old, new=new)


_KINDS: dict[tuple[bool, bool], Literal["added", "removed", "changed"]] = {
    (True, False): "added",
    (False, True): "removed",
    (False, False): "changed",
}


def _item_changes(name: str, old: Sequence[Item], new: Sequence[Item]) -> Iterator[InputChange]:
    """Items are the same when they are called the same; of several, the first is the first."""
    before, after = _by_name(old), _by_name(new)
    for key, (index, item) in after.items():
        if key not in before:
            yield InputChange(kind="added", field=f"{name}[{index}]", new=item.told)
            continue
        earlier, later = _fields_told(before[key][1]), _fields_told(item)
        for field in dict.fromkeys([*earlier, *later]):
            if earlier.get(field) != later.get(field):
                path = f"{name}[{index}].{field}"
                yield _input_change(path, earlier.get(field), later.get(field), item.told)
    for key, (index, item) in before.items():
        if key not in after:
            yield InputChange(kind="removed", field=f"{name}[{index}]", old=item.told)


def _by_name(items: Sequence[Item]) -> dict[tuple[str, int], tuple[int, Item]]:
    count: Counter[str] = Counter()
    by_name: dict[tuple[str, int], tuple[int, Item]] = {}
    for index, item in enumerate(items):
        name = item.told.casefold()
        by_name[name, count[name]] = index, item
        count[name] += 1
    return by_name


def _fields_told(item: Item) -> dict[str, PlainValue]:
    """What is told of an item besides its name."""
    names = type(item).model_fields.items()
    values = {name: _plain(getattr(item, name)) for name, field in names if getattr(item, name) != field.default}
    return {name: value for name, value in values.items() if name not in ("name", "rxcui", "atc")}
