"""What stays for as long as the process lives? Python need not look through it again for what can go."""

from __future__ import annotations

import gc


def keep_what_is_loaded() -> None:
    """For a process that does nothing but check; a sixth of a check was spent on looking at the rules again."""
    gc.collect()
    gc.freeze()
