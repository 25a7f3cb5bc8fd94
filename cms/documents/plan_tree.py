"""From the plan of a ministry to that of a school: what implements what, upward and downward."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from cms.base.searchables import public_pages

from .diagram import label_of
from .models import DocumentPage

DEEPEST = 4
MOST_NODES = 200


@dataclass(frozen=True)
class Branch:
    """A document in the tree of plans with those below it; ``seen`` marks one that stands elsewhere in the tree."""

    pk: int
    label: str
    title: str
    url: str
    issuer: str
    issued_on: date | None
    children: tuple["Branch", ...] = ()
    seen: bool = False


@dataclass(frozen=True)
class Tree:
    """``above``: what the document implements, and what those implement in turn; ``below``: who implements it."""

    above: tuple[Branch, ...] = ()
    below: tuple[Branch, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.above or self.below)


_WALK = """
WITH RECURSIVE walk(way, depth, near, far) AS (
    SELECT 'up', 1, source_id, target_id FROM documents_relation
    WHERE source_id = %s AND kind = 'implements' AND is_first AND target_id IS NOT NULL
    UNION ALL
    SELECT 'down', 1, target_id, source_id FROM documents_relation
    WHERE target_id = %s AND kind = 'implements' AND is_first
    UNION ALL
    SELECT walk.way, walk.depth + 1, walk.far, CASE walk.way WHEN 'up' THEN r.target_id ELSE r.source_id END
    FROM walk JOIN documents_relation r ON r.kind = 'implements' AND r.is_first AND r.target_id IS NOT NULL
        AND ((walk.way = 'up' AND r.source_id = walk.far) OR (walk.way = 'down' AND r.target_id = walk.far))
    WHERE walk.depth < %s
) SELECT way, depth, near, far FROM walk LIMIT %s
"""


def implementation_tree(page: DocumentPage) -> Tree:
    """The public documents above and below in at most four steps, at most two hundred. Two statements."""
    limit = MOST_NODES * 2
    with connection.cursor() as cursor:
        cursor.execute(_WALK, [page.pk, page.pk, DEEPEST, limit + 1])
        edges = cursor.fetchall()
    if not edges:
        return Tree()
    ids = list(dict.fromkeys(far for _way, _depth, _near, far in sorted(edges, key=lambda e: e[1])))
    pages = (
        public_pages(DocumentPage.objects.filter(pk__in=ids[:MOST_NODES]))
        .select_related("issuer")
        .only("slug", "title", "official_title", "number", "doc_type", "issuer_raw", "issued_on", "issuer__name")
    )
    known = {one.pk: one for one in pages}
    links: dict[tuple[str, int], list[int]] = {}
    for way, _depth, near, far in sorted(edges, key=lambda e: (e[1], e[3])):
        if far in known and far not in links.setdefault((way, near), []):
            links[way, near].append(far)
    above, below = (_branches(way, page.pk, links, known, {page.pk}, 1) for way in ("up", "down"))
    return Tree(above, below, is_cut=len(edges) > limit or len(ids) > MOST_NODES)


def _branches(way: str, near: int, links: dict, known: dict, seen: set[int], depth: int) -> tuple[Branch, ...]:
    """Nodes already drawn are named once more but not followed: circles end there."""
    found = []
    fresh = [(far, far in seen) for far in links.get((way, near), ())]
    seen.update(far for far, _again in fresh)
    for far, again in fresh:
        children = () if again or depth == DEEPEST else _branches(way, far, links, known, seen, depth + 1)
        one = known[far]
        url = f"/van-ban/{one.slug}/"
        found.append(Branch(far, label_of(one), one.full_title, url, one.issuer_name, one.issued_on, children, again))
    return tuple(sorted(found, key=lambda b: (b.issued_on or date.min, b.pk)))
