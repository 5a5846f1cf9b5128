"""The words of the questionnaire where it is a form in FHIR."""

from __future__ import annotations

from magcheck.core.words import Words


class FormWords(Words):
    publisher: str
    texts: dict[str, str]
    """Question -> how a form asks it, where it cannot ask as a talk does."""
    countries: dict[str, str]
    """Letters of a country -> its name."""
