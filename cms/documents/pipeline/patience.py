"""Work that takes far longer than reading does (OCR) says so before it begins, so that whoever waits waits longer."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """`listener` is called whenever slow work begins in this process."""
    _listeners.append(listener)


def slow_work_begins() -> None:
    """To be called before recognising scanned pages; does nothing where nobody listens."""
    for listener in _listeners:
        listener()
