"""What need not be made before somebody asks for it? Ten thousand names, of which one check reads six."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Stored = TypeVar("Stored")
Made = TypeVar("Made")
Other = TypeVar("Other")


class LazyMapping(Mapping[str, Made], Generic[Stored, Made]):
    """A mapping whose values are made of what is kept under their key, when they are first asked for."""

    def __init__(self, kept: Mapping[str, Stored], make: Callable[[str, Stored], Made]) -> None:
        self._kept, self._make = kept, make
        self._made: dict[str, Made] = {}

    def __getitem__(self, key: str) -> Made:
        if key not in self._made:
            self._made[key] = self._make(key, self._kept[key])
        return self._made[key]

    def get(self, key: str, default: Other | None = None) -> Made | Other | None:  # type: ignore[override]
        """Only a key that is not there is "not there": an error on the way to its value is an error."""
        if key in self._made:
            return self._made[key]
        return self[key] if key in self._kept else default

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


class Shelves(Mapping[str, Stored]):
    """A mapping that is kept as bytes: a shelf for each beginning of a key, read when it is needed."""

    def __init__(self, kept: Mapping[str, bytes], order: bytes, read: Callable[[bytes], Any]) -> None:
        """`order`: all keys, in the order in which they were told."""
        self._kept, self._order, self._read = kept, order, read
        self._open: dict[str, Mapping[str, Stored]] = {}

    def _shelf(self, key: str) -> Mapping[str, Stored]:
        label = shelf_of(key)
        if label not in self._open:
            self._open[label] = self._read(self._kept[label]) if label in self._kept else {}
        return self._open[label]

    def __getitem__(self, key: str) -> Stored:
        return self._shelf(key)[key]

    def get(self, key: str, default: Other | None = None) -> Stored | Other | None:  # type: ignore[override]
        return self._shelf(key).get(key, default)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._shelf(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def _keys(self) -> Sequence[str]:
        return cast("Sequence[str]", self._read(self._order))


def shelf_of(key: str) -> str:
    return key[:2]


class cached_property(Generic[Made]):  # noqa: N801 - used as functools.cached_property is
    """An attribute that is made when it is first asked for.

    functools.cached_property holds one lock for all objects of a class up to Python 3.11: a child that is forked
    while another thread makes the value would wait for that lock for ever. Here two threads may both make it.
    """

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> Made: ...

    def __get__(self, instance: object | None, owner: type | None = None) -> Self | Made:
        if instance is None:
            return self
        made = self._make(instance)
        return cast("Made", instance.__dict__.setdefault(self._name, made))
