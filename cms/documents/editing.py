"""What the form of a document asks the database: has someone else saved meanwhile, is it here already, what may be
chosen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.base.searchables import public_pages
from cms.organisations.naming import name_key
from cms.people.permissions import page_policy
from search.text import number_key

if TYPE_CHECKING:
    from .models import DocumentPage


def newest(page: "DocumentPage") -> Revision | None:
    """The last saved revision of a page, without its content."""
    if page.pk is None:
        return None
    rows = Revision.page_revisions.filter(object_id=str(page.pk)).select_related("user").defer("content")
    return rows.order_by("-created_at", "-pk").first()


def is_behind(post: Mapping[str, str], revision: Revision) -> bool:
    """Was the posted form opened before this revision was saved?

    The form names the revision it was filled from and when that was last written (autosave writes the same one
    again), or the one its own autosave makes. A post that names none comes from no form of ours and is let through.
    """
    newest_id = str(revision.pk)
    if own := post.get("overwrite_revision_id"):
        return own != newest_id
    if loaded := post.get("loaded_revision_id"):
        written = post.get("loaded_revision_created_at", "")
        return loaded != newest_id or bool(written and written != revision.created_at.isoformat())
    return False


def who_and_when(revision: Revision) -> tuple[str, str]:
    user = revision.user
    who = (user.get_full_name() or user.get_username()) if user else _("Someone")
    return who, f"{timezone.localtime(revision.created_at):%H:%M %d/%m/%Y}"


def usable_documents(user: Any) -> QuerySet:
    """Documents an editor may name: public ones, and those she may edit herself."""
    from .models import DocumentPage

    public = public_pages(DocumentPage.objects.all())
    if user is None:
        return public
    mine = page_policy.instances_user_has_permission_for(user, "change")
    return DocumentPage.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=mine.values("pk")))


def same_document(page: "DocumentPage", user: Any) -> "DocumentPage | None":
    """Another document with this number, of this year and issuer, among those the editor may know of."""
    key = number_key(page.number)[:100] if page.number else ""
    if not key or not page.issued_on or not (page.issuer_id or page.issuer_raw):
        return None
    raw = name_key(page.issuer_raw)
    issuer = Q(issuer=page.issuer_id) if page.issuer_id else Q(issuer__isnull=True, issuer_key=raw)
    same = usable_documents(user).filter(issuer, number_key=key, issued_on__year=page.issued_on.year)
    return same.exclude(pk=page.pk).select_related("issuer").defer("body").order_by("-live", "pk").first()
