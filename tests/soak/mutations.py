"""Files torn and put into disorder: ``mutation(kind, seed)`` is the same bytes every time, on every machine."""

from __future__ import annotations

import copy
import dataclasses
import io
import random
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from tests.documents.docx.made import abstract, level, listed, num, package, para, row, run, table, zipped
from tests.documents.pdf.made import Page, grid, lines, pdf

FILES = Path(__file__).parents[1] / "files"
PIECES = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\t" * 40, b"\n" * 40, b"I. ", b"II. ", "đ) ".encode(), b"(1) ", b"- ",
    "PHỤ LỤC 9".encode(), "Số: 1/KH-".encode(), "Căn cứ ".encode(), "Nơi nhận:".encode(), b"\xc3", b"9" * 300,
    "ngày 31 tháng 02 năm 2023".encode(), b"| | |", b"<i>", b"](mailto:", "Điều 1. ".encode(), "̣̀".encode(),
    "(sau đây viết tắt là".encode(), b"f) ", "Từ viết tắt:".encode(), b"[1]", "các Quyết định số 1/QĐ-TTg, ".encode(),
]  # fmt: skip
DRAWN = b"BT /F0 12 Tf 1 0 0 1 72 700 Tm <00410042> Tj ET q 1 0 0 1 0 0 cm 10 10 m 50 10 l 50 60 l h S Q"
MARK = {"text": b"", "docx": b"PK\x03\x04", "pdf": b"%PDF-1.5\n"}
"""What a file begins with is kept, so that the reader of its kind is what is tried."""


def mutation(kind: str, seed: int) -> bytes:
    """A file of the kind ("text", "docx", "pdf"), changed as the seed says."""
    return {"text": _text, "docx": _docx, "pdf": _pdf}[kind](random.Random(seed))


@cache
def _texts() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(FILES.glob("*.txt")))


def _text(dice: random.Random) -> bytes:
    """One to twelve times: a piece put in, bytes taken out, a byte changed, a stretch copied elsewhere."""
    data = bytearray(dice.choice(_texts()))
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0:
                data[at:at] = dice.choice(PIECES)
            case 1:
                del data[at : at + dice.randint(1, 400)]
            case 2:
                data[at : at + 1] = bytes([dice.randrange(256)])
            case 3:
                start = dice.randrange(len(data) + 1)
                data[at:at] = data[start : start + dice.randint(1, 600)]
    return bytes(data)


@cache
def _package() -> tuple[bytes, dict[str, bytes]]:
    """A Word document with a bit of everything, and its members."""
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("x")
    data = package(
        para(run("KẾ HOẠCH", "<w:b/>"), '<w:jc w:val="center"/>')
        + listed("Mục đích", 1)
        + para(field + '<w:r><w:footnoteReference w:id="1"/></w:r>')
        + table(row("TT", "Tên"), row("1", "Bàn"), row("2", table(row("a", "b")) + para()))
        + f"<w:sdt><w:sdtContent>{para(f'<w:ins>{run(chr(7853))}</w:ins>')}</w:sdtContent></w:sdt>"
        + '<w:sectPr><w:headerReference w:type="default" r:id="r-header"/></w:sectPr>',
        numbering=abstract(0, level(0, "upperRoman", "%1.")) + num(1, 0, {0: 3}),
        styles='<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
        footnotes=f'<w:footnote w:id="1">{para("ghi chú")}</w:footnote>',
        header=para("Độc lập - Tự do - Hạnh phúc"),
    )
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return data, {name: opened.read(name) for name in sorted(opened.namelist())}


def _docx(dice: random.Random) -> bytes:
    """The package torn; one part's XML torn and packed again with good sums; or well-formed, but in disorder."""
    data, parts = _package()
    kind = dice.random()
    if kind < 0.15:
        return MARK["docx"] + _torn(data[4:], dice)
    if kind > 0.4:
        name = dice.choice([name for name in parts if name.startswith("word/") and name.endswith(".xml")])
        return zipped(parts | {name: _disordered(parts[name], dice)})
    name = dice.choice(list(parts))
    return zipped(parts | {name: _torn(parts[name], dice)})


def _disordered(data: bytes, dice: random.Random) -> bytes:
    """Well-formed XML with elements taken out, doubled, moved into one another, renamed, or with odd values."""
    root = etree.fromstring(data)
    for _ in range(dice.randint(1, 8)):
        elements = list(root.iter())[1:]
        if not elements:
            break
        one, other = dice.choice(elements), dice.choice(elements)
        match dice.randrange(5):
            case 0:
                one.getparent().remove(one)
            case 1:
                other.append(copy.deepcopy(one))
            case 2:
                one.tag = other.tag
            case 3 if one.attrib:
                odd = dice.choice(("", "-1", "0", "9999999999", "bullet", "continue", "page", "TOC", "\uf0b7", "x"))
                one.set(dice.choice(sorted(one.attrib)), odd)
            case _:
                other.addprevious(copy.deepcopy(one))
    return etree.tostring(root)


