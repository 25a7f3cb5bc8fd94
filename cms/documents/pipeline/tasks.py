"""Tasks a document gives: what, who leads, who joins in, until when. Proposals; a person decides.

Read from labelled fields ("Cơ quan chủ trì thực hiện: …", "Thời gian thực hiện: …") below a heading or an item, or
behind it in one line, and from tables with a column for the lead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .agencies import Agency, read_agencies
from .nodes import Node, row_anchors
from .periods import Period, read_period
from .rows import Cell, cells_of_row, columns_of

LEAD, JOINING, TIME, CONTENT, OTHER = "lead", "coordinating", "time", "content", "other"
_WHO = r"(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|cá nhân)(?:\s*,\s*(?:cơ quan|đơn vị|bộ phận|cá nhân))?\s+)?"
_LABELS = (
    (JOINING, rf"{_WHO}(?:phối hợp|cùng thực hiện|tham gia)(?:\s+thực hiện)?"),
    (LEAD, rf"{_WHO}(?:chủ trì(?:\s+thực hiện)?|chịu trách nhiệm(?:\s+chính)?|đầu mối)"),
    (LEAD, r"(?:cơ quan|đơn vị|bộ phận|người|cá nhân|phân công)\s+(?:thực hiện|phụ trách)"),
    (TIME, r"(?:thời gian|thời hạn|tiến độ|hạn|lộ trình)(?:\s+(?:thực hiện|hoàn thành))?|hoàn thành"),
    (CONTENT, r"nội dung(?:\s+(?:thực hiện|công việc))?|nhiệm vụ"),
    (OTHER, r"(?:nguồn\s+)?kinh phí(?:\s+thực hiện)?|sản phẩm|kết quả(?:\s+đầu ra)?|mục tiêu|địa điểm|ghi chú"),
)
_LABEL = re.compile(
    r"(?:^|(?<=[.;,(])\s*|(?<=\n))(?:" + "|".join(f"(?P<l{i}>{shape})" for i, (_, shape) in enumerate(_LABELS)) + r")"
    r"\s*:\s*",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^(?:{_LABELS[4][1]})\s*[:.]?$", re.IGNORECASE)
_COLUMNS = (
    (JOINING, re.compile(r"phối hợp", re.IGNORECASE)),
    (LEAD, re.compile(r"chủ trì|(?:đơn vị|cơ quan|bộ phận|người|cá nhân)\s+(?:thực hiện|phụ trách)", re.IGNORECASE)),
    (TIME, re.compile(r"thời gian|thời hạn|tiến độ|hạn hoàn thành|lộ trình", re.IGNORECASE)),
    (CONTENT, re.compile(r"nội dung|nhiệm vụ|công việc|hoạt động|tên việc|giải pháp", re.IGNORECASE)),
)
_TARGETS = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)


@dataclass(frozen=True)
class TaskProposal:
    """A task and the passage it stands in (`start`/`end` into the text of the node, or of the row, of `anchor`).

    `title` is the heading, item or cell that names it; `content` what is to be done, a line each. Every agency has
    a passage of its own; `time_at` is (anchor, start, end) of the printed time.
    """

    anchor: str
    start: int
    end: int
    number: str
    title: str
    content: tuple[str, ...]
    leads: tuple[Agency, ...]
    coordinating: tuple[Agency, ...]
    deadline: Period | None = None
    time_at: tuple[str, int, int] | None = None


@dataclass
class _Task:
    owner: Node
    end: int
    title: str
    content: list[str] = field(default_factory=list)
    leads: list[Agency] = field(default_factory=list)
    joining: list[Agency] = field(default_factory=list)
    deadline: Period | None = None
    time_at: tuple[str, int, int] | None = None

    def take(self, kind: str, node: Node, start: int, end: int) -> None:
        value = node.text[start:end]
        if kind == LEAD:
            self.leads += read_agencies(value, node.anchor, start)
        elif kind == JOINING:
            self.joining += read_agencies(value, node.anchor, start)
        elif kind == TIME and self.deadline is None and value.strip():
            self.deadline = read_period(value)
            self.time_at = (node.anchor, start, end)
        elif kind == CONTENT and value.strip():
            self.content.append(value.strip())

    def proposal(self) -> TaskProposal:
        owner = self.owner
        return TaskProposal(
            owner.anchor,
            0,
            self.end,
            owner.number,
            self.title,
            tuple(self.content),
            tuple(self.leads),
            tuple(self.joining),
            self.deadline,
            self.time_at,
        )


def find_tasks(nodes: Sequence[Node]) -> list[TaskProposal]:
    """Tasks with a lead, or with joining agencies and a time, in reading order."""
    found: list[tuple[int, TaskProposal]] = []
    tasks: dict[str, _Task] = {}
    order: dict[str, int] = {}
    above: list[Node] = []
    taking: tuple[_Task, int, str] | None = None
    for index, node in enumerate(nodes):
        if node.kind == "table":
            found += [(index, proposal) for proposal in _from_table(node)]
            continue
        if node.kind == "note":
            continue
        while above and above[-1].level >= node.level:
            if node.kind == "paragraph" and above[-1].kind == "item" and above[-1].level == node.level:
                break
            above.pop()
        if taking and node.level <= taking[1]:
            taking = None
        fields = list(_fields(node)) if node.kind != "heading" else []
        if not fields:
            if taking:
                taking[0].take(taking[2], node, 0, len(node.text))
            else:
                above.append(node)
            continue
        first = fields[0][1]
        owner = node if first > 0 else (above[-1] if above else None)
        if owner is None:
            continue
        order.setdefault(owner.anchor, index)
        task = tasks.setdefault(owner.anchor, _start(owner, first))
        for kind, _, start, end in fields:
            task.take(kind, node, start, end)
        last, _, value, end = fields[-1]
        goes_on = last == CONTENT or (last in (LEAD, JOINING) and value == end)
        taking = (task, node.level, last) if goes_on and first == 0 else None
        if first > 0:
            above.append(node)
    found += [
        (order[anchor], task.proposal())
        for anchor, task in tasks.items()
        if task.leads or (task.joining and task.deadline)
    ]
    return [proposal for _, proposal in sorted(found, key=lambda pair: pair[0])]


def _start(owner: Node, first: int) -> _Task:
    end = first or len(owner.text)
    title = owner.text[:end].rstrip(" (.,;:")
    return _Task(owner, len(title), title)


def _fields(node: Node) -> Iterator[tuple[str, int, int, int]]:
    """Labelled fields in a text: what, where the label begins, where the value begins and ends."""
    text = node.text
    if _ALONE.match(text):
        yield CONTENT, 0, len(text), len(text)
        return
    labels = list(_LABEL.finditer(text))
    if not labels or (labels[0].start() > 0 and all(_kind(label) in (OTHER, CONTENT) for label in labels)):
        return
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else len(text)
        stripped = text[label.end() : end].rstrip(" .;,)/" if labels[0].start() else " .;,/")
        yield _kind(label), label.start(), label.end(), label.end() + len(stripped)


def _kind(label: re.Match) -> str:
    return next(kind for i, (kind, _) in enumerate(_LABELS) if label[f"l{i}"] is not None)


def _from_table(table: Node) -> Iterator[TaskProposal]:
    """Rows of a table that has a column for the work and one for who leads it; a table of targets has none."""
    columns = columns_of(table, _COLUMNS)
    if LEAD not in columns or CONTENT not in columns or any(map(_TARGETS.search, table.rows[0])):
        return
    for anchor, row in zip(row_anchors(table), table.data_rows, strict=True):
        cells = cells_of_row(row)
        title = cells[columns[CONTENT]]
        leads = _agencies(cells[columns[LEAD]], anchor)
        joining = _agencies(cells[columns[JOINING]], anchor) if JOINING in columns else ()
        time = cells[columns[TIME]] if TIME in columns else None
        if not title.text.strip() or not (leads or joining):
            continue
        raw = time.text.strip() if time else ""
        yield TaskProposal(
            anchor,
            title.start,
            title.start + len(title.text),
            row[0].strip() if columns[CONTENT] > 0 else "",
            " ".join(title.text.split()),
            (),
            leads,
            joining,
            read_period(raw) if raw else None,
            (anchor, time.start, time.start + len(time.text)) if time and raw else None,
        )


def _agencies(cell: Cell, anchor: str) -> tuple[Agency, ...]:
    return read_agencies(cell.text, anchor, cell.start)
