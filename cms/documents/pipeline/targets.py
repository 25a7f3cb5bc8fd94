"""Targets a document sets: a figure with its comparator, what it measures, when and for whom. Proposals.

Looked for in headings' sections ("Mục tiêu đến 2025"), in sentences of tasks, and in tables with a column of targets.
What describes the present ("thực trạng", "hiện nay", scores, inventories) is left alone where it can be told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .agencies import read_agencies
from .figures import EQUAL, GRADES, Figure, find_figures
from .nodes import Node, row_anchors
from .periods import years_in
from .rows import Cell, cells_of_row, columns_of
from .tasks import find_tasks
from .wording import excludes, measure, trimmed
from .wording import scope as scope_of

_AIM = re.compile(r"mục tiêu|chỉ tiêu", re.IGNORECASE)
_PRESENT = re.compile(
    r"thực trạng|tình hình|kết quả(?! cần đạt| mong đợi| dự kiến| đầu ra)|đánh giá (?:chung|thực trạng|kết quả|việc)"
    r"|tự đánh giá|ưu điểm|thuận lợi|hạn chế|khó khăn|tồn tại|hiện trạng|đặc điểm|kinh phí|ngân sách|nguồn vốn|căn cứ"
    r"|mức độ chuyển đổi số của",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:hiện nay|hiện có|hiện đạt|hiện tại|hiện đã|đến nay|tính đến|đã đạt|đã có|đã được|đã và đang|năm trước"
    r"|năm qua|so với|mới chỉ|mới đạt|chỉ đạt)\b(?!\s+năm 20\d\d,? phấn đấu)",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(?:xây dựng|thí điểm|chọn|lựa chọn|thành lập|bổ sung|đầu tư|trang bị|mua sắm|tổ chức|mở|tại|triển khai|phấn đấu"
    r"|hoàn thành|bồi dưỡng|tập huấn|có)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r";\s*|(?<=[^\d\W])[.!?]\s+(?=[^\W\d_a-zà-ỹ]|\d+%)|(?<=\))\.\s+(?=[^\W\d_a-zà-ỹ])|\n+")
_JOIN = re.compile(r"(?:\s*,\s*(?:(?:và|trong đó|với|hoặc)\s+)?|\s+(?:và|cùng)\s+)$", re.IGNORECASE)
_TURN = re.compile(r"(?:\s*,\s*|\s+)(?:và\s+)?(?=(?:mỗi|với|trong đó|riêng|còn)\s)", re.IGNORECASE)
_REST = re.compile(r"^(?:còn lại|được|đều|phải|đạt)\b", re.IGNORECASE)
_VERB = re.compile(r"\s+(?:được|đều|phải|đạt|có|tham gia|sử dụng|biết|triển khai|thực hiện)\b", re.IGNORECASE)
_EVERY = re.compile(
    r"(?P<lead>(?:tới|đến|cho|với|đưa)\s+)?(?<!\w)(?:tất cả|toàn bộ|mọi|mỗi)\s+(?:(?:các|những)\s+)?"
    r"(?:thành tố|cơ sở giáo dục|cơ sở|trường|nhà trường|đơn vị|giáo viên|học sinh|cán bộ|nhân viên|lớp|phòng học"
    r"|nhà giáo|người học|hồ sơ|thủ tục|văn bản|xã|phường)(?!\w)",
    re.IGNORECASE,
)
_BASELINE = re.compile(r"\bso với\s+(?:\S+\s+){0,3}?(?:năm(?: học)?\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:kinh phí|ngân sách|chi thường xuyên|tổng chi)\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:hàng|hằng|mỗi) năm\b", re.IGNORECASE)
_PREDICATE = re.compile(r"\s+((?:được|đều|sẽ)\s+.*)$", re.IGNORECASE | re.DOTALL)
_SCORE = re.compile(r"^\s*(?:điểm|mức|câu)\b", re.IGNORECASE)

NAME, TIME, WHO, UNIT, VALUE = "name", "time", "who", "unit", "value"
_COLUMNS = (
    (TIME, re.compile(r"thời gian|thời hạn|tiến độ|hạn hoàn thành|lộ trình", re.IGNORECASE)),
    (WHO, re.compile(r"chủ trì|(?:đơn vị|cơ quan|bộ phận|người) (?:thực hiện|phụ trách)|trách nhiệm", re.IGNORECASE)),
    (UNIT, re.compile(r"^\s*(?:đơn vị(?: tính)?|đvt)\s*$", re.IGNORECASE)),
    (VALUE, re.compile(r"^\s*(?:mục tiêu|chỉ tiêu|kế hoạch|giá trị)(?:\s+(?:đến\s+)?(?:năm\s+)?20\d\d.*)?\s*$", re.I)),
    (NAME, re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True)
class TargetProposal:
    """A figure to be reached and the passage it stands in (`start`/`end` into the text of the node or row of `anchor`).

    `comparator`: >= > = <= < ~ range. `value` (`upper` the end of a range, `total` the whole of "02/05"), `unit` "%"
    or the counted word. `measure`: the words of what is measured; `scope` the part it holds for ("mỗi quận": for each),
    `excludes` what is left out. `years` with the words they come from; `yearly` for "hàng năm". `every`: no figure is
    printed, "tất cả" or "mỗi" stands for 100 %. `in_aims`: stands under aims or in a table of them, not inside a task.
    `number` as printed before the passage.
    """

    anchor: str
    start: int
    end: int
    raw: str
    number: str
    comparator: str
    value: Decimal
    unit: str
    measure: str
    upper: Decimal | None = None
    total: int | None = None
    scope: str = ""
    excludes: str = ""
    years: tuple[int, ...] = ()
    years_raw: str = ""
    responsible: tuple[str, ...] = ()
    average: bool = False
    yearly: bool = False
    every: bool = False
    in_aims: bool = False


@dataclass(frozen=True)
class _Setting:
    """What the surroundings of a passage say: aims or not, the year, the number."""

    in_aims: bool
    years: tuple[int, ...] = ()
    years_raw: str = ""
    number: str = ""


def find_targets(nodes: Sequence[Node], period: str = "") -> list[TargetProposal]:
    """Targets in reading order; several in one item are several.

    A figure inside a task is to be reached when the task is; where nothing nearer names a year, `period` (the time
    the document itself is for, "năm học 2022 - 2023") does.
    """
    return _dated(list(_undated(nodes)), nodes, period)


def _dated(found: list[TargetProposal], nodes: Sequence[Node], period: str) -> list[TargetProposal]:
    times = {task.anchor: task.deadline for task in find_tasks(nodes) if task.deadline and task.deadline.years}
    whole, whole_raw = years_in(period)
    for index, proposal in enumerate(found):
        if proposal.years:
            continue
        parts = proposal.anchor.split(".")
        above = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        time = next((times[anchor] for anchor in above if anchor in times), None)
        if time:
            found[index] = replace(proposal, years=time.years, years_raw=time.raw)
        elif whole:
            found[index] = replace(proposal, years=whole, years_raw=whole_raw)
    return found


def _undated(nodes: Sequence[Node]) -> Iterator[TargetProposal]:
    above: list[Node] = []
    for node in nodes:
        if node.kind == "note":
            continue
        while above and above[-1].level >= node.level:
            above.pop()
        if node.kind == "table":
            yield from _from_table(node, above)
            continue
        if node.kind != "heading" and not node.text.startswith("Căn cứ") and not _describes(above):
            yield from _from_text(node.text, node.anchor, _setting(node, above))
        above.append(node)


def _describes(above: Sequence[Node]) -> bool:
    """Whether the nearest heading that says so speaks of what is, not of what is to be."""
    for node in reversed(above):
        if node.kind == "heading" or (len(node.text) < 80 and node.text.endswith(":")):
            if _AIM.search(node.text):
                return False
            if _PRESENT.search(node.text):
                return True
    return False


def _setting(node: Node, above: Sequence[Node]) -> _Setting:
    in_aims = any(_AIM.search(holder.text) for holder in above if holder.kind == "heading")
    for holder in reversed(above):
        years, raw = years_in(holder.text)
        if years:
            return _Setting(in_aims, years, raw, node.number)
    return _Setting(in_aims, number=node.number)


def _from_text(text: str, anchor: str, setting: _Setting) -> Iterator[TargetProposal]:
    """The targets of one passage."""
    carried: TargetProposal | None = None
    years, raw, yearly = setting.years, setting.years_raw, False
    for start, end in _clauses(text):
        clause = text[start:end]
        own_years, own_raw = years_in(_BASELINE.sub("", clause))
        if own_years:
            years, raw = own_years, own_raw
        yearly = yearly or bool(_YEARLY.search(clause))
        found = list(_in_clause(text, start, end, setting.in_aims))
        if not found:
            found = list(_every(text, start, end, setting.in_aims))
        for proposal in _completed(found, carried):
            nearest, nearest_raw = years_in(_BASELINE.sub("", proposal.raw))
            carried = replace(
                proposal,
                anchor=anchor,
                number=setting.number,
                years=nearest or years,
                years_raw=nearest_raw if nearest else raw,
                yearly=yearly,
                in_aims=setting.in_aims,
            )
            yield carried


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Clauses between semicolons and ends of sentences, not inside brackets."""
    start = counted = depth = 0
    for cut in _CLAUSE.finditer(text):
        depth += text.count("(", counted, cut.start()) - text.count(")", counted, cut.start())
        counted = cut.start()
        if depth <= 0 or "\n" in cut[0]:
            yield start, cut.start()
            start, depth = cut.end(), 0
    yield start, len(text)