def _torn(data: bytes, dice: random.Random) -> bytes:
    """One to six times: bytes out, doubled, changed, or copied over others; a digit made another number."""
    content = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, length = dice.randrange(len(content) or 1), dice.randint(1, 40)
        match dice.randrange(5):
            case 0:
                del content[at : at + length]
            case 1:
                content[at:at] = content[at : at + length] * dice.randint(1, 20)
            case 2:
                content[at : at + 1] = bytes([dice.randrange(256)])
            case 3:
                digits = [i for i, byte in enumerate(content) if 48 <= byte <= 57]
                if digits:
                    place = dice.choice(digits)
                    content[place : place + 1] = dice.choice((b"-1", b"0", b"99999999999999", b"x", b""))
            case _:
                other = dice.randrange(len(content) or 1)
                content[at : at + length] = content[other : other + length]
    return bytes(content)


@cache
def _pages() -> list[Page]:
    """A small plan: head, headings, a table across two pages, a footnote."""
    head = [(90, 60, "PHÒNG GDĐT VÍ DỤ"), (300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (120, 80, "Số: 5/KH-PGDĐT")]
    body = [
        "KẾ HOẠCH",
        "I. MỤC ĐÍCH",
        "Trồng thêm cây bóng mát ở sân trường, giữ cho cây sống qua mùa khô¹.",
        "a) Một;",
    ]
    xs, columns = (72, 200, 300, 500), ((80, "TT"), (210, "Cây"), (310, "Nơi"))
    cells = [(x, 320 + 30 * y, f"{word} {y}") for y in range(10) for x, word in columns]
    rules = grid(xs, [300 + 30 * y for y in range(11)])
    note = [(72, 780, "¹ Từ tháng Mười một đến tháng Tư.", 8)]
    return [
        Page([*head, *lines(body, y=120), *cells, *note], rules),
        Page([*lines(["II. VIỆC LÀM", "1. Chọn giống cây vào tháng Ba.", "d) Hai;", "đ) Ba."], y=500), *cells], rules),
        Page(lines(["Nơi nhận:", "- Như trên;", "- Lưu: VT."], y=200) + lines(["HIỆU TRƯỞNG", "Trần Ví Dụ"], x=350)),
    ]


@cache
def _pdfs() -> tuple[bytes, ...]:
    """The plan as it is; with a scanned page behind it; turned on its side; locked."""
    pages = _pages()
    turned = [dataclasses.replace(page, rotate=90) for page in pages]
    return pdf(pages), pdf([*pages, Page(picture=b"\x80" * 14_000)]), pdf(turned), pdf(pages, password="")


def _pdf(dice: random.Random) -> bytes:
    """A sound file of pages in disorder, or a good file torn."""
    if dice.random() < 0.4:
        return pdf([_strewn(page, dice) for page in dice.choices(_pages(), k=dice.randint(1, 4))])
    data = bytearray(dice.choice(_pdfs()))
    start = len(MARK["pdf"])
    for _ in range(dice.choice((1, 1, 2, 4, 10, 60))):
        if len(data) < 2 * start + 2:
            break
        kind, at = dice.randrange(5), dice.randrange(start, len(data))
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            del data[at : at + dice.randrange(1, 200)]
        elif kind == 2:
            data[at:at] = dice.randbytes(dice.randrange(1, 30))
        elif kind == 3:
            other = dice.randrange(start, len(data))
            data[at : at + 40] = data[other : other + 40]
        else:
            digits = [i for i in range(at, min(at + 400, len(data))) if 48 <= data[i] < 58]
            for i in digits[:6]:
                data[i] = 48 + dice.randrange(10)
    return bytes(data)


def _strewn(page: Page, dice: random.Random) -> Page:
    """Texts and rules moved, doubled, taken out, in odd sizes and fonts; the page turned, cut or scribbled on."""
    texts, rules = list(page.texts), list(page.rules)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(texts))
        x, y, words, size, font = (*texts[at], 12, 0)[:5] if len(texts[at]) < 5 else texts[at]
        match dice.randrange(6):
            case 0:
                texts[at] = (dice.uniform(-100, 700), dice.uniform(-100, 900), words, size, font)
            case 1:
                texts[at] = (x, y, words, dice.choice((0, 0.01, 1, 6, 40, 5000, -12)), dice.randrange(3))
            case 2:
                texts.insert(dice.randrange(len(texts)), (x + dice.uniform(-3, 3), y + dice.uniform(-9, 9), words))
            case 3 if len(texts) > 1:
                del texts[at]
            case 4:
                texts[at] = (
                    x,
                    y,
                    dice.choice(("", " ", "\u0323", "𝐀", "1", "| |", "d)", "a" * 3000, words[::-1])),
                    size,
                    font,
                )
            case _ if rules:
                line = [value + dice.choice((0, 0, 0.4, -200, 1e6)) for value in dice.choice(rules)]
                rules[dice.randrange(len(rules))] = tuple(line)
    scribbles = (
        b"",
        b"",
        b"q",
        b"Q Q Q",
        b"0 0 0 0 0 0 cm",
        b"1e38 0 0 1 0 0 cm (x) Tj",
        b"/F9 1 Tf",
        _torn(DRAWN, dice),
    )
    scribble = b"\n" + dice.choice(scribbles)
    return Page(
        texts, rules, extra=scribble, rotate=dice.choice((0, 0, 0, 90, 180, 270, 45)),
        size=dice.choice(((595, 842), (595, 842), (842, 595), (1, 1), (14_400, 14_400), (0, 842))),
    )  # fmt: skip


KINDS = ("text", "docx", "pdf")
