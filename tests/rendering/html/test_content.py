"""What does the handout say? Everything that the report holds and everything that was told, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from magcheck import Profile, check
from magcheck.rendering.html.markup import element, text
from magcheck.rendering.html.page import handout
from magcheck.rendering.profile_table import told
from magcheck.rendering.report_outline import report_outline
from magcheck.rendering.voice import Voice
from magcheck.report import PlanStatus
from tests.rendering.html.reading import (
    HEBREW,
    LONG,
    PEOPLE,
    SCRIPT,
    WORDS,
    Node,
    page_of,
    profile_of,
    read,
    report_of,
    tree_of,
)
from tests.support import child

EVERYBODY = pytest.mark.parametrize("name", PEOPLE)


def main_text(name: str, voice: Voice = Voice.PLAIN) -> str:
    (main,) = tree_of(name, voice).every("main")
    return words(main)


def words(node: Node) -> str:
    return " ".join(node.words.split())


@EVERYBODY
@pytest.mark.parametrize("voice", Voice)
def test_it_says_everything_that_the_outline_says(name: str, voice: Voice) -> None:
    said = report_outline(report_of(name), WORDS, voice)
    text_of_page = main_text(name, voice)
    for section in said.sections:
        assert section.title in text_of_page or all(entry.tag == "Good to know" for entry in section.entries)
        for entry in section.entries:
            if not section.sum or entry is section.entries[-1]:
                assert entry.text in text_of_page
            for label, detail in entry.details:
                assert label == "At" or detail in text_of_page


@EVERYBODY
def test_no_section_of_the_outline_is_left_out(name: str) -> None:
    """Whatever an outline gets to say in future, the handout says it too."""
    kinds = {section.kind.name.lower() for section in report_outline(report_of(name), WORDS).sections}
    shown = {one.attributes["class"] for one in tree_of(name).every("section")}
    assert kinds - {"advice"} <= shown
    assert "advice" not in kinds or shown & {"advice", "notes"}


@EVERYBODY
def test_the_verdict_stands_first_in_words(name: str) -> None:
    said = report_outline(report_of(name), WORDS)
    assert main_text(name).replace(" ", "").startswith("".join((*said.tags, said.headline)).replace(" ", ""))


def test_an_emergency_stands_above_everything_else_in_a_box_of_its_own() -> None:
    (main,) = tree_of("emergency").every("main")
    card, advice, *_ = main.every("section")
    assert "Call your emergency number now." in main.text.partition(card.text)[0]
    first = advice.children[1]
    assert isinstance(first, Node)
    assert "urgent" in first.attributes["class"].split()
    assert first.text.startswith("Emergency: do not take")
    assert "Call your emergency number now." in first.text
    assert len(advice.of_class("urgent")) == 1
    assert not tree_of("complicated").of_class("urgent")


@EVERYBODY
def test_the_rules_the_notice_and_the_dose_are_there(name: str) -> None:
    report = report_of(name)
    (footer,) = tree_of(name).every("footer")
    for said in (report.notice.strip(), report.rules.version, report.rules.digest):
        assert said in footer.text
    if report.dose:
        (dose,) = tree_of(name).of_class("dose")
        assert len(list(next(dose.every("tbody")).every("tr"))) == len(report.dose.parts)
        assert "Together: " in dose.text


@EVERYBODY
def test_every_source_is_numbered_and_linked_where_it_has_an_address(name: str) -> None:
    cited = list(dict.fromkeys(one for finding in report_of(name).findings for one in finding.evidence))
    items = [one for box in tree_of(name).of_class("sources") for one in box.every("li")]
    assert [one.attributes["id"] for one in items] == [f"source-{number}" for number in range(1, len(cited) + 1)]
    assert [[a.attributes["href"] for a in one.every("a")] for one in items] == [
        [one.url] if one.url else [] for one in cited
    ]


def test_notes_wait_until_after_the_day() -> None:
    page = main_text("complicated").partition("Whom to call")[2]
    first = next(
        one
        for one in report_outline(report_of("complicated"), WORDS).sections[0].entries
        if one.tag == "Good to know"
    )
    assert page.index("What to do") < page.index("The day") < page.index("Good to know") < page.index(first.text)


# The day


def drawn(picture: Node, name: str) -> list[Node]:
    """What is drawn of a kind, its sign in the legend apart."""
    return [
        one
        for one in picture.of_class(name)
        if not any(box.attributes.get("class") == "legend" for box in one.above())
    ]


def test_the_picture_and_the_table_show_the_same_doses_as_the_plan() -> None:
    plan = report_of("complicated").plan
    (day,) = tree_of("complicated").of_class("the-day")
    (picture,) = day.of_class("day")
    assert len(drawn(picture, "dot")) == sum(len(entry.take) for entry in plan.entries)
    rows = [[cell.text for cell in row.every("th", "td")] for row in next(day.every("tbody")).every("tr")]
    assert [row[0] for row in rows] == [entry.time for entry in plan.entries]
    assert all(name in row[1] for row, entry in zip(rows, plan.entries, strict=True) for name in entry.take)
    assert "no magnesium" in rows[0][2]
    assert "alendronic acid (once a week)" in rows[0][1]


def test_the_picture_closes_the_hours_around_a_dose_also_across_midnight() -> None:
    (picture,) = tree_of("short").of_class("day")
    (shut,) = drawn(picture, "shut")
    assert (shut.attributes["x"], shut.attributes["width"]) == ("12.5%", "33.33%")  # 03:00 to 11:00
    nights = [(one.attributes["x"], one.attributes["width"]) for one in drawn(picture, "night")]
    assert nights == [("95.83%", "4.17%"), ("0%", "29.17%")]  # 23:00 to 24:00 and 00:00 to 07:00


def test_where_there_is_no_day_it_says_why_and_draws_none() -> None:
    assert not tree_of("impossible").of_class("day")
    assert "No day is possible" in main_text("impossible")
    assert "In the way of each other" in main_text("impossible")
    assert not tree_of("emergency").of_class("day")
    assert "Something speaks against this magnesium." in main_text("emergency")
    assert "needed" not in tree_of("emergency").of_class("the-day")[0].text


def test_a_day_never_reads_as_whole_where_something_was_not_checked() -> None:
    page = main_text("strange names").partition("Whom to call")[2]
    assert "as far as we could check" in page
    assert page.index("Could not be checked") < page.index("The day")
    assert "as far as we could check" not in main_text("short")


def test_a_report_without_a_plan_says_that_it_has_no_day() -> None:
    profile = profile_of("short")
    (day,) = read(handout(check(profile), profile, WORDS)).of_class("the-day")
    assert "None was made here." in day.text
    assert not list(day.every("svg"))


def test_a_plan_that_is_kept_is_drawn_too() -> None:
    data = copy.deepcopy(PEOPLE["short"])
    data["supplements"][0]["times"] = ["12:00"]
    from magcheck.checker import default_checker

    profile = Profile.model_validate(data)
    report = default_checker().plan(profile)
    assert report.plan.status is PlanStatus.NOT_NEEDED
    assert read(handout(report, profile, WORDS)).of_class("day")


# What was told


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to every value that stands for itself."""
    if isinstance(data, dict) and not {"value", "unit"} <= data.keys() and path[-1:] != ("every",):
        for name, value in data.items():
            yield from leaves(value, (*path, name))
    elif isinstance(data, list) and path[-1] in ("medications", "supplements"):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, place))
    else:
        yield path


