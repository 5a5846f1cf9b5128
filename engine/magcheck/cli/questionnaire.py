"""All questions as a FHIR Questionnaire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from magcheck.cli.console import print_data
from magcheck.cli.own_rules import checker_of
from magcheck.fhir import questionnaire

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen


def print_questionnaire(rules: Chosen | None) -> int:
    """Raises RulesError for a folder whose pages cannot be used."""
    print_data(json.dumps(questionnaire(checker_of(rules).book), indent=2, ensure_ascii=False))
    return 0
