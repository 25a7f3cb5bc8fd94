"""Roles, and what each allows. The words are those of the terms file (role.*)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is for an organisation. A person may be several things for several organisations."""

    DATA_ENTRY = "data_entry", _("Data entry")
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewing officer")
    PUBLISHER = "publisher", _("Publisher")
    GROUP_HEAD = "group_head", _("Head of subject group")
    PRINCIPAL = "principal", _("Principal")
    EXTERNAL_ASSESSOR = "external_assessor", _("Member of an assessment team")
    OFFICE_ADMIN = "office_admin", _("Office administrator")
    OPERATOR = "operator", _("Operator")


_EDITING = frozenset({"add", "change", "delete", "choose", "view"})
_PUBLISHING = _EDITING | {"publish", "unpublish", "lock", "unlock", "bulk_delete"}
_READING = frozenset({"choose", "view"})

CONTENT: dict[str, frozenset[str]] = {
    Role.EDITOR: _EDITING,
    Role.PUBLISHER: _PUBLISHING,
    Role.OFFICE_ADMIN: _PUBLISHING,
    Role.OPERATOR: _PUBLISHING,
    Role.PRINCIPAL: _READING,
    Role.REVIEWER: _READING,
    Role.GROUP_HEAD: _READING,
    Role.DATA_ENTRY: _READING,
    Role.EXTERNAL_ASSESSOR: _READING,
}
"""What each role may do to pages, images and files of its organisations."""

REGISTER: dict[str, frozenset[str]] = {
    role: _EDITING if role in (Role.OFFICE_ADMIN, Role.OPERATOR) else _READING for role in Role
}
"""What each role may do to the registers of an office: organisations, topics."""

MEMBERSHIPS: dict[str, frozenset[str]] = {Role.OFFICE_ADMIN: _EDITING, Role.OPERATOR: _EDITING}
"""Who sees and changes who is what: administrators alone."""


_LOOKING = frozenset({"view"})
SEARCHES: dict[str, frozenset[str]] = {
    Role.EDITOR: _LOOKING,
    Role.PUBLISHER: _LOOKING,
    Role.REVIEWER: _LOOKING,
    Role.OFFICE_ADMIN: _LOOKING | {"change"},
    Role.OPERATOR: _LOOKING | {"change"},
}
"""What each role of the site's office may do with what was searched: read the reports and the explanations, keep a
question from being offered to others."""

PROMOTING: dict[str, frozenset[str]] = {
    Role.PUBLISHER: _EDITING,
    Role.OFFICE_ADMIN: _EDITING,
    Role.OPERATOR: _EDITING,
    Role.EDITOR: _LOOKING,
    Role.REVIEWER: _LOOKING,
}
"""Who puts a result above others: it is public at once, so those who publish."""

JUDGING: dict[str, frozenset[str]] = {
    role: frozenset({"view", "add", "change"})
    for role in (Role.EDITOR, Role.PUBLISHER, Role.REVIEWER, Role.OFFICE_ADMIN, Role.OPERATOR)
}
"""Who says how well results answer."""


class Step(models.TextChoices):
    """What a person does with a page another one has written (draft, checked, published)."""

    CHECK = "check", _("Check")
    RELEASE = "release", _("Release for publication")


APPROVALS: dict[str, frozenset[str]] = {
    Role.REVIEWER: frozenset({Step.CHECK}),
    Role.PUBLISHER: frozenset(Step),
    Role.OFFICE_ADMIN: frozenset(Step),
}
"""Who takes which step of a workflow; only those who may publish let anything out to the public."""
