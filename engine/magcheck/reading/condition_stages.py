"""Which stage is told at a place of a text about an illness? "stage 3b", "III. Grades", "G3a/A1"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.condition_settling import is_staged
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_figures import ConditionFigures
    from magcheck.reading.condition_findings import Mention
    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.terminology.condition_words import ConditionWords


class ToldStage(NamedTuple):
    """One stage, or several: "3-4". None where the number is no stage."""

    stages: list[str]
    text: str
    end: int
    of_kidneys: bool = False
    """ "G3" is a stage of the kidneys and of nothing else."""


class Stages:
    """Looks for stages in the marks of a text; `findings` grows while it is read."""

    def __init__(
        self,
        marks: Sequence[ConditionMark],
        words: ConditionWords,
        figures: ConditionFigures,
        findings: Sequence[Mention],
    ) -> None:
        self.marks, self.words, self.figures, self.findings = marks, words, figures, findings

    def at(self, index: int) -> ToldStage | None:
        """A bare figure is one only right behind an illness that has such stages."""
        told, start = self.figures.skip_stage_words(index)
        stages, end = self.figures.stage_figures(start)
        if not stages:
            return self._no_such_stage(index, start) if told else None
        behind, after = self.figures.skip_stage_words(end)
        of_kidneys = self.marks[start].norm.startswith("g")
        if not (told or behind or of_kidneys or self._counts_alone(index, start)):
            return None
        end = self.figures.skip_albumin(after if behind else end)
        return ToldStage(stages, self._text(index, end), end, of_kidneys)

    def _counts_alone(self, index: int, start: int) -> bool:
        only_told = self.words.listed("only told as a stage")
        if self.marks[start].norm in only_told and self.marks[start].number is None:
            return False
        return self._right_behind_its_illness(index)

    def _no_such_stage(self, index: int, start: int) -> ToldStage | None:
        """ "stage 7": the stage is asked."""
        if start < len(self.marks) and self.marks[start].number is not None:
            return ToldStage([], self._text(index, start + 1), start + 1)
        return None

    def _right_behind_its_illness(self, index: int) -> bool:
        last = self.findings[-1] if self.findings else None
        organ = last is not None and self.marks[last.place].can(Says.ORGAN)
        if organ and self.marks[index].number is not None:
            return False  # "kidneys: 2"
        return (
            last is not None
            and (is_staged(last, self.words) or last.value in self.words.listed("graded"))
            and all(mark.says is Says.SIGN for mark in self.marks[last.place + 1 : index])
        )

    def _text(self, index: int, end: int) -> str:
        return " ".join(mark.text for mark in self.marks[index:end])