def _in_clause(text: str, start: int, end: int, in_aims: bool) -> Iterator[TargetProposal]:
    """A proposal for each figure, its passage from behind the one before to the words before the next."""
    clause = text[start:end]
    figures = [figure for figure in find_figures(clause) if _is_aim(clause, figure, in_aims)]
    begun = 0
    for index, figure in enumerate(figures):
        until = following = len(clause)
        if index + 1 < len(figures):
            following = figures[index + 1].start
            until, following = _cut(clause, figure.end, following)
        first, last = trimmed(text, start + begun, start + until)
        before = clause[begun : figure.start].strip(" ,:-–(")
        after = clause[figure.end : until].strip(" ,.:()/")
        if figure.unit in GRADES:
            after = ""
        elif figure.unit != "%":
            after = f"{figure.unit} {after}".strip()
        yield TargetProposal(
            "",
            first,
            last,
            text[first:last],
            "",
            figure.comparator,
            figure.value,
            figure.unit,
            measure(before, after),
            upper=figure.upper,
            total=figure.total,
            scope=scope_of(after) or scope_of(before),
            excludes=excludes(text[first:last]),
            average=figure.average,
        )
        begun = following


def _cut(clause: str, end: int, start: int) -> tuple[int, int]:
    """Where the passage of one figure ends and that of the next begins, between them."""
    between = clause[end:start]
    if match := _JOIN.search(between[-24:]):
        return start - len(match[0]), start
    if match := _TURN.search(between):
        return end + match.start(), end + match.end()
    comma = between.rfind(", ")
    if comma >= 0 and _DOING.search(between[comma:]):
        return end + comma, end + comma + 2
    return start, start


