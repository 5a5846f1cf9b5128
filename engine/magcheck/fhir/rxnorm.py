"""How does RxNorm write a name? What stands around the ingredients and only counts packages is dropped."""

from __future__ import annotations

import re

_PACK = re.compile(r"^\s*\{(?P<inside>.*)\}\s*Pack\b(?P<rest>.*)$", re.IGNORECASE)
_CONTENT = re.compile(r"\d+(?:\.\d+)?\s*\(((?:[^()]|\([^()]*\))*)\)")
_LEADING = re.compile(r"^\s*(?:\d+(?:\.\d+)?\s*(?:HR|ACTUAT|UNT|NA)\s+)+", re.IGNORECASE)
_INERT = re.compile(r"\b(?:inert ingredients|placebo)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"(\d[\d.,]*)\s*\((\d[\d.,]*)\s*(FE|ZN|CA|K|MG|F|MEQ)\)\s*MG\b", re.IGNORECASE)
""" "325 (65 FE) MG": what a salt holds stands between a figure and its unit."""
_HELD = {
    "FE": "MG iron",
    "ZN": "MG zinc",
    "CA": "MG calcium",
    "K": "MG potassium",
    "MG": "MG magnesium",
    "F": "MG fluoride",
    "MEQ": "MEQ",
}
_STRENGTH = re.compile(
    r"\s\d[\d.,]*(?:\s*[-/]\s*\d[\d.,]*)?\s*(?:%|[A-Za-zµ]+(?:/(?:[\d.]+\s*)?[A-Za-z]+)?)", re.ASCII
)


def plain_names(display: str) -> list[str]:
    """The products that a display names; several in a pack of different tablets."""
    pack = _PACK.match(display)
    if pack is None:
        return [_BETWEEN.sub(_behind, _LEADING.sub("", display)).strip() or display]
    inside = [content.strip() for content in _CONTENT.findall(pack["inside"])]
    named = [_LEADING.sub("", content) for content in inside if content and not _INERT.search(content)]
    return list(dict.fromkeys(named)) or [display]


def _behind(found: re.Match[str]) -> str:
    return f"{found[1]} MG ({found[2]} {_HELD[found[3].upper()]})"


def without_strength(name: str) -> str:
    """ "ciprofloxacin" of "ciprofloxacin 500 MG Oral Tablet"; of each of several ingredients."""
    ingredients = [_STRENGTH.split(part, maxsplit=1)[0].strip() for part in name.partition("[")[0].split(" / ")]
    return " / ".join(ingredient for ingredient in ingredients if ingredient)
