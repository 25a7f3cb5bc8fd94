"""Ministry, province, commune, school: who stands below whom, since when, and who came after."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from cms.base.demonstration import LOADERS
        from cms.base.outbox import DEPENDENTS

        from . import demonstration, signals  # noqa: F401
        from .searchables import named_in, register_searchables

        register_searchables()
        DEPENDENTS.setdefault("organisation", []).append(named_in)
        LOADERS.append((10, demonstration.load))
