"""Which document does what to which, and where it says so: citations and legal effects in one table.

Those of documents the site does not hold are kept and resolve when the documents arrive (law 14).
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from search.text import number_key

from ..enums import EFFECTS, RelationKind, RelationOrigin


class Relation(models.Model):
    """One document named by another: read in its published text, or stated by its editor.

    ``start`` and ``end`` are offsets into the text of the node at ``anchor``; an editor's statement has none.
    ``target`` is set when exactly one public document of that number agrees in issuer or date; ``is_ambiguous`` when
    several do. Rows are derived (``derive.py``): they are written when the source is published and settled whenever a
    document of their number comes or goes. ``effect_counts``: the source's issuer may change what the target's issuer
    laid down (the same body, its successor, or one above it); only then does an effect touch the target's status.

    ``pinned`` is the document an editor chose; nothing else is ever the target then. ``is_first``: of the rows of one
    source about one document the one that lists show (one a kind, mentions only where nothing stronger is said).
    ``source_on`` repeats the date of the source, so that a long list is read in its order from the index.
    """

    source = models.ForeignKey(
        "documents.DocumentPage", verbose_name=_("in"), on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind.choices)
    in_preamble = models.BooleanField(_("among the legal bases"), default=False)
    origin = models.CharField(max_length=6, choices=RelationOrigin.choices, default=RelationOrigin.TEXT)
    is_ambiguous = models.BooleanField(_("several documents fit"), default=False)
    is_partial = models.BooleanField(_("in part"), default=False)
    effect_counts = models.BooleanField(default=False)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    raw = models.CharField(_("as printed"), max_length=300)
    number = models.CharField(_("number"), max_length=100)
    number_key = models.CharField(max_length=100, db_index=True)
    type_word = models.CharField(max_length=40, blank=True)
    issuer_raw = models.CharField(_("issuer as printed"), max_length=300, blank=True)
    issuer_key = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    title_raw = models.TextField(_("title as printed"), blank=True)
    anchor = models.CharField(max_length=120, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    target = models.ForeignKey(
        "documents.DocumentPage",
        verbose_name=pgettext_lazy("administrative", "document"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incoming",
    )
    pinned = models.ForeignKey(
        "documents.DocumentPage", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    is_first = models.BooleanField(default=True, editable=False)
    source_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["target", "kind"], name="relation_incoming"),
            models.Index(
                fields=["target", "kind", "-source_on", "-source"], name="relation_cited_by", condition=Q(is_first=True)
            ),
            models.Index(
                fields=["target", "-source_on", "-source"], name="relation_newest", condition=Q(is_first=True)
            ),
            models.Index(
                fields=["number_key", "-source_on", "-source"], name="relation_of_number", condition=Q(is_first=True)
            ),
            models.Index(
                fields=["number_key", "issued_on", "issuer_key", "target", "is_ambiguous", "source"],
                name="relation_described",
                condition=Q(is_first=True),
            ),
            models.Index(fields=["kind"], name="relation_effects", condition=Q(kind__in=sorted(EFFECTS))),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="relation_has_length"),
            models.CheckConstraint(
                condition=Q(is_ambiguous=False) | Q(target__isnull=True), name="relation_ambiguous_has_no_target"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("source")), name="relation_is_with_another"
            ),
        ]

    def __str__(self) -> str:
        return self.raw


class StatedRelation(Orderable):
    """What an editor knows and the text does not say, or which of several documents it means."""

    page = ParentalKey("documents.DocumentPage", on_delete=models.CASCADE, related_name="stated_relations")
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind.choices)
    document = models.ForeignKey(
        "documents.DocumentPage",
        verbose_name=pgettext_lazy("administrative", "document"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("When it is on this site. Otherwise write its number below."),
    )
    number = models.CharField(_("number"), max_length=100, blank=True)
    issuer_raw = models.CharField(_("issuer as printed"), max_length=300, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    is_partial = models.BooleanField(_("in part"), default=False)
    effective_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Empty: from when this document is in force.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("stated relation")
        verbose_name_plural = _("stated relations")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document or self.number}"

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        super().clean()
        self.remember_document()
        if not self.document_id and not number_key(self.number):
            raise ValidationError({"number": _("Choose a document of this site or write a number.")})
        if self.document_id and self.document_id == self.page_id:
            raise ValidationError({"document": _("A document has no relation with itself. Choose another one.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.remember_document()
        super().save(*args, **kwargs)

    def remember_document(self) -> None:
        """The chosen document in words too: they stay when it is no longer on the site."""
        if self.document and not self.number:
            self.number, self.issued_on = self.document.number, self.document.issued_on
            self.issuer_raw = self.document.issuer_name[:300]
