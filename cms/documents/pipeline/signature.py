"""The end of a document: who receives it, who signed it and as what.

Form of the signature (Nghị định 30/2020/NĐ-CP): TM. (on behalf of), KT. (signs for the head), TL., TUQ. (by
order, by authority) name somebody else's office; the signer's own title is then the next line. Q. is an
acting head's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from search.text import strip_marks

from . import doctypes, marks, names
from .lines import Line, Repair

_RECIPIENTS = re.compile(r"^noi nh[a-z]n\b\s*:?\s*", re.IGNORECASE)
_FOR_ANOTHER = re.compile(r"^(?:(?:T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|TUQ)\s?[./]\s*|(?:T/M|K/T|T/L)\s+)", re.IGNORECASE)
_ACTING = re.compile(r"^Q\s?[./]\s*|^QUYỀN\s+", re.IGNORECASE)
_OWN_BEHIND_DASH = re.compile(r"^(?:K\s?/?\s?T|T\s?/?\s?L)\s?[./].{3,60}?[-–,]?\s+(?=PHÓ\s)", re.IGNORECASE)
_OFFICES = re.compile(
    r"^(?:pho )?(?:hieu truong|truong phong|giam doc|tong giam doc|chu tich|thu truong|bo truong|chanh van "
    r"phong|"
    r"chanh thanh tra|truong ban|bi thu|cuc truong|vu truong|vien truong|thu tuong|truong khoa|to truong|"
    r"chu nhiem|tong bi thu|tong cuc truong|nguoi lap|ke toan truong|truong tram)\b"
)
_SIGNED = re.compile(r"^\W*(?:đã ký|ký tên|ký, ?(?:ghi rõ họ tên|đóng dấu)|chữ ký|/-/|\[đã ký\]).*$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-–—•+*●]\s*)")
LONGEST = 45
"""Lines a list of recipients and a signature take at most; what stands further down is text again."""
_STRAY_PAGE = re.compile(r"(?<=[).;])\s+\d{1,3}$")


@dataclass
class Tail:
    """What the end of a document says; `rest` are lines that are neither recipients nor signature."""

    recipients: list[str] = field(default_factory=list)
    recipient_lines: list[Line] = field(default_factory=list)
    signer_name: str | None = None
    name_line: Line | None = None
    signer_title: str | None = None
    title_lines: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def is_recipients(line: Line) -> bool:
    """ "Nơi nhận:", also as OCR reads it ("Noi nhận")."""
    return bool(_RECIPIENTS.match(strip_marks(line.text)))


def is_office(text: str) -> bool:
    """A line of a signature naming an office: "KT. HIỆU TRƯỞNG", "TRƯỞNG PHÒNG"."""
    plain = _ACTING.sub("", text)
    named = _FOR_ANOTHER.match(text) or _OFFICES.match(strip_marks(plain))
    return bool(named) and len(text) <= 90 and names.is_capitals(re.sub(r"\(.*\)", "", text))


def find_tail(lines: Sequence[Line]) -> int:
    """Index of the first line of the recipients and signature; `len(lines)` where there are none."""
    end = len(lines)
    marked = [index for index, line in enumerate(lines) if len(line.text) < 200 and is_recipients(line)]
    if marked:
        start = marked[-1]
        above = range(max(0, start - 6), start)
        return next((i for i in above if is_office(lines[i].text) and _only_signs(lines[i + 1 : start])), start)
    offices = [index for index in range(max(0, end - 10), end) if is_office(lines[index].text)]
    return next((index for index in offices if _ends_there(lines[index + 1 :])), end)


def _only_signs(between: Sequence[Line]) -> bool:
    """Between an office that signs and the recipients stand names and offices; text means that it does not sign.

    "HIỆU TRƯỞNG TRƯỜNG X" above the articles of a short decision is who decides.
    """
    return not any(marks.parse(line.text) or line.text.endswith((":", ";", "./.")) for line in between)


def _ends_there(below: Sequence[Line]) -> bool:
    """Below an office that signs stand its signer's name and nothing that is text."""
    if any(len(line.text) > 90 or marks.parse(line.text) for line in below):
        return False
    return any(names.person(line.text) and not doctypes.by_word(line.text.strip(" :")) for line in below)


