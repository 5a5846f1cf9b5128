"""What do the files of rules/vocabulary say? Read once, and kept so that a start opens only what it needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.lazy import Shelves, shelf_of
from magcheck.knowledge.additions import KEYS, joined_classes, joined_traits
from magcheck.knowledge.files import TABLES
from magcheck.knowledge.layout import WORD_LISTS
from magcheck.knowledge.restored import as_bytes, of_bytes
from magcheck.terminology.tables import (
    Tables,
    class_entries,
    known_contents,
    magnesium_forms,
    read_tables,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from magcheck.knowledge.layers import Layers
    from magcheck.terminology.lexicon import Phrases
    from magcheck.terminology.magnesium_salts import Content, Property
    from magcheck.terminology.normalise import DoseForms

_SHELVED = ("substances", "products", "words", "codes", "atc", "groups", "ways")
"""Tables with thousands of rows."""


class VocabularyFiles(NamedTuple):
    """What the tables, the traits and the lists of words say."""

    tables: Tables
    traits: Mapping[str, Mapping[str, str]]
    """Kind of trait -> normalised word -> canonical name."""
    forms: Mapping[str, Sequence[Property]]
    contents: Mapping[str, Content]
    phrases: Callable[[DoseForms], Phrases]
    """What the words of a written line mean; `DoseForms` are words too."""


def vocabulary_files(layers: Layers) -> VocabularyFiles:
    """What was kept, where all of them are ours; else they are read."""
    is_ours = not any(path.startswith(f"{TABLES}/") for path in layers.own)
    if is_ours and layers.kept.vocabulary:
        return layers.kept.vocabulary
    for name in KEYS:  # so that what is wrong with one that is needed later shows too
        layers.table(name)
    return read_vocabulary(
        layers.table,
        joined_classes(layers.of(f"{TABLES}/classes.yaml"), layers.problems),
        joined_traits(layers.of(f"{TABLES}/traits.yaml"), layers.problems),
        layers.word_lists(WORD_LISTS),
    )


def read_vocabulary(
    read: Callable[[str], str],
    classes: Iterable[Mapping[str, Any]],
    traits: Mapping[str, Mapping[str, str]],
    word_lists: Iterable[Mapping[str, Any]],
) -> VocabularyFiles:
    """`read` gives the text of a table by its file name."""
    return VocabularyFiles(
        read_tables(read, class_entries(classes)),
        traits,
        magnesium_forms(rows(read("forms.csv"))),
        known_contents(rows(read("contents.csv"))),
        partial(_phrases, word_lists),
    )


def _phrases(word_lists: Iterable[Mapping[str, Any]], forms: DoseForms) -> Phrases:
    from magcheck.terminology.form_phrases import form_phrases  # noqa: PLC0415 - where they are kept, not needed
    from magcheck.terminology.word_lists import phrases_of  # noqa: PLC0415

    return phrases_of(word_lists, form_phrases(forms))


def to_keep(found: VocabularyFiles) -> dict[str, Any]:
    tables = found.tables._asdict()
    words = found.phrases(found.tables.forms)._asdict()
    return {
        "tables": tables | {name: _on_shelves(tables[name]) for name in _SHELVED},
        "phrases": words | {"by_first_word": _on_shelves(words["by_first_word"])},
        "rest": as_bytes((found.traits, found.forms, found.contents)),
    }


def of_kept(kept: Mapping[str, Any]) -> VocabularyFiles:
    tables: Mapping[str, Any] = kept["tables"]
    shelved: dict[str, Any] = {name: _shelves(tables[name]) for name in _SHELVED}
    traits, forms, contents = of_bytes(kept["rest"])
    return VocabularyFiles(
        Tables(**{**tables, **shelved}), traits, forms, contents, partial(_kept_phrases, kept["phrases"])
    )


def _kept_phrases(kept: Mapping[str, Any], _: DoseForms) -> Phrases:
    from magcheck.terminology.lexicon import Phrases  # noqa: PLC0415 - codes alone need none

    shelved: dict[str, Any] = {**kept, "by_first_word": _shelves(kept["by_first_word"])}
    return Phrases(**shelved)


def _shelves(kept: tuple[Mapping[str, bytes], bytes]) -> Shelves[Any]:
    shelves, order = kept
    return Shelves(shelves, order, of_bytes)


def _on_shelves(mapping: Mapping[str, object]) -> tuple[dict[str, bytes], bytes]:
    shelves: dict[str, dict[str, object]] = {}
    for key, value in mapping.items():
        shelves.setdefault(shelf_of(key), {})[key] = value
    return {label: as_bytes(shelf) for label, shelf in shelves.items()}, as_bytes([*mapping])
