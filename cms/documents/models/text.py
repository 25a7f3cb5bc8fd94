"""The body of a published document taken apart, so that its page is drawn without reading it anew."""

from django.db import models


class DocumentText(models.Model):
    """The nodes of the public text (``pipeline.Node`` as JSON, reading order) and the abbreviations it explains.

    Derived; never loaded in lists.
    """

    page = models.OneToOneField(
        "documents.DocumentPage", on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    nodes = models.JSONField(default=list)
    rules = models.PositiveSmallIntegerField(default=0)
    """Those it was made by (``derive.RULES``)."""
    glossary = models.JSONField(default=list)
    aliases = models.JSONField(default=list)
    """Anchors once published whose words now stand elsewhere: ``[{"old", "new", "reason", "version"}]``; reason is
    moved, merged or removed."""

    def __str__(self) -> str:
        return f"text of {self.page_id}"
