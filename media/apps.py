"""The files room: images and documents people upload (the code; the files lie under ``var/``)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = _("Files")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.base.ticks import TICKS
        from cms.people.permissions import MediaPolicy

        from .extraction import look_again
        from .models import Attachment, File, Picture

        # Exact classes win over the policy Wagtail registers for its configured models, whatever the order.
        for model in (Picture, Attachment, File):
            register_permission_policy(model, MediaPolicy(model), exact_class=True)
        TICKS.append(look_again)
