"""A file kept for ever: named by what is in it, never replaced."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from .uploads import Stewarded


def stored_at(file: "File", name: str) -> str:
    """Below the uploads' folder by hash; two levels keep the folders small."""
    return f"files/{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}"


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
    uploaded_by_user = models.ForeignKey(
        "people.User", verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, editable=False
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("media_type"),
        index.FilterField("organisation"),
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
        """How many pages its text came from; 0 when it has no text."""
        return len(self.page_texts)

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
