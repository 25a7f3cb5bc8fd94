"""Pictures, and files for articles. They belong to an organisation, as everything does."""

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index


class Stewarded(models.Model):
    """Belongs to the organisation of whoever uploaded it, until somebody says otherwise."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Its editors may change and use this file."),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.organisation_id is None and self.uploaded_by_user_id:
            from cms.people.permissions import home_organisation

            self.organisation_id = home_organisation(self.uploaded_by_user)
        super().save(*args, **kwargs)


class Picture(Stewarded, AbstractImage):
    """A picture. Its description is what a reader hears who cannot see it."""

    admin_form_fields = (*WagtailImage.admin_form_fields, "organisation")
    search_fields = [*AbstractImage.search_fields, index.FilterField("organisation")]

    def get_upload_to(self, filename: str) -> str:
        """A name nobody guesses: pictures at their sizes are served without asking (law 15)."""
        stem, dot, ending = filename.rpartition(".")
        return super().get_upload_to(f"{stem[:40]}-{secrets.token_hex(6)}{dot}{ending}")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_picture", "Can choose image")]


class Rendition(AbstractRendition):
    """An image at a size; public, made when first asked for."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_size")
        ]


class Attachment(Stewarded, AbstractDocument):
    """A file to download."""

    admin_form_fields = (*WagtailDocument.admin_form_fields, "organisation")
    search_fields = [*AbstractDocument.search_fields, index.FilterField("organisation")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        permissions = [("choose_attachment", "Can choose document")]
