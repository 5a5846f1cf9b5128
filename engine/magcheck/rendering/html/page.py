"""The handout: one HTML page that holds everything, to be read, printed and taken along. It decides nothing."""

from __future__ import annotations

import re
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from magcheck._version import __version__
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.handout_outline import handout_outline
from magcheck.rendering.html.markup import Markup, element, text, together
from magcheck.rendering.outline import Listing, SectionKind, is_address
from magcheck.rendering.svg import picture, style
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.profile import Profile
    from magcheck.rendering.day_chart import DayChart
    from magcheck.rendering.outline import Entry, Outline, Section, Table
    from magcheck.report import PlanDay, Report

_NUMBER = re.compile(r"\[(\d+)\]")


def handout(report: Report, profile: Profile | None, words: Wording, voice: Voice = Voice.PLAIN) -> str:
    """A whole page. `report`: of `Checker.plan`, else there is no picture of the day. Same input, same bytes.

    `profile`: what was told; None leaves its table out.
    """
    outline = handout_outline(report, profile, words, voice)
    sections = (_section(section, words) for section in outline.sections)
    above = (element("p", outline.above, class_="above"),) if outline.above else ()
    body = element(
        "body",
        *above,
        _header(words, voice),
        element("main", verdict(outline, "h1"), *sections),
        _footer(report, words),
        class_=voice.value,
    )
    head = element("head", *_head(fill(words.handout.page_title, headline=outline.headline)))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _head(title: str) -> Iterator[Markup]:
    yield Markup('<meta charset="utf-8">')
    yield Markup('<meta name="viewport" content="width=device-width, initial-scale=1">')
    yield Markup('<meta name="color-scheme" content="light dark">')
    yield Markup('<meta name="referrer" content="no-referrer">')
    yield element("title", title)
    yield element("style", Markup(page_style()))


@cache
def page_style() -> str:
    """Everything that a page needs, pictures of a day included."""
    return style() + (files("magcheck.rendering.html") / "handout.css").read_text(encoding="utf-8")


def _header(words: Wording, voice: Voice) -> Markup:
    title = words.handout.title if voice is Voice.PLAIN else words.handout.title_professional
    lines = (element("span", f"{blank}:", element("i")) for blank in words.handout.blanks)
    return element("header", element("p", title), element("p", *lines, class_="fill"))


def _footer(report: Report, words: Wording) -> Markup:
    edition = fill(words.handout.edition, program=__version__, rules=report.rules.version)
    digest = element("code", report.rules.digest)
    return element("footer", element("p", report.notice), element("p", edition, digest, class_="edition"))


def verdict(outline: Outline, heading: str) -> Markup:
    tags = element("p", *(element("strong", tag) for tag in outline.tags), class_="tags")
    return element("div", tags, element(heading, outline.headline), class_=f"verdict {outline.tone.name.lower()}")


def _section(section: Section, words: Wording) -> Markup:
    name = section.kind.name.lower().replace("_", "-")
    heading = element("h2", section.title, id=name)
    return element("section", heading, *below(section, words), class_=name, aria_labelledby=name)


def below(section: Section, words: Wording) -> Iterator[Markup]:
    """Below the heading of a section: a table instead of the entries that it shows, then the other entries."""
    if section.kind is SectionKind.CARD:
        yield from _card(section, words)
        return
    if section.kind is SectionKind.THE_DAY:
        yield from (element("p", element("strong", entry.tag), " ", entry.text) for entry in section.entries)
        yield from (child for part in section.parts for child in _part_of_day(part, words))
        return
    if section.kind is SectionKind.SOURCES:
        yield element(
            "ol", *(element("li", _source(entry), id=f"source-{entry.number}") for entry in section.entries)
        )
        return
    if section.table:
        yield _table(section.table)
    rest = [entry for entry in section.entries if not entry.is_row]
    if section.table or section.listing is Listing.LINES:
        yield from (_entry(entry, words) for entry in rest)
    else:
        yield from _grouped(rest, words)


def _card(section: Section, words: Wording) -> Iterator[Markup]:
    """Numbered steps, then the day and whom to call, with room to write their numbers."""
    if section.entries:
        yield element("ol", *(element("li", entry.text) for entry in section.entries))
    for part in section.parts:
        yield element("h3", part.title)
        yield from (element("p", entry.text) for entry in part.entries)
    lines = (element("span", f"{blank}:", element("i")) for blank in words.handout.card.blanks)
    yield element("p", *lines, class_="fill")


def _part_of_day(part: Section, words: Wording) -> Iterator[Markup]:
    """The times as a picture and a table, everything else as a list below a heading."""
    if part.chart and part.table:
        yield from (_figure(part.chart, words), _table(part.table))
        return
    yield element("h3", part.title)
    yield element("ul", *(element("li", entry.text) for entry in part.entries))


def _figure(chart: DayChart, words: Wording) -> Markup:
    return element("figure", picture(chart), element("figcaption", _hours(chart.day, words)))


def _hours(day: PlanDay, words: Wording) -> str:
    form, hours = words.day.picture, {"wake": day.wake, "sleep": day.sleep}
    if day.meals:
        return fill(form.caption_meals, meals=", ".join(day.meals), **hours)
    return fill(form.caption, **hours)


def _table(table: Table) -> Markup:
    head = (element("th", title, scope="col") for title in table.columns)
    rows = (
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in table.rows
    )
    return element(
        "table",
        element("caption", table.caption),
        *([element("thead", element("tr", *head))] if table.columns else []),
        element("tbody", *rows),
        **({"class_": table.name} if table.name else {}),
    )


def _grouped(entries: Iterable[Entry], words: Wording) -> Iterator[Markup]:
    """One list below each tag."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.tag, []).append(entry)
    for tag, own in groups.items():
        items = element("ul", *(element("li", _entry(entry, words)) for entry in own), class_="entries")
        if not tag:
            yield items
            continue
        tone = own[0].tone.name.lower()
        yield element("div", element("h3", tag), items, class_=f"{tone} urgent" if own[0].urgent else tone)


def _entry(entry: Entry, words: Wording) -> Markup:
    statement = element("p", entry.text, class_="said")
    if not entry.details:
        return statement
    details = (
        element("div", element("dt", label), element("dd", _detail(label, detail, words)))
        for label, detail in entry.details
    )
    return together(statement, element("dl", *details))


def _detail(label: str, detail: str, words: Wording) -> Markup:
    """Numbers of sources lead to them."""
    labels = words.report.details
    if label not in (labels.sources, labels.evidence):
        return text(detail)
    link: Callable[[re.Match[str]], str] = partial(_link, words=words)
    return Markup(_NUMBER.sub(link, text(detail)))


def _link(number: re.Match[str], words: Wording) -> str:
    label = fill(words.handout.source, number=number[1])
    return element("a", number[0], href=f"#source-{number[1]}", aria_label=label)


def _source(entry: Entry) -> Markup:
    """A link where there is an address that a browser may open."""
    address = next((detail for _, detail in entry.details), "")
    return element("a", entry.text, href=address) if is_address(address) else text(entry.text)
