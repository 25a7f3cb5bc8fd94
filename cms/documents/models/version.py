"""What the public has read, version by version, and what an editor says of each change."""

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from ..enums import ChangeKind


class ChangeNote(Orderable):
    """A change in words, for the public history of a document (GOV.UK's change note)."""

    page = ParentalKey("documents.DocumentPage", on_delete=models.CASCADE, related_name="change_notes")
    kind = models.CharField(_("kind of change"), max_length=10, choices=ChangeKind.choices, default=ChangeKind.MAJOR)
    noted_on = models.DateField(_("date"), default=localdate)
    note = models.TextField(_("what changed"), max_length=1000)

    class Meta(Orderable.Meta):
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")

    def __str__(self) -> str:
        return self.note


class DocumentVersion(models.Model):
    """One published state of a document; ``nodes`` as in ``DocumentText``, ``head`` the fields of its head as
    ``reimport.plain`` gives them. Written in the publishing transaction when text or head differ from the last one;
    never changed, never loaded in lists."""

    page = models.ForeignKey("documents.DocumentPage", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published at"))
    nodes = models.JSONField(default=list)
    head = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    """The change notes first published with this version: ``[{"kind", "noted_on", "note"}]``."""
    source_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["page", "number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"
