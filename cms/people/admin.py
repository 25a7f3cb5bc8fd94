"""People and their roles in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from .enums import MEMBERSHIPS, Role
from .models import Membership
from .permissions import may_act_for
from .viewsets import ScopedViewSetMixin


class MembershipForm(WagtailAdminModelForm):
    """Nobody raises herself, appoints an operator, or hands out a role outside her own organisations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        giver = self.for_user
        if giver is not None and not giver.is_superuser:
            # Her own people, and accounts nobody has placed yet; not the whole site's.
            mine = policy_registry.get_by_type(Membership).instances_user_has_any_permission_for(giver, {"view"})
            users = self.fields["user"].queryset
            self.fields["user"].queryset = users.filter(
                Q(pk__in=mine.values("user")) | Q(memberships__isnull=True, is_superuser=False)
            ).distinct()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        giver = self.for_user
        if giver is None or giver.is_superuser:
            return data
        if data.get("user") == giver:
            raise ValidationError(_("You cannot change your own roles. Ask another administrator."))
        if data.get("role") == Role.OPERATOR:
            self.add_error("role", _("Only the technical operator can appoint an operator."))
        organisation = data.get("organisation")
        if organisation and not may_act_for(giver, "change", organisation.pk, MEMBERSHIPS):
            self.add_error("organisation", _("You administer only your own organisation and those below it."))
        return data


class MembershipViewSet(ScopedViewSetMixin, SnippetViewSet):
    """Who is what, for whom, until when."""

    model = Membership
    icon = "key"
    menu_label = _("Memberships")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["user", "organisation", "role", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_per_page = 50

    def register_chooser_viewset(self) -> None:
        """Nothing refers to a membership, and a chooser would show everybody's to everybody."""

    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("organisation"),
            FieldPanel("role"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        ],
        base_form_class=MembershipForm,
    )
