"""Figures in a sentence with what stands before them: "ít nhất 70%", "từ 15% trở lên", "1 đến 2 đơn vị", "02/05"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from . import dates

AT_LEAST, MORE, EQUAL, AT_MOST, LESS, ABOUT, RANGE = ">=", ">", "=", "<=", "<", "~", "range"

GRADES = ("mức", "mức độ", "cấp độ", "hạng")

_WORDS = (
    (AT_LEAST, r"ít nhất(?: là)?|tối thiểu(?: là)?|không dưới|không ít hơn|không thấp hơn|chí ít|≥|>="),
    (AT_MOST, r"tối đa(?: là)?|nhiều nhất|không quá|không vượt quá|không nhiều hơn|không cao hơn|≤|<="),
    (MORE, r"trên|hơn|vượt|cao hơn|nhiều hơn|lớn hơn|>"),
    (LESS, r"dưới|ít hơn|thấp hơn|nhỏ hơn|<"),
    (ABOUT, r"khoảng|gần|xấp xỉ|chừng|ước(?: đạt)?|~|≈"),
)
_COMPARED = "|".join(f"(?P<c{i}>{words})" for i, (_, words) in enumerate(_WORDS))
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+(?:[.,]\d{1,2})?"
COUNTED = (
    "trường", "trung tâm", "đơn vị", "cơ sở", "thư viện", "phòng học", "phòng máy", "phòng", "mô hình", "phần mềm",
    "ứng dụng", "trang thiết bị", "thiết bị", "máy tính", "máy chiếu", "máy", "bộ máy", "bộ", "lớp tập huấn",
    "lớp bồi dưỡng", "lớp học", "lớp", "học liệu", "bài giảng", "khóa học", "khóa", "cuộc", "hội nghị", "hội thảo",
    "câu lạc bộ", "giáo viên", "học sinh", "cán bộ", "người", "xã", "phường", "dự án", "sản phẩm", "tiết", "buổi",
    "lượt", "đợt", "chuyên đề", "nền tảng", "hệ thống", "dịch vụ", "thủ tục", "tài khoản", "chủ đề", "tin", "bài",
)  # fmt: skip
_NOUN = "|".join(sorted(COUNTED, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?:(?<!\w)(?P<average>(?:đạt\s+)?(?:mức\s+)?(?:trung bình|bình quân))\s+)?"
    rf"(?:(?<!\w)(?:{_COMPARED})\s*)?"
    rf"(?<![\w.,/-])(?P<one>{_NUMBER})"
    rf"(?:\s?(?P<percent1>%)?\s?(?P<join>-|–|đến|lên(?: đến| tới)?|hoặc)\s?(?P<two>{_NUMBER})(?![\d/])"
    r"|/(?P<of>\d{1,4})(?![\d/]))?"
    rf"(?:\s?(?P<percent>%|phần trăm\b)|\s+(?P<noun>{_NOUN})(?!\w))"
    r"(?P<after>\s+(?:trở (?P<up>lên)|trở (?P<down>xuống))\b)?",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?<!\w)đạt\s+(?:chuẩn\s+)?(?P<noun>mức độ|mức|cấp độ|hạng)\s+(?P<one>\d)(?!\d|\s?%|[.,/]\d)", re.IGNORECASE
)
_HIDDEN = re.compile(
    rf"(?i:{dates.date_pattern()})|\b\d+\s?/\s?(?:\d{{4}}\s?/\s?)?[A-ZĐ][\w&-]*(?:/[A-ZĐ]\w*)?"
    r"|(?i:\b(?:năm(?: học)?|giai đoạn|đến|trong|hết|trước)\s+20\d\d(?:\s*[-–]\s*20\d\d)?(?!\d|\s?%))"
)
_ORDINAL = re.compile(
    r"\b(?:lớp|khối|tháng|ngày|quý|khoản|điều|điểm|mục|phụ lục|chương|số|bước|tuần|giai đoạn|mức|mức độ|cấp độ|quận"
    r"|phường|thứ|lần|bậc)\s+\d{1,3}(?!\d|\s?%|[.,/]\d)(?:(?:\s*,\s*|\s+và\s+)\d{1,3}(?!\d|\s?%))*",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:đạt\s+)?(?:từ|tăng từ|giảm từ)\s*$", re.IGNORECASE)
_LOOK_BACK = 24


@dataclass(frozen=True)
class Figure:
    """A figure at `start`..`end` (with its comparator words): `value`, or `value`..`upper` of a range.

    `unit` is "%" or the counted word as printed; `total` the whole of a fraction ("02/05"); `average` for "trung bình";
    `stated`: compared by a word.
    """

    start: int
    end: int
    comparator: str
    value: Decimal
    unit: str
    upper: Decimal | None = None
    total: int | None = None
    average: bool = False
    stated: bool = False


def find_figures(text: str) -> Iterator[Figure]:
    """Figures in reading order. Dates, numbers of documents and scores ("58/100 điểm") are none."""
    plain = _HIDDEN.sub(_blank, text)
    counted = _ORDINAL.sub(_blank, plain)
    found = [_figure(counted, match) for match in _FIGURE.finditer(counted)]
    found += [
        Figure(match.start("noun"), match.end(), EQUAL, Decimal(match["one"]), match["noun"].lower())
        for match in _GRADE.finditer(plain)
    ]
    return iter(sorted((figure for figure in found if figure), key=lambda figure: figure.start))


def _figure(text: str, match: re.Match) -> Figure | None:
    comparator = next((sign for i, (sign, _) in enumerate(_WORDS) if match[f"c{i}"]), EQUAL)
    start = match.start()
    value, upper = decimal(match["one"]), None
    percent = bool(match["percent"])
    if match["percent1"] and not percent:
        return None
    if match["two"]:
        second = decimal(match["two"])
        if match["join"].startswith("lên"):
            value = second
        elif second > value:
            upper, comparator = second, RANGE
        else:
            return None
    since = _FROM.search(text[max(0, start - _LOOK_BACK) : start])
    if since:
        start -= len(since[0])
    if since and percent and comparator == EQUAL and not match["two"]:
        comparator = AT_LEAST
    if match["up"]:
        comparator = AT_LEAST
    elif match["down"]:
        comparator = AT_MOST
    unit = "%" if percent else match["noun"].lower()
    stated = comparator != EQUAL
    return Figure(
        start,
        match.end(),
        comparator,
        value,
        unit,
        upper,
        int(match["of"]) if match["of"] else None,
        bool(match["average"]),
        stated,
    )


def _blank(match: re.Match) -> str:
    return " " * len(match[0])


def decimal(text: str) -> Decimal:
    """A number as Vietnamese prints it: "1.250" is a thousand and more, "97,5" has a comma for its fraction."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        return Decimal(text.replace(".", ""))
    return Decimal(text.replace(",", "."))
