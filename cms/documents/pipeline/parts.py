"""The parts of a document: head and body, recipients and signature, appendices and attached regulations."""

import re
from collections.abc import Sequence

from . import dates, docnumbers, doctypes, marks, names, signature
from .letterhead import Letterhead, place_and_date
from .lines import Item, Line

ATTACHED = re.compile(
    r"\(?\s*(?:[Bb]an hành\s+)?(?:[Kk]èm theo|[Đđ]ính "
    r"kèm)\s+(?P<type>[^\W\d_]+(?:\s[^\W\d_]+){0,3}?)\s+(?:số\s*:?\s*)?"
    rf"(?P<number>{docnumbers.NUMBER})\s*,?\s*(?P<date>{dates.date_pattern('at')})?(?:\s*của\s+(?P<issuer>[^)]{{3,120}}))?"
)
"""What names the document an appendix belongs to: "(Kèm theo Kế hoạch số … ngày … của …)"."""


def appendix_start(items: Sequence[Item]) -> int:
    """Index of the first appendix heading or attached regulation below the signature."""
    signed = next((i for i, item in enumerate(items) if isinstance(item, Line) and signature.is_recipients(item)), None)
    for index, item in enumerate(items):
        if not isinstance(item, Line) or index < 3:
            continue
        if marks.appendix(item.text):
            return index
        if signed is not None and index > signed and is_attached_title(items, index):
            return index
    return len(items)


def is_attached_title(items: Sequence[Item], index: int) -> bool:
    """A second title below the signature: "QUY CHẾ" in capitals with "(Ban hành kèm theo …)" close below."""
    item = items[index]
    if not isinstance(item, Line) or not names.is_capitals(item.text):
        return False
    if not (doctypes.by_word(item.text) or doctypes.by_first_words(item.text)):
        return False
    following = [other.text for other in items[index + 1 : index + 6] if isinstance(other, Line)]
    return any(ATTACHED.match(text) for text in following)


def take_closing_date(head: Letterhead, body: list[Item], tail: signature.Tail) -> None:
    """Reports and minutes often print place and date above the signature instead of at the top."""
    for item in body[-4:]:
        if isinstance(item, Line) and len(item.text) < 90 and (found := place_and_date(item.text)):
            if found[1] and (tail.title_lines or tail.name_line):
                head.place, head.issued_on = found
                head.date_line = item
                body.remove(item)
                return


def tail_start(main: Sequence[Item]) -> int:
    positions = [index for index, item in enumerate(main) if isinstance(item, Line)]
    start = signature.find_tail([main[index] for index in positions])
    return positions[start] if start < len(positions) else len(main)
