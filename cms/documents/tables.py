"""A table of a document as a file for a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .pipeline import Node
from .pipeline.tables import is_column_numbers

BOM = "\ufeff"
"""By which a spreadsheet knows that the file is UTF-8."""

_NUMBER = re.compile(r"^\s*[+-]?\d+(?:[.,]\d+)*\s?%?\s*$")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(nodes: Iterable[Node], anchor: str) -> bytes | None:
    """The table at `anchor`: one header row (made up where it has none), then its rows. None without such a table."""
    table = next((node for node in nodes if node.kind == "table" and node.anchor == anchor), None)
    if table is None or not table.rows:
        return None
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(safe, _header(table)))
    writer.writerows(map(safe, row) for row in table.data_rows)
    return (BOM + out.getvalue()).encode()


def _header(table: Node) -> list[str]:
    """Of two header rows the one with words; the other numbers the columns."""
    width = max(map(len, table.rows))
    named = [row for row in table.rows[: table.header_rows] if not is_column_numbers(row)] or [()]
    return [
        cell or _("Column %(number)s") % {"number": place}
        for place, cell in enumerate([*named[0], *[""] * (width - len(named[0]))], start=1)
    ]


def safe(cell: str) -> str:
    """A cell a spreadsheet would take for a formula gets an apostrophe; a plain number is none."""
    if _NUMBER.match(cell) or not (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)):
        return cell
    return f"'{cell}"
