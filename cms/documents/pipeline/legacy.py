"""TCVN3 and VNI: text drawn with Latin-1 letters for fonts of its own, before Vietnamese had Unicode.

TCVN3 (also "ABC", the third set of TCVN 5712:1993; fonts .VnTime, .VnArial …) gives a letter with its marks one
byte. It has no capitals with tone marks: those are typed as small letters in a font of capitals (.VnTimeH). VNI
(fonts VNI-Times …) writes the marks as a second letter behind the vowel. Both decode as Windows-1252 without an
error, as nonsense, so they are recognised by how often their marks stand inside words, and by whether the words
they give have the shape of Vietnamese syllables.
"""

import re
import unicodedata

from search.text import strip_marks

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"

# From byte to letter as TCVN 5712:1993 numbers them; "." where the third set has no letter.
_TCVN3_LETTERS = (
    ("\xa1", "ĂÂÊÔƠƯĐăâêôơưđ"),
    ("\xb5", "àảãáạ.ằẳẵắ"),
    ("\xc6", "ặầẩẫấậè.ẻẽ"),
    ("\xd0", "éẹềểễếệìỉ...ĩíịò"),
    ("\xe1", "ỏõóọồổỗốộờởỡớợù"),
    ("\xf1", "ủũúụừửữứựỳỷỹýỵ"),
)
TCVN3 = {
    chr(ord(first) + place): letter
    for first, letters in _TCVN3_LETTERS
    for place, letter in enumerate(letters)
    if letter != "."
}
"""TCVN3's letters: the character as Windows-1252 shows it, and the letter it stands for."""

_VNI_TONES = dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_VNI_HATS = dict(zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_VNI_BREVES = dict(zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    """Small letters only, then the capitals of each; a capital may carry its mark in either size."""
    small = dict(_VNI_ALONE)
    for vowel in "aeouyôö":
        base = _VNI_ALONE.get(vowel, vowel)
        small |= {vowel + mark: base + tone for mark, tone in _VNI_TONES.items()}
    for vowel in "aeo":
        small |= {vowel + mark: vowel + "\u0302" + tone for mark, tone in _VNI_HATS.items()}
    small |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVES.items()}
    small = {code: unicodedata.normalize("NFC", letter) for code, letter in small.items()}
    small["yï"] = "ỵ"
    both = dict(small)
    for code, letter in small.items():
        both |= {code[0].upper() + code[1:]: letter.upper(), code.upper(): letter.upper()}
        if len(code) == 2:
            both[code[0] + code[1].upper()] = letter
    return both


VNI = _vni()
"""VNI's letters: one or two characters as Windows-1252 shows them, and the letter they stand for."""

ENCODINGS = ("tcvn3", "tcvn3-upper", "vni")

_TCVN3_TABLE = str.maketrans(TCVN3)
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
# Letters TCVN3 cannot write as capitals: their size is only known from the letters around them.
_OF_EITHER_SIZE = frozenset(letter for letter in TCVN3.values() if letter.islower()) - frozenset("ăâêôơưđ")

# A word in capitals that is no abbreviation: those hold no vowel with marks (but Đ: "GDĐT", "QĐ").
_MARKED_CAPITAL = re.compile("^(?=.*[ĂÂÊÔƠƯ])[A-ZĂÂÊÔƠƯĐ]{2,}$")

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0102\u0103]")
# In TCVN3 đ ê ô ơ ư â ă à á ả ã ạ are symbols that never stand inside a word of real text, and a heading in capitals
# has small letters behind its consonants.
_TCVN3_MARK = re.compile(
    r"(?<=[A-Za-z\xc0-\xff])[®ª«¬\xad©¨µ¶·¸¹§]|[®ª«¬\xad©¨µ¶·¸¹§](?=[A-Za-z\xc0-\xff])"
    r"|(?<=[BCDGHKLMNPQRSTVX])[\xdf-\xfe](?=[ACEGHIMNOPTUY])"
)
# In VNI the mark is a second letter behind the vowel: "hoäi", "Vieät", "cuûa".
_VNI_MARK = re.compile("[aeouyöôAEOUYÖÔ][ùøûõïáàåãäâêéèúüëÙØÛÕÏÁÀÅÃÄÂÊÉÈÚÜË]|(?<![A-Za-z])[ñÑ](?=[a-zöôA-ZÖÔ])")
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_FOREIGN = re.compile("[\x80-\x9fÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïðñöøûüþÿ\ufffd]")

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"(?:[-, ]*(?:Bold|Italic|Oblique|Regular|Normal|Roman(?=\b)|MT\b|PS\b))+$", re.IGNORECASE)


