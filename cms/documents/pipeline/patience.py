"""What long work tells whoever waits for it: that it will take longer, and how far it has come.

Recognising scanned pages takes far longer than reading and says so before it begins, so that a deadline can be moved.
"""

from collections.abc import Callable

Progress = Callable[[int, int], None]

_listeners: list[Callable[[], None]] = []
_watchers: list[Progress] = []


def listen(listener: Callable[[], None]) -> None:
    """`listener` is called whenever slow work begins in this process."""
    _listeners.append(listener)


def watch(watcher: Progress) -> None:
    """`watcher(done, total)` is called after every page read in this process."""
    _watchers.append(watcher)


def slow_work_begins() -> None:
    """To be called before recognising scanned pages; does nothing where nobody listens."""
    for listener in _listeners:
        listener()


def progress(done: int, total: int) -> None:
    """To be called when `done` of `total` pages have been dealt with; does nothing where nobody watches."""
    for watcher in _watchers:
        watcher(done, total)
