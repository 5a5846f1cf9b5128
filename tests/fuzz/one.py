"""One target under atheris, in a process of its own: `python -m tests.fuzz.one line FOLDER ...`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")


def main() -> None:
    name, *arguments = sys.argv[1:]
    with atheris.instrument_imports(include=["magcheck"]):
        targets = import_module("tests.fuzz.targets")
    atheris.Setup([sys.argv[0], *arguments], targets.TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
