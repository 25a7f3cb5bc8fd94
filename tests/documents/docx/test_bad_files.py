"""What is refused, with the file's name and the reason, and that nothing else ever comes out of the reader."""

from __future__ import annotations

import io
import resource
import time
import zipfile

import pytest
from django.utils import translation

from cms.documents.pipeline import Unreadable, read
from cms.documents.pipeline.decode import sniff
from cms.documents.pipeline.docx import archive, reader
from cms.documents.pipeline.extractors import extract
from tests.documents.docx.made import NAMES, abstract, level, listed, num, package, para, row, run, table, zipped

NAME = "KH năm 2024.docx"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(data: bytes, name: str = NAME) -> str:
    with pytest.raises(Unreadable) as caught:
        extract(data, name)
    with translation.override("en"):
        return str(caught.value)


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(**members: bytes | None) -> bytes:
    """A good document with members replaced ("word/document.xml" as word__document) or taken out."""
    found = members_of(package(para("Kế hoạch")))
    for key, content in members.items():
        name = key.replace("__", "/") + ".xml"
        found.pop(name, None)
        if content is not None:
            found[name] = content
    return zipped(found)


def with_member(name: str, content: bytes) -> bytes:
    return zipped(members_of(package(para("Kế hoạch"))) | {name: content})


