"""What was answered for several people at once is given to each by the places of the own facts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from magcheck.inference.program import Matches, split

PLACES = st.frozensets(st.tuples(st.integers(0, 50), st.integers(0, 12)), max_size=20)


@given(people=st.lists(st.tuples(st.integers(0, 13), PLACES), max_size=6))
def test_each_gets_back_what_is_his(people: list[tuple[int, Matches]]) -> None:
    sizes = [size for size, _ in people]
    own = [frozenset(match for match in matches if match[1] < size) for size, matches in people]
    together = frozenset(
        (clause, position + sum(sizes[:number]))
        for number, matches in enumerate(own)
        for clause, position in matches
    )
    assert split(together, sizes) == own
