"""The results of a question as a file for a spreadsheet: CSV, and XLSX with a sheet that says what was asked."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .asked import Asked, answer
from .facets_form import said
from .registry import facets
from .rows import PAGE, Row, kind_label, local, rows
from .service import MAX_PER_PAGE

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_000
"""So many results stand in a file; the page says so where there are more."""
BOM = "\ufeff"
"""By which a spreadsheet knows that the file is UTF-8."""
MAX_CELL = 32_000
"""Characters; a cell of a spreadsheet holds 32,767."""
NAME = "ket-qua-tim-kiem"
HEADER = (
    gettext_lazy("Kind of result"),
    gettext_lazy("Number"),
    gettext_lazy("Title"),
    gettext_lazy("Document type"),
    gettext_lazy("Issuer"),
    gettext_lazy("Date"),
    gettext_lazy("Address"),
    gettext_lazy("Where in it"),
    gettext_lazy("Passage"),
    gettext_lazy("Address of the passage"),
)

_NUMBER = re.compile(r"^\s*[+-]?\d+(?:[.,]\d+)*\s?%?\s*$")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class NoAnswer(Exception):
    """There is no index to ask, or it is broken."""


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """``/tim-kiem/ket-qua.csv?q=…`` with the filters and the order of the page."""
    try:
        found, _total = found_rows(Asked.read(request.GET))
    except NoAnswer:
        return no_answer()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(str, HEADER))
    writer.writerows(map(safe, _cells(request, row)) for row in found)
    return _file((BOM + out.getvalue()).encode(), "text/csv; charset=utf-8", "csv")


@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """``/tim-kiem/ket-qua.xlsx?q=…``: the same rows, and on a second sheet what was asked and when."""
    from openpyxl import Workbook

    asked = Asked.read(request.GET)
    try:
        found, total = found_rows(asked)
    except NoAnswer:
        return no_answer()
    book = Workbook(write_only=True)
    _sheet(book, _("Results"), [list(map(str, HEADER)), *(list(_cells(request, row)) for row in found)])
    _sheet(book, _("About"), _about(request, asked, total))
    out = io.BytesIO()
    book.save(out)
    return _file(out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")


def _sheet(book: "Workbook", title: str, lines: Iterable[Iterable[str]]) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for line in lines:
        cells = [WriteOnlyCell(sheet, value=safe(cell)) for cell in line]
        for cell in cells:
            cell.data_type = "s"  # whatever it looks like, it is text
        sheet.append(cells)


def found_rows(asked: Asked, most: int = MOST_ROWS) -> tuple[list[Row], int]:
    """The first results of a question in its order, and how many there are. Raises ``NoAnswer``."""
    found: list[Row] = []
    page = pages = 1
    size = min(most, MAX_PER_PAGE)
    total = 0
    while page <= pages and len(found) < most:
        part = answer(asked, page, size)
        if not part.ready:
            raise NoAnswer
        found += rows(part)
        total, pages, page = part.total, part.pages, page + 1
    return found[:most], total


def no_answer() -> HttpResponse:
    """While there is no index: an empty file would say that nothing was found."""
    words = _("The search index is being prepared. Please try again in a few minutes.")
    return HttpResponse(
        f"{words}\n", status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "120"}
    )


def _cells(request: HttpRequest, row: Row) -> Iterable[str]:
    record = row.hit.record

    def labels(facet: str) -> str:
        return ", ".join(label for _value, label in record.facets.get(facet, ()))

    best = row.hit.passages[0] if row.hit.passages else None
    yield kind_label(record.kind)
    yield record.number
    yield record.title
    yield labels("type")
    yield labels("issuer")
    yield record.date
    yield request.build_absolute_uri(local(record.url))
    yield " › ".join(best.path) if best else ""
    yield row.hit.passage
    yield request.build_absolute_uri(best.place_url or local(best.url)) if best else ""


def _about(request: HttpRequest, asked: Asked, total: int) -> Iterator[tuple[str, str]]:
    yield _("Question"), asked.q[:MAX_CELL]
    for facet in facets().values():
        for value in asked.chosen.get(facet.name, ()):
            yield str(facet.label), said(facet.name, value, value)
    yield _("Results"), str(total)
    if total > MOST_ROWS:
        yield _("In this file"), _("the first %(count)s") % {"count": MOST_ROWS}
    yield _("Made on"), date_format(localdate(), "SHORT_DATE_FORMAT")
    yield _("Address"), request.build_absolute_uri(f"{local(PAGE)}?{asked.address()}")


def safe(cell: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe (a plain number is none); what no file can hold is
    left out."""
    cell = _UNPRINTABLE.sub("", cell)[:MAX_CELL]
    if _NUMBER.match(cell) or not (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)):
        return cell
    return f"'{cell}"


def _file(data: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response
