"""Names of offices and people: printed in capitals or shortened, written here as a sentence would."""

import re

_PHRASES = (
    "Hội đồng nhân dân", "Ủy ban nhân dân", "Uỷ ban nhân dân", "Giáo dục và Đào tạo", "Giáo dục & Đào tạo",
    "Giáo dục",
    "Tiểu học và Trung học cơ sở", "Trung học cơ sở và Trung học phổ thông", "Trung học cơ sở",
    "Trung học phổ thông",
    "Tiểu học", "Mầm non", "Mẫu giáo", "Văn phòng", "Thông tin và Truyền thông", "Khoa học và Công nghệ",
    "Nội vụ",
    "Kế hoạch và Đầu tư", "Tài chính", "Văn hóa", "Thể thao", "Lao động - Thương binh và Xã hội", "Tư pháp",
    "Y tế", "Xây dựng", "Chính phủ", "Thủ tướng", "Ban Chỉ đạo", "Giáo dục nghề nghiệp",
    "Giáo dục thường xuyên", "Văn hóa - Xã hội", "Văn hóa, Xã hội", "Xã hội", "Kinh tế", "Hành chính", "Đào tạo",
    "Tổ chức cán bộ", "Giáo dục trung học", "Giáo dục dân tộc", "Công nghệ thông tin", "Chính trị tư tưởng",
    "Khảo thí", "Thanh tra", "Kế hoạch - Tài chính", "Pháp chế", "Học sinh, sinh viên", "Dân tộc", "Tôn giáo",
    "Trung tâm", "Hội đồng", "Đảng bộ", "Chi bộ", "Đảng ủy", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy",
)  # fmt: skip
_UNITS = ("thành phố", "thị xã", "thị trấn", "huyện", "quận", "tỉnh", "xã", "phường", "đặc khu", "số")
_SHORT = {
    "UBND", "HĐND", "GDĐT", "GD&ĐT", "GD-ĐT", "THCS", "THPT", "TH", "MN", "TP", "TP.", "TW", "CNTT", "PTDTBT",
    "PTDTNT", "GDNN-GDTX", "GDTX", "TH-THCS", "TH&THCS", "VP", "TU", "TƯ", "NDTE",
}  # fmt: skip
_LOWER = {"và", "của", "về", "các", "cho", "&", "-", "–"}
_ROMAN = re.compile(r"^[IVX]{1,4}$")
_CASED = [(re.compile(rf"\b{re.escape(phrase.lower())}\b"), phrase) for phrase in _PHRASES]
_EDUCATION = re.compile(r"\bP?GD\s?(?:&|-|và)?\s?[ĐD]T\b")
ORGANISATION_WORDS = (
    "ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "hội đồng nhân dân", "hđnd", "bộ", "sở", "phòng",
    "trường", "trung tâm",
    "ban", "văn phòng", "huyện ủy", "tỉnh ủy", "thành ủy", "quận ủy", "đảng bộ", "đảng ủy", "chi bộ",
    "đảng cộng sản",
    "cục", "vụ", "viện", "học viện", "đại học", "hội", "liên đoàn", "công đoàn", "chính phủ", "thủ tướng",
    "quốc hội",
)  # fmt: skip
_COMPOUNDS = frozenset({"cơ sở", "ủy ban", "uỷ ban", "xã hội", "hội đồng", "liên đoàn", "công đoàn", "cán bộ"})
_STARTS = tuple(f"{word} " for word in ORGANISATION_WORDS)
_PERSON_PREFIX = re.compile(r"^(?:(?:PGS|GS|TS|ThS|Th\.s|CN|BS|NGƯT|NGND|Nhà giáo|Ông|Bà)\.?\s*,?\s*)+(?=[^\W\d_])")


def is_capitals(text: str) -> bool:
    """Printed in capitals: no lower-case letter, at least two capitals."""
    return sum(char.isupper() for char in text) >= 2 and not any(char.islower() for char in text)


def starts_organisation(text: str) -> bool:
    """Whether a text begins like the name of an office ("PHÒNG GIÁO DỤC …", "UBND huyện …")."""
    return f"{text.lower()} ".startswith(_STARTS)


def is_torn(before: str, following: str) -> bool:
    """Whether the end of a line tore a word of two syllables: "TRUNG HỌC CƠ" above "SỞ …" begins no new office."""
    words = [*before.split()[-1:], *following.split()[:1]]
    return " ".join(words).lower() in _COMPOUNDS


def organisation(text: str) -> str:
    """The name of an office in sentence form: "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN X" to "Phòng Giáo dục và
    …".
    """
    text = " ".join(text.split()).strip(" ,;:*-–")
    if not is_capitals(text):
        return text
    words = []
    for word in text.split(" "):
        if word in _SHORT or _ROMAN.match(word):
            words.append(word)
        elif word.lower() in _LOWER:
            words.append(word.lower())
        else:
            words.append("-".join(part.capitalize() for part in word.split("-")))
    plain = " ".join(words)
    lower = plain.lower()
    for pattern, phrase in _CASED:
        for match in pattern.finditer(lower):
            plain = plain[: match.start()] + phrase + plain[match.end() :]
    for unit in _UNITS:
        plain = re.sub(rf"(?<=\S )(?i:{unit})(?= \S)(?! hội)(?! Hội)", unit, plain)
    plain = plain.replace("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")
    return plain[:1].upper() + plain[1:]


def expanded(text: str) -> str:
    """Shortened words of an office's name written out: "Phòng GDĐT" is "Phòng Giáo dục và Đào tạo".

    Also reads the doubled "Phòng PGDĐT" (the P of the abbreviation is the word before it).
    """
    text = _EDUCATION.sub("Giáo dục và Đào tạo", text)
    return re.sub(r"\b(UBND)\b", "Ủy ban nhân dân", text)


def person(text: str) -> str | None:
    """The name of a person a line consists of, titles of study left out; None where it is something else."""
    text = _PERSON_PREFIX.sub("", " ".join(text.split()).strip(" .,;:()*"))
    words = text.split(" ")
    if not 2 <= len(words) <= 6 or any(char.isdigit() for char in text):
        return None
    if is_capitals(text) and all(word.isalpha() for word in words):
        words = [word.capitalize() for word in words]
    if all(word.isalpha() and word[0].isupper() and word[1:] == word[1:].lower() for word in words):
        return " ".join(words)
    return None
