"""The vocabulary of free text: what an editor may put into an article, one idea a block."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading of the second or third level; the page's title is the first."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides the page; readers and search engines move by it.")
        template = "base/blocks/heading.html"
        preview_value = {"text": "Hồ sơ cần chuẩn bị", "level": "2"}


class CalloutBlock(blocks.StructBlock):
    """One thing a reader must not miss."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("One thing the reader must not miss, set off from the text.")
        template = "base/blocks/callout.html"
        preview_value = {"title": "Hạn gửi", "text": "<p>Trước ngày 20 tháng cuối mỗi quý.</p>"}


class FileBlock(blocks.StructBlock):
    """A file to download, with its type and size."""

    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)

    class Meta:
        icon = "doc-full"
        label = _("File")
        description = _("A file to download; its type and size are shown.")
        template = "base/blocks/file.html"


class CaptionedTableBlock(TableBlock):
    """A small table. What is longer than a screen belongs into a dataset."""

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A small table with a caption and marked header cells.")
        template = "base/blocks/table.html"


class ArticleBody(blocks.StreamBlock):
    """The body of an article."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        features=TEXT_FEATURES,
        label=_("Text"),
        icon="pilcrow",
        description=_("Paragraphs, lists and links."),
        preview_value="<p>Cha mẹ học sinh có thể tra cứu văn bản ngay tại đây.</p>",
    )
    image = ImageBlock(
        label=_("Image"),
        template="base/blocks/image.html",
        description=_("A picture with the words a blind reader hears."),
    )
    table = CaptionedTableBlock(table_options={"minSpareRows": 0})
    file = FileBlock()
    callout = CalloutBlock()
