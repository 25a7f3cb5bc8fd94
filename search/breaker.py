"""A breaker: what has just failed is left alone for a while, so that nobody waits for it in vain. Pure but for the
clock."""

import threading
import time
from collections.abc import Callable

REST = 2.0
LONGEST_REST = 60.0


class Breaker:
    """Closed while all goes well. A failure opens it for a rest; then one caller may try while the others still go
    without, and each try that fails is followed by twice the rest. Safe to share between threads."""

    def __init__(
        self, rest: float = REST, longest: float = LONGEST_REST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._first, self._longest, self._clock = rest, longest, clock
        self._rest, self._until, self._open = rest, 0.0, False
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        return self._open

    def allows(self) -> bool:
        """Whether the caller may try. While the one who tries after a rest is under way, the others may not."""
        with self._lock:
            if not self._open:
                return True
            if self._clock() < self._until:
                return False
            self._rest = min(2 * self._rest, self._longest)
            self._until = self._clock() + self._rest
            return True

    def succeeded(self) -> bool:
        """True when this closed it."""
        with self._lock:
            was_open, self._open, self._rest = self._open, False, self._first
            return was_open

    def failed(self) -> bool:
        """True when this opened it. Those who were under way when it opened prolong nothing."""
        with self._lock:
            was_open, self._open = self._open, True
            if not was_open:
                self._until = self._clock() + self._rest
            return not was_open
