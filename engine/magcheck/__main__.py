"""`python -m magcheck` is the command line."""

from __future__ import annotations

from magcheck.cli.start import main

if __name__ == "__main__":
    main()
