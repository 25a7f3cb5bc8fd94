"""The short forms a document introduces: which words they mean, exact places, nothing invented, linear time."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.pipeline import nodes_from_blocks, read, row_anchor, row_text
from cms.documents.pipeline.abbreviations import Abbreviation, find_abbreviations


def found_in(*lines: str) -> list[Abbreviation]:
    return find_abbreviations(nodes_from_blocks([{"type": "text", "value": "\n".join(lines)}]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dùng các giải pháp Công nghệ thông tin (sau đây viết tắt là CNTT) để dạy", ("CNTT", "Công nghệ thông tin")),
        (
            "Phòng Giáo dục và Đào tạo huyện Ví Dụ (sau đây gọi tắt là Phòng GDĐT) chủ trì",
            ("Phòng GDĐT", "Phòng Giáo dục và Đào tạo huyện Ví Dụ"),
        ),
        ("Đề án “Đọc sách, dùng chung” (sau đây gọi tắt là Đề án) được làm", ("Đề án", "Đề án “Đọc sách, dùng chung”")),
        (
            "Các trường mầm non, tiểu học, trung học cơ sở (sau đây gọi chung là nhà trường) báo cáo",
            ("nhà trường", "Các trường mầm non, tiểu học, trung học cơ sở"),
        ),
        (
            "UBND gồm Ủy ban nhân dân các xã, phường (sau đây gọi là UBND cấp xã)",
            ("UBND cấp xã", "Ủy ban nhân dân các xã, phường"),
        ),
        ("Hệ thống quản lý thư viện (viết tắt: LIB)", ("LIB", "Hệ thống quản lý thư viện")),
        ("Có kho sách chung, gọi tắt là Kho, đặt tại huyện", None),
        ("Lập Kho sách số dùng chung, gọi tắt là Kho, đặt tại huyện", ("Kho", "Kho sách số dùng chung")),
        ("Bảng điểm đọc của học sinh, sau đây gọi tắt là Bảng điểm, gồm", ("Bảng điểm", "Bảng điểm đọc của học sinh")),
        (
            "hệ thống học tập (Learning Management System, viết tắt là LMS) chạy",
            ("LMS", "Learning Management System"),
        ),
        ("LMS (viết tắt của Learning Management System) là", ("LMS", "Learning Management System")),
        ("Bộ trưởng Bộ Giáo dục và Đào tạo (sau đây gọi tắt là “Bộ”)", ("Bộ", "Bộ Giáo dục và Đào tạo")),
        ("Xây dựng Bản đồ trường học (gọi tắt là TRUONGGIS)", ("TRUONGGIS", "Bản đồ trường học")),
        (
            "Quyết định số 9/QĐ-UBND của Ủy ban (sau đây gọi tắt là Quyết định 9)",
            ("Quyết định 9", "Quyết định số 9/QĐ-UBND của Ủy ban"),
        ),
        ("Ủy ban nhân dân (UBND) huyện họp", ("UBND", "Ủy ban nhân dân")),
        ("việc chuyển đổi số (CĐS) ở trường", ("CĐS", "chuyển đổi số")),
        ("ngành Giáo dục và Đào tạo (GD&ĐT)", ("GD&ĐT", "Giáo dục và Đào tạo")),
        ("Lao động - Thương binh và Xã hội (LĐTBXH)", ("LĐTBXH", "Lao động - Thương binh và Xã hội")),
        ("cán bộ, giáo viên, nhân viên (CBGVNV)", ("CBGVNV", "cán bộ, giáo viên, nhân viên")),
        ("Information and Communication Technology (ICT)", ("ICT", "Information and Communication Technology")),
    ],
)
def test_a_short_form_and_the_words_it_stands_for(text: str, expected: tuple[str, str] | None) -> None:
    found = found_in(text)
    if expected is None:
        assert all(one.short == "Kho" and one.meaning.lower().startswith("kho") for one in found)
        return
    assert [(one.short, one.meaning) for one in found] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "trí tuệ nhân tạo (AI) và thực tế ảo (VR)",
        "khoá một (I), khoá hai (II), in xong (IX)",
        "Phòng họp lớn (TTKDTM)",
        "Việc này gọi là đọc sách.",
        "Gọi cho giáo viên (sau đây gọi lại).",
        "(CĐS)",
        "viết tắt là",
        "một: hai (MH)",
        "Nơi nhận: Lưu VT (VX-VN).",
    ],
)
def test_what_declares_nothing(text: str) -> None:
    assert found_in(text) == []


def test_the_finding_is_held_whole_from_meaning_to_bracket() -> None:
    line = "Dùng Công nghệ thông tin (sau đây viết tắt là CNTT) để dạy"
    (one,) = found_in(line)
    assert line[one.start : one.end] == "Công nghệ thông tin (sau đây viết tắt là CNTT)"


def heading(text: str) -> dict:
    return {"type": "heading", "value": {"level": 1, "number": "", "text": text}}


LISTED = [("GDĐT", "Giáo dục và Đào tạo"), ("CNTT", "Công nghệ thông tin")]


@pytest.mark.parametrize(
    "blocks",
    [
        [
            heading("DANH MỤC TỪ VIẾT TẮT"),
            {"type": "text", "value": "GDĐT: Giáo dục và Đào tạo\n- CNTT: Công nghệ thông tin;\nHết."},
        ],
        [{"type": "text", "value": "Từ viết tắt: GDĐT: Giáo dục và Đào tạo; CNTT: Công nghệ thông tin."}],
        [
            {
                "type": "text",
                "value": "Các chữ viết tắt\nGDĐT: Giáo dục và Đào tạo\nCNTT: Công nghệ thông tin\nKhác: không",
            }
        ],
        [
            {
                "type": "table",
                "value": {
                    "data": [
                        ["TT", "Chữ viết tắt", "Nghĩa"],
                        ["1", "GDĐT", "Giáo dục và Đào tạo"],
                        ["2", "CNTT", "Công nghệ thông tin"],
                    ],
                    "first_row_is_table_header": True,
                },
            }
        ],
    ],
    ids=["under a heading", "in one line", "below a line", "in a table"],
)
def test_lists_of_short_forms(blocks: list[dict]) -> None:
    assert [(one.short, one.meaning) for one in find_abbreviations(nodes_from_blocks(blocks))] == LISTED


def test_lines_with_a_colon_are_no_list_without_its_heading() -> None:
    assert found_in("GDĐT: Giáo dục và Đào tạo", "CNTT: Công nghệ thông tin") == []


def test_said_twice_alike_it_is_given_once_and_another_meaning_is_given_too() -> None:
    found = found_in("chuyển đổi số (CĐS)", "Chuyển đổi số (CĐS)", "cộng đồng số (CĐS)")
    assert [one.meaning for one in found] == ["chuyển đổi số", "cộng đồng số"]


def test_a_row_of_a_table_is_read_and_addressed() -> None:
    rows = [["TT", "Việc"], ["1", "Thư viện số (TVS)"]]
    nodes = nodes_from_blocks([{"type": "table", "value": {"data": rows, "first_row_is_table_header": True}}])
    (one,) = find_abbreviations(nodes)
    assert (one.short, one.anchor) == ("TVS", row_anchor(nodes[0].anchor, 1))
    assert row_text(rows[1])[one.start : one.end] == "Thư viện số (TVS)"


PIECES = st.sampled_from([
    "Công nghệ thông tin", "(CNTT)", "(sau đây viết tắt là ", "CNTT", ")", "gọi tắt là", "gọi chung là", " ", ", ",
    ". ", "“", "”", "Từ viết tắt:", "Đ: x;", "(", "Phòng", "viết tắt của ", "\u0323", "ﬁ", "İ", "½", "|", "]", "và",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join)


@given(st.lists(TEXTS, max_size=4), st.booleans())
def test_offsets_lie_in_the_text_and_the_same_nodes_give_the_same(lines: list[str], under: bool) -> None:
    blocks = [heading("Từ viết tắt")] if under else []
    blocks += [{"type": "text", "value": line} for line in lines]
    blocks.append({"type": "table", "value": {"data": [lines or [""]]}})
    nodes = nodes_from_blocks(blocks)
    texts = {node.anchor: node.text for node in nodes if node.kind != "table"}
    texts |= {row_anchor(n.anchor, i): row_text(r) for n in nodes for i, r in enumerate(n.rows[n.header_rows :], 1)}
    found = find_abbreviations(nodes)
    assert found == find_abbreviations(nodes)
    for one in found:
        held = texts[one.anchor][one.start : one.end]
        assert 0 <= one.start < one.end <= len(texts[one.anchor])
        assert one.short in held
        rest = iter(held)
        assert all(char in rest for char in one.meaning if char != " "), "the meaning is what is printed, in its order"
        assert one.meaning.strip()
        assert one.short.strip()
    assert json.loads(json.dumps([asdict(one) for one in found]))[: len(found)] == [asdict(one) for one in found]


HARD = (
    "(sau đây viết tắt là ", "Chuyển đổi số (CĐS) ", "A.", "(A", "(", "gọi tắt là A-", "viết tắt của ", "sau đây ",
    "Từ viết tắt: A: b;", "gọi tắt là và ", "và và ", "“gọi chung là ", "Đ&", "(A9", "9",
)  # fmt: skip


@pytest.mark.parametrize("piece", HARD)
def test_a_megabyte_takes_no_longer_than_its_size(piece: str) -> None:
    nodes = nodes_from_blocks([{"type": "text", "value": piece * (1_000_000 // len(piece.encode()))}])
    began = time.process_time()
    find_abbreviations(nodes)
    assert time.process_time() - began < 6


def test_a_long_run_of_letters_and_digits_in_a_bracket_is_no_acronym() -> None:
    """Found by the mutated files (text, seed 2185): a pattern that tried every way to cut the run."""
    began = time.process_time()
    assert found_in(f"Giáo dục (A{'9' * 300} x)", f"Giáo dục (A{'.A9' * 300} x)") == []
    assert time.process_time() - began < 1


def test_a_real_megabyte_takes_little(seeds: Path) -> None:
    nodes = read((seeds / "001_bb5d5aaf087ddc27.txt").read_bytes(), "x.txt").nodes
    many = list(nodes) * (1_000_000 // sum(len(node.text.encode()) for node in nodes) + 1)
    began = time.process_time()
    find_abbreviations(many)
    assert time.process_time() - began < 5


def test_the_short_forms_real_documents_introduce(seeds: Path) -> None:
    found = {}
    for path in sorted(seeds.glob("*.txt")):
        found[path.name[:3]] = {
            one.short: one.meaning.lower() for one in find_abbreviations(read(path.read_bytes(), path.name).nodes)
        }
    assert found["000"] == {
        "UBND": "ủy ban nhân dân", "GDĐT": "giáo dục và đào tạo", "TTKDTM": "thanh toán không dùng tiền mặt",
    }  # fmt: skip
    assert found["001"] == {"CNTT": "công nghệ thông tin"}
    assert found["002"] == found["003"] == {}
