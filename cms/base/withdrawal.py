"""Withdrawing a page: it stays at its address and readable, and says that it no longer holds, since when and why."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page

from .models import BasePage
from .outbox import record


class WithdrawalForm(forms.Form):
    """Why, in words the public will read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Shown on the page, under the title."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


def withdraw(page: BasePage, reason: str, user: Any) -> None:
    """Mark a public page as withdrawn from today; its text and address stay."""
    _set(page, timezone.localdate(), reason)
    log(instance=page, action="base.withdraw", user=user, data={"reason": reason})


def restore(page: BasePage, user: Any) -> None:
    """Take a withdrawal back."""
    _set(page, None, "")
    log(instance=page, action="base.restore", user=user)


def _set(page: BasePage, day: Any, reason: str) -> None:
    """On the public row alone; drafts and scheduled revisions take it from there (``BasePage.with_content_json``)."""
    with transaction.atomic():
        type(page).objects.filter(pk=page.pk).update(withdrawn_on=day, withdrawn_reason=reason)
        record(page.search_kind, [page.pk])


def withdrawal_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, then withdraw; for a withdrawn page, take the withdrawal back."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage) or page.is_shelf or not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if not page.live:
        messages.warning(request, _("“%(title)s” is not public, so there is nothing to withdraw.") % {"title": page})
        return redirect("wagtailadmin_pages:edit", page.pk)
    asked = request.POST.get("action", "")
    form = WithdrawalForm(request.POST if asked == "withdraw" else None)
    if (asked == "restore" and not page.is_withdrawn) or (asked == "withdraw" and page.is_withdrawn):
        messages.info(request, _("“%(title)s” is so already; nothing has changed.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    if asked == "restore":
        restore(page, request.user)
        messages.success(request, _("“%(title)s” is in force again.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    if asked == "withdraw" and form.is_valid():
        withdraw(page, form.cleaned_data["reason"], request.user)
        messages.success(request, _("“%(title)s” is withdrawn. It can still be read.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return TemplateResponse(request, "base/admin/withdraw.html", {"page": page, "form": form})
