"""What was read of a file: head, blocks to edit, nodes, citations, tables, and what a person should
look at.
"""

from dataclasses import dataclass
from typing import Any

from .citations import Citation, find_citations
from .extractors import extract
from .header import Header, read_header
from .lines import Repair
from .nodes import Node, nodes_from_blocks
from .sources import Source, sources
from .structure import Block, build


@dataclass(frozen=True)
class TableSize:
    """A table found: its anchor, its data rows (those with an anchor of their own) and its columns."""

    anchor: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Reading:
    """One file, read.

    `source` is the whole stream, head and signature too; `origins` gives for each node the number of the source it
    began at (of lines joined to a paragraph: the first). `pages` are those of a PDF, 0 for every other file.
    """

    header: Header
    blocks: tuple[Block, ...]
    nodes: tuple[Node, ...]
    citations: tuple[Citation, ...]
    tables: tuple[TableSize, ...]
    warnings: tuple[str, ...]
    repairs: tuple[Repair, ...]
    source: tuple[Source, ...] = ()
    origins: tuple[int | None, ...] = ()
    pages: int = 0

    def as_json(self) -> dict[str, Any]:
        """What `import_document --json` prints: plain values, dates in ISO form, None where the text says
        nothing.
        """
        head = self.header
        return {
            "number": head.number,
            "number_key": head.number_key or None,
            "type": head.type_word,
            "issuer": head.issuer,
            "parent_issuer": head.parent_issuer,
            "place": head.place,
            "issued_on": head.issued_on.isoformat() if head.issued_on else None,
            "effective_from": head.effective_from.isoformat() if head.effective_from else None,
            "title": head.title,
            "signer_name": head.signer_name,
            "signer_title": head.signer_title,
            "recipients": list(head.recipients),
            "field": head.field,
            "sections": [
                {
                    "anchor": node.anchor,
                    "level": node.level,
                    "number": node.number or None,
                    "heading": node.text,
                }
                for node in self.nodes
                if node.kind == "heading"
            ],
            "citations": [
                {
                    "raw": citation.raw,
                    "key": citation.key,
                    "kind": citation.kind,
                    "issued_on": citation.issued_on.isoformat() if citation.issued_on else None,
                    "anchor": citation.anchor,
                }
                for citation in self.citations
            ],
            "tables": [{"anchor": table.anchor, "rows": table.rows, "columns": table.columns} for table in self.tables],
            "warnings": list(self.warnings),
        }


def read(data: bytes, name: str) -> Reading:
    """Read a file. Raises `Unreadable`, and nothing else, for what cannot be read; `name` is only for
    messages.
    """
    extracted = extract(data, name)
    head = read_header(extracted.items)
    structure = build(head.body, head.appendices)
    nodes = nodes_from_blocks(structure.blocks)
    citations = find_citations(nodes, head.header.number_key)
    return Reading(
        header=head.header,
        blocks=tuple(structure.blocks),
        nodes=tuple(nodes),
        citations=tuple(citations),
        tables=tuple(
            TableSize(node.anchor, len(node.rows) - node.header_rows, len(node.rows[0]) if node.rows else 0)
            for node in nodes
            if node.kind == "table"
        ),
        warnings=(*extracted.warnings, *head.warnings, *structure.warnings),
        repairs=(*head.repairs, *structure.repairs),
        source=sources(extracted.items),
        origins=tuple(structure.origins),
        pages=extracted.pages,
    )
