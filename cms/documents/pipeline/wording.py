"""The words around a figure: what is measured, for which part, what is left out."""

import re

_WITHOUT = re.compile(
    r"\s*\(?\s*\b(?:không bao gồm|không kể|không tính|ngoại trừ|trừ trường hợp)\s+([^();]{1,200})\)?", re.IGNORECASE
)
_SCOPE = re.compile(
    r"(?:^|\s)(?:ở|tại|đối với|thuộc|cho)\s+(?:các\s+)?"
    r"((?:vùng|bậc|cấp|khu vực|địa bàn(?! thành phố| tỉnh| huyện| quận| xã)"
    r"|trường (?:trung học|tiểu học|mầm non|thcs|thpt))\b[^;.()]{0,100}?)"
    r"(?=\s+(?:thực hiện|được|đạt|có|triển khai|để|sử dụng|tham gia|dùng|trả|nộp)\b|[;.()]|$)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:phấn đấu|đến|trong|hàng năm|hằng năm|đạt|có|cho|với|và|là|trong đó|cụ thể|về [^:]{3,80}:)(?=[\s,:])[\s,:]*"
    r"|(?:hết\s+)?năm\s+20\d\d(?:\s*[-–]\s*20\d\d)?[\s,:]*|20\d\d[\s,:]*)+",
    re.IGNORECASE,
)
_ONLY_SCOPE = re.compile(r"^\W*(?:ở|tại|đối với|thuộc)\s", re.IGNORECASE)
_SHARE = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|số lượng|mức độ)\b", re.IGNORECASE)
_PER = re.compile(
    r"(?<!\w)(mỗi\s+[^;.():]{2,60}?)"
    r"(?=\s+(?:chọn|lựa chọn|xây dựng|có|thành lập|tổ chức|mở|thí điểm|triển khai|phải|đạt)\b)",
    re.IGNORECASE,
)


def measure(before: str, after: str) -> str:
    """The words of what is measured: before the figure ("Tỷ lệ … đạt 80%") or behind it ("80% cơ sở …")."""
    before, after = _WITHOUT.sub("", before), _WITHOUT.sub("", after)
    before = _LEADING.sub("", " ".join(before.split())).strip(" ,:-–")
    after = " ".join(after.split()).strip(" ,:-–")
    before = re.sub(r"\s*(?:đạt|là|đạt tỷ lệ|chiếm)$", "", before)
    share = _SHARE.search(before)
    if share:
        return before[share.start() :]
    if after and not _ONLY_SCOPE.match(f"{after} "):
        part = _SCOPE.search(f" {after}")
        spaced = f" {after}"
        rest = f"{spaced[: part.start()]} {spaced[part.end() :]}" if part else after
        return " ".join(rest.split()).strip(" ,")
    return before


def scope(text: str) -> str:
    """The part a figure holds for: "vùng …", "bậc tiểu học"; or "mỗi quận" where it is a figure for each of them."""
    match = _SCOPE.search(text)
    match = match or _PER.search(text)
    return " ".join(match[1].split()).strip(" ,") if match else ""


def excludes(text: str) -> str:
    """What is left out of the figure ("không bao gồm …")."""
    match = _WITHOUT.search(text)
    return " ".join(match[1].split()).strip(" ,.") if match else ""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage without spaces, signs and unpaired brackets at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",;:-–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.-–"):
        end -= 1
    while end > start and text[end - 1] in "()" and text.count("(", start, end) != text.count(")", start, end):
        end -= 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return start, end
