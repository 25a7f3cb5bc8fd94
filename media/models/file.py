"""A file kept for ever: named by what is in it, never replaced."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from .uploads import Stewarded

PDF = "application/pdf"


def stored_at(file: "File", name: str) -> str:
    """Below the uploads' folder by hash; two levels keep the folders small."""
    return f"files/{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}"


class TextState(models.TextChoices):
    """How far the text of a file has come on its way into search."""

    WAITING = "waiting", _("text not read yet")
    READ = "read", _("text can be searched")
    NONE = "none", _("no text in it")
    FAILED = "failed", _("text could not be read")


class File(index.Indexed, Stewarded):
    """Bytes with their SHA-256, sniffed type, size and text by page. Rooms link to it (law 15).

    One row an organisation, so that rights stay plain; the bytes lie on the disk once.
    """

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("kind of file"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    blob = models.FileField(_("file"), upload_to=stored_at, max_length=120)
    page_texts = models.JSONField(default=list, editable=False)
    text_state = models.CharField(
        _("search in its text"),
        max_length=8,
        choices=TextState.choices,
        default=TextState.WAITING,
        editable=False,
        db_index=True,
    )
    text_message = models.TextField(_("remark on its text"), blank=True, editable=False)
    text_asked_at = models.DateTimeField(null=True, editable=False)
    signatures = models.JSONField(default=list, editable=False)
    """What the signatures of a PDF say of themselves, unverified; in the shape of the room that reads them."""
    text_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    uploaded_by_user = models.ForeignKey(
        "people.User", verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, editable=False
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("media_type"),
        index.FilterField("organisation"),
        index.FilterField("text_state"),
    ]

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_is_not_empty"),
            models.UniqueConstraint(fields=["sha256", "organisation"], name="file_once_an_organisation"),
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(organisation__isnull=True), name="file_once_without_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pages(self) -> int:
        """How many pages it has; 0 for what has no pages of its own (sheets, slides, running text) or no text."""
        return len(self.page_texts) if self.media_type == PDF else 0

    @property
    def extension(self) -> str:
        return PurePath(self.name).suffix.lstrip(".").lower()

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.sha256, self.name])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Name and steward may change; what is in the file never does."""
        if self.pk:
            kept = type(self).objects.values_list("sha256", "size", "blob").get(pk=self.pk)
            if kept != (self.sha256, self.size, self.blob.name):
                raise ValidationError(_("A kept file is never replaced. Upload the new one beside it."))
        super().save(*args, **kwargs)
