"""Sign-in. A membership that holds today opens the admin; what may be done there the policies decide."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from .permissions import has_membership


class MembershipBackend(ModelBackend):
    """Django's own user names and passwords, plus admin access by membership."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm == "wagtailadmin.access_admin" and user_obj.is_active and has_membership(user_obj):
            return True
        return super().has_perm(user_obj, perm, obj=obj)
