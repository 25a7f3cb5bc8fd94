"""PDF files written by hand: text at given places, rules, a picture, a password. No library, so nothing is tidied."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Page:
    """`texts`: (x, y from the top, text[, size[, font]]), every letter half its size wide; `rules`: x0, y0, x1, y1."""

    texts: Sequence[tuple] = ()
    rules: Sequence[tuple[float, float, float, float]] = ()
    picture: bytes = b""
    extra: bytes = b""
    rotate: int = 0
    size: tuple[int, int] = (WIDTH, HEIGHT)
    fonts: Sequence[str] = field(default=("TimesNewRoman", "TimesNewRoman-Bold", ".VnTime"))


def lines(
    texts: Iterable[str], x: float = 72, y: float = 100, size: float = 12, pitch: float = 18, font: int = 0
) -> list:
    """Texts below each other."""
    return [(x, y + index * pitch, text, size, font) for index, text in enumerate(texts)]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """All rules of a table."""
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def _content(page: Page) -> bytes:
    height = page.size[1]
    out = []
    for text in page.texts:
        x, y, string, size, font = (*text, 12, 0)[:5] if len(text) < 5 else text
        if len(text) == 4:
            size, font = text[3], 0
        code = string.encode("utf-16-be").hex()
        out.append(f"BT /F{font} {size} Tf 1 0 0 1 {x} {height - y} Tm <{code}> Tj ET")
    for x0, y0, x1, y1 in page.rules:
        out.append(f"0.5 w {x0} {height - y0} m {x1} {height - y1} l S")
    if page.picture:
        out.append(f"q {page.size[0]} 0 0 {height} 0 0 cm /Im Do Q")
    return "\n".join(out).encode() + page.extra


def _to_unicode() -> bytes:
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high <= 0xDF]
    parts = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    body = "\n".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + body + "\nendcmap end end"
    ).encode()


def pdf(pages: Sequence[Page], password: str | None = None) -> bytes:
    """The file. With a password it is encrypted (40 bits RC4, the oldest way, which every reader knows)."""
    objects: list[bytes] = [b"", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(content: bytes, more: str = "") -> bytes:
        packed = zlib.compress(content)
        return f"<< /Length {len(packed)} /Filter /FlateDecode {more}>>\nstream\n".encode() + packed + b"\nendstream"

    kids = []
    fonts: dict[str, int] = {}
    unicode_map = 0
    for page in pages:
        for name in page.fonts if page.texts else ():
            if name not in fonts:
                unicode_map = unicode_map or add(stream(_to_unicode()))
                below = add(
                    f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500 "
                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode()
                )
                fonts[name] = add(
                    f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
                    f"/DescendantFonts [{below} 0 R] /ToUnicode {unicode_map} 0 R >>".encode()
                )
        used = " ".join(f"/F{i} {fonts[name]} 0 R" for i, name in enumerate(page.fonts)) if page.texts else ""
        image = ""
        if page.picture:
            more = "/Type /XObject /Subtype /Image /Width 100 /Height 140 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            image = f"/XObject << /Im {add(stream(page.picture, more))} 0 R >>"
        content = add(stream(_content(page)))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}] /Rotate {page.rotate} "
                f"/Resources << /Font << {used} >> {image} >> /Contents {content} 0 R >>".encode()
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    trailer = ""
    if password is not None:
        owner = _rc4(hashlib.md5((password.encode() + _PADDING)[:32]).digest()[:5], _PADDING)
        start = (password.encode() + _PADDING)[:32] + owner + (-44).to_bytes(4, "little", signed=True) + b"0" * 16
        key = hashlib.md5(start).digest()[:5]
        user = _rc4(key, _PADDING)
        add(f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -44 >>".encode())
        trailer = f"/Encrypt {len(objects)} 0 R /ID [<{(b'0' * 16).hex()}> <{(b'0' * 16).hex()}>]"
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
