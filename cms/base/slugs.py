"""Addresses in ASCII. Django's own slugify drops đ and cuts Vietnamese words to pieces, so letters are
transliterated first (law 19)."""

import re
import unicodedata

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def ascii_slug(text: str, max_length: int = 120) -> str:
    """Lower-case, hyphenated ASCII: ``Đống Đa, lễ kỷ niệm`` -> ``dong-da-le-ky-niem``.

    Cut at a word boundary when longer than ``max_length``; empty when nothing of the text can be spelt.
    """
    slug = _NOT_WORD.sub("-", anyascii(unicodedata.normalize("NFC", text)).lower()).strip("-")
    if len(slug) <= max_length:
        return slug
    cut = slug[:max_length]
    return cut.rpartition("-")[0] or cut if slug[max_length] != "-" else cut
