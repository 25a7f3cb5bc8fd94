"""May what one document says of another change what holds of it? The rule, and the column that keeps its answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from cms.base.outbox import record
from cms.organisations.models import OrganisationName, Placement, Succession

from .enums import EFFECTS, RelationOrigin
from .models import Relation

FIELDS = (
    "pk", "origin", "effect_counts", "source__issuer", "source__issuer_key", "source__issued_on",
    "source__organisation", "target__issuer", "target__issuer_key", "target__organisation",
)  # fmt: skip
CHUNK = 5_000


@dataclass(frozen=True)
class Tree:
    """What is known of the organisations concerned: names, who came after whom, who stood below whom and when."""

    names: Mapping[int, frozenset[str]]
    successors: Mapping[int, frozenset[int]]
    parents: Mapping[int, tuple[tuple[int, date | None, date | None], ...]]

    def after(self, organisation: int) -> set[int]:
        """The organisation and all that came after it."""
        found, step = {organisation}, {organisation}
        while step:
            step = {later for one in step for later in self.successors.get(one, ())} - found
            found |= step
        return found

    def stands_above(self, upper: int, lower: int, day: date | None) -> bool:
        """Was ``upper`` the same as ``lower`` or above it on that day?"""
        found, step = {lower}, {lower}
        while step:
            step = {
                parent
                for one in step
                for parent, start, end in self.parents.get(one, ())
                if day and (start is None or start <= day) and (end is None or end > day)
            } - found
            found |= step
        return upper in found


def may_change(tree: Tree, source: tuple[int | None, str], target: tuple[int | None, str], day: date | None) -> bool:
    """The issuer of the target, its successors, and whoever stood above one of them on the source's date may.

    Issuers are (organisation, key of the name as printed). Where one is not in the register their names must agree.
    """
    if source[0] and target[0]:
        return any(tree.stands_above(source[0], holder, day) for holder in tree.after(target[0]))
    ours, theirs = (tree.names.get(one or 0, frozenset()) | {raw} for one, raw in (source, target))
    return bool((ours & theirs) - {""})


def settle_effects(scope: Q) -> None:
    """Work ``effect_counts`` out anew for the effects among these relations. A constant number of statements for
    each few thousand."""
    rows = Relation.objects.filter(scope)
    rows.exclude(kind__in=EFFECTS, target__isnull=False).filter(effect_counts=True).update(effect_counts=False)
    effects = rows.filter(kind__in=EFFECTS, target__isnull=False).order_by("pk")
    last = 0
    while chunk := list(effects.filter(pk__gt=last).values(*FIELDS)[:CHUNK]):
        last = chunk[-1]["pk"]
        _store(chunk)


def settle_all_effects() -> None:
    """Organisations moved or were succeeded: the effects between different issuers may count otherwise now."""
    settle_effects(Q(kind__in=EFFECTS, target__isnull=False) & ~Q(source__issuer=F("target__issuer")))


def _store(rows: list[dict]) -> None:
    tree = _tree(rows)
    for counts in (True, False):
        wrong = [row["pk"] for row in rows if row["effect_counts"] != counts and _counts(tree, row) == counts]
        if wrong:
            Relation.objects.filter(pk__in=wrong).update(effect_counts=counts)
            record("document", Relation.objects.filter(pk__in=wrong).values_list("target", flat=True))


def _counts(tree: Tree, row: dict) -> bool:
    day = row["source__issued_on"]
    source = (row["source__issuer"], row["source__issuer_key"])
    if may_change(tree, source, (row["target__issuer"], row["target__issuer_key"]), day):
        return True
    ours, theirs = row["source__organisation"], row["target__organisation"]
    by_editor = row["origin"] == RelationOrigin.EDITOR
    return by_editor and bool(ours and theirs) and tree.stands_above(ours, theirs, day)


def _tree(rows: Iterable[dict]) -> Tree:
    """What the rule needs of these organisations; nothing is read where both sides are the same."""
    apart = [row for row in rows if row["source__issuer"] != row["target__issuer"] or not row["target__issuer"]]
    issuers = {row[side] for row in apart for side in ("source__issuer", "target__issuer")} - {None}
    lower = {row["target__issuer"] for row in apart} | {
        row["target__organisation"] for row in apart if row["origin"] == RelationOrigin.EDITOR
    }
    successors: dict[int, frozenset[int]] = {}
    names: dict[int, frozenset[str]] = {}
    if issuers:
        for old, new in Succession.objects.values_list("predecessor", "successor"):
            successors[old] = successors.get(old, frozenset()) | {new}
        for one, key in OrganisationName.objects.filter(organisation__in=issuers).values_list("organisation", "key"):
            names[one] = names.get(one, frozenset()) | {key}
    bare = Tree(names, successors, {})
    return Tree(names, successors, _parents({one for start in lower - {None} for one in bare.after(start)}))


def _parents(starts: set[int]) -> dict[int, tuple[tuple[int, date | None, date | None], ...]]:
    """Every place these and those above them ever had; one statement a level of the tree."""
    found: dict[int, tuple[tuple[int, date | None, date | None], ...]] = {}
    step = set(starts)
    while step:
        above = set()
        for one, parent, start, end in Placement.objects.filter(organisation__in=step).values_list(
            "organisation", "parent", "valid_from", "valid_to"
        ):
            found[one] = (*found.get(one, ()), (parent, start, end))
            above.add(parent)
        step = above - found.keys() - step
    return found
