"""Words that differ by their marks alone are kept apart where marks are typed, and found together where none are."""

import pytest

from search.engines.tantivy import TantivyEngine
from search.registry import Entry, Passage
from search.service import search

TEXTS = {
    "target": ("Chỉ tiêu chuyển đổi số năm 2025", "Mỗi trường nhận chỉ tiêu của mình vào đầu năm học."),
    "target-once": ("Kế hoạch năm học", "Trong rất nhiều việc của năm học có cả việc giao chỉ tiêu cho các tổ."),
    "spending": ("Chi tiêu", "Chi tiêu nội bộ. Quy chế chi tiêu. Mọi khoản chi tiêu, chi tiêu khác, chi tiêu thêm."),
    "course": ("Bồi dưỡng giáo viên", "Sau khóa học giáo viên nhận giấy chứng nhận của phòng."),
    "science": ("Khoa học", "Khoa học. Nghiên cứu khoa học, cuộc thi khoa học, đề tài khoa học của học sinh."),
    "other": ("Phòng cháy chữa cháy", "Nhà trường diễn tập phòng cháy chữa cháy."),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> TantivyEngine:
    made = TantivyEngine(tmp_path_factory.mktemp("homographs"))
    with made.building() as builder:
        builder.write(
            Entry(f"document:{key}", "document", title, f"/{key}/", passages=(Passage("p", (), text),))
            for key, (title, text) in TEXTS.items()
        )
        builder.publish()
    return made


def order(engine, question: str) -> list[str]:
    return [hit.record.key.partition(":")[2] for hit in search(question, engine=engine).hits]


@pytest.mark.parametrize(
    ("typed", "right", "wrong"),
    [
        ("chỉ tiêu", {"target", "target-once"}, {"spending"}),
        ("CHỈ TIÊU", {"target", "target-once"}, {"spending"}),
        ("chi tiêu", {"spending"}, {"target", "target-once"}),
        ("khóa học", {"course"}, {"science"}),
        ("khoá học", {"course"}, {"science"}),
        ("khoa học", {"science"}, {"course"}),
    ],
)
def test_with_marks_the_right_one_stands_first_and_the_other_below(engine, typed, right, wrong):
    """Also where the other one bears the words as its title and says them five times."""
    found = order(engine, typed)
    assert set(found[: len(right)]) == right
    assert wrong <= set(found[len(right) :])


@pytest.mark.parametrize(
    ("typed", "both"), [("chi tieu", {"target", "target-once", "spending"}), ("khoa hoc", {"course", "science"})]
)
def test_without_marks_both_are_found_and_none_is_held_back(engine, typed, both):
    results = search(typed, engine=engine)
    assert {hit.record.key.partition(":")[2] for hit in results.hits} >= both
    assert not [hit for hit in results.hits if dict(hit.signals).get("homograph")]


def test_a_forgotten_mark_loses_nothing(engine):
    """Nothing here has “giao viên”, so nothing is another word."""
    results = search("khóa học giao viên", engine=engine)
    assert results.hits[0].record.key == "document:course"
    assert not dict(results.hits[0].signals).get("homograph")
