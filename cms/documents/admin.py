"""Topics in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.people.viewsets import ScopedViewSetMixin

from .models import Topic


class TopicViewSet(ScopedViewSetMixin, SnippetViewSet):
    """The subjects documents are filtered by."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 230
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("slug")]