def convert(text: str, encoding: str) -> str:
    """`text`, as Windows-1252 shows it, in Unicode (NFC); what is no letter of `encoding` stays as it is.

    "tcvn3-upper" is TCVN3 in a font of capitals. In plain "tcvn3" a word is written in capitals throughout where its
    other letters are. Raises `ValueError` for an encoding that is none of `ENCODINGS`.
    """
    if encoding == "vni":
        return unicodedata.normalize("NFC", _VNI_CODE.sub(lambda match: VNI[match[0]], text))
    if encoding == "tcvn3-upper":
        return unicodedata.normalize("NFC", text.translate(_TCVN3_TABLE)).upper()
    if encoding == "tcvn3":
        lines = unicodedata.normalize("NFC", text.translate(_TCVN3_TABLE)).split("\n")
        return "\n".join(map(_with_capitals, lines))
    raise ValueError(encoding)


def _with_capitals(line: str) -> str:
    """ "HOạCH" is "HOẠCH", and "Kế" beside it "KẾ" where the line has no small letter that is certainly one."""
    if not any(_is_capital(match[0], 2) or _MARKED_CAPITAL.search(match[0]) for match in _WORD.finditer(line)):
        return line
    certain = [char for char in line if char.isalpha() and char not in _OF_EITHER_SIZE]
    enough = 1 if all(char.isupper() for char in certain) else 2
    return _WORD.sub(lambda match: match[0].upper() if _is_capital(match[0], enough) else match[0], line)


def _is_capital(word: str, enough: int) -> bool:
    """A word with letters of either size whose certain letters, at least `enough`, are all capitals."""
    certain = [char for char in word if char not in _OF_EITHER_SIZE]
    return enough <= len(certain) < len(word) and all(char.isupper() for char in certain)


def encoding_of_font(name: str) -> str | None:
    """The encoding a font of this name draws, or None for a Unicode font. Takes the names PDF files give, too."""
    family = _STYLE.sub("", _SUBSET.sub("", name.strip().strip("\"'")))
    if re.match(r"vni[-_ ]?[a-z]", family, re.IGNORECASE):
        return "vni"
    if re.match(r"\.vn-?[a-z]", family, re.IGNORECASE) or re.match(r"Vn[A-Z]", family):
        return "tcvn3-upper" if family[-1] in "Hh" else "tcvn3"
    return None


def recognise(text: str) -> str | None:
    """ "tcvn3" or "vni" when `text`, decoded as Unicode or Windows-1252, is really written for those fonts."""
    letters = len(_LETTER.findall(text))
    if not letters or len(_VIETNAMESE.findall(text)) > letters * 0.01:
        return None
    tcvn3, vni = len(_TCVN3_MARK.findall(text)), len(_VNI_MARK.findall(text))
    if tcvn3 >= 3 and tcvn3 > letters * 0.03 and _gives_syllables(text, "tcvn3"):
        return "tcvn3"
    if vni >= 3 and vni > letters * 0.04 and _gives_syllables(text, "vni"):
        return "vni"
    return None


def unreadable(text: str) -> int:
    """How many characters of a converted text are no Vietnamese letter and no sign: lost or damaged ones."""
    return len(_FOREIGN.findall(text))


def _gives_syllables(text: str, encoding: str) -> bool:
    """Whether what conversion changes are Vietnamese words; in French or German, read as VNI, they are not."""
    changed = [word for word in _WORD.findall(convert(text, encoding)) if not word.isascii()]
    fitting = sum(1 for word in changed if _SYLLABLE.fullmatch(strip_marks(word)))
    return fitting >= len(changed) * 0.7
