"""How good the answers are, measured on judged questions: MRR, nDCG, recall, and the time an answer takes.

A judgement file has the columns ``query,class,doc,anchor,grade`` (grade 0-3; one row a judged document). A
question all of whose rows have no document must find nothing: it counts 1 when it does and 0 when it does
not."""

import csv
import json
import math
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import editions
from .engines.base import Engine
from .query import parse
from .registry import Entry, Passage
from .service import find, search
from .text import nfc, number_key


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """1 / the place of the first relevant document (0 beyond ``depth``)."""
    for place, key in enumerate(found[:depth], 1):
        if grades.get(key, 0) > 0:
            return 1 / place
    return 0.0


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Discounted gain (2^grade - 1, by log2 of the place + 1) as a share of the best order's."""

    def gain(ordered: Iterable[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(ordered, 1))

    best = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(key, 0) for key in found[:depth]) / best if best else 0.0


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """The share of the relevant documents that are among the first ``depth``."""
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant & set(found[:depth])) / len(relevant) if relevant else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """question -> {document: grade}, in the order of the file. Raises ``ValueError`` naming a missing
    column."""
    judged: dict[str, dict[str, int]] = {}
    with open(path, encoding="utf-8-sig", newline="") as handle:
        rows = csv.DictReader(handle)
        if missing := {"query", "doc", "grade"} - set(rows.fieldnames or ()):
            raise ValueError(f"{path.name}: no column {', '.join(sorted(missing))}")
        for row in rows:
            grades = judged.setdefault(nfc(row["query"]), {})
            if row["doc"]:
                grades[row["doc"]] = max(int(row["grade"] or 0), grades.get(row["doc"], 0))
    return judged


def read_corpus(path: Path) -> Iterator[Entry]:
    """Entries from lines of {"id", "title", "body"}; a line of the body is a passage."""
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                item = json.loads(line)
                pieces = [piece for piece in item["body"].splitlines() if piece.strip()]
                passages = tuple(Passage(f"p-{i}", (), piece) for i, piece in enumerate(pieces, 1))
                yield Entry(str(item["id"]), "document", item["title"], "", passages=passages)


def evaluate(engine: Engine, judged: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Ask every question. Judged documents are named by key, number or address; the time is that of the
    first page with its excerpts and facets."""
    scores: dict[str, list[float]] = {"mrr10": [], "ndcg10": [], "recall10": [], "recall100": []}
    times = []
    reader = engine.reader()
    for question, wanted in judged.items():
        began = time.perf_counter()
        search(question, engine=engine)
        times.append((time.perf_counter() - began) * 1000)
        with editions.reading(reader.analysis):
            _, order, _ = find(reader, parse(question), {})
        found = list(reader.names([item.key for item in order[:100]]).values())
        grades = _by_key(reader, found, wanted)
        if not any(grade > 0 for grade in wanted.values()):
            for values in scores.values():
                values.append(0.0 if found else 1.0)
            continue
        scores["mrr10"].append(reciprocal_rank(found, grades, 10))
        scores["ndcg10"].append(ndcg(found, grades, 10))
        scores["recall10"].append(recall(found, grades, 10))
        scores["recall100"].append(recall(found, grades, 100))
    means = {name: round(statistics.fmean(values), 4) if values else 0.0 for name, values in scores.items()}
    return {
        "n": len(judged),
        **means,
        "p50_ms": round(percentile(times, 0.5), 2),
        "p95_ms": round(percentile(times, 0.95), 2),
    }


def _by_key(reader, found: Sequence[str], wanted: Mapping[str, int]) -> dict[str, int]:
    """The grades under the index's own keys, where a judgement names a document by number or address."""
    grades = dict(wanted)
    if all(name in found for name in wanted):
        return grades
    numbers = {number_key(name): name for name in wanted}
    for key, record in reader.records(found).items():
        for name in (
            record.url,
            record.url.strip("/"),
            numbers.get(number_key(record.number)) if record.number else None,
        ):
            if name in grades and key not in grades:
                grades[key] = grades.pop(name)
    return grades
