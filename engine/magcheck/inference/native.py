"""Does durable_rules load here? The only module that imports it; light enough for the start of every command."""

from __future__ import annotations

from typing import Any

from magcheck.core.errors import EngineNotBuiltError

_NEEDED = (
    "create_ruleset", "delete_ruleset", "assert_facts",
    "start_action_for_state", "complete_and_start_action", "delete_state",
)  # fmt: skip
MEND = (
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install --force-reinstall --no-cache-dir --no-binary durable-rules durable-rules==2.0.28"
)


def native_engine() -> Any:  # noqa: ANN401 - a C module without types
    """Raises EngineNotBuiltError with the line that mends it."""
    try:
        import durable_rules_engine  # noqa: PLC0415 - a broken build must give a sentence, not a traceback
    except ImportError as error:
        raise EngineNotBuiltError(str(error).splitlines()[0], MEND) from error
    missing = [name for name in _NEEDED if not hasattr(durable_rules_engine, name)]
    if missing:
        raise EngineNotBuiltError(f"it lacks {', '.join(missing)}", MEND)
    return durable_rules_engine
