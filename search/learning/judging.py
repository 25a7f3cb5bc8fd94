"""Judged questions: what staff are shown, what their grades come to, and the file ``search_eval`` reads.

What is judged is pooled: the first results of every engine and of both orders, in an order that says nothing about
any of them, so that the place a result has today does not speak for it."""

import csv
import hashlib
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.timezone import localdate

from search.engines import kept
from search.engines.base import EngineAway
from search.models import Judgement, SearchDay
from search.service import SORTS, Hit, search

from .privacy import key_of

DEPTH = 10
NEWEST = 5
QUEUE_DAYS = 90
QUEUE = 20
NOTHING = ""
"""The ``doc`` of a judgement that nothing here answers."""
COLUMNS = ("query", "class", "doc", "anchor", "grade")
CLASS = "judged"
MAX_DOC = 300


def pool(q: str) -> list[Hit]:
    """The results to be judged, each once; an engine that is away brings none."""
    found: dict[str, Hit] = {}
    for one in kept():
        for sort, depth in zip(SORTS, (DEPTH, NEWEST), strict=True):
            try:
                hits = search(q, engine=one, sort=sort, per_page=depth).hits
            except EngineAway:
                break
            for hit in hits:
                if hit.record.url and len(hit.record.url) <= MAX_DOC:
                    found.setdefault(hit.record.url, hit)
    return list(found.values())


def shuffled(hits: Iterable[Hit], key: str, judge: int) -> list[Hit]:
    """In an order of the judge's own, the same each time she comes back."""
    ordered = sorted(hits, key=lambda hit: hit.record.url)
    seed = hashlib.sha256(f"{key}\n{judge}".encode()).digest()
    random.Random(seed).shuffle(ordered)  # noqa: S311
    return ordered


def judgeable(q: str) -> str:
    """The question as it is judged and written to the file: one line, at most 120 characters, and no beginning a
    spreadsheet would run. Searching ignores these signs at the beginning; a minus sign it does not, so that gets a
    space before it where it is written."""
    return " ".join(q.split()).lstrip("=+@ ")[:120].strip()


@dataclass(frozen=True)
class Agreement:
    """Of the results that several have graded: how many, on how many all agree, on how many within one grade."""

    shared: int
    same: int
    near: int


def agreement(grades: Iterable[Sequence[int]]) -> Agreement:
    several = [graded for graded in grades if len(graded) > 1]
    same = sum(min(graded) == max(graded) for graded in several)
    return Agreement(len(several), same, sum(max(graded) - min(graded) <= 1 for graded in several))


def save(q: str, grades: Mapping[str, tuple[int, str]], judge: Any) -> int:
    """Keep one person's grades for a question: address -> (grade, title). Her earlier grades for the same results are
    replaced; those for results she has not seen this time stay. That nothing answers takes back what she graded above
    0; grades without it take it back."""
    query = judgeable(q)
    key = key_of(query)
    if not key:
        return 0
    mine = Judgement.objects.filter(key=key, judge=judge)
    with transaction.atomic():
        if NOTHING in grades:
            mine.filter(grade__gt=0).delete()
        elif grades:
            mine.filter(doc=NOTHING).delete()
        for doc, (grade, title) in grades.items():
            Judgement.objects.update_or_create(
                key=key, doc=doc, judge=judge, defaults={"query": query, "grade": grade, "title": title[:400]}
            )
    return len(grades)


@dataclass(frozen=True)
class Waiting:
    """A question that is asked and not yet judged by this person. ``judges`` have judged it."""

    text: str
    asked: int
    judges: int


def queue(judge: Any, most: int = QUEUE) -> list[Waiting]:
    """What she is asked to judge next: the most asked first, and among those the least judged. Three statements."""
    since = localdate() - timedelta(days=QUEUE_DAYS)
    mine = set(Judgement.objects.filter(judge=judge).values_list("key", flat=True).distinct().order_by())
    judges: dict[str, set[int]] = {}
    for key, who in Judgement.objects.order_by().values_list("key", "judge").distinct():
        judges.setdefault(key, set()).add(who)
    rows = SearchDay.objects.filter(day__gte=since).exclude(key="").order_by().values("key")
    asked = rows.annotate(said=Max("text"), times=Sum("asked")).order_by("-times", "key")[: most * 10]
    found = [
        Waiting(row["said"], row["times"], len(judges.get(row["key"], ()))) for row in asked if row["key"] not in mine
    ]
    return sorted(found[: most * 2], key=lambda waiting: (min(waiting.judges, 2), -waiting.asked))[:most]


@dataclass(frozen=True)
class Judged:
    """A question with what was said of it: address -> grades."""

    query: str
    grades: Mapping[str, Sequence[int]]
    titles: Mapping[str, str]
    judges: int

    @property
    def agreement(self) -> Agreement:
        return agreement(grades for doc, grades in self.grades.items() if doc)

    @property
    def settled(self) -> dict[str, int]:
        """One grade a result: the middle one, the lower of two."""
        return {doc: median_low(grades) for doc, grades in sorted(self.grades.items())}

    @property
    def is_exported(self) -> bool:
        """A question without any good result is only measured where somebody said that nothing answers it: then
        ``search_eval`` wants nothing found."""
        return any(self.settled.values()) or NOTHING in self.grades


def judged() -> list[Judged]:
    """Everything judged so far, by question. One statement."""
    rows: dict[str, list[tuple]] = {}
    for key, *rest in Judgement.objects.order_by("key", "pk").values_list(
        "key", "query", "doc", "title", "grade", "judge"
    ):
        rows.setdefault(key, []).append(tuple(rest))
    found = []
    for items in rows.values():
        grades: dict[str, list[int]] = {}
        for _query, doc, _title, grade, _judge in items:
            grades.setdefault(doc, []).append(grade)
        titles = {doc: title for _query, doc, title, _grade, _judge in items}
        found.append(Judged(items[0][0], grades, titles, len({item[4] for item in items})))
    return found


def as_csv(every: Iterable[Judged]) -> str:
    """The file ``search_eval`` reads (``evaluate.read_judgements``): a row a result; a question that nothing answers
    has one row without."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in every:
        if not item.is_exported:
            continue
        query = f" {item.query}" if item.query.startswith("-") else item.query
        settled = {doc: grade for doc, grade in item.settled.items() if doc}
        if not any(settled.values()):
            settled = {NOTHING: 0}
        writer.writerows((query, CLASS, doc, "", grade) for doc, grade in settled.items())
    return out.getvalue()
