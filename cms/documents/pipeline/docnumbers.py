"""Numbers of documents ("1937/KH-PGDĐT", "19/2017/TT-BGDĐT", Party form "09-NQ/TU"): found, tidied,
repaired.
"""

import re

_SHORT = "KH|QĐ|QD|HD|ĐA|BC|QC|QyĐ|NQ|TTLT|TT|NĐ|ND|TB|CT|CTr|TTr|BB|GM|KL|PA|DA|CĐ|PL|HĐ|CV|VBHN|ĐL"
_SEGMENT = r"[A-ZĐÂÊÔƠƯĂ][A-Za-zĐđÂÊÔƠƯĂ&]{0,14}\d{0,2}"
_HYPHEN = "[-‐‑–—−]"  # what word processors make of a typed hyphen
# Departments behind a spaced hyphen ("4267/BGDĐT - CNTT"); with any other word the sentence may simply go on.
_DEPARTMENT = "CNTT|NCTT|VP|GDTrH|GDTH|GDMN|GDTX|GDPT|GDNN|KHTC|TCCB|QLCL|KTQLCL|CTHSSV|HTQT|KGVX|VX|KSTT|TTr|PC"
# One segment may be torn from its hyphen by a space ("271/QĐ- SGDĐT"), but only behind a type's abbreviation.
NUMBER = (
    r"\d{1,5}[a-zđ]?(?:\s?/\s?(?:19|20)\d{2})?\s{0,2}/\s{0,2}"
    rf"(?:(?:{_SHORT})\s?{_HYPHEN}\s?)?{_SEGMENT}(?:(?:[/.]|{_HYPHEN}\n?){_SEGMENT}){{0,4}}"
    rf"(?:\s?{_HYPHEN}\s?(?:{_DEPARTMENT})(?![\w&/-]))?"
    rf"|\d{{1,5}}\s?{_HYPHEN}\s?(?:{_SHORT})\s?/\s?{_SEGMENT}(?:(?:[.]|{_HYPHEN}){_SEGMENT}){{0,2}}"
)
_TYPED = re.compile(rf"^(?:{_SHORT})$")
_OFFICE = re.compile(
    r"GD&?-?ĐT|GDDT|G&ĐT|UBND|HĐND|SGD|PGD|BGD|TTg|^CP$|^T[ƯUW]$|^HU$|^QU$|^QH\d+$|^BCH|^THCS|^THPT|^TH|^MN|^VP|^BNV|^BTC"
)
_LOST_STROKE = re.compile(r"GD(?P<join>&?)DT(?![a-zđ])")
_LOST_TYPE = re.compile(r"(?<=[/\d-])(QD|ND)(?=-)")


def tidy(raw: str) -> str:
    """A number without the spaces print and OCR leave in it, and with plain hyphens: "396 /GDĐT" is "396/GDĐT"."""
    return re.sub(_HYPHEN, "-", re.sub(r"\s+", "", raw))


def repair(number: str) -> str:
    """A tidied number with the strokes OCR lost put back where the abbreviation is known: KH-PGDDT is
    KH-PGDĐT.

    GDĐT stands for giáo dục (và) đào tạo, QĐ for quyết định, NĐ for nghị định; nothing else is touched.
    """
    return _LOST_TYPE.sub(lambda match: match[0].replace("D", "Đ"), _LOST_STROKE.sub(r"GD\g<join>ĐT", number))


def is_certain(number: str) -> bool:
    """Whether a number found without a word before it is one for certain ("2/HS" in running text is not)."""
    symbols = [part for part in re.split(r"[/-]", tidy(number)) if not part[:1].isdigit()]
    if any(_OFFICE.search(symbol) for symbol in symbols):
        return True
    return len(symbols) > 1 and bool(_TYPED.match(symbols[0]))