WHOLE: dict[str, Any] = {
    "person": {"age": 62.5, "sex": "female", "pregnancy": "none", "weight_kg": 71, "height_cm": 165},
    "kidney": {
        "egfr": 45,
        "creatinine": {"value": 1.4, "unit": "mg/dL"},
        "stage": "G3a",
        "dialysis": False,
        "disease": True,
        "acute": False,
    },
    "labs": {"magnesium": {"value": 2.0, "unit": "mg/dL"}},
    "conditions": ["myasthenia gravis"],
    "symptoms": ["diarrhoea"],
    "goals": ["sleep"],
    "medications": [
        {
            "name": "Cipro",
            "route": "oral",
            "times": ["08:00"],
            "frequency": "daily",
            "dose_mg": 500,
            "fixed": False,
        },
        {"rxcui": "10582", "per_day": 1, "every": {"days": 3}},
        {"atc": "H03AA01"},
    ],
    "supplements": [{"name": "magnesium", "amount_mg": 1234.5678, "basis": "unknown", "elemental_percent": 14.1}],
    "day": {"wake": "06:30", "sleep": "22:30", "meals": ["07:00"]},
    "country": "US",
}


def test_the_whole_profile_is_the_whole_profile() -> None:
    schema = Profile.model_fields.keys()
    assert WHOLE.keys() == schema
    for group in ("person", "kidney", "labs", "day"):
        assert WHOLE[group].keys() == type(getattr(Profile(), group)).model_fields.keys()
    named = {key for name in ("medications", "supplements") for item in WHOLE[name] for key in item}
    from magcheck.profile import Medication, Supplement

    assert named == Medication.model_fields.keys() | Supplement.model_fields.keys()