def _is_aim(clause: str, figure: Figure, in_aims: bool) -> bool:
    before, after = clause[max(0, figure.start - 200) : figure.start], clause[figure.end : figure.end + 200]
    if _SCORE.match(after) and figure.unit == "%":
        return False
    opened = before.rfind("(")
    inside = opened >= 0 and ")" not in before[opened:]
    near = before[opened:] if inside else before
    if _NOW.search(near[-60:]) or (inside and _NOW.search(after.partition(")")[0])):
        return False
    if figure.unit == "%":
        return in_aims or not _MONEY.search(f"{before[-60:]} {after[:40]}")
    return in_aims or (figure.unit not in GRADES and _counts(before, figure))


def _counts(before: str, figure: Figure) -> bool:
    """A count outside aims is one when it is compared or something is to be done with so many."""
    return figure.stated or bool(_DOING.search(before[-120:]))


def _every(text: str, start: int, end: int, in_aims: bool) -> Iterator[TargetProposal]:
    """ "Tất cả" and "mỗi" of offices and people: 100 % without the figure. Words that only open a list are none."""
    clause = text[start:end]
    match = _EVERY.search(clause)
    if not match or clause.rstrip().endswith(":") or _NOW.search(clause[: match.start()][-60:]):
        return
    if not in_aims and not match["lead"]:
        return
    if any(char.isdigit() for char in clause[match.end() :][:40]):
        return
    first, last = trimmed(text, start, end)
    at = match.end("lead") if match["lead"] else match.start()
    words = measure(clause[: match.start()], re.sub(r"^\S+(?:\s+cả|\s+bộ)?\s+", "", clause[at:], count=1))
    yield TargetProposal(
        "", first, last, text[first:last], "", EQUAL, Decimal(100), "%", words, scope=scope_of(clause), every=True
    )