def encrypted() -> bytes:
    """A ZIP whose members say they are encrypted."""
    data = bytearray(package(para("Kế hoạch")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
BODY = f"<w:document {NAMES}><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
DEEP = package("<w:tbl><w:tr><w:tc>" * 90 + para("x") + "</w:tc></w:tr></w:tbl>" * 90)
GOOD = package(para("Kế hoạch") + table(row("TT", "Tên"), row("1", "Bàn")))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"PK\x03\x04", ["damaged"], id="four bytes"),
        pytest.param(GOOD[: len(GOOD) // 2], ["damaged"], id="truncated"),
        pytest.param(GOOD[:200] + b"\0" * 300 + GOOD[500:], ["damaged"], id="a hole in the middle"),
        pytest.param(zipped({"readme.txt": "x"}), ["no Word document"], id="a zip"),
        pytest.param(zipped({"[Content_Types].xml": "<Types/>"}), ["word/document.xml"], id="no document part"),
        pytest.param(changed(word__document=None), ["word/document.xml"], id="document part missing"),
        pytest.param(changed(word__document=b""), ["damaged"], id="document part empty"),
        pytest.param(changed(word__document=b"<w:document"), ["damaged"], id="XML torn"),
        pytest.param(changed(word__document=b"<a/>"), ["empty"], id="other XML"),
        pytest.param(package(para() * 5), ["empty"], id="no text"),
        pytest.param(package(para("<w:r><w:drawing/></w:r>")), ["only pictures"], id="only a picture"),
        pytest.param(COMPOUND + "EncryptedPackage".encode("utf-16-le"), ["password"], id="password"),
        pytest.param(encrypted(), ["password"], id="encrypted zip"),
        pytest.param(COMPOUND + "WordDocument".encode("utf-16-le"), [".doc)", "Save as"], id="old .doc"),
        pytest.param(COMPOUND, ["old Office version"], id="another old file"),
        pytest.param(with_member("word/vbaProject.bin", b"x"), ["macros"], id="macros"),
        pytest.param(with_member("word/media/a.bmp", b"\0" * 30_000_000), ["unpacks"], id="a bomb"),
        pytest.param(changed(word__document=b" " * (archive.MAX_PART + 1)), ["unpacks"], id="a huge part"),
        pytest.param(changed(word__document=BOMB + (BODY % "&b;").encode()), ["entities"], id="entities"),
        pytest.param(changed(word__document=OUTSIDE + (BODY % "&a;").encode()), ["entities"], id="outside entity"),
        pytest.param(
            package(para("x"), styles="x").replace(b"PK\x05\x06", b"PK\x05\x07"), ["damaged"], id="no directory"
        ),
        pytest.param(DEEP, ["damaged"], id="nested too deep"),
        pytest.param(package(para(run("a" * 1_000_001))), ["unpacks"], id="a line of a million characters"),
    ],
)  # fmt: skip
def test_each_refusal_names_the_file_and_the_reason(data: bytes, words: list[str]) -> None:
    message = refusal(data)
    assert NAME in message
    assert all(word in message for word in words), message


def test_an_outside_entity_in_another_part_is_refused_too() -> None:
    data = with_member("word/numbering.xml", OUTSIDE + b"<w:numbering xmlns:w='x'>&a;</w:numbering>")
    found = members_of(data)
    found["word/_rels/document.xml.rels"] = members_of(package(para(), numbering="x"))["word/_rels/document.xml.rels"]
    assert "entities" in refusal(zipped(found))


def test_a_crc_that_lies_is_damage() -> None:
    data = bytearray(zipped_stored())
    at = data.find("Kế hoạch".encode())
    data[at : at + 2] = b"XX"
    assert "damaged" in refusal(bytes(data))


def zipped_stored() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as stored:
        for name, content in members_of(GOOD).items():
            stored.writestr(name, content)
    return out.getvalue()


def test_a_bomb_is_refused_by_its_list_without_unpacking() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for index in range(4):
            opened.writestr(f"word/media/{index}.bin", b"\0" * 80_000_000)
    began = time.process_time()
    assert "unpacks" in refusal(out.getvalue())
    assert time.process_time() - began < 0.5


def test_too_many_members_are_refused() -> None:
    assert "unpacks" in refusal(zipped({f"word/{index}": "" for index in range(archive.MAX_MEMBERS + 1)}))


def test_missing_side_parts_do_no_harm() -> None:
    """A relationship to styles or numbering that are not there: the text is read without them."""
    found = members_of(package(listed("Kế hoạch", 1), numbering="", styles=""))
    del found["word/numbering.xml"], found["word/styles.xml"]
    assert extract(zipped(found), NAME).items[0].text == "Kế hoạch"


def test_the_kind_is_told_by_the_bytes_not_the_name() -> None:
    assert sniff(GOOD) == "docx"
    assert extract(GOOD, "wrong.pdf").items[0].text == "Kế hoạch"


# -- size -------------------------------------------------------------------------------------------------------------


def test_a_hundred_thousand_paragraphs_are_read_in_linear_time() -> None:
    seconds = []
    for count in (25_000, 100_000):
        data = package("".join(para(f"Nội dung thứ {index}.") for index in range(count)))
        began = time.process_time()
        assert len(extract(data, NAME).items) == count
        seconds.append(time.process_time() - began)
    assert seconds[1] < max(seconds[0], 0.2) * 8, seconds


def test_more_paragraphs_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_LINES", 100)
    message = refusal(package(para("x") * 101))
    assert "100" in message
    assert NAME in message
    assert "100" in refusal(package(table(*[row("a", "b")] * 101)))


def test_a_table_of_two_thousand_rows_is_read() -> None:
    rows = (row(str(index), "Nội dung công việc", "2024", "Phòng GDĐT") for index in range(2_000))
    (only,) = extract(package(table(row("TT", "Việc", "Năm", "Đơn vị"), *rows)), NAME).items
    assert len(only.rows) == 2_001


def thirty_pages() -> bytes:
    numbering = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"))
    words = "Tăng cường ứng dụng công nghệ thông tin trong dạy học và quản lý tại các nhà trường trên địa bàn "
    body = []
    for page in range(30):
        body.append(listed(f"Nội dung {page}", 1, 0))
        for place in range(4):
            body.append(listed(f"Việc {place}", 1, 1))
            body += [listed("".join(words) * 2 + ";", 1, 2) for _ in range(3)]
        body.append(table(*[row("1", "Máy tính", "10", words)] * 6) + para())
    return package("".join(body), numbering=numbering + num(1, 0))


def test_thirty_pages_take_less_than_three_seconds() -> None:
    data = thirty_pages()
    began = time.process_time()
    reading = read(data, NAME)
    took = time.process_time() - began
    assert len(reading.tables) == 30
    assert took < 3, f"{took:.1f} s"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000
