"""Which resources does a document hold, under whatever keys and in whatever Bundles?"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from magcheck.core.errors import InputError, Problem
from magcheck.fhir.kinds import READ, may_tell
from magcheck.fhir.notes import RECORD
from magcheck.fhir.plain import Resource, is_list, number, part, parts, text
from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from magcheck.fhir.notes import Notes
    from magcheck.terminology.condition_words import ConditionWords

MOST_RESOURCES = 5000
OUTCOME = "OperationOutcome"
_OF_ITS_HOLDER = frozenset({"Patient", "Medication", "Substance"})
"""Kinds that say nothing of the person where another resource contains them."""
_CHANGES = ("modifierExtension", "implicitRules")


@dataclass
class Gathered:
    by_kind: dict[str, list[Resource]] = field(default_factory=dict[str, list[Resource]])
    by_reference: dict[str, Resource] = field(default_factory=dict[str, Resource])
    """ "Medication/1", or the address under which a Bundle holds it."""

    def of(self, kind: str) -> list[Resource]:
        return self.by_kind.get(kind, [])


def gathered(data: object, words: ConditionWords, notes: Notes) -> Gathered:
    """All resources in `data`: a resource, a Bundle, or a list of them. Raises InputError for too many."""
    found = Gathered()
    waiting: deque[object] = deque([data])
    unread: Counter[str] = Counter()
    seen = 0
    while waiting:
        seen += 1
        if seen > MOST_RESOURCES:
            fix = "Send those of one person that the prefetch asks for."
            raise InputError(
                [Problem(RECORD, f"more than {MOST_RESOURCES:,} resources are not read at once.", fix)]
            )
        thing = waiting.popleft()
        if is_list(thing):
            waiting.extend(cast("list[object]", thing))
        elif kind := text(part(thing).get("resourceType")):
            if kind == "Bundle":
                waiting.extend(_in_bundle(part(thing), found, notes))
            else:
                _sort(kind, part(thing), found, notes)
                if may_tell(kind, part(thing), words):
                    unread[kind[:60]] += 1
                waiting.extend(_contained(part(thing)))
        else:
            notes.unread(RECORD, _shown(thing), notes.words.not_read.no_resource)
    if unread:
        kinds = ", ".join(f"{kind} ({count})" for kind, count in sorted(unread.items()))
        notes.unread(RECORD, kinds, notes.words.not_read.kinds)
    return found


def _sort(kind: str, resource: Resource, found: Gathered, notes: Notes) -> None:
    if kind == OUTCOME:
        why = outcome_in_words(resource)
        notes.unread(RECORD, OUTCOME, fill(notes.words.not_read.said_by_server, why=why))
    elif kind in READ:
        found.by_kind.setdefault(kind, []).append(resource)
        if _may_change(resource):
            address = "/".join(filter(None, (kind, text(resource.get("id")))))
            notes.unread(RECORD, address, notes.words.not_read.may_change)
        if identity := text(resource.get("id")):
            found.by_reference.setdefault(f"{kind}/{identity}", resource)


def _contained(resource: Resource) -> list[object]:
    """Values, illnesses and orders that stand within another resource are about the same person."""
    about = {key: resource[key] for key in ("subject", "patient") if key in resource}
    return [
        about | held
        for held in parts(resource.get("contained"))
        if text(held.get("resourceType")) not in _OF_ITS_HOLDER
    ]


def _may_change(thing: object) -> bool:
    """Does it hold, however deep, what may turn its meaning round?"""
    below: list[object] = [thing]
    while below:
        inner = below.pop()
        if is_list(inner):
            below.extend(cast("list[object]", inner))
        elif any(part(inner).get(key) for key in _CHANGES):
            return True
        else:
            below.extend(part(inner).values())
    return False


def outcome_in_words(outcome: Resource) -> str:
    """What a server says of its own failure."""
    for issue in parts(outcome.get("issue")):
        details = part(issue.get("details"))
        if said := text(issue.get("diagnostics")) or text(details.get("text")) or text(issue.get("code")):
            return said[:200]
    return OUTCOME


def _in_bundle(bundle: Resource, found: Gathered, notes: Notes) -> list[object]:
    entries = bundle.get("entry")
    inside: list[object] = []
    if entries is not None and (not is_list(entries) or len(parts(entries)) < len(cast("list[object]", entries))):
        notes.unread(RECORD, "Bundle.entry", notes.words.not_read.no_resource)
    for entry in parts(entries):
        resource = entry.get("resource")
        if resource is None and text(entry.get("resourceType")):
            resource = entry  # a Bundle whose resources stand in it without an envelope
        if resource is None or is_list(resource):
            notes.unread(RECORD, text(entry.get("fullUrl")) or "Bundle.entry", notes.words.not_read.no_resource)
        if resource is not None:
            inside.append(resource)
            if address := text(entry.get("fullUrl")):
                found.by_reference.setdefault(address, part(resource))
    cut = truncated(bundle, len(parts(entries)))
    if cut is not None:
        here, every = cut
        notes.unread(RECORD, _kinds_in(inside), fill(notes.words.not_read.cut_off, here=here, all=every))
    return inside


def truncated(bundle: Resource, here: int) -> tuple[str, str] | None:
    """(entries here, entries in all) of a Bundle that holds only a part of what was found."""
    relations = {text(link.get("relation")).casefold() for link in parts(bundle.get("link"))}
    matched = [entry for entry in parts(bundle.get("entry")) if _is_match(entry)]
    total = number(bundle.get("total"))
    if total is not None and total > len(matched):
        return str(len(matched)), f"{total:g}"
    return (str(here), f"{here}+") if "next" in relations else None


def _is_match(entry: Resource) -> bool:
    return text(part(entry.get("search")).get("mode")) in ("", "match")


def _kinds_in(inside: list[object]) -> str:
    kinds = sorted({text(part(resource).get("resourceType")) for resource in inside} - {""})
    return ", ".join(kinds) or "Bundle"


def _shown(thing: object) -> str:
    shown = repr(thing)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
