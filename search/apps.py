from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Citizen search: one analysis, engines behind a small interface. Knows no room; rooms register with
    it."""

    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from .concept_preview import recent_from
        from .learning.past import begun, latest
        from .models import PromotedResult
        from .promotions import refresh_after_commit
        from .suggest import register_past

        recent_from(latest)
        register_past(begun)
        for signal in (post_save, post_delete):
            signal.connect(refresh_after_commit, sender=PromotedResult, dispatch_uid="promotions")
