"""What falls due: steps of ``manage.py tick``. A room appends its own when it is ready; each must be repeatable."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

TICKS: list[Callable[[], object]] = []


def run_ticks() -> None:
    """Every step, one after the other; one that fails is logged and holds up no other."""
    for step in TICKS:
        try:
            step()
        except Exception:
            logger.exception("tick: %s failed", getattr(step, "__name__", step))
