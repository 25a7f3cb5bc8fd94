"""What has changed and who has still to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxRow(models.Model):
    """One change one consumer has not dealt with yet. See ``cms.base.outbox``."""

    consumer = models.CharField(_("consumer"), max_length=30)
    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.PositiveBigIntegerField(_("object"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("waiting change")
        verbose_name_plural = _("waiting changes")
        indexes = [models.Index(fields=["consumer", "id"], name="outbox_by_consumer")]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.kind} {self.object_id}"
