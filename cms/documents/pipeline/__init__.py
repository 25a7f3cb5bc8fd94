"""From the bytes of a document to its head, structure, tables and citations. Pure: no models, no settings, no
files.

`read` runs the whole walk; `nodes_from_blocks` and `find_citations` run again whenever an editor saves a
text.
"""

from .citations import Citation, find_citations
from .decode import MAX_BYTES, check_size
from .errors import Unreadable
from .header import Header
from .lines import Line, Repair, Table
from .nodes import Node, nodes_from_blocks, row_anchor, row_anchors, row_text
from .reading import Reading, TableSize, read
from .sources import Source

__all__ = [
    "MAX_BYTES",
    "Citation",
    "Header",
    "Line",
    "Node",
    "Reading",
    "Repair",
    "Source",
    "Table",
    "TableSize",
    "Unreadable",
    "check_size",
    "find_citations",
    "nodes_from_blocks",
    "read",
    "row_anchor",
    "row_anchors",
    "row_text",
]