def _completed(found: list[TargetProposal], carried: TargetProposal | None) -> Iterator[TargetProposal]:
    """What a figure leaves unsaid it takes from its neighbours: "…; 65% ở vùng …", "100% lớp, 100% trường được …"."""
    for index, proposal in enumerate(found):
        previous = found[index - 1] if index else carried
        if previous and _REST.match(proposal.measure):
            subject = _VERB.split(previous.measure, maxsplit=1)[0]
            proposal = replace(proposal, measure=f"{subject} {proposal.measure}")
        if proposal.total and previous and previous.total and proposal.comparator == EQUAL:
            proposal = replace(proposal, comparator=previous.comparator)
        if not proposal.measure and previous:
            proposal = replace(
                proposal, measure=previous.measure, average=proposal.average or (index > 0 and previous.average)
            )
        elif index + 1 < len(found) and not _PREDICATE.search(proposal.measure) and len(proposal.measure) < 40:
            shared = _PREDICATE.search(found[index + 1].measure)
            if shared and proposal.unit == "%" and proposal.raw.lstrip()[:1].isdigit():
                proposal = replace(proposal, measure=f"{proposal.measure} {shared[1]}")
        found[index] = proposal
        yield proposal


def _from_table(table: Node, above: Sequence[Node]) -> Iterator[TargetProposal]:
    """Rows of a table with a column of targets; its columns for time, office and value complete them."""
    columns = columns_of(table, _COLUMNS)
    if NAME not in columns:
        return
    heading = _setting(table, above)
    for anchor, row in zip(row_anchors(table), table.data_rows, strict=True):
        cells = cells_of_row(row)
        name = cells[columns[NAME]]
        time = cells[columns[TIME]].text if TIME in columns else ""
        years, years_raw = years_in(time)
        setting = _Setting(
            True,
            years or heading.years,
            years_raw or heading.years_raw,
            row[0].strip() if columns[NAME] else "",
        )
        who = read_agencies(cells[columns[WHO]].text, anchor) if WHO in columns else ()
        offices = tuple(agency.name for agency in who)
        found = list(_from_text(name.text, anchor, setting))
        if VALUE in columns:
            found = list(_of_value(name, cells[columns[VALUE]], cells, columns, table, setting, anchor)) or found
        for proposal in found:
            moved = proposal if VALUE in columns and proposal.raw != name.text[proposal.start : proposal.end] else None
            if moved is None:
                start, end = proposal.start + name.start, proposal.end + name.start
                proposal = replace(proposal, start=start, end=end)
            yield replace(proposal, responsible=offices)


def _of_value(
    name: Cell, value: Cell, cells: Sequence[Cell], columns: dict[str, int], table: Node, setting: _Setting, anchor: str
) -> Iterator[TargetProposal]:
    """A figure in a column of its own; the unit from the figure, from the column of units, or none."""
    unit = cells[columns[UNIT]].text.strip() if UNIT in columns else ""
    text = value.text.strip()
    figure = next(find_figures(text), None)
    if figure is None and unit and (counted := next(find_figures(f"{text} đơn vị"), None)):
        figure = replace(counted, unit=unit)
    if figure is None:
        return
    title = table.rows[0][columns[VALUE]]
    years, years_raw = years_in(title)
    yield TargetProposal(
        anchor,
        value.start,
        value.start + len(value.text),
        value.text,
        setting.number,
        figure.comparator,
        figure.value,
        figure.unit,
        " ".join(name.text.split()),
        upper=figure.upper,
        total=figure.total,
        scope=scope_of(name.text),
        excludes=excludes(name.text),
        years=years or setting.years,
        years_raw=years_raw or setting.years_raw,
        average=figure.average,
        in_aims=True,
    )
