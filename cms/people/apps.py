"""Who signs in, for which organisation, with which role, and what that allows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "cms.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from .policies import register_policies

        register_policies()
