"""How is a text prepared for its place in a sentence?"""

from __future__ import annotations


def capital(text: str) -> str:
    """First letter upper case, the rest untouched."""
    return text[:1].upper() + text[1:]
