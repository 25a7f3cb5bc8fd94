"""Once a night every index that is kept is compared with what the public may see, and what differs is put right.

What comes with a day (a document that runs out, an effect that begins) is told by nobody: this finds it, and whatever
a crash has left behind.
"""

import logging
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from .engines import kept
from .engines.base import Engine, EngineAway, State
from .sync import Report, locked, verify

logger = logging.getLogger(__name__)

HOUR = 2
"""Of the site's own clock."""


def verify_nightly(moment: datetime | None = None) -> list[Report]:
    """Compare and repair each index whose turn it is; a duty of ``manage.py tick``, for which it may be called at any
    time and by several at once. A cluster that is away is asked again the next time; a comparison that fails is not
    begun again before the next night."""
    night = _night(moment or localtime())
    return [report for engine in kept() if (report := _once(engine, night))]


def _night(moment: datetime) -> date:
    return (moment - timedelta(hours=HOUR)).date()


def _once(engine: Engine, night: date) -> Report | None:
    done = Path(settings.SEARCH_DIR) / f"{engine.name}.verified"
    with locked(engine, "verify.lock") as mine:
        if not mine or _last(done) >= night or engine.state() == State.AWAY:
            return None
        done.write_text(night.isoformat(), encoding="ascii")
        try:
            report = verify(repair=True, engine=engine)
        except EngineAway:
            done.unlink()
            return None
    _tell(engine, report)
    return report


def _last(done: Path) -> date:
    with suppress(FileNotFoundError, ValueError):
        return date.fromisoformat(done.read_text(encoding="ascii"))
    return date.min


def _tell(engine: Engine, report: Report) -> None:
    if report.agrees:
        logger.info("search: %s and the site agree in %d entries", engine.name, report.checked)
        return
    logger.warning(
        "search: %s (%s) differed from the site and was put right: %d missing, %d too many, %d out of date of %d",
        engine.name, report.state, len(report.missing), len(report.extra), len(report.stale), report.checked,
    )  # fmt: skip