@pytest.mark.parametrize("path", list(leaves(WHOLE)), ids=str)
def test_every_field_that_was_told_is_shown(path: tuple[Any, ...]) -> None:
    fewer = copy.deepcopy(WHOLE)
    holder: Any = fewer
    for step in path[:-1]:
        holder = holder[step]
    value = holder.pop(path[-1])
    if path[-1] in ("name", "rxcui", "atc"):
        holder["name"] = "something else"
    whole, without = (told(Profile.model_validate(data), WORDS) for data in (WHOLE, fewer))
    assert whole != without
    shown = " ".join(said for row in whole for said in row)
    if isinstance(value, str) and path[-1] != "basis":
        assert value in shown
    if isinstance(value, float):
        assert f"{value:,}" in shown


def test_nothing_that_was_not_told_is_shown() -> None:
    assert told(Profile(), WORDS) == []
    assert told(Profile.model_validate({"medications": [], "person": {}, "conditions": []}), WORDS) == []
    assert told(Profile.model_validate({"person": {"age": 40}}), WORDS) == [("Age", "40 years")]
    assert "Nothing." in main_text("nothing told")


# Names that want to be something else


def test_strange_names_are_shown_as_they_were_told_and_nothing_more() -> None:
    page = page_of("strange names")
    assert "<script" not in page
    assert "<img" not in page
    assert main_text("strange names").count(SCRIPT) >= 2
    assert main_text("strange names").count(HEBREW) >= 2
    assert main_text("strange names").count(LONG) >= 2


def test_words_from_right_to_left_are_kept_apart_from_their_neighbours() -> None:
    isolated = [one.text for one in tree_of("strange names").every("bdi")]
    assert isolated
    assert all(one.startswith("אקמול") for one in isolated)
    assert text("a אב, גד b") == "a <bdi>אב, גד</bdi> b"


def test_very_long_words_may_be_broken() -> None:
    assert text(LONG).count("<wbr>") == (len(LONG) - 1) // 12
    assert "<wbr>" not in text("spironolactone, methylphenidate")
    assert text("&" * 17) == "&amp;" * 12 + "<wbr>" + "&amp;" * 5


def test_controls_and_changes_of_direction_are_taken_out() -> None:
    assert text("a\x00\x1b[31m\u202eb\u2066c\ud800") == "a  [31m b c "


def test_attributes_and_text_are_escaped_and_elements_are_not() -> None:
    made = element("p", element("b", "<"), "\"'&", aria_label='"><script>')
    assert made == '<p aria-label="&quot;&gt;&lt;script&gt;"><b>&lt;</b>&quot;&#x27;&amp;</p>'


def test_an_address_that_a_browser_would_run_is_no_link() -> None:
    report = report_of("short")
    finding = report.findings[0]
    bad = finding.evidence[0].model_copy(update={"url": "javascript:alert(1)"})
    changed = report.model_copy(update={"findings": (finding.model_copy(update={"evidence": (bad,)}),)})
    page = handout(changed, profile_of("short"), WORDS)
    assert "javascript:" not in page
    assert bad.source in page.replace("<wbr>", "")


def test_the_verdict_of_a_report_is_never_changed() -> None:
    for name in PEOPLE:
        said = report_outline(report_of(name), WORDS)
        assert report_of(name).complete or "Not complete" in said.tags
        assert not report_of(name).complete or WORDS.labels.actions[report_of(name).verdict.value] in said.tags


# The same again


def test_the_same_report_gives_the_same_bytes_in_another_process() -> None:
    story = "from tests.rendering.html.reading import page_of; import hashlib; "
    story += "print(hashlib.sha256(page_of('complicated').encode()).hexdigest())"
    made = {child("-c", story, environment={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")}
    from hashlib import sha256

    assert made == {sha256(page_of("complicated").encode()).hexdigest() + "\n"}
