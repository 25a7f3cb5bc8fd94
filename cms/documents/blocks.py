"""The body of a document as the editor sees it: headings, text with one item a line, tables, footnotes.

Anchors, contents, passages and citations are made from these by ``pipeline.nodes_from_blocks``; nothing of that
is typed by hand.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock


class HeadingBlock(blocks.StructBlock):
    """A heading with its printed number and its depth."""

    number = blocks.CharBlock(
        label=_("Number as printed"), required=False, max_length=40, help_text=_("II, 2.1, a or PHỤ LỤC 2")
    )
    text = blocks.CharBlock(label=_("Heading"), required=False, max_length=1000)
    level = blocks.IntegerBlock(label=_("Level"), min_value=1, max_value=6, default=1)

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{number} {text}"
        description = _("A numbered or unnumbered heading; appendices are headings of level 1.")
        preview_value = {"number": "II", "text": "Nhiệm vụ", "level": 1}
        form_classname = "struct-block document-heading"


class NoteBlock(blocks.StructBlock):
    """A footnote."""

    mark = blocks.CharBlock(label=_("Mark"), max_length=10)
    text = blocks.TextBlock(label=pgettext_lazy("footnote", "Text"))

    class Meta:
        icon = "list-ol"
        label = _("Footnote")
        description = _("A footnote; its mark stands in the text.")
        preview_value = {"mark": "1", "text": "Tính đến ngày 31/12."}


class DocumentBody(blocks.StreamBlock):
    """Order is reading order."""

    heading = HeadingBlock()
    text = blocks.TextBlock(
        label=_("Text"),
        icon="pilcrow",
        rows=4,
        description=_("One item or paragraph a line: “a) …”, “(1) …”, “- …” or plain text."),
        preview_value="a) Tuyên truyền, phổ biến.\nb) Tập huấn giáo viên.",
    )
    table = TableBlock(
        label=_("Table"),
        icon="table",
        description=_("A table of the document; its first row may be its header."),
    )
    note = NoteBlock()
