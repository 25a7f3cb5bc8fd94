"""A file on its way to a draft: uploaded, read in the background, checked by an editor."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import ImportState


def upload_path(job: "ImportJob", name: str) -> str:
    """Private: below no address, under a name nobody guesses and no ending a server could act on."""
    return f"imports/{uuid.uuid4()}"


class ImportJobQuerySet(models.QuerySet):
    """Named questions about imports."""

    def light(self) -> "ImportJobQuerySet":
        """Without what only the review screen needs, which may be megabytes."""
        return self.defer("reading", "fields", "pieces", "history", "changes", "conflicts")


class ImportJob(models.Model):
    """One uploaded file. ``reading`` is what the file said, ``fields`` and ``pieces`` what the editor made of it
    (``counts`` of the pieces: headings, tables, citations, bases), ``history`` what undoing needs.

    ``version`` counts corrections, so that two screens do not write over each other. The upload is deleted when the
    job is done (the file is then kept beside the page) or dropped.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    by = models.ForeignKey(
        "people.User", verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    upload = models.FileField(_("file"), upload_to=upload_path, blank=True)
    language = models.CharField(max_length=10)
    state = models.CharField(
        pgettext_lazy("of an import", "state"), max_length=10, choices=ImportState.choices, default=ImportState.WAITING
    )
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)
    reading = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    pieces = models.JSONField(default=list)
    history = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    target = models.ForeignKey(
        "documents.DocumentPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    target_revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changes = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    page = models.ForeignKey(
        "documents.DocumentPage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import in progress")
        verbose_name_plural = _("imports in progress")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-updated_at"], name="import_job_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_job_is_in_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_label(self) -> str:
        return str(ImportState(self.state).label)
