"""How much of real documents the pipeline reads right: the six particulars, the outline, the citations.

Held on the documents of tests/files everywhere, and on the source texts beside the repository where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from cms.documents.pipeline import Reading, read
from search.text import number_key, strip_marks

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "files"
SHARED = ROOT.parent / "shared"
TRUTH = yaml.safe_load((FILES / "truth.yaml").read_text(encoding="utf-8"))
GOLDEN = SHARED / "golden" / "documents.yaml"
SEEDS = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))["documents"] if GOLDEN.exists() else []
SEEDS = [seed for seed in SEEDS if (SHARED / "seeds" / seed["file"]).exists()]

GOLDEN_FIELDS = {
    "number": "so_hieu",
    "issued_on": "ngay_ban_hanh",
    "type": "loai_van_ban",
    "issuer": "co_quan_ban_hanh",
    "title": "trich_yeu",
    "signer_name": "nguoi_ky",
}

Heading = tuple[int, str, str]


@dataclass(frozen=True)
class Shares:
    """Found of expected, and found of all that was said to be one."""

    right: int
    expected: int
    said: int

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    def __str__(self) -> str:
        return f"{self.right}/{self.expected} found, {self.right}/{self.said} of those given"


def folded(text: str | None) -> str:
    return " ".join(strip_marks(text or "").split())


def compare(expected: list, given: list) -> Shares:
    """As a multiset, in any order."""
    left = list(given)
    right = 0
    for item in expected:
        if item in left:
            left.remove(item)
            right += 1
    return Shares(right, len(expected), len(given))


def headings(reading: Reading) -> list[Heading]:
    return [
        (section["level"], section["number"] or "", folded(section["heading"]))
        for section in reading.as_json()["sections"]
    ]


@pytest.mark.skipif(
    not SEEDS, reason="the source texts are not beside the repository (../shared/seeds, ../shared/golden)"
)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["seed"])
def test_share_read_right_of_a_source_text(seed: dict, capsys: pytest.CaptureFixture) -> None:
    reading = read((SHARED / "seeds" / seed["file"]).read_bytes(), seed["file"])
    data = reading.as_json()
    wrong = {name: data[name] for name, key in GOLDEN_FIELDS.items() if folded(data[name]) != folded(seed[key])}
    outline = compare(
        [(h["level"], h["number"] or "", folded(h["title"])) for h in seed["outline"] if not h.get("in_table")],
        headings(reading),
    )
    cited = [c for c in seed["can_cu"] if c["so_hieu"]]
    keys = {citation["key"] for citation in data["citations"]}
    spellings = [{number_key(c["so_hieu"]), *_raw_keys(c)} for c in cited]
    citations = Shares(
        sum(1 for keys_of_one in spellings if keys & keys_of_one),
        len(cited),
        len(keys - set().union(*spellings)) + sum(1 for keys_of_one in spellings if keys & keys_of_one),
    )
    with capsys.disabled():
        print(f"\n{seed['seed']}: particulars {6 - len(wrong)}/6, outline {outline}, citations {citations}")
    assert len(wrong) <= 1, wrong
    assert outline.recall >= 0.9
    assert outline.precision >= 0.9
    assert citations.recall >= 0.9
    assert citations.precision >= 0.9


def _raw_keys(citation: dict) -> set[str]:
    """The raw spelling counts too ("4275/QĐ-BGDĐT (lines …); 4725/QĐ-BGDĐT (…)")."""
    return {number_key(part.split("(")[0]) for part in (citation.get("raw") or "").split(";")} - {""}


@pytest.mark.skipif(
    not SEEDS, reason="the source texts are not beside the repository (../shared/seeds, ../shared/golden)"
)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["seed"])
def test_legal_bases_of_a_source_text_are_those_of_its_preamble(seed: dict) -> None:
    reading = read((SHARED / "seeds" / seed["file"]).read_bytes(), seed["file"])
    bases = {c.key for c in reading.citations if c.kind == "legal_basis"}
    expected = [c for c in seed["can_cu"] if c["so_hieu"] and "preamble" in c["where"]]
    assert len(bases) == len(expected)
    for citation in expected:
        assert bases & ({number_key(citation["so_hieu"])} | _raw_keys(citation)), citation["so_hieu"]
    dates = {c.key: c.issued_on.isoformat() for c in reading.citations if c.issued_on}
    for citation in seed["can_cu"]:
        if citation["so_hieu"] and citation["ngay"]:
            key = ({number_key(citation["so_hieu"])} | _raw_keys(citation)) & set(dates)
            assert {dates[k] for k in key} == {citation["ngay"]}, citation["so_hieu"]


@pytest.mark.parametrize("truth", TRUTH["documents"], ids=lambda truth: truth["file"])
def test_what_a_document_says_is_read(truth: dict) -> None:
    reading = read((FILES / truth["file"]).read_bytes(), truth["file"])
    data = reading.as_json()
    assert {name: data[name] for name in truth["fields"]} == truth["fields"]
    assert headings(reading) == [(level, number or "", folded(text)) for level, number, text in truth["outline"]]
    assert [[c["key"], c["kind"], c["issued_on"]] for c in data["citations"]] == truth["citations"]
    assert [[t["anchor"], t["rows"], t["columns"]] for t in data["tables"]] == truth["tables"]
    assert set(truth["anchors"]) <= {node.anchor for node in reading.nodes}
    assert sorted({repair.line for repair in reading.repairs}) == truth["repairs"]
    assert list(reading.header.addressees) == truth.get("addressees", [])
    assert reading.header.field == truth.get("field")


@pytest.mark.parametrize(
    ("name", "other"),
    [(truth["file"], other) for truth in TRUTH["documents"] for other in truth.get("same_as_text", [])],
)
def test_an_encoding_changes_nothing(name: str, other: str) -> None:
    assert read((FILES / other).read_bytes(), other).as_json() == read((FILES / name).read_bytes(), name).as_json()


def test_every_file_of_the_folder_has_its_truth() -> None:
    known = {truth["file"] for truth in TRUTH["documents"]} | {item["file"] for item in TRUTH["converted"]}
    known |= {other for truth in TRUTH["documents"] for other in truth.get("same_as_text", [])}
    assert {path.name for path in FILES.glob("*.txt")} == known
