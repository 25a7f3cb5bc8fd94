"""Files beside the text of a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from ..enums import AttachmentRole


class DocumentAttachment(Orderable):
    """A kept file the public gets with the document. Publishing the document makes the file public."""

    page = ParentalKey("documents.DocumentPage", on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("media.File", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        _("what it is"), max_length=12, choices=AttachmentRole.choices, default=AttachmentRole.SIGNED
    )
    title = models.CharField(_("title"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        constraints = [models.UniqueConstraint(fields=["page", "file"], name="attachment_once")]

    def __str__(self) -> str:
        return self.title or self.file.name
