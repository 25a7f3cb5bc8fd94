"""PDF files to the stream of lines and tables.

`opening` opens or refuses, `glyphs` gives words with boxes, `ruling` the drawn lines, `tables` what they frame,
`layout` the printed lines of a page, `furniture` drops what every page repeats, `columns` parts letterhead and
signature, `flow` makes paragraphs of wrapped lines, `scanned` recognises pictures of text, `images` draws a page.
"""

from ..extractors import Extracted, register


@register("pdf")
def pdf_lines(data: bytes, name: str) -> Extracted:
    """The stream of a PDF. Raises `Unreadable`; the libraries are loaded with the first PDF only."""
    from .document import extract_pdf

    return extract_pdf(data, name)
