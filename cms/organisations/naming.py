"""When do two spellings name the same organisation?"""

import re
import unicodedata

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SPELT_OUT = {
    "gddt": "giao duc va dao tao",
    "bgddt": "bo giao duc va dao tao",
    "sgddt": "so giao duc va dao tao",
    "pgddt": "phong giao duc va dao tao",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "hcm": "ho chi minh",
    "tx": "thi xa",
    "tt": "thi tran",
    "th": "tieu hoc",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "mn": "mam non",
}
_EDUCATION = re.compile(r"\b([bsp]?)gd\s*(?:&|-|\s)\s*dt\b")


def fold(text: str) -> str:
    """Lower case without marks: ``Ủy ban`` and ``Uỷ ban`` -> ``uy ban``."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def name_key(name: str) -> str:
    """The form under which a name is compared: folded, abbreviations spelt out, brackets and punctuation gone.

    ``UBND TP. Uông Bí`` and ``Ủy ban nhân dân (UBND) thành phố Uông Bí`` share one key. The level of a parent
    (``tỉnh``, ``huyện``) stays: two offices may differ in it alone.
    """
    text = _EDUCATION.sub(r"\1gddt", fold(_IN_BRACKETS.sub(" ", name)))
    words = _NOT_WORD.sub(" ", text).split()
    return " ".join(_SPELT_OUT.get(word, word) for word in words)[:200]


_ABBREVIATED = (
    ("phong giao duc va dao tao", "pgddt"),
    ("so giao duc va dao tao", "sgddt"),
    ("bo giao duc va dao tao", "bgddt"),
    ("giao duc va dao tao", "gddt"),
    ("uy ban nhan dan", "ubnd"),
    ("thanh pho", "tp"),
    ("trung hoc co so", "thcs"),
    ("trung hoc pho thong", "thpt"),
    ("tieu hoc", "th"),
    ("mam non", "mn"),
)


def short_slug(name: str) -> str:
    """A name for an address, abbreviated as offices do: ``pgddt-tp-uong-bi``."""
    key = name_key(name)
    for long, short in _ABBREVIATED:
        key = key.replace(long, short)
    return key.replace(" ", "-")
