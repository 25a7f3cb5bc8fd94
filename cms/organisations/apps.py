"""Ministry, province, commune, school: who stands below whom, since when, and who came after."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from cms.base.demonstration import LOADERS

        from . import demonstration
        from .searchables import register_searchables

        register_searchables()
        LOADERS.append((10, demonstration.load))
