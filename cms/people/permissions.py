"""One rule for rights: a role in an organisation reaches that organisation and everything below it today.

Pages, snippets, images, files and views all ask here (law 10). Superusers may do everything.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.organisations.models import Organisation

from .enums import CONTENT, Role
from .models import Membership

Grants = Mapping[str, frozenset[str]]


def _memberships(user: Any) -> list[tuple[int, str]]:
    """(organisation id, role) pairs that hold today; read once a request."""
    if not hasattr(user, "_active_memberships"):
        active = user.is_active and not user.is_anonymous
        user._active_memberships = (
            list(Membership.objects.active().filter(user=user).order_by("pk").values_list("organisation_id", "role"))
            if active
            else []
        )
    return user._active_memberships


def has_membership(user: Any) -> bool:
    return not user.is_anonymous and bool(_memberships(user))


def home_organisation(user: Any) -> int | None:
    """The organisation offered first to this person: that of her oldest membership that lets her add something."""
    return next((pk for pk, role in _memberships(user) if "add" in CONTENT.get(role, frozenset())), None)


def roots(user: Any, actions: Iterable[str], grants: Grants = CONTENT) -> frozenset[int]:
    """The organisations whose subtrees this person may do one of ``actions`` in."""
    wanted = set(actions)
    return frozenset(
        organisation for organisation, role in _memberships(user) if wanted & grants.get(role, frozenset())
    )


def may_act_for(user: Any, action: str, organisation_id: int | None, grants: Grants = CONTENT) -> bool:
    """May this person do ``action`` to what belongs to the organisation?"""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if organisation_id is None:
        return False
    starts = roots(user, {action}, grants)
    if organisation_id in starts:
        return True
    return bool(starts) and Organisation.objects.within(starts).filter(pk=organisation_id).exists()


class SubtreePolicy(BasePermissionPolicy):
    """Rights to rows of ``model`` by the organisation that ``field`` names (``pk``: the row is one itself)."""

    def __init__(self, model: type[Model] | str, field: str = "organisation_id", grants: Grants = CONTENT) -> None:
        super().__init__(model)
        self.field = field
        self.grants = grants

    def _roots(self, user: Any, actions: Iterable[str]) -> frozenset[int]:
        return roots(user, actions, self.grants)

    def _in_reach(self, user: Any, actions: Iterable[str]) -> Q:
        return Q(**{f"{self.field}__in": Organisation.objects.within(self._roots(user, actions)).values("pk")})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, {action})

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return user.is_active and (user.is_superuser or bool(self._roots(user, actions)))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        organisation_id = getattr(instance, self.field)
        return any(may_act_for(user, action, organisation_id, self.grants) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        if not user.is_active:
            return self.model._default_manager.none()
        if user.is_superuser:
            return self.model._default_manager.all()
        return self.model._default_manager.filter(self._in_reach(user, actions))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return self._users(Membership.objects.active().filter(role__in=self._roles(actions)))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet:
        above = Organisation.objects.above(getattr(instance, self.field))
        return self._users(Membership.objects.active().filter(role__in=self._roles(actions), organisation__in=above))

    def _roles(self, actions: Iterable[str]) -> list[str]:
        wanted = set(actions)
        return [role for role in Role.values if wanted & self.grants.get(role, frozenset())]

    @staticmethod
    def _users(memberships: QuerySet) -> QuerySet:
        return (
            get_user_model()
            .objects.filter(is_active=True)
            .filter(Q(is_superuser=True) | Q(pk__in=memberships.values("user")))
        )


class MembershipPolicy(SubtreePolicy):
    """Administrators administer their offices' people; operators are appointed and dismissed by superusers."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        if instance.role == Role.OPERATOR and not user.is_superuser:
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)


