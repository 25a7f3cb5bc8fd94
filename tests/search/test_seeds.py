"""Four real documents, a passage a line: what a reader half remembers finds them, with marks or without."""

from pathlib import Path

import pytest

from search.engines.tantivy import TantivyEngine
from search.letters import nfc, strip_marks
from search.registry import Entry, Passage
from search.service import search

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NUMBERS = {"000": "1937/KH-PGDĐT", "001": "", "002": "18/KH-THCVA", "003": "396/GDĐT-CNTT"}
TITLES = {
    "000": "Kế hoạch của thành phố Uông Bí",
    "001": "Kế hoạch của Thành phố Hồ Chí Minh",
    "002": "Kế hoạch của Trường Tiểu học Chu Văn An",
    "003": "Công văn của huyện Củ Chi",
}
QUESTIONS = [
    ("000", "thanh toan khong dung tien mat mien nui"),
    ("000", "thanh toán không dùng tiền mặt miền núi"),
    ("000", "65% TTKDTM"),
    ("000", "1937/KH-PGDĐT"),
    ("000", "1937/KH-PGD&ĐT"),
    ("000", "1937 kh pgddt"),
    ("000", "số hoá sổ gốc văn bằng"),
    ("003", "396/GDDT-CNTT"),
    ("003", "trước ngày 20 tháng cuối cùng mỗi quý"),
    ("002", "dữ liệu đúng đủ sạch sống"),
    ("002", "phòng studio"),
    ("002", "18 kh thcva"),
    ("001", "thư viện thông minh"),
]

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not on this machine")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory) -> TantivyEngine:
    engine = TantivyEngine(tmp_path_factory.mktemp("seeds"))
    with engine.building() as builder:
        builder.write(map(_entry, sorted(SEEDS.glob("*.txt"))))
        builder.publish()
    return engine


def _entry(path: Path) -> Entry:
    seed = path.name[:3]
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    passages = tuple(Passage(f"l{i}", (), line) for i, line in lines if line.strip())
    return Entry(f"document:{seed}", "document", TITLES[seed], f"/{seed}/", NUMBERS[seed], passages=passages)


@pytest.mark.parametrize(("seed", "question"), QUESTIONS)
def test_the_document_comes_first_with_marks_and_without(indexed, seed, question):
    for typed in (question, strip_marks(question), question.upper()):
        hits = search(nfc(typed), engine=indexed).hits
        assert hits
        assert hits[0].record.key == f"document:{seed}", typed


@pytest.mark.parametrize(
    ("question", "line"),
    [("65% TTKDTM", "l57"), ("so hoa so goc van bang", "l93"), ("phong studio", "l137")],
)
def test_the_passage_is_the_one_that_says_it(indexed, question, line):
    assert search(question, engine=indexed).hits[0].passages[0].anchor == line
