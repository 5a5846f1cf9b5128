"""Is what is made on demand made once, and without a lock that a fork could leave held?"""

from __future__ import annotations

from threading import Event, Thread

from magcheck.core.lazy import cached_property


class Kitchen:
    def __init__(self) -> None:
        self.made = 0

    @cached_property
    def meal(self) -> str:
        """Made once."""
        self.made += 1
        return "soup"


class SlowKitchen:
    begun, done = Event(), Event()

    def __init__(self, *, waits: bool) -> None:
        self.waits = waits

    @cached_property
    def meal(self) -> str:
        if self.waits:
            self.begun.set()
            self.done.wait(10)
        return "stew"


def test_it_is_made_once_and_described() -> None:
    kitchen = Kitchen()
    assert (kitchen.meal, kitchen.meal, kitchen.made) == ("soup", "soup", 1)
    assert Kitchen.meal.__doc__ == "Made once."


def test_one_that_takes_long_keeps_no_other_waiting() -> None:
    slow = Thread(target=lambda: SlowKitchen(waits=True).meal)
    slow.start()
    SlowKitchen.begun.wait(10)
    assert SlowKitchen(waits=False).meal == "stew"
    assert not SlowKitchen.done.is_set()
    SlowKitchen.done.set()
    slow.join()
