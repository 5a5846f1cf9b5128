"""Can every blank of a sentence be filled? `{medicine}` is one; a misspelt one would reach the patient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.knowledge.conditions import near

if TYPE_CHECKING:
    from collections.abc import Collection

MEDICINE = "medicine"
_BLANK = re.compile(r"\{([^{}]*)\}")


def strange_placeholders(text: str, known: Collection[str]) -> str:
    """`text` itself; ValueError where it has a blank that nothing fills, or half of one."""
    for name in _BLANK.findall(text):
        if name not in known:
            hint = near(name, known) if known else "No blank can be filled here."
            raise ValueError(f"nothing fills the blank '{{{name}}}'. {hint}")
    if re.search(r"[{}]", _BLANK.sub("", text)):
        raise ValueError("half a blank: a curly bracket stands alone.")
    return text
