"""The console script: whoever interrupts it while it still loads sees no traceback."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERRUPTED = 130


def main() -> None:
    end_with(_command)


def end_with(command: Callable[[], int]) -> NoReturn:
    """End with the exit code of `command`."""
    gc.disable()  # most commands live too short for a collection to pay; those that last enable it again
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # searching for them takes longer than a check
    try:
        code = command()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    finally:
        gc.freeze()  # else the end of the process would look at everything once more
        gc.enable()
    raise SystemExit(code)


def _command() -> int:
    from magcheck.cli.short_way import short_way  # noqa: PLC0415 - loading is what is guarded here

    plain = short_way(sys.argv[1:])
    if plain is not None:
        return plain()
    from magcheck.cli.app import run  # noqa: PLC0415 - as above; a plain check needs none of it

    return run()


if __name__ == "__main__":
    main()
