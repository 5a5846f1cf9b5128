"""Does the command line print the questions in FHIR, and take answers in FHIR for a profile?"""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run
from tests.fhir.responding import answered, group, response

CIPRO = response(group("medications", answered("medications.name", "valueString", "cipro")))


def test_the_command_prints_the_questions_and_reads_the_answers(rules: str) -> None:
    printed = run("questionnaire", "--only-rules", rules)
    assert (printed.code, printed.err) == (0, "")
    assert json.loads(printed.out)["resourceType"] == "Questionnaire"
    told = json.dumps(CIPRO).encode()
    as_profile = run("check", "-", "--json", "--only-rules", rules, stdin=b'{"medications": [{"name": "cipro"}]}')
    for command in ("check", "plan"):
        ran = run(command, "-", "--json", "--only-rules", rules, stdin=told)
        assert ran.code == as_profile.code == 30
        assert json.loads(ran.out)["findings"] == json.loads(as_profile.out)["findings"]


def test_answers_that_cannot_be_used_are_named_with_their_lines(rules: str, tmp_path: Path) -> None:
    file = tmp_path / "response.json"
    file.write_text(json.dumps(response(answered("person.age", "valueDecimal", 142)), indent=1))
    ran = run("check", str(file), "--only-rules", rules)
    assert ran.code == 2
    assert "response.json:8: person.age: 142 years cannot be right." in ran.err


def test_a_bundle_is_refused_in_plain_words(rules: str) -> None:
    ran = run("check", "-", "--only-rules", rules, stdin=b'{"resourceType": "Bundle"}')
    assert ran.code == 2
    assert "only a QuestionnaireResponse is read" in ran.err
    assert "magcheck questionnaire" in ran.err
