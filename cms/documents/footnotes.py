"""Marks in the text and the notes they mean: a link there, and one back from the note for each mark."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext as _

from .pipeline import Node

_NO_POWER = r"(?<!\d)(?<!\bm)(?<!\b[kcdm]m)"
"""m² and km² are no marks."""
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Footnotes:
    """The notes of one text while it is drawn, from its beginning to its end.

    A mark stands in square brackets ("[1]"), as raised digits, or as asterisks in brackets; it is linked only where
    the text has a note of that mark. Notes numbered anew on every page: the next one below is meant.
    """

    def __init__(self, nodes: Sequence[Node]):
        self._notes: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for index, node in enumerate(nodes):
            if node.kind == "note" and node.number:
                self._notes[node.number.strip("[]()")].append((index, node.anchor))
        self._marks = self._pattern()
        self._seen: Counter[str] = Counter()
        self._label = escape(_("Back to the text")) if self._notes else ""

    def _pattern(self) -> re.Pattern[str] | None:
        if not self._notes:
            return None
        names = "|".join(sorted(map(re.escape, self._notes), key=len, reverse=True))
        stars = [re.escape(mark) for mark in self._notes if set(mark) == {"*"}]
        in_round = rf"|\((?:{'|'.join(stars)})\)" if stars else ""
        return re.compile(rf"\[(?:{names})\]{in_round}|{_NO_POWER}[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

    def spans(self, index: int, text: str) -> list[tuple[int, int, str]]:
        """The marks in one piece of the text at node ``index``, as links: start, end, markup."""
        if self._marks is None:
            return []
        found = []
        for match in self._marks.finditer(text):
            anchor = self._meant(match[0].strip("[]()").translate(_SUPERSCRIPTS), index)
            if anchor:
                self._seen[anchor] += 1
                markup = (
                    f'<sup class="note-mark"><a id="{_place(anchor, self._seen[anchor])}" href="#{anchor}" '
                    f'role="doc-noteref">{escape(match[0])}</a></sup>'
                )
                found.append((match.start(), match.end(), markup))
        return found

    def _meant(self, mark: str, index: int) -> str:
        notes = self._notes.get(mark, ())
        return next((anchor for at, anchor in notes if at > index), notes[-1][1] if notes else "")

    def back(self, anchor: str) -> str:
        """Links from a note to its marks, once all marks are drawn."""
        return "".join(
            f' <a class="note-back" href="#{_place(anchor, count)}" role="doc-backlink">↩'
            f'<span class="visually-hidden"> {self._label}{f" {count}" if count > 1 else ""}</span></a>'
            for count in range(1, self._seen[anchor] + 1)
        )


def _place(anchor: str, count: int) -> str:
    return f"ref-{anchor}" if count == 1 else f"ref-{anchor}-{count}"
