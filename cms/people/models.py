"""People and their memberships."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from .enums import Role
from .workflow import RoleApprovalTask

__all__ = ["Membership", "MembershipQuerySet", "RoleApprovalTask", "User"]


class User(index.Indexed, AbstractUser):
    """A person who signs in. The user name is free; the e-mail address is unique when there is one."""

    search_fields = [
        index.SearchField("get_full_name", boost=2),
        index.SearchField("username"),
        index.SearchField("email"),
        index.AutocompleteField("get_full_name"),
        index.AutocompleteField("username"),
        index.AutocompleteField("email"),
    ]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="user_email_unique_when_set")
        ]


class MembershipQuerySet(models.QuerySet):
    """Named questions about memberships."""

    def active(self, on: date | None = None) -> "MembershipQuerySet":
        """Those that hold on a day (today): started, and not over."""
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Membership(models.Model):
    """A person is something for an organisation, from a day, until a day. Rights reach down its subtree."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day. Empty: no end."))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once_per_role"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"

    def clean(self) -> None:
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first day.")})