class SharedRegisterPolicy(SubtreePolicy):
    """Rows that belong to nobody in particular (topics): a role anywhere gives its rights to all of them."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet:
        return self.users_with_any_permission(actions)


class SitePolicy(SharedRegisterPolicy):
    """Rows that change the whole site (concepts of search): a role counts where it reaches the office the site is for
    (``OfficeSettings``). Where no office is named, superusers alone."""

    def _roots(self, user: Any, actions: Iterable[str]) -> frozenset[int]:
        held = super()._roots(user, actions)
        return held & self._reaching() if held else held

    @staticmethod
    def _reaching() -> frozenset[int]:
        from cms.base.sites import offices_above_sites

        return offices_above_sites()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        roles = Membership.objects.active().filter(role__in=self._roles(actions))
        return self._users(roles.filter(organisation__in=self._reaching()))


class MediaPolicy(SubtreePolicy):
    """Images and files. Collections sort them for the eye; they give no rights."""

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        from wagtail.models import Collection

        return Collection.objects.all() if self.user_has_any_permission(user, actions) else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet:
        return self.collections_user_has_any_permission_for(user, {action})


class PagePolicy(SubtreePolicy):
    """Pages: their ``organisation`` decides. Shelves (home, sections, the document list) may be looked into by
    all staff and added to by whoever may add somewhere; only superusers change them."""

    _any_page = ("add", "change", "publish", "lock", "unlock", "bulk_delete")

    def __init__(self) -> None:
        super().__init__(Page)

    @staticmethod
    def _page_types(*, shelves: bool) -> list[type]:
        from wagtail.models import get_page_models

        from cms.base.models import BasePage

        return [m for m in get_page_models() if issubclass(m, BasePage) and m.is_shelf == shelves]

    def stewarded_types(self) -> list[type]:
        """Page types whose pages each belong to one organisation."""
        return self._page_types(shelves=False)

    def _in_reach(self, user: Any, actions: Iterable[str]) -> Q:
        reach = Organisation.objects.within(self._roots(user, actions)).values("pk")
        own = Q(pk__in=[])
        for model in self.stewarded_types():
            own |= Q(pk__in=model._default_manager.filter(organisation__in=reach).values("pk"))
        return own

    def _shelves(self) -> Q:
        from django.contrib.contenttypes.models import ContentType

        types = ContentType.objects.get_for_models(*self._page_types(shelves=True)).values()
        return Q(content_type__in=list(types)) | Q(depth=1)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not user.is_active:
            return False
        return user.is_superuser or bool(set(actions) & self.actions_on(user, instance))

    def actions_on(self, user: Any, page: Any) -> frozenset[str]:
        """Everything this person may do to this page."""
        page = page.specific
        if getattr(page, "is_shelf", False):
            return frozenset({"add"}) if self._roots(user, {"add"}) else frozenset()
        here = self._actions_for(user, getattr(page, "organisation_id", None))
        if page.pk and here:
            # A draft may name another organisation than the page the public has: both must agree.
            stored = type(page)._default_manager.filter(pk=page.pk).values_list("organisation_id", flat=True).first()
            if stored != page.organisation_id:
                here &= self._actions_for(user, stored)
        return here

    def _actions_for(self, user: Any, organisation_id: int | None) -> frozenset[str]:
        roles = [(root, self.grants.get(role, frozenset())) for root, role in _memberships(user)]
        if organisation_id is None or not roles:
            return frozenset()
        above = set(Organisation.objects.above(organisation_id).values_list("pk", flat=True))
        return frozenset().union(*(actions for root, actions in roles if root in above))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet:
        specific = instance.specific
        if getattr(specific, "organisation_id", None) is None:
            return self._users(Membership.objects.none())
        return super().users_with_any_permission_for_instance(actions, specific)

    def explorable_root_instance(self, user: Any) -> Page | None:
        if not self.user_has_any_permission(user, self._any_page):
            return None
        if not hasattr(user, "_explorable_root_page_cache"):
            tops = list(Page.objects.filter(depth=2)[:2])
            root = tops[0] if len(tops) == 1 and not user.is_superuser else Page.get_first_root_node()
            user._explorable_root_page_cache = root
        return user._explorable_root_page_cache

    def instances_with_direct_explore_permission(self, user: Any) -> list[Page]:
        root = self.explorable_root_instance(user)
        return [root] if root else []

    def explorable_instances(self, user: Any) -> QuerySet:
        if not user.is_active:
            return Page.objects.none()
        if user.is_superuser:
            return Page.objects.all()
        if not self.user_has_any_permission(user, self._any_page):
            return Page.objects.none()
        return Page.objects.filter(self._in_reach(user, self._any_page) | self._shelves())


class PageTester(PagePermissionTester):
    """Wagtail's questions about one page, answered by the organisation instead of the place in the tree."""

    def __init__(self, user: Any, page: Any) -> None:
        self.user = user
        self.page = page
        self.page_is_root = page.depth == 1
        self.permission_policy = page_policy
        if user.is_active and not user.is_superuser:
            self.permissions = page_policy.actions_on(user, page)

    def can_publish_subpage(self) -> bool:
        """On a shelf whoever publishes somewhere may; for which organisation, the page's form decides."""
        if getattr(self.page.specific_deferred, "is_shelf", False) and not self.user.is_superuser:
            return page_policy.user_has_permission(self.user, "publish")
        return super().can_publish_subpage()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What the public has once read is withdrawn, never deleted (law 19), by superusers either."""
        if self.page.get_descendants(inclusive=True).filter(first_published_at__isnull=False).exists():
            return False
        return super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        """Moving takes nothing from the public: the old address redirects."""
        return not getattr(self.page.specific_deferred, "is_shelf", False) and super().can_delete(ignore_bulk=True)

    def can_copy(self) -> bool:
        shelf = getattr(self.page.specific_deferred, "is_shelf", False)
        return super().can_copy() and (not shelf or self.user.is_superuser)


page_policy = PagePolicy()
