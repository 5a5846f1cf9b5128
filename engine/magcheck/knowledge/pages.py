"""All pages of a rule book, each made when somebody asks for it: a check reads only those that speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.rule import Rule


class Pages(Sequence["Rule"]):
    """Pages in the order of their ids, as a tuple of them would be."""

    def __init__(self, by_id: Mapping[str, Rule]) -> None:
        self.by_id = by_id

    @overload
    def __getitem__(self, index: int) -> Rule: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Rule]: ...

    def __getitem__(self, index: int | slice) -> Rule | Sequence[Rule]:
        return tuple(self)[index]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
