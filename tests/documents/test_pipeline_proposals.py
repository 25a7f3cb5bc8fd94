"""Targets and tasks recognised in documents: every comparator, each with its passage, and how many of real ones."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.documents.pipeline import nodes_from_blocks, read, row_anchor, row_text
from cms.documents.pipeline.agencies import read_agencies
from cms.documents.pipeline.figures import find_figures
from cms.documents.pipeline.proposals import TargetProposal, find_targets, find_tasks, read_period, years_in

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "files"


def heading(level: int, number: str, text: str) -> dict:
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}}


def lines(*texts: str) -> dict:
    return {"type": "text", "value": "\n".join(texts)}


def table(*rows: tuple[str, ...]) -> dict:
    return {"type": "table", "value": {"data": [list(row) for row in rows], "first_row_is_table_header": True}}


def targets_of(*blocks: dict) -> list[TargetProposal]:
    return find_targets(nodes_from_blocks(blocks))


def under_aims(*texts: str, title: str = "Mục tiêu đến 2026") -> list[TargetProposal]:
    return targets_of(heading(1, "II", title), lines(*texts))


def passages(nodes) -> dict[str, str]:
    """Every text a proposal may point into, by anchor."""
    texts = {node.anchor: node.text for node in nodes if node.kind != "table"}
    for node in nodes:
        if node.kind == "table":
            for index, row in enumerate(node.rows[node.header_rows :], start=1):
                texts[row_anchor(node.anchor, index)] = row_text(row)
    return texts


@pytest.mark.parametrize(
    ("text", "comparator", "value", "upper", "unit"),
    [
        ("Ít nhất 70% lớp học có mạng.", ">=", "70", None, "%"),
        ("Có tối thiểu 50 % phòng học nối mạng.", ">=", "50", None, "%"),
        ("Không dưới 45% bài giảng được số hóa.", ">=", "45", None, "%"),
        ("Tỷ lệ học bạ điện tử đạt từ 15% trở lên.", ">=", "15", None, "%"),
        ("Tỷ lệ học bạ điện tử đạt từ 15%.", ">=", "15", None, "%"),
        ("Trên 50% phụ huynh dùng ứng dụng.", ">", "50", None, "%"),
        ("Hơn 50% phụ huynh dùng ứng dụng.", ">", "50", None, "%"),
        ("Tối đa 10% hồ sơ nộp bằng giấy.", "<=", "10", None, "%"),
        ("Không quá 10% hồ sơ nộp bằng giấy.", "<=", "10", None, "%"),
        ("Hồ sơ quá hạn từ 5% trở xuống.", "<=", "5", None, "%"),
        ("Dưới 3% hồ sơ trễ hạn.", "<", "3", None, "%"),
        ("Khoảng 40% tiết học có thí nghiệm ảo.", "~", "40", None, "%"),
        ("Xấp xỉ 97,5% học sinh có tài khoản.", "~", "97.5", None, "%"),
        ("80% giáo viên soạn bài trên máy.", "=", "80", None, "%"),
        ("Từ 70% đến 80% giáo viên soạn bài trên máy.", "range", "70", "80", "%"),
        ("70-80% giáo viên soạn bài trên máy.", "range", "70", "80", "%"),
        ("Mỗi xã chọn 1 đến 2 đơn vị làm điểm.", "range", "1", "2", "đơn vị"),
        ("Xây dựng ít nhất 03 thư viện số.", ">=", "3", None, "thư viện"),
        ("Bồi dưỡng 1.250 giáo viên.", "=", "1250", None, "giáo viên"),
        ("Nâng tỷ lệ lớp có mạng từ 45% lên 60%.", "=", "60", None, "%"),
        ("Mua thêm ít nhất 02/05 phần mềm còn thiếu.", ">=", "2", None, "phần mềm"),
        ("Nhóm quản trị đạt mức 3.", "=", "3", None, "mức"),
        ("80 phần trăm giáo viên soạn bài trên máy.", "=", "80", None, "%"),
    ],
)
def test_comparators(text: str, comparator: str, value: str, upper: str | None, unit: str) -> None:
    found = under_aims(text)
    assert len(found) == 1
    assert (found[0].comparator, found[0].value, found[0].unit) == (comparator, Decimal(value), unit)
    assert found[0].upper == (Decimal(upper) if upper else None)
    assert found[0].years == (2026,)
    assert found[0].in_aims


def test_words_of_what_is_measured_and_its_parts() -> None:
    found = under_aims(
        "(1) 100% khoản thu của trường ở vùng thành thị; 65% ở vùng núi và hải đảo trả qua ngân hàng.",
        "(2) Thời lượng học trên mạng: Tỷ lệ bài học trên mạng đạt bình quân 15% ở bậc tiểu học, 25% ở bậc phổ thông.",
        "(3) Hằng năm, 100% nhân viên dự tập huấn, trong đó tối thiểu 50% được cấp chứng chỉ.",
        "(4) 100% hồ sơ đi trên mạng (không bao gồm hồ sơ mật).",
        "(5) 100% lớp, 100% phòng máy được nối mạng.",
    )
    assert [(t.number, t.value, t.measure, t.scope) for t in found] == [
        ("(1)", 100, "khoản thu của trường", "vùng thành thị"),
        ("(1)", 65, "khoản thu của trường", "vùng núi và hải đảo"),
        ("(2)", 15, "Tỷ lệ bài học trên mạng", "bậc tiểu học"),
        ("(2)", 25, "Tỷ lệ bài học trên mạng", "bậc phổ thông"),
        ("(3)", 100, "nhân viên dự tập huấn", ""),
        ("(3)", 50, "nhân viên dự tập huấn được cấp chứng chỉ", ""),
        ("(4)", 100, "hồ sơ đi trên mạng", ""),
        ("(5)", 100, "lớp được nối mạng", ""),
        ("(5)", 100, "phòng máy được nối mạng", ""),
    ]
    assert [t.average for t in found] == [False, False, True, True, *[False] * 5]
    assert [t.yearly for t in found] == [False] * 4 + [True, True, False, False, False]
    assert found[6].excludes == "hồ sơ mật"


def test_each_figure_has_the_year_nearest_to_it() -> None:
    found = under_aims(
        "Đến năm 2024, 90% hồ sơ tại cấp sở, 80% hồ sơ tại cấp phòng được xử lý trên mạng.",
        "60% lớp có mạng vào năm 2024 và 100% lớp có mạng vào năm 2025; đến năm 2030: 5 trường số.",
        "Tỷ lệ đúng hạn tăng 5% so với năm 2023.",
    )
    assert [(t.value, t.scope, t.years) for t in found] == [
        (90, "cấp sở", (2024,)),
        (80, "cấp phòng", (2024,)),
        (60, "", (2024,)),
        (100, "", (2025,)),
        (5, "", (2030,)),
        (5, "", (2026,)),
    ]


def test_a_figure_for_each_place_says_so() -> None:
    found = under_aims("Mỗi xã, phường chọn 01 trường làm điểm; cả tỉnh có 5 trung tâm.")
    assert [(t.value, t.unit, t.scope) for t in found] == [(1, "trường", "Mỗi xã, phường"), (5, "trung tâm", "")]


def test_all_is_a_hundred_and_flagged() -> None:
    found = under_aims("Tất cả giáo viên dùng chữ ký số.", "Mỗi lớp học có một màn hình.", "Tất cả lớp học gồm:")
    assert [(t.value, t.unit, t.every) for t in found] == [(100, "%", True), (100, "%", True)]
    task = targets_of(
        heading(1, "III", "NHIỆM VỤ"), lines("a) Đưa mạng tới tất cả các trường.", "b) Tất cả các trường.")
    )
    assert [t.anchor for t in task] == ["iii.a"]


@pytest.mark.parametrize(
    ("blocks", "count"),
    [
        ([heading(1, "I", "THỰC TRẠNG"), lines("100% giáo viên có chứng chỉ tin học.")], 0),
        ([heading(1, "I", "Kết quả năm học qua"), lines("Đạt 80% kế hoạch.", "Mở 5 lớp tập huấn.")], 0),
        ([heading(1, "I", "NHIỆM VỤ"), heading(2, "1", "Mục tiêu"), lines("80% lớp có mạng.")], 1),
        ([heading(1, "I", "THỰC TRẠNG"), heading(2, "1", "Mục tiêu"), lines("80% lớp có mạng.")], 1),
        ([heading(1, "I", "KINH PHÍ"), lines("Ngân sách chi 60% tổng số.")], 0),
        ([heading(1, "I", "MỤC TIÊU"), lines("Nhóm dạy học đạt 58/100 điểm.")], 0),
        ([heading(1, "I", "MỤC TIÊU"), lines("Phấn đấu 90% lớp có mạng (hiện nay 45%).")], 1),
        ([heading(1, "I", "MỤC TIÊU"), lines("Hiện có 45% lớp có mạng.")], 0),
        ([heading(1, "I", "NHIỆM VỤ"), lines("Kinh phí: 5% chi thường xuyên.")], 0),
        ([heading(1, "I", "NHIỆM VỤ"), lines("Quản lý theo mô hình 4 lớp cho học sinh lớp 1, lớp 6.")], 0),
        ([heading(1, "I", "NHIỆM VỤ"), lines("Trong năm 2025 trường mở rộng.", "Khối 6 học sinh tự học.")], 0),
        ([lines("Căn cứ Kế hoạch số 20/KH-UBND về việc 100% lớp có mạng;")], 0),
        ([table(("Tên ứng dụng", "Có", "Không"), ("Soạn bài", "100%", ""))], 0),
        ([{"type": "note", "value": {"mark": "1", "text": "Gồm 5 trường, 40% lớp."}}], 0),
    ],
)
def test_what_is_no_target_is_not_proposed(blocks: list[dict], count: int) -> None:
    assert len(targets_of(*blocks)) == count


def test_a_table_of_targets_gives_time_and_offices() -> None:
    blocks = [
        heading(1, "PHỤ LỤC", "CÁC CHỈ TIÊU ĐẾN NĂM 2026"),
        table(
            ("TT", "Tên chỉ tiêu", "Thời gian hoàn thành", "Đơn vị thực hiện"),
            ("I", "Chính quyền số", "", ""),
            ("1", "100% thủ tục làm trên mạng; Tỷ lệ đúng hạn đạt trên 95%.", "2025", "Phòng Văn hóa, Các trường"),
            ("2.1.", "Ít nhất 60% lớp có màn hình", "2024-2026", "Các trường công lập"),
            ("3", "30% lớp học hai buổi", "", ""),
        ),
    ]
    nodes = nodes_from_blocks(blocks)
    found = find_targets(nodes)
    assert [(t.anchor, t.number, t.comparator, t.value, t.years, t.responsible) for t in found] == [
        ("pl.b1.r2", "1", "=", 100, (2025,), ("Phòng Văn hóa", "Các trường")),
        ("pl.b1.r2", "1", ">", 95, (2025,), ("Phòng Văn hóa", "Các trường")),
        ("pl.b1.r3", "2.1.", ">=", 60, (2024, 2026), ("Các trường công lập",)),
        ("pl.b1.r4", "3", "=", 30, (2026,), ()),
    ]
    texts = passages(nodes)
    assert all(texts[t.anchor][t.start : t.end] == t.raw for t in found)


def test_a_table_with_the_figure_in_a_column_of_its_own() -> None:
    blocks = [
        table(
            ("TT", "Tên chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2025"),
            ("1", "Lớp học có mạng", "%", "85"),
            ("2", "Thư viện số", "thư viện", "≥ 3"),
            ("3", "Bài giảng số", "bài", ""),
        )
    ]
    nodes = nodes_from_blocks(blocks)
    found = find_targets(nodes)
    assert [(t.measure, t.comparator, t.value, t.unit, t.years) for t in found] == [
        ("Lớp học có mạng", "=", 85, "%", (2025,)),
        ("Thư viện số", ">=", 3, "thư viện", (2025,)),
    ]
    assert all(passages(nodes)[t.anchor][t.start : t.end] == t.raw for t in found)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Mục tiêu đến 2025", (2025,)),
        ("đến hết năm 2026", (2026,)),
        ("giai đoạn 2023 - 2025", (2023, 2025)),
        ("từ năm 2023 đến năm 2025", (2023, 2025)),
        ("năm 2023, 2024", (2023, 2024)),
        ("năm học 2022-2023", (2022, 2023)),
        ("2023-2025", (2023, 2025)),
        ("2025", (2025,)),
        ("theo Kế hoạch số 12/2021/KH-UBND ngày 04 tháng 5 năm 2021", ()),
        ("Thông tư số 7/2019/TT-BTC ngày 28/7/2019", ()),
        ("2025 lớp học", ()),
    ],
)
def test_years_of_a_passage(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text)[0] == years


@pytest.mark.parametrize(
    ("raw", "start", "due", "recurring"),
    [
        ("năm 2023", (2023, 1, 1), (2023, 12, 31), ""),
        ("năm 2023, 2024", (2023, 1, 1), (2024, 12, 31), ""),
        ("2023-2025", (2023, 1, 1), (2025, 12, 31), ""),
        ("từ nay đến hết năm 2025", None, (2025, 12, 31), ""),
        ("từ nay cho đến hết năm 2025.", None, (2025, 12, 31), ""),
        ("đến năm 2025", None, (2025, 12, 31), ""),
        ("trước ngày 20/5/2023", None, (2023, 5, 19), ""),
        ("chậm nhất ngày 30 tháng 6 năm 2024", None, (2024, 6, 30), ""),
        ("từ 01/3/2024 đến 15/4/2024", (2024, 3, 1), (2024, 4, 15), ""),
        ("quý II/2024", (2024, 4, 1), (2024, 6, 30), ""),
        ("Quý I, II năm 2024", (2024, 1, 1), (2024, 6, 30), ""),
        ("hoàn thành trong quý IV/2024", None, (2024, 12, 31), ""),
        ("tháng 9/2024", (2024, 9, 1), (2024, 9, 30), ""),
        ("từ tháng 9/2024 đến tháng 2/2025", (2024, 9, 1), (2025, 2, 28), ""),
        ("trước tháng 9/2024", None, (2024, 8, 31), ""),
        ("năm học 2023 - 2024", None, None, ""),
        ("hằng năm", None, None, "yearly"),
        ("Thường xuyên", None, None, "continuous"),
        ("hàng quý", None, None, "quarterly"),
        ("khi có chỉ đạo", None, None, ""),
    ],
)
def test_times(raw: str, start: tuple | None, due: tuple | None, recurring: str) -> None:
    period = read_period(raw)
    assert (period.start, period.due, period.recurring) == (
        date(*start) if start else None,
        date(*due) if due else None,
        recurring,
    )


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("Sở Tài chính, Sở Văn hóa và Thể thao và các đơn vị có liên quan.", 3),
        ("Ủy ban nhân dân các xã, phường và thị trấn Ví Dụ", 1),
        ("Công an xã, các phòng thuộc Ủy ban nhân dân, Trường Mầm non Hoa", 3),
        ("các sở, ngành và đơn vị có liên quan", 1),
        ("Sở Văn hóa, Thể thao và Du lịch; Phòng Giáo dục và Đào tạo", 2),
        ("Tổ Văn phòng, Hiệu trưởng và Kế toán", 3),
        ("", 0),
    ],
)
def test_offices_in_a_row(text: str, offices: int) -> None:
    found = read_agencies(text, "a", 5)
    assert len(found) == offices
    assert all(text[agency.start - 5 : agency.end - 5] == agency.name for agency in found)


def test_a_task_with_labelled_fields() -> None:
    blocks = [
        heading(2, "1", "Mở thư viện số"),
        lines(
            "a) Nội dung:",
            "Mua máy và sách điện tử.",
            "Tập huấn người dùng.",
            "b) Cơ quan chủ trì thực hiện: Phòng Văn hóa đối với thư viện xã; "
            "Trường Tiểu học Ví Dụ đối với thư viện trường.",
            "c) Cơ quan, đơn vị phối hợp: Phòng Tài chính, các đơn vị có liên quan.",
            "d) Thời hạn hoàn thành: từ nay đến hết năm 2026.",
        ),
        heading(2, "2", "Việc không ghi ai làm"),
        lines("Chỉ là một đoạn văn.", "Mục tiêu: không phải việc."),
    ]
    nodes = nodes_from_blocks(blocks)
    (task,) = find_tasks(nodes)
    assert (task.anchor, task.number, task.title) == ("1", "1", "Mở thư viện số")
    assert task.content == ("Mua máy và sách điện tử.", "Tập huấn người dùng.")
    assert [(lead.name, lead.scope) for lead in task.leads] == [
        ("Phòng Văn hóa", "thư viện xã"),
        ("Trường Tiểu học Ví Dụ", "thư viện trường"),
    ]
    assert [agency.name for agency in task.coordinating] == ["Phòng Tài chính", "các đơn vị có liên quan"]
    assert task.deadline and task.deadline.due == date(2026, 12, 31) and task.deadline.start is None
    _check_tasks(nodes)


def test_a_figure_inside_a_task_is_due_when_the_task_is() -> None:
    blocks = [
        heading(1, "II", "NỘI DUNG"),
        heading(2, "1", "Mở thư viện số"),
        lines("a) Nội dung: xây dựng 3 thư viện.", "b) Đơn vị chủ trì: Phòng Văn hóa.", "c) Thời gian: năm 2025."),
        heading(2, "2", "Lắp mạng"),
        lines("Đầu tư 12 phòng máy."),
    ]
    nodes = nodes_from_blocks(blocks)
    assert [(t.value, t.years) for t in find_targets(nodes)] == [(3, (2025,)), (12, ())]
    assert [t.years for t in find_targets(nodes, "năm học 2024 - 2025")] == [(2025,), (2024, 2025)]


def test_tasks_below_items_and_in_one_line() -> None:
    blocks = [
        heading(1, "III", "NHIỆM VỤ"),
        lines(
            "1. Lắp mạng cho mọi phòng học.",
            "- Chủ trì: Phòng Hạ tầng.",
            "- Phối hợp: các trường.",
            "- Thời gian hoàn thành: Quý III/2024.",
            "2. Tập huấn giáo viên (Chủ trì: Phòng Giáo dục; phối hợp: Trường Bồi dưỡng; hoàn thành: tháng 8/2024).",
            "3. Việc khác.",
        ),
    ]
    nodes = nodes_from_blocks(blocks)
    first, second = find_tasks(nodes)
    assert (first.anchor, first.title) == ("iii.1", "Lắp mạng cho mọi phòng học")
    assert [lead.name for lead in first.leads] == ["Phòng Hạ tầng"]
    assert first.deadline.due == date(2024, 9, 30)
    assert (second.anchor, second.title) == ("iii.2", "Tập huấn giáo viên")
    assert [lead.name for lead in second.leads] == ["Phòng Giáo dục"]
    assert [agency.name for agency in second.coordinating] == ["Trường Bồi dưỡng"]
    assert second.deadline.due == date(2024, 8, 31)
    _check_tasks(nodes)


def test_offices_listed_below_their_label() -> None:
    blocks = [
        heading(2, "3", "Thi trên máy"),
        lines(
            "a) Đơn vị chủ trì:",
            "- Phòng Khảo thí;",
            "- Trường Ví Dụ đối với lớp 9.",
            "b) Đơn vị phối hợp:",
            "- Các trường.",
            "c) Tiến độ: hằng năm.",
        ),
    ]
    nodes = nodes_from_blocks(blocks)
    (task,) = find_tasks(nodes)
    assert [(lead.name, lead.scope) for lead in task.leads] == [("Phòng Khảo thí", ""), ("Trường Ví Dụ", "lớp 9")]
    assert [agency.name for agency in task.coordinating] == ["Các trường"]
    assert task.deadline.recurring == "yearly"
    _check_tasks(nodes)


def test_a_table_of_tasks() -> None:
    blocks = [
        table(
            ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"),
            ("I", "Hạ tầng", "", "", ""),
            ("1", "Lắp mạng", "Phòng Hạ tầng", "Các trường, Công an xã", "Trước ngày 01/9/2024"),
            ("2", "Mua máy", "Phòng Tài chính", "", ""),
        )
    ]
    nodes = nodes_from_blocks(blocks)
    first, second = find_tasks(nodes)
    assert (first.anchor, first.number, first.title) == ("b1.r2", "1", "Lắp mạng")
    assert [agency.name for agency in first.coordinating] == ["Các trường", "Công an xã"]
    assert first.deadline.due == date(2024, 8, 31)
    assert second.deadline is None
    _check_tasks(nodes)


def _check_tasks(nodes) -> None:
    texts = passages(nodes)
    for task in find_tasks(nodes):
        assert " ".join(texts[task.anchor][task.start : task.end].split()) == task.title
        for agency in (*task.leads, *task.coordinating):
            assert texts[agency.anchor][agency.start : agency.end] == agency.name
        if task.time_at:
            anchor, start, end = task.time_at
            assert read_period(texts[anchor][start:end]) == task.deadline


WORDS = [
    "100%", "ít nhất", "từ", "đến", "trở lên", "5", "02/05", "trường", "lớp", "đạt", "mức 2", "năm 2025", "2023-2025",
    "Tất cả", "mỗi", "các trường", ";", ".", ",", "(", ")", "và", "Chủ trì:", "Phối hợp:", "Thời gian:", "Sở Tài chính",
    "hiện nay", "không bao gồm", "ở vùng núi", "trung bình", "Nội dung:", "quý II/2024", "31/02/2024", "tháng 13/2024",
]  # fmt: skip
sentences = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=14).map(" ".join)
blocks_of_words = st.lists(
    st.one_of(
        st.builds(
            heading, st.integers(1, 3), st.sampled_from(["", "I", "1"]), st.one_of(sentences, st.just("Mục tiêu"))
        ),
        st.lists(st.tuples(st.sampled_from(["", "a) ", "- ", "1. "]), sentences).map("".join), max_size=4).map(
            lambda texts: lines(*texts)
        ),
        st.lists(st.tuples(sentences, sentences, sentences), max_size=3).map(
            lambda rows: table(("Nội dung, chỉ tiêu", "Đơn vị chủ trì", "Kế hoạch 2025"), *rows)
        ),
        st.lists(st.tuples(sentences, sentences, sentences), max_size=3).map(
            lambda rows: table(("Nhiệm vụ", "Chủ trì", "Thời gian"), *rows)
        ),
    ),
    max_size=6,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks_of_words)
def test_every_proposal_points_at_its_passage(blocks: list[dict]) -> None:
    nodes = nodes_from_blocks(blocks)
    texts = passages(nodes)
    found = find_targets(nodes)
    for target in found:
        assert texts[target.anchor][target.start : target.end] == target.raw
        assert target.raw.strip()
        assert target.comparator in (">=", ">", "=", "<=", "<", "~", "range")
        assert (target.upper is not None) == (target.comparator == "range" and target.upper is not None)
    assert found == find_targets(nodes)
    _check_tasks(nodes)


@pytest.mark.parametrize(
    "text",
    [
        "12 trường " * 20_000,
        "100%, " * 20_000,
        "(" * 50_000 + "5%",
        "(; " * 40_000,
        "ở trường trung học " * 10_000 + "5%",
        "Chủ trì: Sở Tài chính, " * 8_000,
        "Sở Tài chính, " * 15_000,
        "năm 2025, " * 15_000 + "5%",
        "1." * 50_000 + "%",
        "trên " * 40_000 + "5%",
        "mỗi xã " * 20_000,
        "đến năm " * 20_000 + "; 5%",
    ],
)
def test_hostile_shapes_take_no_longer_than_their_size(text: str) -> None:
    nodes = nodes_from_blocks([heading(1, "I", "Mục tiêu"), lines(text, f"b) Chủ trì: {text}")])
    started = time.process_time()
    find_targets(nodes)
    find_tasks(nodes)
    assert time.process_time() - started < 4


def test_figures_are_found_where_they_stand() -> None:
    text = "Phấn đấu ít nhất 70% lớp và trên 5 trường; đạt mức 2."
    assert [text[figure.start : figure.end] for figure in find_figures(text)] == [
        "ít nhất 70%",
        "trên 5 trường",
        "mức 2",
    ]


@pytest.mark.parametrize("path", sorted(FILES.glob("*.txt")), ids=lambda path: path.name)
def test_proposals_of_made_documents_point_at_their_passages(path: Path) -> None:
    nodes = read(path.read_bytes(), path.name).nodes
    texts = passages(nodes)
    for target in find_targets(nodes):
        assert texts[target.anchor][target.start : target.end] == target.raw
    _check_tasks(nodes)
