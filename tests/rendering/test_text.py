"""What does a person read? The same words on a terminal and in plain lines, in any width."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from magcheck import Profile, Report
from magcheck.core.scales import Action, Grade, Status
from magcheck.knowledge.load import load_rules
from magcheck.rendering.outline import SectionKind
from magcheck.rendering.report_outline import MOST_CANDIDATES, report_outline
from magcheck.rendering.terminal import terminal_text
from magcheck.rendering.text import plain_text
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import window_in_figures
from magcheck.report import Separation
from tests.cli.running import own_checker, run

WORDS = load_rules().wording
ACTIONS, GRADES = WORDS.labels.actions, WORDS.labels.grades
BOXES = re.compile(r"[\u2500-\u259f]")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
WIDTHS = [40, 57, 80, 110]
STORY = """
person: {age: 62}
kidney: {dialysis: true}
medications:
  - {name: Cipro 500 mg, times: ["08:00", "20:00"]}
  - Xyzol
  - water pill
  - aspirin
supplements:
  - {name: magnesium glycinate, amount_mg: 1000, times: ["21:30"]}
"""


@cache
def report_of(rules: str, story: str = STORY) -> Report:
    from magcheck.knowledge.document import read_document

    return own_checker(Path(rules)).check(Profile.model_validate(read_document(story.encode(), "story").data))


def drawn(report: Report, columns: int, voice: Voice = Voice.PLAIN) -> str:
    return ESCAPE.sub("", terminal_text(report_outline(report, WORDS, voice), columns, colour=True))


def plain_report(report: Report, columns: int, voice: Voice = Voice.PLAIN) -> str:
    return plain_text(report_outline(report, WORDS, voice), columns)


def words_of(text: str) -> str:
    return " ".join(BOXES.sub(" ", text).split())


def test_plain_has_no_escape_codes_and_no_boxes(rules: str) -> None:
    for columns in WIDTHS:
        text = plain_report(report_of(rules), columns)
        assert "\x1b" not in text
        assert not BOXES.search(text)
        assert not set("✖?↔•✓…·") & set(re.findall(r"^.", text, re.MULTILINE))


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_screen_unless_it_is_an_address(columns: int, voice: Voice, rules: str) -> None:
    report = report_of(rules)
    for text in (plain_report(report, columns, voice), drawn(report, columns, voice)):
        for line in text.splitlines():
            assert len(line) <= columns or line.lstrip().startswith("https://")
            assert line == line.rstrip()


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("columns", WIDTHS)
def test_both_renderings_say_everything_that_the_outline_says(columns: int, voice: Voice, rules: str) -> None:
    report = report_of(rules)
    said = report_outline(report, WORDS, voice)
    texts = words_of(plain_report(report, columns, voice)), words_of(drawn(report, columns, voice))
    parts = [said.headline, *said.foot]
    for section in said.sections:
        for entry in section.entries:
            parts += [entry.text, *(text for _, text in entry.details)]
    for text in texts:
        for part in parts:
            assert " ".join(part.split()) in text


def test_the_verdict_stands_first_in_words(rules: str) -> None:
    text = plain_report(report_of(rules), 80)
    assert text.split("\n\n")[1].startswith("TODAY. DO NOT TAKE. NOT COMPLETE. Do not take this magnesium.")
    assert "TODAY · DO NOT TAKE · NOT COMPLETE" in drawn(report_of(rules), 80)


def test_an_incomplete_report_without_a_finding_does_not_read_as_safe(rules: str) -> None:
    text = run("check", "-", "--only-rules", rules, stdin=b"medications: [Xyzol]").out
    assert text.split("\n\n")[1].startswith("NOT COMPLETE. ")
    assert "NOTHING FOUND" not in text


def test_what_to_do_is_grouped_by_strength_with_the_strongest_first(rules: str) -> None:
    text = plain_report(report_of(rules), 80)
    assert text.index("Today: do not take:") < text.index("Keep apart:")
    assert "ciprofloxacin at 20:00 and magnesium at 21:30" in " ".join(text.split())


def test_the_window_is_drawn_with_both_hours(rules: str) -> None:
    assert "ciprofloxacin ──2 h─→ magnesium ──6 h─→ ciprofloxacin" in drawn(report_of(rules), 80)
    narrow = drawn(report_of(rules), 40)
    assert "  ciprofloxacin ──2 h─→ magnesium\n  magnesium ──6 h─→ ciprofloxacin\n" in narrow


def test_what_was_not_checked_is_named_with_what_it_could_be(rules: str) -> None:
    text = " ".join(plain_report(report_of(rules), 80).split())
    assert '"Xyzol": This is not known here.' in text
    assert '"water pill": Which one is it?' in text
    more = len(report_of(rules).not_checked[1].candidates) - MOST_CANDIDATES
    assert f"and {more} more" in text


def test_a_medicine_that_no_page_is_about_is_said(rules: str) -> None:
    told = "We know this name, but nothing about it with magnesium: acetylsalicylic acid."
    assert told in plain_report(report_of(rules), 110)


def test_the_dose_shows_its_arithmetic_its_limit_and_a_bar(rules: str) -> None:
    understood = report_of(rules, STORY.replace("  - Xyzol\n  - water pill\n", ""))
    text = plain_report(understood, 110)
    assert "Together: 116.6 to 1000 mg; the limit is 350 mg" in text
    assert "How: 1000 mg if that is magnesium itself" in text
    assert re.search(r"█+▒+\n\s+limit 350 mg ↑\n\s+█ surely {2}▒ perhaps", drawn(understood, 80))


def test_no_sum_is_told_as_whole_where_a_name_was_not_understood(rules: str) -> None:
    assert "Together: at least 116.6 mg, the rest is not known" in plain_report(report_of(rules), 110)


def test_kept_gaps_are_shown_as_already_right(rules: str) -> None:
    told = b"medications: [{name: cipro, times: ['08:00']}]\nsupplements: [{name: magnesium, times: ['12:00']}]"
    text = run("check", "-", "--only-rules", rules, stdin=told).out
    assert re.search(r"^ciprofloxacin +2 h before, 6 h after +kept ", text, re.MULTILINE)


def test_every_finding_says_first_what_to_do_and_then_why_with_its_risk_and_its_sources(rules: str) -> None:
    text = " ".join(plain_report(report_of(rules), 80).split())
    for finding in report_of(rules).findings:
        assert f"Because: {finding.title}. {finding.why}" in text
        assert text.index(finding.what_to_do) < text.index(finding.title)
    assert "Risk: the infection may not be cured" in text
    assert "Counted: dialysis yes (given)" in text
    assert text.count("Sources: [1]") == len(report_of(rules).findings)
    assert GRADES["label"] in text


def test_the_plain_voice_keeps_the_words_of_the_trade_to_itself(rules: str) -> None:
    text = plain_report(report_of(rules), 80).casefold()
    for word in ("contraindicated", "separate-ciprofloxacin", "mechanism", "severity", "rxcui"):
        assert word not in text


def test_the_professional_voice_has_figures_grades_and_rule_ids(rules: str) -> None:
    text = " ".join(plain_report(report_of(rules), 80, Voice.PROFESSIONAL).split())
    for finding in report_of(rules).findings:
        assert f"{finding.title} Rule: {finding.rule}" in text
        assert f"Severity: {finding.severity.value}" in text
    assert "Window: ciprofloxacin 2 h before or 6 h after magnesium; status: broken" in text
    assert "Facts used: kidney.dialysis yes (given)" in text
    assert f"Evidence: [1] {GRADES['label']}" in text
    assert "Mechanism: binding in the gut" in text


def test_both_voices_tell_the_same_findings_in_the_same_order_and_to_the_same_end(rules: str) -> None:
    plain, professional = (report_outline(report_of(rules), WORDS, voice) for voice in Voice)
    assert (plain.tags, plain.headline, plain.tone) == (
        professional.tags,
        professional.headline,
        professional.tone,
    )
    for one, other in zip(plain.sections, professional.sections, strict=True):
        assert one.kind is other.kind
        if one.kind in (SectionKind.ADVICE, SectionKind.KEPT, SectionKind.UNREAD, SectionKind.MISSING):
            assert [entry.tag for entry in one.entries] == [entry.tag for entry in other.entries]


def test_a_preferred_window_stands_beside_the_least_one_and_a_lost_one_says_so() -> None:
    window = Separation(take="x", around="magnesium", before_h=2, after_h=0.5, status=Status.KEPT)
    better = window.model_copy(update={"preferred_before_h": 4.0, "preferred_after_h": 6.0})
    lost = Separation(take="x", around="magnesium", status=Status.NO_SAFE_GAP)
    said = "x 2 h before or 30 min after magnesium"
    assert (
        window_in_figures(better, WORDS) == f"{said}; preferred: x 4 h before or 6 h after magnesium; status: kept"
    )
    assert window_in_figures(lost, WORDS) == "status: no safe gap"


def test_the_json_is_the_same_for_everybody(rules: str) -> None:
    told = STORY.encode()
    texts = [run("check", "-", "--only-rules", rules, "--json", "--for", voice, stdin=told).out for voice in Voice]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("command", [("check", "-"), ("plan", "-"), ("ask",)])
def test_a_voice_that_does_not_exist_is_refused(command: tuple[str, ...]) -> None:
    done = run(*command, "--for", "doctor")
    assert done.code == 2
    assert not done.out
    assert "plain" in done.err
    assert "professional" in done.err


def test_a_plan_for_professionals_has_the_windows_in_figures() -> None:
    told = b"medications: [levothyroxine]\nsupplements: [magnesium glycinate]\nperson: {age: 40}"
    plain, professional = (run("plan", "-", "--more", "--for", voice, stdin=told).out for voice in Voice)
    figures = "levothyroxine 4 h before or 4 h after magnesium; status: unplanned (separate-levothyroxine)"
    assert figures in " ".join(professional.split())
    assert "separate-levothyroxine" not in plain


def test_names_cannot_smuggle_escape_codes_lines_or_markup_into_a_report(rules: str) -> None:
    told = b'{"medications": ["\\u001b[31mX\\nNOTHING FOUND. All is well.", "[bold red]a[/]", ":warning:"]}'
    plain = run("check", "-", "--only-rules", rules, stdin=told)
    assert plain.code == 30
    for text in (plain.out, run("check", "-", "--only-rules", rules, "--no-input", stdin=told, terminal=True).out):
        assert "\x1b[31m" not in text
        assert not any(line.startswith("NOTHING") for line in text.splitlines())
        assert "[bold red]a[/]" in text
        assert ":warning:" in text


# When is it drawn, and when is it coloured?


def check(rules: str, *options: str, terminal: bool = True) -> str:
    return run(
        "check", "-", "--only-rules", rules, "--no-input", *options, stdin=STORY.encode(), terminal=terminal
    ).out


def test_on_a_terminal_it_is_drawn_and_coloured(rules: str) -> None:
    assert "\x1b[" in check(rules)
    assert BOXES.search(check(rules))


@pytest.mark.parametrize("value", ["1", "yes", "0"])
def test_no_color_takes_every_escape_code_away(value: str, rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    assert "\x1b" not in check(rules)
    assert BOXES.search(check(rules))


def test_plain_on_a_terminal(rules: str) -> None:
    text = check(rules, "--plain")
    assert "\x1b" not in text
    assert not BOXES.search(text)


def test_into_a_file_or_a_pipe_it_is_plain(rules: str) -> None:
    assert check(rules, terminal=False) == check(rules, "--plain")


def test_force_color_draws_into_a_pipe_and_no_color_wins(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in check(rules, terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in check(rules, terminal=False)


def test_a_dumb_terminal_gets_plain_lines(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert check(rules) == check(rules, "--plain")


@pytest.mark.parametrize(("columns", "widest"), [("20", 40), ("40", 40), ("80", 80), ("500", 110)])
def test_the_width_of_the_screen_is_used(
    columns: str, widest: int, rules: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = [line for line in check(rules, "--plain").splitlines() if "https://" not in line]
    assert widest * 0.8 < max(map(len, lines)) <= widest


# Words


def test_every_action_and_every_grade_has_words() -> None:
    assert {action.value for action in Action} < ACTIONS.keys()
    assert {grade.value for grade in Grade} == GRADES.keys()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("kidney.egfr", "kidney value (eGFR)"),
        ("supplements[0].amount_mg", "supplement 1, amount"),
        ("medications[2]", "medicine 3"),
        ("country", "country"),
        ("something.new_here", "new here"),
    ],
)
def test_fields_in_words(field: str, words: str) -> None:
    assert WORDS.labels.field(field) == words


def test_values_in_words() -> None:
    yes: bool = True
    assert WORDS.labels.value(yes) == "yes"
    assert WORDS.labels.value(41.23, "mL") == "41.23 mL"
    assert WORDS.labels.value(2500.0, "mg") == "2,500 mg"
    assert (WORDS.labels.hours(2), WORDS.labels.hours(0.5)) == ("2 h", "30 min")