def read_tail(lines: Sequence[Line]) -> Tail:
    """Read the lines from `find_tail` on."""
    tail = Tail()
    in_list = False
    for line in lines:
        text = line.text
        if is_recipients(line):
            in_list = True
            tail.recipient_lines.append(line)
            _inline_recipients(text, tail)
        elif is_office(text):
            in_list = in_list and line.column == "left"
            tail.title_lines.append(line)
        elif _SIGNED.match(text):
            continue
        elif in_list and line.column != "right" and _belongs(line, tail):
            _recipient(line, tail)
        elif tail.recipient_lines and tail.signer_name is None and not line.column and _BULLET.match(text):
            _recipient(line, tail)  # the page ended beside the offices: the rest of the list stands on the next one
        elif tail.signer_name is None and names.person(text):
            tail.signer_name, tail.name_line = names.person(text), line
            in_list = in_list and line.column == "left"
        elif tail.title_lines and tail.signer_name is None and names.is_capitals(text) and len(text) < 90:
            tail.title_lines.append(line)
        else:
            tail.rest.append(line)
    tail.signer_title = _own_title(tail)
    return tail


def _inline_recipients(text: str, tail: Tail) -> None:
    inline = text.partition(":")[2].strip()
    tail.recipients += [part.strip(" .;-") for part in inline.split(";") if part.strip(" .;-")]


def _belongs(line: Line, tail: Tail) -> bool:
    """A line of the list: it has a bullet or a list's ending, or goes on from the line before."""
    text = line.text
    if _BULLET.match(text) or text.endswith((";", ",")):
        return True
    if names.person(text) and (line.blank_before or not tail.recipients):
        return False
    return not line.blank_before and (text[:1].islower() or "lưu" in text.lower())


def _recipient(line: Line, tail: Tail) -> None:
    text = line.text
    tail.recipient_lines.append(line)
    if "lưu" in text.lower() and (match := _STRAY_PAGE.search(text)):
        tail.repairs.append(Repair(line.number, text, text[: match.start()]))
        text = text[: match.start()]
    entry = _BULLET.sub("", text).strip().rstrip(";.,/").strip()
    if not entry:
        return
    if not _BULLET.match(line.text) and text[:1].islower() and tail.recipients:
        tail.recipients[-1] += f" {entry}"
    else:
        tail.recipients.append(entry)


def _own_title(tail: Tail) -> str | None:
    """The signer's own title: the last line that does not name somebody else's office."""
    own = None
    for line in tail.title_lines:
        if match := _OWN_BEHIND_DASH.match(line.text):
            own = line.text[match.end() :]
        elif not _FOR_ANOTHER.match(line.text):
            own = line.text if is_office(line.text) or own is None else f"{own} {line.text}"
    if own is None:
        if tail.title_lines:
            tail.warnings.append(
                _("Line %(line)d: signed for somebody else (“%(raw)s”); the signer’s own title is not in the text.")
                % {"line": tail.title_lines[0].number, "raw": tail.title_lines[0].text}
            )
        return None
    acting = _ACTING.match(own)
    title = _sentence(_ACTING.sub("", own))
    return f"Quyền {title}" if acting else title


def _sentence(title: str) -> str:
    """ "PHÓ HIỆU TRƯỞNG" as a sentence writes it: "Phó Hiệu trưởng"."""
    if not names.is_capitals(title):
        return title
    office = _OFFICES.match(strip_marks(title))
    cut = office.end() if office else 0
    own, rest = title[:cut].lower(), title[cut:].strip()
    own = own[:1].upper() + own[1:].replace("văn phòng", "Văn phòng")
    own = re.sub(r"^Phó (\w)", lambda match: f"Phó {match[1].upper()}", own)
    if strip_marks(rest) == "phu trach":
        rest = rest.lower()
    return f"{own} {names.organisation(rest)}".strip() if rest else own
