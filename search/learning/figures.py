"""What the counts of a question say: pure, over one summed row."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.models.log import BOUNDS

WITHIN = (*(f"within_{bound}" for bound in BOUNDS), "beyond")
CLICKED = ("clicked_1", "clicked_5", "clicked_10", "clicked_more")
COUNTS = ("asked", "empty", "few", "dropped", "respelt", "stood_in", *WITHIN, *CLICKED)
OFTEN = 5
"""So often asked and never once followed, a question is poorly answered."""
SLOW = ("within_1000", "beyond")
"""Longer than a fifth of a second."""


@dataclass(frozen=True)
class Asked:
    """One question over a time. ``counts`` has every name of ``COUNTS``."""

    key: str
    text: str
    counts: Mapping[str, int]
    slowest: int
    results: int

    @property
    def asked(self) -> int:
        return self.counts["asked"]

    @property
    def clicks(self) -> int:
        return sum(self.counts[name] for name in CLICKED)

    @property
    def far(self) -> int:
        """Clicks on a result behind the fifth."""
        return self.counts["clicked_10"] + self.counts["clicked_more"]

    @property
    def slow(self) -> int:
        return sum(self.counts[name] for name in SLOW)

    @property
    def is_empty(self) -> bool:
        return self.counts["empty"] > 0

    @property
    def is_poor(self) -> bool:
        """Answered, but not well: few results, words left out, another spelling, nothing followed, only far results
        followed."""
        weak = self.counts["few"] or self.counts["dropped"] or self.counts["respelt"]
        return self.asked > self.counts["empty"] and bool(weak or self.is_ignored or self.is_far)

    @property
    def is_ignored(self) -> bool:
        return self.asked - self.counts["empty"] >= OFTEN and not self.clicks

    @property
    def is_far(self) -> bool:
        return self.far * 2 > self.clicks

    @property
    def reasons(self) -> list[str]:
        """What is wrong, in words."""
        counts, said = self.counts, []
        if counts["empty"]:
            said.append(
                ngettext("%(n)d time without result", "%(n)d times without result", counts["empty"])
                % {"n": counts["empty"]}
            )
        if counts["few"]:
            said.append(_("few results"))
        if counts["dropped"]:
            said.append(_("words left out"))
        if counts["respelt"]:
            said.append(_("answered in another spelling"))
        if self.is_ignored:
            said.append(_("no result was opened"))
        elif self.is_far:
            said.append(_("results behind the fifth were opened"))
        if self.slow:
            said.append(_("%(n)d times longer than 200 ms") % {"n": self.slow})
        if counts["stood_in"]:
            said.append(_("%(n)d times answered by the embedded engine") % {"n": counts["stood_in"]})
        return said

    @property
    def why(self) -> str:
        return "; ".join(self.reasons)

    @property
    def latency(self) -> str:
        """ "50 / 200 ms": half of the answers took at most the first, nineteen of twenty the second."""
        buckets = [self.counts[name] for name in WITHIN]
        return f"{bound_said(buckets, 0.5, self.slowest)} / {bound_said(buckets, 0.95, self.slowest)} ms"


def bound_within(buckets: list[int], share: float) -> int | None:
    """The bound below which that share of the answers lies; None beyond the last, or where nothing was counted."""
    needed, seen = share * sum(buckets), 0
    if not needed:
        return None
    for count, bound in zip(buckets, BOUNDS, strict=False):
        seen += count
        if seen >= needed:
            return bound
    return None


def bound_said(buckets: list[int], share: float, slowest: int) -> str:
    """The bound, or the slowest answer where that says more."""
    bound = bound_within(buckets, share)
    said = slowest if bound is None else min(bound, max(1, slowest))
    return f"≤ {number_format(said, force_grouping=True)}"
