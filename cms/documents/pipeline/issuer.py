"""Who issued a document: from the letterhead, from the sentence "X ban hành Kế hoạch …", with its territory.

A letterhead often splits the name ("UBND HUYỆN X" above "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"), and a sentence shortens
it ("Phòng GDĐT", "Ủy ban nhân dân Thành phố"); the territory then comes from the body above or from the text
itself.
"""

import re
from collections.abc import Iterable, Sequence

from . import names
from .characters import CAPITALS

_NAME_WORD = rf"[{CAPITALS}][^\W\d_{CAPITALS}]{{0,7}}"
_UNIT = r"(?:[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Tt]hị trấn|TP\.?)"
_TERRITORY = re.compile(rf"\b(?P<unit>{_UNIT})\s(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{0,3}}|\d{{1,2}}\b)")
_VERBS = r"(?:ban hành|xây dựng|triển khai|đề nghị|hướng dẫn|báo cáo|yêu cầu|thông báo|lập|tổ chức|trân trọng)"
_WORDS = "|".join(
    rf"{word[0].upper()}{word[1:]}" if word not in ("ubnd", "hđnd") else word.upper()
    for word in names.ORGANISATION_WORDS
)
_SENTENCE = re.compile(
    rf"^(?:Nay,?\s+)?(?P<name>(?:{_WORDS})\b[^,;:.]{{0,110}}?)\s+(?:(?:sẽ|đã|tiếp tục|trân "
    rf"trọng)\s+)?{_VERBS}\b"
)
_AUTHORITY = re.compile(
    r"^(?:HIỆU TRƯỞNG|GIÁM ĐỐC|TRƯỞNG|CHỦ TỊCH|BỘ TRƯỞNG|THỦ TRƯỞNG|CHÁNH)\s+(?=(?:TRƯỜNG|PHÒNG|SỞ|BỘ|ỦY "
    r"BAN|UỶ BAN|UBND|BAN|"
    r"TRUNG TÂM|VĂN PHÒNG|GIÁO DỤC)\b)"
)
_BARE_UNIT = re.compile(rf"\s(?P<unit>{_UNIT})$")
_NEEDS_TERRITORY = re.compile(r"^(?:Phòng|Sở|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|UBND|HĐND)\b")
_HAS_TERRITORY = re.compile(rf"\b{_UNIT}\s[{CAPITALS}\d]")


def from_letterhead(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Issuer and its parent from the lines of a letterhead's left column, names that go on over lines
    joined.
    """
    offices: list[str] = []
    for line in lines:
        if offices and (not names.starts_organisation(line) or names.is_torn(offices[-1], line)):
            offices[-1] += f" {line}"
        elif names.starts_organisation(line):
            offices.append(line)
    offices = [names.organisation(office) for office in offices]
    if not offices:
        return None, None
    issuer, parent = offices[-1], offices[-2] if len(offices) > 1 else None
    if parent and _NEEDS_TERRITORY.match(issuer) and not _HAS_TERRITORY.search(issuer):
        if match := _TERRITORY.search(parent):
            issuer += f" {_plain_unit(match['unit'])} {match['name']}"
    return issuer, parent


def from_sentence(text: str) -> str | None:
    """The office that speaks in "Phòng … ban hành Kế hoạch …", as printed; None where no office does."""
    match = _SENTENCE.match(text)
    return match["name"].strip() if match else None


def from_authority(text: str) -> str | None:
    """The office in the authority line of a decision: "HIỆU TRƯỞNG TRƯỜNG TIỂU HỌC X"."""
    if not names.is_capitals(text) or len(text) > 160:
        return None
    if names.starts_organisation(text):
        return names.organisation(text)
    match = _AUTHORITY.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    return names.organisation(f"SỞ {rest}" if rest.startswith("GIÁO DỤC") and text.startswith("GIÁM ĐỐC") else rest)


def completed(name: str, texts: Iterable[str]) -> str:
    """A name from a sentence, written out, with its territory taken from the first of `texts` that names one.

    "Phòng GDĐT" becomes "Phòng Giáo dục và Đào tạo thành phố X"; "Ủy ban nhân dân Thành phố" gets the city's
    name.
    """
    name = names.expanded(" ".join(name.split()))
    if not _NEEDS_TERRITORY.match(name) or _HAS_TERRITORY.search(name):
        return name
    bare = _BARE_UNIT.search(name)
    unit = bare["unit"] if bare else None
    if bare:
        name = name[: bare.start()]
    found = _territory(texts, unit, name)
    if found:
        return f"{name} {found}"
    return f"{name} {unit}" if unit else name


def _territory(texts: Iterable[str], unit: str | None, name: str) -> str | None:
    """The first territory named, one written with the very same word for its unit before any other."""
    second = None
    for text in texts:
        for match in _TERRITORY.finditer(re.sub(r"\s\([A-ZĐ&-]{2,8}\)", "", text)):
            if unit and match["unit"].lower() != unit.lower():
                continue
            if not unit and name.startswith("Phòng") and match["unit"].lower() in ("tỉnh", "xã", "phường", "thị trấn"):
                continue
            if not unit and name.startswith("Sở") and match["unit"].lower() not in ("tỉnh", "thành phố", "tp", "tp."):
                continue
            if unit is None or match["unit"] == unit:
                return f"{match['unit']} {match['name']}"
            second = second or f"{match['unit']} {match['name']}"
    return second


def _plain_unit(unit: str) -> str:
    return unit if unit.startswith("TP") else unit[:1].lower() + unit[1:] if unit != "Thành phố" else unit
