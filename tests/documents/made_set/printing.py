"""What the head of every form prints: the lines of the letterhead's two columns and of the title."""

from __future__ import annotations

from tests.documents.made_set.spec import Document, plain

HEAD_RULE = "––––––––––"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def left_head(document: Document) -> list[str]:
    """Offices, number, and a letter's "V/v"."""
    lines = list(document.offices)
    printed = document.number_printed or document.number
    if printed:
        lines.append(f"Số: {printed}")
    if document.is_letter:
        first, *rest = document.title.split("\n")
        lines += [f"V/v {plain(first)}", *map(plain, rest)]
    return lines


def right_head(document: Document) -> list[str]:
    """Motto, place and date."""
    lines = list(MOTTO)
    if document.day:
        when = document.day
        lines.append(f"{document.place}, ngày {when.day:02} tháng {when.month:02} năm {when.year}")
    return lines


def title_lines(document: Document) -> list[str]:
    """The title as printed below the type."""
    return [plain(line) for line in document.title.split("\n")]
