"""The handout: one HTML page that holds everything, to be read, printed and taken along. It decides nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from magcheck._version import __version__
from magcheck.core.labels import ACTIONS
from magcheck.core.scales import Action
from magcheck.rendering.day_chart import plan_sections, plan_title
from magcheck.rendering.entries import CITATIONS, EntryKind, is_address
from magcheck.rendering.html.day import picture, table
from magcheck.rendering.html.markup import Markup, element, text, together
from magcheck.rendering.html.profile_table import told
from magcheck.rendering.outline import dose_parts, outline
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.profile import Profile
    from magcheck.rendering.entries import Entry, Outline, Section
    from magcheck.report import Report

BEFORE_THE_DAY = EntryKind.ADVICE, EntryKind.UNREAD, EntryKind.MISSING
"""What was not checked stands before the day, because the day does not hold it."""
NOTE = ACTIONS[Action.NOTE.value]
_NUMBER = re.compile(r"\[(\d+)\]")


def handout(report: Report, profile: Profile, voice: Voice = Voice.PLAIN) -> str:
    """A whole page. `report`: of `Checker.plan`, else there is no picture of the day. Same input, same bytes."""
    said = outline(report, voice)
    body = element(
        "body",
        _header(voice),
        element("main", *_parts(said, report, profile, voice)),
        _footer(report),
        class_=voice.value,
    )
    head = element("head", *_head(f"Magnesium check: {said.headline}"))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _head(title: str) -> Iterator[Markup]:
    yield Markup('<meta charset="utf-8">')
    yield Markup('<meta name="viewport" content="width=device-width, initial-scale=1">')
    yield Markup('<meta name="color-scheme" content="light dark">')
    yield Markup('<meta name="referrer" content="no-referrer">')
    yield element("title", title)
    yield element("style", Markup(_style()))


@cache
def _style() -> str:
    return (files("magcheck.rendering.html") / "handout.css").read_text(encoding="utf-8")


def _header(voice: Voice) -> Markup:
    title = "Magnesium check" if voice is Voice.PLAIN else "Magnesium check, for professionals"
    lines = (element("span", f"{word}:", element("i")) for word in ("Name", "Date"))
    return element("header", element("p", title), element("p", *lines, class_="fill"))


def _footer(report: Report) -> Markup:
    edition = f"magcheck {__version__}, rules {report.rules.version}, "
    digest = element("code", report.rules.digest)
    return element("footer", element("p", report.notice), element("p", edition, digest, class_="edition"))


def _parts(said: Outline, report: Report, profile: Profile, voice: Voice) -> Iterator[Markup]:
    """The verdict, what to do, the day; then what is open, and what it all rests on."""
    yield _verdict(said)
    sections = {section.kind: section for section in said.sections}
    notes = _notes(sections)
    yield from (_section(sections[kind], report) for kind in BEFORE_THE_DAY if kind in sections)
    yield from _day(report, voice)
    if notes:
        yield _part("Good to know", "notes", *_grouped(notes))
    for kind, section in sections.items():
        if kind not in (*BEFORE_THE_DAY, EntryKind.SOURCES):
            yield _section(section, report)
    yield from _told(profile)
    if EntryKind.SOURCES in sections:
        yield _sources(sections[EntryKind.SOURCES])


def _notes(sections: dict[EntryKind, Section]) -> list[Entry]:
    """Taken out of what to do: nothing has to be done about a note, so it may wait until after the day."""
    advice = sections.pop(EntryKind.ADVICE, None)
    if advice is None:
        return []
    notes = [replace(entry, tag="") for entry in advice.entries if entry.tag == NOTE]
    rest = tuple(entry for entry in advice.entries if entry.tag != NOTE)
    if rest:
        sections[EntryKind.ADVICE] = replace(advice, entries=rest)
    return notes


def _verdict(said: Outline) -> Markup:
    tags = element("p", *(element("strong", tag) for tag in said.tags), class_="tags")
    return element("div", tags, element("h1", said.headline), class_=f"verdict {said.tone.name.lower()}")


def _part(title: str, name: str, *children: str) -> Markup:
    heading = element("h2", title, id=name)
    return element("section", heading, *children, class_=name, aria_labelledby=name)


def _section(section: Section, report: Report) -> Markup:
    name = section.kind.name.lower()
    if section.kind is EntryKind.DOSE:
        return _part(section.title, name, _dose(report), _entry(section.entries[-1], "p"))
    return _part(section.title, name, *_grouped(section.entries))


def _grouped(entries: Iterable[Entry]) -> Iterator[Markup]:
    """One list below each tag."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.tag, []).append(entry)
    for tag, own in groups.items():
        tone = own[0].tone.name.lower()
        items = [element("li", _entry(entry, "p")) for entry in own]
        if not tag:
            yield element("ul", *items, class_="entries")
            continue
        marked = f"{tone} urgent" if own[0].urgent else tone
        yield element("div", element("h3", tag), element("ul", *items, class_="entries"), class_=marked)


def _entry(entry: Entry, tag: str) -> Markup:
    details = (
        element("div", element("dt", label), element("dd", _detail(label, said))) for label, said in entry.details
    )
    return together(
        element(tag, entry.text, class_="said"), element("dl", *details) if entry.details else Markup("")
    )


def _detail(label: str, said: str) -> Markup:
    if label not in CITATIONS:
        return text(said)
    return Markup(_NUMBER.sub(lambda found: _mark(found[1]), text(said)))


def _mark(number: str) -> str:
    return element("a", f"[{number}]", href=f"#source-{number}", aria_label=f"Source [{number}]")


def _day(report: Report, voice: Voice) -> Iterator[Markup]:
    plan = report.plan
    drawn = (picture(plan), table(plan)) if plan.entries else ()
    title = plan_title(plan) if report.complete else f"{plan_title(plan)}, as far as we could check"
    said = element("p", element("strong", f"{title}:"), " ", plan.said)
    yield _part("The day", "the-day", said, *drawn, *_plan_sections(report, voice))


def _plan_sections(report: Report, voice: Voice) -> Iterator[Markup]:
    for section in plan_sections(report, voice):
        yield element("h3", section.title)
        yield element("ul", *(element("li", item) for item in section.items))


def _dose(report: Report) -> Markup:
    titles = ("Product", "Amount", "How it was counted")
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    rows = (
        element("tr", element("th", name, scope="row"), element("td", amount), element("td", how))
        for name, amount, how in dose_parts(report)
    )
    caption = element("caption", "Magnesium itself that each product brings in a day")
    return element("table", caption, element("thead", head), element("tbody", *rows))


def _told(profile: Profile) -> Iterator[Markup]:
    rows = [element("tr", element("th", label, scope="row"), element("td", said)) for label, said in told(profile)]
    if rows:
        caption = element("caption", "What this check was made with")
        yield _part("What you told us", "told", element("table", caption, element("tbody", *rows)))
    else:
        yield _part("What you told us", "told", element("p", "Nothing."))


def _sources(section: Section) -> Markup:
    items = (element("li", _source(entry), id=f"source-{entry.number}") for entry in section.entries)
    return _part(section.title, "sources", element("ol", *items))


def _source(entry: Entry) -> Markup:
    """A link where there is an address that a browser may open."""
    address = next((said for _, said in entry.details), "")
    return element("a", entry.text, href=address) if is_address(address) else text(entry.text)
