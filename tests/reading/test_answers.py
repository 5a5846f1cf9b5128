"""Is what people type as an answer understood, or asked again, and never understood wrongly?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from magcheck.reading.answers import Often, age_of, country_of, often_of, time_of
from tests.reading.scoring import vocabulary

ENTRIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "times_counts.yaml").read_text(encoding="utf-8")
)
READERS: Mapping[str, Callable[..., Any]] = {
    "time": time_of,
    "count": often_of,
    "country": country_of,
    "age": age_of,
}
CASES = [entry for entry in ENTRIES if entry["kind"] in READERS]


def meant(entry: Mapping[str, Any], answer: Any) -> bool:
    """Is `answer` what the entry means?"""
    wanted = entry["means"]
    if not isinstance(answer, Often):
        return bool(
            answer == pytest.approx(wanted, abs=0.01) if isinstance(wanted, int | float) else answer == wanted
        )
    if not isinstance(wanted, dict):
        return answer == Often(wanted)
    told = {"per_day": answer.per_day, "slots": list(answer.slots), "frequency": answer.frequency.value}
    return {key: told[key] for key in wanted} == wanted


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: f"{entry['kind']}: {entry['said']}")
def test_an_answer_is_understood_or_asked_again(entry: dict[str, Any]) -> None:
    answer = READERS[entry["kind"]](entry["said"], vocabulary().lexicon)
    if answer is None:
        assert entry["means"] is None or entry.get("may_ask")
    else:
        assert meant(entry, answer), answer


@given(st.sampled_from(sorted(READERS)), st.text(max_size=60))
def test_any_text_is_an_answer_or_none(kind: str, text: str) -> None:
    READERS[kind](text, vocabulary().lexicon)
