"""A small collection written for these tests, and an engine in a folder of the test's own."""

from datetime import date

import pytest
from django.utils import translation

from search import editions
from search.engines.tantivy import TantivyEngine
from search.registry import Entry, Passage

PLAN = Entry(
    key="document:1",
    kind="document",
    title="Kế hoạch chuyển đổi số năm học mới",
    url="/van-ban/12-kh-pgddt/",
    number="12/KH-PGDĐT",
    facets={
        "type": (("plan", "Kế hoạch"),),
        "issuer": (("pgd", "Phòng Giáo dục và Đào tạo"),),
        "year": (("2024", "2024"),),
    },
    date=date(2024, 9, 5),
    version=1,
    passages=(
        Passage("i.1", ("I. MỤC TIÊU",), "Nhà trường thu học phí không dùng tiền mặt, phấn đấu 65% (TTKDTM)."),
        Passage(
            "i.2",
            ("I. MỤC TIÊU",),
            "Thực hiện Quyết định số 131/QĐ-TTg ngày 25/01/2022 của Thủ tướng Chính phủ.",
        ),
        Passage("ii.1", ("II. NHIỆM VỤ", "1. Hạ tầng"), "Cha mẹ học sinh nhận thông báo qua sổ liên lạc."),
    ),
)
LETTER = Entry(
    key="document:2",
    kind="document",
    title="Về việc báo cáo số liệu thư viện",
    url="/van-ban/396-gddt-cntt/",
    number="396/GDĐT-CNTT",
    facets={
        "type": (("letter", "Công văn"),),
        "issuer": (("pgd", "Phòng Giáo dục và Đào tạo"),),
        "year": (("2023", "2023"),),
    },
    date=date(2023, 3, 21),
    version=1,
    passages=(
        Passage("p-1", (), "Các trường gửi báo cáo thư viện trước ngày 20 hằng tháng."),
        Passage("p-2", (), "Thực hiện Kế hoạch số 12/KH-PGDĐT về chuyển đổi số."),
        Passage("p-3", (), "Phụ huynh được mời tham gia góp ý."),
    ),
)
SCHOOL = Entry(
    key="organisation:7",
    kind="organisation",
    title="Trường Tiểu học Hoa Mai",
    url="/co-quan/hoa-mai/",
    aliases=("Trường Phổ thông cơ sở Hoa Mai",),
    details={"parent": "Phòng Giáo dục và Đào tạo"},
    passages=(Passage("", (), "Trường công lập. Phòng Giáo dục và Đào tạo."),),
)
COLLECTION = (PLAN, LETTER, SCHOOL)


@pytest.fixture(autouse=True)
def _in_vietnamese():
    """A request for an English page leaves its language behind in the thread."""
    with translation.override("vi"):
        yield


@pytest.fixture
def collection() -> tuple[Entry, ...]:
    return COLLECTION


@pytest.fixture
def engine(tmp_path) -> TantivyEngine:
    """A published index of the collection."""
    made = TantivyEngine(tmp_path / "index")
    with made.building() as builder:
        builder.write(COLLECTION)
        builder.publish()
    return made


DATABASE = {"db", "transactional_db", "live_server"}


@pytest.fixture(autouse=True)
def _lists_of_concepts(request, monkeypatch):
    """What one test has looked up no other remembers; a test without a database has no editors, only the software's
    own list."""
    monkeypatch.setattr(editions, "_known", {})
    monkeypatch.setattr(editions, "_unknown", {})
    if not (DATABASE & set(request.fixturenames) or request.node.get_closest_marker("django_db")):
        monkeypatch.setattr(editions, "_rows", tuple)
        monkeypatch.setattr(editions, "_keep", lambda rows: None)
        monkeypatch.setattr(editions, "_stored", lambda digest: None)
