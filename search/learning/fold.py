"""From lines of the log to counts: each file is counted once and in one transaction, whatever happens in between."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from search.models import FoldedSpool, PastQuery, SearchDay
from search.models.log import BOUNDS

from . import spool
from .log import FEW, folder
from .privacy import better_spelling
from .visitors import ENOUGH, week_of

MOST_KEYS = 5_000
"""So many different questions are kept of a day; who asks more wants to fill the log, and is counted without words."""
CHUNK = 400
_MORE = "beyond"

Key = tuple[date, str, str]


def fold() -> int:
    """Count every line that waits. Returns how many files were; 0 where another process is at it."""
    place = folder()
    if not place.is_dir():
        return 0
    counted = 0
    with _only_one(place) as mine:
        for path in spool.take(place) if mine else ():
            with transaction.atomic():
                if not FoldedSpool.objects.filter(name=path.name).exists():
                    FoldedSpool.objects.create(name=path.name)
                    count(spool.lines(path))
            spool.done(path)
            FoldedSpool.objects.filter(name=path.name).delete()
            counted += 1
    return counted


@contextmanager
def _only_one(place: Path) -> Iterator[bool]:
    """The lock dies with its process."""
    with open(place / "fold.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def count(lines: Iterable[dict[str, Any]]) -> None:
    """Add the lines to the counts; a line that is not what it should be is left out."""
    searches: dict[Key, list[dict]] = {}
    clicks: dict[Key, dict[str, int]] = {}
    for item in lines:
        try:
            key = (date.fromisoformat(item["d"]), str(item["k"])[:120], str(item["e"])[:16])
            if item["t"] == "c":
                clicks.setdefault(key, {}).setdefault(str(item["z"]), int(item["p"]))
            else:
                searches.setdefault(key, []).append(
                    item | {"n": int(item["n"]), "m": float(item["m"]), "q": str(item["q"])[:120]}
                )
        except (KeyError, TypeError, ValueError):
            continue
    _add(searches, clicks)
    _note_visitors(searches)


def _add(searches: dict[Key, list[dict]], clicks: dict[Key, dict[str, int]]) -> None:
    rows = _rows(searches.keys() | clicks.keys())
    room = {day: MOST_KEYS - SearchDay.objects.filter(day=day).count() for day in {key[0] for key in searches}}
    for key, items in searches.items():
        day, words, engine = key
        row = rows.get(key)
        if row is None and words and room[day] <= 0:
            key = (day, "", engine)
            row = rows.get(key) or SearchDay.objects.filter(day=day, key="", engine=engine).first()
        if row is None:
            row = SearchDay(day=day, key=key[1], engine=engine)
            room[day] -= 1
        rows[key] = row
        for item in items:
            add_search(row, item)
    for key, ranks in clicks.items():
        if row := rows.get(key):
            for rank in ranks.values():
                add_click(row, rank)
    for row in rows.values():
        row.save()


def _rows(keys: Iterable[Key]) -> dict[Key, SearchDay]:
    found: dict[Key, SearchDay] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows = SearchDay.objects.filter(day__in={key[0] for key in part}, key__in={key[1] for key in part})
        found |= {(row.day, row.key, row.engine): row for row in rows}
    return {key: found[key] for key in wanted if key in found}


def add_search(row: SearchDay, item: dict[str, Any]) -> None:
    """One question more. Pure but for the row."""
    row.text = better_spelling(row.text, item["q"]) if row.key else ""
    row.asked += 1
    row.results = max(0, min(item["n"], 2_000_000_000))
    row.empty += not item["n"]
    row.few += 0 < item["n"] <= FEW
    row.dropped += bool(item.get("x"))
    row.respelt += bool(item.get("r"))
    row.stood_in += bool(item.get("i"))
    took = max(0.0, min(item["m"], 1e9))
    name = next((f"within_{bound}" for bound in BOUNDS if took <= bound), _MORE)
    setattr(row, name, getattr(row, name) + 1)
    row.slowest = max(row.slowest, round(took))


def add_click(row: SearchDay, rank: int) -> None:
    """One result opened. No more are counted than questions were asked: a token can be sent from several machines."""
    if row.clicked_1 + row.clicked_5 + row.clicked_10 + row.clicked_more >= row.asked:
        return
    name = "clicked_1" if rank <= 1 else "clicked_5" if rank <= 5 else "clicked_10" if rank <= 10 else "clicked_more"
    setattr(row, name, getattr(row, name) + 1)


def _note_visitors(searches: dict[Key, list[dict]]) -> None:
    """Who asked what, as marks, until there are enough of them (``visitors``)."""
    marked = {}
    for (day, key, _engine), items in sorted(searches.items()):
        for item in items:
            if key and item.get("v"):
                marked.setdefault(item["q"].casefold()[:120], []).append((day, item["q"], str(item["v"])[:4]))
    keys = sorted(marked)
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        known = {row.key: row for row in PastQuery.objects.filter(key__in=part)}
        for key in part:
            row = known.get(key) or PastQuery(key=key)
            for day, text, mark in marked[key]:
                note_visitor(row, day, text, mark)
            # Everything but what staff may be ticking in this moment.
            row.save(update_fields=None if row.pk is None else ["text", "week", "marks", "reached_on", "last_asked_on"])


def note_visitor(row: PastQuery, day: date, text: str, mark: str) -> None:
    """One visitor's mark more. Nothing is carried over from one week to the next. Pure but for the row."""
    row.text = row.text or text
    row.last_asked_on = max(day, row.last_asked_on or day)
    if row.reached_on:
        return
    if row.week != week_of(day):
        row.week, row.marks = week_of(day), []
    row.marks = sorted({*row.marks, mark})
    if len(row.marks) >= ENOUGH:
        row.reached_on, row.marks = day, []
