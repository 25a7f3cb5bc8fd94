"""Which document names which, and where. Those the site does not hold are kept and resolve when they arrive."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import CitationKind


class Citation(models.Model):
    """One mention of a document in the published text of another.

    ``start`` and ``end`` are offsets into the text of the node at ``anchor``. ``target`` is set when the site
    holds a document of that number whose issuer or date agrees (law 14: a number alone identifies nothing).
    """

    source = models.ForeignKey(
        "documents.DocumentPage", verbose_name=_("in"), on_delete=models.CASCADE, related_name="citations"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CitationKind.choices)
    raw = models.CharField(_("as printed"), max_length=300)
    number = models.CharField(_("number"), max_length=100)
    number_key = models.CharField(max_length=100, db_index=True)
    type_word = models.CharField(max_length=40, blank=True)
    issuer_raw = models.CharField(_("issuer as printed"), max_length=300, blank=True)
    issuer_key = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    title_raw = models.TextField(_("title as printed"), blank=True)
    anchor = models.CharField(max_length=120)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    target = models.ForeignKey(
        "documents.DocumentPage",
        verbose_name=pgettext_lazy("administrative", "document"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="cited_by",
    )

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["number_key"], name="citation_waiting", condition=Q(target__isnull=True)),
        ]
        constraints = [models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="citation_has_length")]

    def __str__(self) -> str:
        return self.raw
