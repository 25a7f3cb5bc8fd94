"""The head of a document: number, date, type, issuer, title and the rest, each with the lines it was read
from.

What the text does not say stays None; nothing is guessed from a file's name or from other documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_of
from datetime import date

from django.utils.translation import gettext as _

from search.text import number_key, strip_marks

from . import dates, docnumbers, doctypes, issuer, marks, names, parts, signature
from .inline import is_rule
from .letterhead import Letterhead, date_digits, read_letterhead
from .lines import Item, Line, Repair, Table
from .metadata import Metadata, read_metadata

Evidence = tuple[tuple[int, ...], str]


@dataclass(frozen=True)
class Header:
    """What the document says of itself. `type` is a key of the site, `type_word` the Vietnamese word.

    `evidence` gives, for each field that was found, the source lines and the words there.
    """

    number: str | None = None
    number_key: str = ""
    type: str | None = None
    type_word: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    effective_from: date | None = None
    title: str | None = None
    signer_name: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    field: str | None = None
    period_raw: str | None = None
    evidence: dict[str, Evidence] = made_of(default_factory=dict)


@dataclass(frozen=True)
class HeaderReading:
    """The header, the rest of the stream (body, then appendices), and what was repaired or is in doubt."""

    header: Header
    body: tuple[Item, ...]
    appendices: tuple[Item, ...]
    repairs: tuple[Repair, ...]
    warnings: tuple[str, ...]


_PERIOD = re.compile(
    r"giai đoạn\s+\d{4}\s*[-–]\s*\d{4}(?:,?\s*(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?\d{4})?"
    r"|từ năm\s+\d{4}\s+đến\s+(?:hết\s+)?năm\s+\d{4}|năm học\s+\d{4}\s*[-–]\s*\d{4}|(?:học kỳ|"
    r"quý)\s+[IV\d]+[\s/,]*(?:năm\s+(?:học\s+)?)?\d{4}"
    r"|(?:đến\s+)?năm\s+\d{4}",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"(?:quyết định|thông tư|nghị quyết|nghị định|quy chế|quy định|văn bản|kế hoạch|hướng dẫn)\s+này\s+có "
    r"hiệu lực"
    r"(?:\s+(?:thi hành|thực hiện))?\s+(?:kể\s+)?từ\s+(?P<when>ngày ký|.{0,60})",
    re.IGNORECASE,
)


def read_header(items: Sequence[Item]) -> HeaderReading:
    """Take the head, the recipients and the signature out of the stream and read them."""
    metadata = read_metadata(items)
    stream = _without_rules(items[metadata.taken :])
    cut = parts.appendix_start(stream)
    main, appendices = stream[:cut], stream[cut:]
    tail_start = parts.tail_start(main)
    tail_end = tail_start + signature.LONGEST
    ending = main[tail_start:tail_end]
    tail = signature.read_tail([item for item in ending if isinstance(item, Line)])
    kept = [item for item in ending if isinstance(item, Table) or item in tail.rest]
    main = main[:tail_start] + kept + main[tail_end:]
    head = read_letterhead(main)
    body = [item for index, item in enumerate(main) if index not in head.taken]
    if head.date_line is None:
        parts.take_closing_date(head, body, tail)
    reader = _Reader(head, metadata, body, appendices)
    reader.signature(tail)
    return HeaderReading(
        header=reader.header(),
        body=tuple(body),
        appendices=tuple(appendices),
        repairs=(*head.repairs, *reader.repairs, *tail.repairs),
        warnings=(*reader.warnings, *tail.warnings),
    )


def _without_rules(items: Sequence[Item]) -> list[Item]:
    """The stream without lines that only draw ("––––" below a title); such a line parts like an empty one."""
    kept: list[Item] = []
    blank = 0
    for item in items:
        if isinstance(item, Line) and is_rule(item.text):
            blank += 1
            continue
        kept.append(replace(item, blank_before=item.blank_before + blank) if blank else item)
        blank = 0
    return kept


class _Reader:
    """Fills the header field by field; a field is set once, by its best witness first."""

    def __init__(self, head: Letterhead, metadata: Metadata, body: Sequence[Item], appendices: Sequence[Item]):
        self.head = head
        self.metadata = metadata
        self.preamble = _preamble(body)
        self.body = body
        self.appendices = appendices
        self.values: dict[str, object] = {}
        self.evidence: dict[str, Evidence] = {}
        self.repairs: list[Repair] = []
        self.warnings: list[str] = []

    def header(self) -> Header:
        for name, (value, line) in self.metadata.values.items():
            self._from_metadata(name, value, line)
        self._number()
        self._date()
        self._type()
        self._title()
        self._issuer()
        self._rest()
        number = self.values.get("number")
        return Header(**self.values, number_key=number_key(number) if number else "", evidence=self.evidence)

    def signature(self, tail: signature.Tail) -> None:
        if tail.recipients:
            self._set("recipients", tuple(tail.recipients), *tail.recipient_lines)
        if tail.name_line:
            self._set("signer_name", tail.signer_name, tail.name_line)
        if tail.signer_title:
            self._set("signer_title", tail.signer_title, *tail.title_lines)

    def _set(self, name: str, value: object, *lines: Line) -> None:
        if value and name not in self.values:
            self.values[name] = value
            self.evidence[name] = tuple(line.number for line in lines), "\n".join(line.text for line in lines)

    def _from_metadata(self, name: str, value: str, line: int) -> None:
        witness = Line(text=value, number=line)
        if name in ("issued_on", "effective_from"):
            self._set(name, dates.find_date(value), witness)
        elif name == "type":
            if kind := doctypes.by_word(value):
                self._set("type", kind.key, witness)
                self._set("type_word", kind.word, witness)
        elif name == "number":
            self._set("number", self._repaired(docnumbers.tidy(value), line), witness)
        elif name == "issuer":
            self._set("issuer", names.organisation(value), witness)
        elif name in ("signer_name", "signer_title", "title", "field"):
            self._set(name, value, witness)

    def _repaired(self, number: str, line: int) -> str:
        fixed = docnumbers.repair(number)
        if fixed != number:
            self.repairs.append(Repair(line, number, fixed))
        return fixed

    def _number(self) -> None:
        head = self.head
        if head.number:
            self._set(
                "number",
                self._repaired(docnumbers.tidy(head.number), head.number_line.number),
                head.number_line,
            )
        elif head.number_line:
            self.warnings.append(_("Line %(line)d: the number is left blank.") % {"line": head.number_line.number})
        attached = self._attached()
        if attached is None:
            return
        line, match = attached
        if not head.number_line:
            self._set("number", self._repaired(docnumbers.tidy(match["number"]), line.number), line)
        day = dates.from_match(match, "at") if match["date"] else None
        if day and self.head.issued_on and day != self.head.issued_on:
            self.warnings.append(
                _("Line %(line)d: the appendix says %(other)s, the head %(date)s; the head is used.")
                % {"line": line.number, "other": f"{day:%d/%m/%Y}", "date": f"{self.head.issued_on:%d/%m/%Y}"}
            )

    def _attached(self) -> tuple[Line, re.Match] | None:
        """The line under an appendix heading that names the document itself: "(Kèm theo Kế hoạch số …)"."""
        lines = [item for item in self.appendices[:12] if isinstance(item, Line)]
        for line, following in zip(lines, [*lines[1:], None], strict=False):
            text = date_digits(line.text)
            if not re.match(r"\W{0,2}\s*(?:[Bb]an hành\s+)?(?:[Kk]èm theo|[Đđ]ính kèm)", text):
                continue
            if ")" not in text and following:
                text = f"{text} {date_digits(following.text)}"
            if match := parts.ATTACHED.search(text):
                return line, match
        return None

    def _date(self) -> None:
        head = self.head
        if head.date_line:
            self._set("issued_on", head.issued_on, head.date_line)
            self._set("place", head.place, head.date_line)
        attached = self._attached()
        if attached and attached[1]["date"]:
            self._set("issued_on", dates.from_match(attached[1], "at"), attached[0])

    def _type(self) -> None:
        kind, line = self.head.type, self.head.type_line
        if kind is None and self.values.get("number"):
            kind, line = doctypes.by_number(str(self.values["number"])), self.head.number_line
        if kind is None and (attached := self._attached()):
            kind, line = doctypes.by_word(attached[1]["type"]), attached[0]
        if kind is None and self.head.addressees:
            kind, line = doctypes.LETTER, self.head.addressee_lines[0]
        if kind:
            self._set("type", kind.key, *([line] if line else []))
            self._set("type_word", kind.word, *([line] if line else []))

    def _title(self) -> None:
        if self.head.title_lines:
            self._set("title", self.head.title, *self.head.title_lines)

    def _issuer(self) -> None:
        office, parent = issuer.from_letterhead([line.text for line in self.head.office_lines])
        if office:
            self._set("issuer", issuer.completed(office, self._territories()), *self.head.office_lines)
            self._set("parent_issuer", parent, *self.head.office_lines)
            return
        for line in self.preamble:
            if name := issuer.from_authority(line.text) or issuer.from_sentence(line.text):
                if names.expanded(name) != name and "PGD" in name:
                    self.repairs.append(Repair(line.number, name, name.replace("PGD", "GD")))
                self._set("issuer", issuer.completed(name, self._territories()), line)
                return
        attached = self._attached()
        if attached and attached[1]["issuer"]:
            self._set("issuer", issuer.completed(attached[1]["issuer"], self._territories()), attached[0])

    def _territories(self) -> list[str]:
        """Where the office's territory may be named, nearest first: title, preamble, the whole text."""
        rest = [item.text for item in (*self.body, *self.appendices)[:400] if isinstance(item, Line)]
        return [str(self.values.get("title") or ""), *(line.text for line in self.preamble), *rest]

    def _rest(self) -> None:
        if self.head.addressees:
            self._set("addressees", tuple(self.head.addressees), *self.head.addressee_lines)
        title = str(self.values.get("title") or "")
        periods = [" ".join(match[0].split()) for match in _PERIOD.finditer(title)]
        if periods:
            best = next(
                (period for period in reversed(periods) if " " in period and not period.startswith("năm 2")),
                periods[-1],
            )
            self._set("period_raw", best, *self.head.title_lines)
        for item in self.body:
            if isinstance(item, Line) and "hiệu lực" in item.text and (match := _EFFECT.search(date_digits(item.text))):
                same_day = strip_marks(match["when"]).startswith("ngay ky")
                day = self.values.get("issued_on") if same_day else dates.find_date(match["when"])
                self._set("effective_from", day, item)


def _preamble(body: Sequence[Item]) -> list[Line]:
    """Lines of the body above its first numbered heading, at most forty."""
    found: list[Line] = []
    for item in body[:40]:
        if isinstance(item, Table):
            break
        mark = marks.parse(item.text)
        if item.hashes or (mark and not mark.is_bullet):
            break
        found.append(item)
    return found
