"""What can be read, and what is refused with the file's name, the reason and the way out."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from cms.documents.pipeline import MAX_BYTES, Unreadable, check_size, read
from cms.documents.pipeline.decode import decode

FILES = Path(__file__).resolve().parents[1] / "files"
CONVERTED = yaml.safe_load((FILES / "truth.yaml").read_text(encoding="utf-8"))["converted"]
PLAN = (FILES / "ke-hoach-hai-cot.txt").read_text(encoding="utf-8")


def refusal(data: bytes, name: str = "thu.txt") -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    with translation.override("en"):
        return str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["empty"]),
        (b" \r\n\t\n", ["empty"]),
        ("\ufeff\u200b\n".encode(), ["empty"]),
        (b"Ke hoach\x00so 1", ["NUL", "UTF-8"]),
        (b"\x00" * 400, ["NUL"]),
        (bytes(range(1, 32)) * 20, ["not text", "UTF-8"]),
        (b"%PDF-1.7 ...", ["PDF"]),
        (b"PK\x03\x04word/document.xml", ["damaged", ".docx"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, ["old Office version", ".docx"]),
        (b"{\\rtf1\\ansi Ke hoach}", [".docx", ".txt", "UTF-8"]),
        (b"<!DOCTYPE html><html><p>a</p></html>", [".docx", ".txt", "UTF-8"]),
        (b"\x89PNG\r\n\x1a\n", [".docx", ".txt", "UTF-8"]),
        (b"a" * 5_000_000, ["1,000,000"]),
        ("ấ".encode() * 1_200_000, ["1,000,000"]),
        ("Le théâtre fermé cet été, à la française".encode("latin-1"), ["encoding", "UTF-8"]),
        ("abc\ud800def".encode("utf-16-le", "surrogatepass"), ["UTF-8"]),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else "",
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, words: list[str]) -> None:
    message = refusal(data, "báo cáo.txt")
    assert "báo cáo.txt" in message
    assert all(word in message for word in words), message


@pytest.mark.parametrize("item", CONVERTED, ids=lambda item: item["word"])
@pytest.mark.parametrize("saved_as", ["bytes", "utf-8", "utf-16"])
def test_old_font_encodings_are_converted_and_told(item: dict, saved_as: str) -> None:
    data = (FILES / item["file"]).read_bytes()
    if saved_as != "bytes":  # the same text pasted into a Unicode editor
        data = data.decode("cp1252").encode(saved_as)
    decoded = decode(data, item["file"])
    assert decoded.text == item["text"]
    assert decoded.encoding == item["encoding"]
    with translation.override("en"):
        (warning,) = decode(data, item["file"]).warnings
        reading = read(data, item["file"])
    assert item["word"] in warning
    assert "Unicode" in warning
    assert warning in reading.warnings
    assert [node.text for node in reading.nodes if node.kind == "heading"] == item["headings"]
    assert reading.nodes == read(item["text"].encode(), item["file"]).nodes


@pytest.mark.parametrize("item", CONVERTED, ids=lambda item: item["word"])
@pytest.mark.parametrize("damage", ["\ufffd", "Ä"], ids=["lost", "foreign"])
def test_a_damaged_old_text_is_refused_with_the_way_out(item: dict, damage: str) -> None:
    text = (FILES / item["file"]).read_bytes().decode("cp1252")
    message = refusal((text + f"ng{damage}y ".join(["mai "] * 20)).encode(), item["file"])
    assert item["word"] in message
    assert "UniKey" in message
    assert item["file"] in message
    decode((text + f" ng{damage}y").encode(), item["file"])  # one letter in hundreds is read around


def test_size_is_refused_without_reading() -> None:
    check_size(MAX_BYTES, "vừa.txt")
    with pytest.raises(Unreadable) as caught:
        check_size(200 * 1024 * 1024, "to.txt")
    assert "to.txt" in str(caught.value)
    assert "200" in str(caught.value)
    assert "25" in str(caught.value)


def windows_1258(text: str) -> bytes:
    """Letters with their hats, then the tone as a byte of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append((base + "".join(part for part in parts if part in tones)).encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAN.encode("utf-8"), "utf-8"),
        (PLAN.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", PLAN).encode("utf-8"), "utf-8"),
        (PLAN.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + PLAN.encode("utf-16-be"), "utf-16-be"),
        (PLAN.encode("utf-16-le"), "utf-16-le"),
        (PLAN.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(PLAN), "windows-1258"),
    ],
    ids=["utf-8", "bom", "decomposed", "utf-16", "utf-16-be", "le-unmarked", "be-unmarked", "cp1258"],
)
def test_every_encoding_gives_the_same_composed_text(data: bytes, encoding: str) -> None:
    decoded = decode(data, "x.txt")
    assert decoded.text == PLAN
    assert decoded.encoding == encoding
    assert decoded.warnings == ()


def test_lookalikes_and_invisible_characters_are_put_right_and_told() -> None:
    text = "Quyết\u00a0định số 5/Q\u00d0-UBND c\u1ee7a \u200bUBND hu\u00adyện; họс tập"  # the с is Cyrillic
    decoded = decode(text.encode(), "x.txt")
    assert decoded.text == "Quyết định số 5/QĐ-UBND của UBND huyện; học tập"
    assert any("2" in warning for warning in decoded.warnings)


def test_russian_words_stay_russian() -> None:
    assert decode("Cuốn «Мир» dày".encode(), "x.txt").text == "Cuốn «Мир» dày"


def test_a_few_broken_bytes_are_read_around_and_told() -> None:
    data = PLAN.encode().replace("MONG MUỐN".encode(), b"MONG MU\xffN")
    decoded = decode(data, "x.txt")
    assert "LÝ DO VÀ MONG MU" in decoded.text
    line = data[: data.index(b"\xff")].count(b"\n") + 1
    assert any(str(line) in warning for warning in decoded.warnings)
