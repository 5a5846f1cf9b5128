"""All questions as a FHIR Questionnaire."""

from __future__ import annotations

import json

from magcheck.cli.console import print_data
from magcheck.cli.own_rules import checker_of
from magcheck.fhir import questionnaire


def print_questionnaire(rules: str | None) -> int:
    """Raises RulesError for a folder whose pages cannot be used."""
    print_data(json.dumps(questionnaire(checker_of(rules).book), indent=2, ensure_ascii=False))
    return 0
