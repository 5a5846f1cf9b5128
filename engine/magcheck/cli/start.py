"""The console script: whoever interrupts it while it still loads sees no traceback."""

from __future__ import annotations

_INTERRUPTED = 130


def main() -> None:
    try:
        from magcheck.cli.app import main as run  # noqa: PLC0415 - loading is what is guarded here
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None
    run()


if __name__ == "__main__":
    main()
