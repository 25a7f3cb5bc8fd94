"""What the machine read of a file, kept beside the page it went into."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRecord(models.Model):
    """One import: the file, the head and text as read, and where it disagreed with an editor's corrections.

    The next import of the same document is merged against it: what the editor changed since is kept.
    """

    page = models.ForeignKey("documents.DocumentPage", on_delete=models.CASCADE, related_name="imports")
    file = models.ForeignKey("media.File", on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=dict)
    blocks = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file} → {self.page}"
