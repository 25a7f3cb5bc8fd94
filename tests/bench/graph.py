"""The relations of a large site: a document everybody cites beside one that ten do.

``SCALE`` 1 is 100,000 documents with 1,000,000 relations (``MINHBACH_BENCH_SCALE``); a fifth of it is made by default.
"""

import os
import statistics
import time
from collections.abc import Callable

SCALE = float(os.environ.get("MINHBACH_BENCH_SCALE", "0.2"))
DOCUMENTS, RELATIONS, FAMOUS = int(100_000 * SCALE), int(1_000_000 * SCALE), int(100_000 * SCALE)
ROUNDS = 5

_COPY = """
INSERT INTO documents_documentpage ({columns})
SELECT p.id, {values} FROM wagtailcore_page p JOIN documents_documentpage t ON t.page_ptr_id = {template}
WHERE p.slug LIKE 'bench-%'
"""
_RELATE = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})
INSERT INTO documents_relation (
    source_id, kind, in_preamble, origin, is_ambiguous, is_partial, effect_counts, raw, number, number_key, type_word,
    issuer_raw, issuer_key, issued_on, title_raw, anchor, start, "end", target_id, is_first, source_on)
SELECT {first} + i % {documents}, {kind}, 1, 'text', 0, 0, 0, 'x', k.number, k.number_key, '', '', '',
    k.issued_on, '', 'i.1', 0, 1, NULL, 1, '2021-01-01'
FROM n JOIN documents_documentpage k ON k.page_ptr_id = {target}
WHERE k.page_ptr_id <> {first} + i % {documents}
"""


def build() -> tuple[int, int]:
    """Fill the database; returns the ids of the famous and of the quiet document."""
    from django.db import connection, transaction
    from wagtail.models import Page

    from cms.documents.models import DocumentIndexPage, DocumentPage

    shelf, model = DocumentIndexPage.objects.first(), DocumentPage.objects.live().first()
    start = shelf.numchild + 10
    pages = [
        Page(
            title=f"Văn bản {n}", draft_title=f"Văn bản {n}", slug=f"bench-{n}", content_type=model.content_type,
            path=Page._get_path(shelf.path, shelf.depth + 1, start + n), depth=shelf.depth + 1, live=True,
            url_path=f"{shelf.url_path}bench-{n}/", locale=model.locale,
        )
        for n in range(DOCUMENTS)
    ]  # fmt: skip
    special = {
        "number": "p.id || '/QĐ-BENCH'",
        "number_key": "p.id || 'qdbench'",
        "issued_on": "date('2015-01-01', '+' || (p.id % 3000) || ' days')",
        "doc_type": "'decision'",
        "body": "'[]'",
        "issuer_id": "NULL",
        "issuer_key": "''",
        "issuer_raw": "''",
    }
    fields = [f.column for f in DocumentPage._meta.local_concrete_fields if f.column != "page_ptr_id"]
    values = ", ".join(special.get(column, f't."{column}"') for column in fields)
    columns = ", ".join(["page_ptr_id", *(f'"{column}"' for column in fields)])
    with transaction.atomic(), connection.cursor() as cursor:
        Page.objects.bulk_create(pages, batch_size=2_000)
        first = Page.objects.get(slug="bench-0").pk
        cursor.execute(_COPY.format(columns=columns, values=values, template=model.pk))
        kind = "CASE i % 4 WHEN 0 THEN 'legal_basis' WHEN 1 THEN 'implements' ELSE 'mention' END"
        last = first + DOCUMENTS - 1
        for target, count in ((first, FAMOUS), (last, 10)):
            cursor.execute(_RELATE.format(count=count, first=first, documents=DOCUMENTS, kind=kind, target=target))
        spread = f"{first} + (i * 7919) % {DOCUMENTS}"
        cursor.execute(
            _RELATE.format(count=RELATIONS - FAMOUS, first=first, documents=DOCUMENTS, kind="'mention'", target=spread)
        )
        cursor.execute("UPDATE documents_relation SET target_id = substr(number_key, 1, length(number_key) - 7)"
                       " WHERE number_key LIKE '%qdbench'")  # fmt: skip
    return first, last


def wall_ms(call: Callable[[], object]) -> float:
    """The median of a few; the slowest are the machine's."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def graph() -> None:
    """Prints what each question costs for a famous document, and its ratio to a quiet one."""
    from django.test import Client

    from cms.documents.cited import cited
    from cms.documents.diagram import incoming_counts, relations_of
    from cms.documents.effects import status_of
    from cms.documents.health import basis_health
    from cms.documents.models import DocumentPage
    from cms.documents.plan_tree import implementation_tree
    from cms.documents.relating import settle

    start = time.perf_counter()
    famous, quiet = (DocumentPage.objects.get(pk=pk) for pk in build())
    print(
        f"\nRelations ({DOCUMENTS:,} documents, {RELATIONS:,} relations, made in {time.perf_counter() - start:.0f} s)"
    )
    client = Client(headers={"host": "localhost"})
    questions: dict[str, Callable[[DocumentPage], object]] = {
        "relations, both directions": relations_of,
        "its last page of mentions": lambda page: relations_of(page, "mention", max(1, FAMOUS // 200)),
        "counts for the tabs": incoming_counts,
        "who cites the number": lambda page: cited(page.number_key),
        "tree of plans": implementation_tree,
        "status": status_of,
        "health of the bases": basis_health,
        "the page, whole request": lambda page: client.get(f"/van-ban/{page.slug}/"),
        "settle all that cite it": lambda page: settle({page.number_key}),
    }
    print(f"  {'wall ms':<34}{FAMOUS:>10,} cite it{'10 cite it':>14}{'ratio':>8}")
    for name, question in questions.items():
        many, few = (wall_ms(lambda p=page, q=question: q(p)) for page in (famous, quiet))
        print(f"  {name:<34}{many:>18.1f}{few:>14.1f}{many / few:>8.1f}", flush=True)
