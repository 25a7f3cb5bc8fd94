"""Word documents (.docx): the package opened safely, its paragraphs and tables as the one stream of lines.

Only `zipfile` and `lxml` are used, with entities, network and huge trees off; what no reader can make sense of is
refused as `Unreadable`.
"""

from ..extractors import Extracted, register
from . import archive
from .reader import read_package


@register("docx")
def docx_lines(data: bytes, name: str) -> Extracted:
    """A Word document: automatic numbers written out, tables, text boxes, footnotes; tracked changes accepted."""
    return read_package(archive.open_package(data, name), name)


@register("doc")
def compound_file(data: bytes, name: str) -> Extracted:
    """A Microsoft compound file holds an old .doc or an encrypted document; neither is read. Always raises."""
    raise archive.refusal_of_compound_file(data, name)
