"""Characters: Unicode form, look-alikes, control characters."""

import re
import unicodedata

# "Ð" and "ð" are the Icelandic letters many fonts show exactly like the Vietnamese "Đ" and "đ"; "Ɖ" is
# African.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
_SPACES = str.maketrans(
    dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        " ",
    )
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CYRILLIC = str.maketrans("АВЕКМНОРСТХаеорсухіІ", "ABEKMHOPCTXaeopcyxiI")
_MIXED_WORD = re.compile(r"\b(?=\w*[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9])(?=\w*[\u0400-\u04ff])\w{1,64}\b")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")

CAPITALS = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Capital letters, for the inside of a character class: Unicode mixes the two cases in its Vietnamese block.
"""

_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0102\u0103]")
_LETTER = re.compile(r"[^\W\d_]")


def nfc(text: str) -> str:
    """Composed form: offsets everywhere are offsets into this."""
    return unicodedata.normalize("NFC", text)


def without_lookalikes(text: str) -> tuple[str, int]:
    """`text` with look-alike letters, odd spaces and invisible characters put right, and how many letters
    changed.
    """
    fixed = _INVISIBLE.sub("", text.translate(_SPACES)).translate(_LOOKALIKES)
    if any("\u0400" <= char <= "\u04ff" for char in set(fixed)):
        fixed = _MIXED_WORD.sub(lambda match: match[0].translate(_CYRILLIC), fixed)
    changed = (
        sum(text.count(char) for char in "ÐðƉɖ")
        + sum(1 for char in text if "\u0400" <= char <= "\u04ff")
        - sum(1 for char in fixed if "\u0400" <= char <= "\u04ff")
    )
    return fixed, changed


def without_controls(text: str) -> tuple[str, int]:
    """`text` without control characters other than those that end a line or page, and how many were
    dropped.
    """
    return _CONTROL.subn("", text)


def vietnamese_share(text: str) -> float:
    """Share of letters that only (well-encoded) Vietnamese uses."""
    letters = len(_LETTER.findall(text))
    return len(_VIETNAMESE.findall(text)) / letters if letters else 0.0
