"""What is to be done, the strongest first? A sentence is said once, and gaps that are not kept are one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.scales import Action, Severity, Urgency
from magcheck.core.text import capital
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.blood_tests import asked_once
from magcheck.rendering.line import one_line, sentences
from magcheck.rendering.outline import TONES, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Finding, Report

_SAID_WITHOUT_A_TAG = frozenset({Action.AVOID, Action.ASK_FIRST, Action.LOWER_DOSE, Action.SEPARATE})
"""Their sentences begin with what their tag would say."""
MOST_NAMES = 6
"""Of what has to be kept apart; all of them stand in the table."""
CUT = "..."
MOST_OF_A_NOTE = 3
"""Sentences."""
_HEADLINE = -1
"""Where a sentence stands that no step has said."""


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One thing to do."""

    sentences: tuple[str, ...]
    tone: Tone
    tag: str = ""
    about: tuple[str, ...] = ()
    """What it is about, where its sentences do not say so."""
    is_urgent: bool = False
    aim: str = ""
    """In the place of the tag, where it is about nothing but what magnesium is taken for."""

    def in_words(self, most: int, notes: int = MOST_OF_A_NOTE) -> str:
        """At most `most` sentences, or `notes` of a note; all of them where it is urgent. A cut can be seen."""
        most = min(most, notes) if self.tone is Tone.WATCH else most
        shown = self.sentences if self.is_urgent else self.sentences[:most]
        said = " ".join((*shown, *([CUT] if len(shown) < len(self.sentences) else [])))
        about = ", ".join(self.about)
        if self.aim and about:
            return f"{fill(self.aim, names=about)}: {said}"
        label = f"{self.tag} ({about})" if self.tag and about else self.tag or capital(about)
        return f"{label}: {said}" if label else said


def steps(report: Report, words: Wording) -> list[ReportStep]:
    """Of everything that counts. Gaps of little weight are a step only where nothing weightier has to be kept."""
    counting = [finding for finding in report.findings if finding.counts]
    windows = [finding for finding in counting if has_window(finding)]
    weighty = [finding for finding in windows if is_weighty(finding)] or windows
    others = [finding for finding in counting if finding not in windows]
    told = asked_once([_sentences(finding) for finding in others], words)
    sentences_of = {id(finding): said for finding, said in zip(others, told, strict=True)}
    found: list[ReportStep] = []
    said = dict.fromkeys(sentences(one_line(report.headline)), _HEADLINE)
    for finding in counting:
        if finding in weighty[:1]:
            found.append(_keep_apart(weighty, words))
        elif finding not in windows:
            _add(finding, sentences_of[id(finding)], found, said, words)
    return found


def _sentences(finding: Finding) -> list[str]:
    return sentences(one_line(finding.what_to_do) or one_line(finding.title))


def has_window(finding: Finding) -> bool:
    """Hours that keep it apart from magnesium, other than none at all."""
    return finding.separation is not None and finding.separation.before_h is not None


def is_weighty(finding: Finding) -> bool:
    return finding.severity is not Severity.MINOR


def _add(
    finding: Finding, every: Sequence[str], found: list[ReportStep], said: dict[str, int], words: Wording
) -> None:
    """A step of its own, or its subjects beside the one that says the same."""
    new = tuple(sentence for sentence in every if sentence not in said)
    about = _about(finding, every)
    if new:
        said |= dict.fromkeys(new, len(found))
        found.append(_step(finding, new, about, words))
    elif every and said[every[0]] != _HEADLINE:
        first = found[said[every[0]]]
        found[said[every[0]]] = replace(first, about=tuple(dict.fromkeys((*first.about, *about))))


def _step(finding: Finding, new: tuple[str, ...], about: tuple[str, ...], words: Wording) -> ReportStep:
    tag = "" if finding.action in _SAID_WITHOUT_A_TAG else words.labels.actions[finding.action.value]
    if finding.urgency:
        tag = words.labels.urgencies[finding.urgency.value]
    is_aim = finding.action is Action.NOTE and {subject.list for subject in finding.subjects} == {"goals"}
    aim = words.screen.aim if is_aim else ""
    return ReportStep(new, TONES[finding.action.value], tag, about, finding.urgency is Urgency.EMERGENCY, aim)


def _about(finding: Finding, said: Sequence[str]) -> tuple[str, ...]:
    """Its subjects besides magnesium, unless its sentences name them."""
    text = " ".join(said).casefold()
    names = [subject.is_ for subject in finding.subjects if MAGNESIUM not in subject.is_.casefold()]
    is_named = any(name.casefold() in text for name in names)
    return () if is_named else tuple(dict.fromkeys(map(one_line, names)))


def _keep_apart(windows: Sequence[Finding], words: Wording) -> ReportStep:
    """One gap in its own sentences, several by their names."""
    tone = TONES[Action.SEPARATE.value]
    if len(windows) == 1:
        return ReportStep(tuple(sentences(one_line(windows[0].what_to_do))), tone)
    names = list(dict.fromkeys(map(one_line, _medicines(windows))))
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    named = fill(words.report.more_candidates, names=shown, count=more) if more > 0 else shown
    return ReportStep((fill(words.screen.keep_apart, names=named),), tone)


def _medicines(windows: Iterable[Finding]) -> Iterable[str]:
    return (finding.separation.take for finding in windows if finding.separation)
