"""How are services and cards of CDS Hooks 2.0 described? As much of them as we send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.serve.cds.services import HOOKS

if TYPE_CHECKING:
    from magcheck.serve.documented import Schema

TEXT: Schema = {"type": "string"}
UUID: Schema = {"type": "string", "format": "uuid"}


def _object(title: str, required: dict[str, Any], optional: dict[str, Any] | None = None) -> Schema:
    properties = required | (optional or {})
    return {"title": title, "type": "object", "required": list(required), "properties": properties}


def _listed(entry: Schema, **more: object) -> Schema:
    return {"type": "array", "items": entry, **more}


CODING = _object("CardCoding", {"system": TEXT, "code": TEXT, "display": TEXT})
SOURCE = _object("CardSource", {"label": TEXT}, {"topic": CODING})
ACTION = _object("CardAction", {"type": TEXT, "description": TEXT}, {"resourceId": TEXT})
SUGGESTION = _object(
    "CardSuggestion",
    {"label": TEXT, "uuid": UUID, "isRecommended": {"type": "boolean"}, "actions": _listed(ACTION)},
)
CARD = _object(
    "Card",
    {
        "uuid": UUID,
        "summary": {"type": "string", "maxLength": 140},
        "indicator": {"type": "string", "enum": ["info", "warning", "critical"]},
        "detail": {"type": "string", "description": "Markdown."},
        "source": SOURCE,
    },
    {
        "overrideReasons": _listed(CODING),
        "suggestions": _listed(SUGGESTION),
        "selectionBehavior": {"type": "string", "enum": ["any"]},
    },
)
CARDS = _object("HookCards", {"cards": _listed(CARD, maxItems=5)})
SERVICE = _object(
    "HookService",
    {
        "hook": {"type": "string", "enum": list(HOOKS)},
        "id": TEXT,
        "title": TEXT,
        "description": TEXT,
        "prefetch": {"type": "object", "additionalProperties": TEXT},
    },
)
OFFERED = _object("HookServices", {"services": _listed(SERVICE)})
PARTS = (CODING, SOURCE, ACTION, SUGGESTION, CARD, CARDS, SERVICE, OFFERED)
