"""The room under all rooms: page base, home, articles, the frame of the public site, the outbox."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "cms.base"
    label = "base"
    verbose_name = "Minh Bạch"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from search.backend.following import keep
        from search.learning import upkeep
        from search.nightly import verify_nightly
        from search.renewal import renew

        from . import checks, demonstration, signals  # noqa: F401
        from .foundation import lay
        from .searchables import register_searchables
        from .ticks import TICKS

        post_migrate.connect(lay, sender=self, dispatch_uid="foundation")

        register_searchables()
        TICKS.extend((renew, keep, verify_nightly, upkeep.tick))
