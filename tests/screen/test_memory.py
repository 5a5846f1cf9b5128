"""Does the memory of the parent stay, however many people there are?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screen.people import lines, people
from tests.support import child

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (400, 1200, 3600)
PEAK = """
import resource, sys
from magcheck.cli.app import main
if __name__ == "__main__":
    try:
        main(["screen", *sys.argv[1:]])
    except SystemExit as end:
        assert not end.code, end.code
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.thorough
def test_the_peak_of_the_parent_does_not_grow_with_the_people(tmp_path: Path) -> None:
    program, some, peaks = tmp_path / "peak.py", lines(people(100)), list[int]()
    program.write_text(PEAK, encoding="utf-8")
    for size in SIZES:
        source, target = tmp_path / f"{size}.ndjson", tmp_path / f"{size}-out.ndjson"
        source.write_bytes(some * (size // 100))
        done = child(str(program), str(source), str(target), "--workers", "1")
        assert done.returncode == 0, done.stderr
        peaks.append(int(done.stdout))
        assert target.read_bytes().count(b"\n") == size
    assert max(peaks) <= 1.1 * min(peaks), peaks
