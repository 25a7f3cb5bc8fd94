"""Two versions of a document as a page: head, figures, then the text with what went out and what came in marked.

Plain string work like ``render``: a document of five hundred pages has thousands of passages. ``<del>`` and ``<ins>``
carry a word for those who hear the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from .models import DocumentVersion
from .pipeline import Node
from .pipeline.compare import ADDED, CHANGED, MOVED, REMOVED, SAME, Row, compare
from .pipeline.differences import FigureChange, Part, Span
from .render import shown_number
from .versions import HeadChange, head_changes, nodes_of

_MOST_FIGURES = 200


@dataclass(frozen=True)
class Compared:
    """``counts`` as sentences; ``figures`` and ``html`` ready for the page."""

    head: tuple[HeadChange, ...]
    figures: tuple[FigureChange, ...]
    more_figures: int
    counts: tuple[str, ...]
    html: SafeString
    is_same: bool


def compared(old: DocumentVersion, new: DocumentVersion) -> Compared:
    """What a reader is shown of the difference. One statement at most (names of issuers)."""
    found = compare(nodes_of(old), nodes_of(new))
    head = head_changes(old, new)
    return Compared(
        head=head,
        figures=found.figures[:_MOST_FIGURES],
        more_figures=max(0, len(found.figures) - _MOST_FIGURES),
        counts=tuple(_counts(found.counts)),
        html=mark_safe("\n".join(_rows(found.rows))),  # noqa: S308
        is_same=not found.changes and not head,
    )


_COUNTS = {
    CHANGED: ngettext_lazy("%(n)s passage changed", "%(n)s passages changed", "n"),
    ADDED: ngettext_lazy("%(n)s passage added", "%(n)s passages added", "n"),
    REMOVED: ngettext_lazy("%(n)s passage removed", "%(n)s passages removed", "n"),
    MOVED: ngettext_lazy("%(n)s passage moved", "%(n)s passages moved", "n"),
    SAME: ngettext_lazy("%(n)s passage unchanged", "%(n)s passages unchanged", "n"),
}


def _counts(counts: dict[str, int]) -> Iterator[str]:
    return (sentence % {"n": counts[kind]} for kind, sentence in _COUNTS.items() if counts.get(kind))


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    words = _Words()
    for is_same, run in groupby(rows, lambda row: row.kind == SAME):
        group = list(run)
        if not is_same:
            yield from (words.passage(row) for row in group)
            continue
        said = _COUNTS[SAME] % {"n": len(group)}
        inside = "".join(words.passage(row) for row in group)
        yield f'<details class="unchanged"><summary>{escape(said)}</summary>{inside}</details>'


class _Words:
    """What is said beside the passages, in the reader's language."""

    def __init__(self) -> None:
        self.out = escape(pgettext("comparison", "removed"))
        self.come = escape(pgettext("comparison", "added"))
        self.kinds = {
            CHANGED: escape(pgettext("comparison", "Changed")),
            ADDED: escape(pgettext("comparison", "Added")),
            REMOVED: escape(pgettext("comparison", "Removed")),
            MOVED: escape(pgettext("comparison", "Moved, same words")),
        }

    def passage(self, row: Row) -> str:
        label = f'<p class="change__kind">{self.kinds[row.kind]}</p>' if row.kind != SAME else ""
        body = (
            self._table(row)
            if row.rows
            else f'<p class="change__text">{self._number(row)}{self._part(row.parts[0])}</p>'
        )
        return f'<div class="change change--{row.kind}"{self._id(row)}>{label}{body}</div>'

    def _id(self, row: Row) -> str:
        return f' id="{row.anchor}"' if row.kind not in (SAME, REMOVED) else ""

    def _number(self, row: Row) -> str:
        """The printed number; both where it changed."""
        if row.is_renumbered and row.before.number and row.after.number:
            return f"{self._gone(_number(row.before))} {self._new(_number(row.after))} "
        number = _number(row.node)
        return f'<span class="clause__number">{escape(number)}</span> ' if number else ""

    def _part(self, part: Part) -> str:
        """One text: old words struck out before the new ones."""
        if not part.is_changed:
            return escape(part.after or part.before)
        if not part.after.strip():
            return self._gone(part.before)
        if not part.before.strip():
            return self._new(part.after)
        return self._woven(part)

    def _woven(self, part: Part) -> str:
        """Both texts in one: the new one, with what went out where it stood. Places are counted in letters that are
        equal in both, so that white space does not matter."""
        gone = _offsets(part)
        parts: list[str] = []
        passed = 0
        for piece, is_new in _stretches(part.after, part.added):
            if is_new:
                while gone and gone[0][0] <= passed:
                    parts.append(f"{self._gone(gone.pop(0)[1])} ")
                parts.append(self._new(piece))
                continue
            end = passed + len(_letters(piece))
            while gone and gone[0][0] < end:
                at, text = gone.pop(0)
                cut = _place_after(piece, at - passed)
                parts += (escape(piece[:cut]), f"{self._gone(text)} ")
                piece, passed = piece[cut:], at
            parts.append(escape(piece))
            passed = end
        return "".join([*parts, *(f" {self._gone(text)}" for _at, text in gone)])

    def _gone(self, text: str) -> str:
        return f"<del>{_aloud(f'[{self.out}: ')}{escape(text)}{_aloud(']')}</del>"

    def _new(self, text: str) -> str:
        return f"<ins>{_aloud(f'[{self.come}: ')}{escape(text)}{_aloud(']')}</ins>"

    def _table(self, row: Row) -> str:
        """Rows of a table that are not the same, with its heading row; of an unchanged one only its title."""
        title = escape(row.node.text)
        if row.kind == SAME:
            return f'<p class="change__text">{title or escape(_("Table"))}</p>'
        heads = row.node.header_rows
        lines = [
            self._line(one, index < heads) for index, one in enumerate(row.rows) if index < heads or one.kind != SAME
        ]
        caption = f"<caption>{self._part(row.parts[0])}</caption>" if title else ""
        return (
            f'<div class="table-scroll" tabindex="0" role="region" aria-label="{title or escape(_("Table"))}">'
            f"<table>{caption}<tbody>{''.join(lines)}</tbody></table></div>"
        )

    def _line(self, row: Row, is_head: bool) -> str:
        tag = "th" if is_head else "td"
        said = "" if is_head else f'<td class="change__kind">{self.kinds.get(row.kind, "")}</td>'
        cells = "".join(f"<{tag}>{self._part(part)}</{tag}>" for part in row.parts)
        return f"<tr>{'<td></td>' if is_head else said}{cells}</tr>"


def _number(node: Node) -> str:
    return shown_number(node) if node.kind == "heading" else node.number


def _aloud(text: str) -> str:
    return f'<span class="visually-hidden">{text}</span>'


def _stretches(text: str, marked: Iterable[Span]) -> list[tuple[str, bool]]:
    """The text cut where its marks begin and end: (piece, is marked)."""
    pieces, done = [], 0
    for start, end in marked:
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces


def _offsets(part: Part) -> list[tuple[int, str]]:
    """What went out, each with how many letters of the rest stand before it."""
    found, kept = [], 0
    for piece, is_gone in _stretches(part.before, part.removed):
        if is_gone:
            found.append((kept, piece))
        else:
            kept += len(_letters(piece))
    return found


def _letters(text: str) -> str:
    return "".join(text.split())


def _place_after(text: str, count: int) -> int:
    """Where the first ``count`` letters that are no white space end."""
    for place, letter in enumerate(text):
        if count == 0:
            return place
        count -= not letter.isspace()
    return len(text)
