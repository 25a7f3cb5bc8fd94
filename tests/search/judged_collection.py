"""The collection the judged questions are asked of, and how the answers are measured.

Documents and organisations are those of the demonstration; the four real documents stand in full in the place of
their summaries, read from ``../shared/seeds`` through the import pipeline when the test runs. Questions and anchors
are in ``judged/*.csv``, one file a class; a question whose hash says so was never looked at while tuning.
"""

import csv
import hashlib
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from cms.documents.pipeline import nodes_from_blocks, read
from cms.documents.searchables import passages
from search.evaluate import ndcg, reciprocal_rank
from search.letters import nfc
from search.registry import Entry, Passage
from search.service import search
from search.text import number_key

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
JUDGED = Path(__file__).with_name("judged")
TYPES = {
    "plan": "Kế hoạch", "decision": "Quyết định", "letter": "Công văn", "circular": "Thông tư",
    "decree": "Nghị định", "resolution": "Nghị quyết",
}  # fmt: skip
UNNUMBERED = "document:giao-duc-thong-minh"
"""The one real document that was printed without its number."""


@dataclass(frozen=True)
class Answer:
    """How a question was answered: ``hit`` is whether the right passage was among the three shown with the right
    document, that one being among the first three; None where only the document is judged."""

    query: str
    kind: str
    unseen: bool
    rr: float
    ndcg: float
    hit: bool | None


def is_unseen(query: str) -> bool:
    """Three in ten, by hash, so that nobody chooses."""
    return hashlib.sha256(nfc(query).encode()).digest()[0] % 10 < 3


def entries() -> Iterator[Entry]:
    """The whole collection."""
    with open(ROOT / "cms/organisations/demo/organisations.csv", encoding="utf-8") as handle:
        offices = {row["code"]: row for row in csv.DictReader(handle)}
    seeds = {}
    for path in sorted(SEEDS.glob("*.txt")):
        reading = read(path.read_bytes(), path.name)
        seeds[number_key(reading.header.number or "")] = tuple(passages(list(reading.nodes)))
    for item in yaml.safe_load((ROOT / "cms/documents/demo/documents.yaml").read_text(encoding="utf-8"))["documents"]:
        yield _document(item, offices, seeds)
    for code, row in offices.items():
        names = [row["short_name"], *row["aliases"].split(";")]
        parent = offices.get(row["parent_code"], {}).get("name", "")
        yield Entry(
            f"organisation:{code}",
            "organisation",
            row["name"],
            f"/co-quan/{code}/",
            aliases=tuple(filter(None, names)),
            passages=(Passage("", (), parent),) if parent else (),
        )


def _document(item: dict, offices: dict, seeds: dict[str, tuple[Passage, ...]]) -> Entry:
    number = item["number"] or ""
    own = tuple(passages(nodes_from_blocks(item.get("body") or [])))
    whole = seeds.get(number_key(number)) if number or item["issuer"] == "ubnd-tphcm" else None
    office = offices[item["issuer"]]
    return Entry(
        f"document:{number_key(number)}" if number else UNNUMBERED,
        "document",
        item["title"],
        f"/van-ban/{number_key(number) or 'giao-duc-thong-minh'}/",
        number,
        aliases=tuple(filter(None, [f"{TYPES[item['type']]} {number}".strip(), office["name"], office["short_name"]])),
        facets={"type": ((item["type"], TYPES[item["type"]]),), "year": _year(item["issued_on"])},
        date=item["issued_on"],
        passages=whole or own,
    )


def _year(day) -> tuple[tuple[str, str], ...]:
    return ((str(day.year), str(day.year)),) if day else ()


def key_of(name: str) -> str:
    """The key of what a judgement names: a number, an organisation's address or a key."""
    if name.startswith("/co-quan/"):
        return f"organisation:{name.strip('/').split('/')[-1]}"
    return name if ":" in name else f"document:{number_key(name)}"


def questions() -> dict[tuple[str, str], list[dict[str, str]]]:
    """(question, class) -> its rows, over all files."""
    judged: dict[tuple[str, str], list[dict[str, str]]] = {}
    for path in sorted(JUDGED.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                judged.setdefault((nfc(row["query"]), row["class"]), []).append(row)
    return judged


def ask(engine, query: str, kind: str, rows: list[dict[str, str]], typed: str = "") -> Answer:
    """One question, judged; ``typed`` asks it in another spelling."""
    results = search(typed or query, engine=engine)
    found = [hit.record.key for hit in results.hits]
    grades = {key_of(row["doc"]): int(row["grade"]) for row in rows if row["doc"]}
    if not grades:
        right = 0.0 if results.total else 1.0
        return Answer(query, kind, is_unseen(query), right, right, None)
    anchors = {(key_of(row["doc"]), row["anchor"]) for row in rows if row["anchor"]}
    shown = {(hit.record.key, passage.anchor) for hit in results.hits[:3] for passage in hit.passages[:3]}
    return Answer(
        query,
        kind,
        is_unseen(query),
        reciprocal_rank(found, grades, 10),
        ndcg(found, grades, 10),
        bool(anchors & shown) if anchors else None,
    )


def figures(answers: list[Answer]) -> dict[str, float]:
    """The means of a group of answers."""
    hits = [answer.hit for answer in answers if answer.hit is not None]
    return {
        "n": len(answers),
        "mrr10": round(statistics.fmean(answer.rr for answer in answers), 4),
        "ndcg10": round(statistics.fmean(answer.ndcg for answer in answers), 4),
        "hit3": round(statistics.fmean(hits), 4) if hits else 1.0,
    }
