"""Rights to what belongs to the site as a whole: what was searched, what is promoted, how results are judged."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from cms.organisations.models import Organisation

from .models import Membership
from .permissions import SubtreePolicy, may_act_for


class SiteOfficePolicy(SubtreePolicy):
    """A role counts in the office that runs the site, and above it; nowhere else. Where no office is named, only
    superusers may do anything."""

    @staticmethod
    def _offices() -> list[int]:
        from cms.base.models import OfficeSettings

        return list(OfficeSettings.objects.exclude(organisation=None).values_list("organisation", flat=True))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        if not user.is_active or user.is_superuser:
            return user.is_active
        if not self._roots(user, actions):
            return False
        return any(may_act_for(user, action, pk, self.grants) for pk in self._offices() for action in actions)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        above = Organisation.objects.none()
        for pk in self._offices():
            above = above | Organisation.objects.above(pk)
        return self._users(Membership.objects.active().filter(role__in=self._roles(actions), organisation__in=above))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet:
        return self.users_with_any_permission(actions)
