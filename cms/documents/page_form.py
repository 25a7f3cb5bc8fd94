"""The form of a document page: what cannot be, said beside the field; what is odd is said in the checks panel."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cms.base.forms import StewardedPageForm
from cms.people.permissions import page_policy

from .dating import impossible_dates
from .editing import is_behind, newest, same_document, usable_documents, who_and_when

STATED_DATES = ("issued_on", "effective_from")


class DocumentPageForm(StewardedPageForm):
    """A page someone else has saved meanwhile is not written over: the form comes back with everything in it."""

    def clean_organisation(self) -> Any:
        """Who only checks the page does not change whose it is; her rights are asked by the task."""
        if self._only_checks and self.cleaned_data.get("organisation") == self._organisation_before:
            return self.cleaned_data["organisation"]
        return super().clean_organisation()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisation_before = getattr(self.instance, "organisation", None)
        self._only_checks = bool(
            self.for_user
            and self.instance.pk
            and not self.for_user.is_superuser
            and "change" not in page_policy.actions_on(self.for_user, self.instance)
        )

    def is_valid(self) -> bool:
        """Stock rules first; then, only for what passed them, what needs the database."""
        if not super().is_valid():
            return False
        for check in (self._check_meanwhile, self._check_reviewer, self._check_same, self._check_extract):
            check()
        self._check_relations()
        rows = (form.errors for formset in self.formsets.values() for form in formset.forms)
        return not self.errors and not any(rows)

    def _check_meanwhile(self) -> None:
        revision = newest(self.instance)
        if revision and is_behind(self.data, revision):
            who, when = who_and_when(revision)
            self.add_error(
                None,
                format_html(
                    _(
                        "{who} saved this page at {when}, after you had opened it. Nothing of yours is saved yet and "
                        "nothing is lost: your text is still below. <a href='{url}' target='_blank'>See what has "
                        "changed</a>, take over what you need, and save again. The other version stays in the history."
                    ),
                    who=who,
                    when=when,
                    url=reverse("wagtailadmin_pages:history", args=[self.instance.pk]),
                ),
            )

    def _check_reviewer(self) -> None:
        """She who checks may comment, approve and send back; what she reads is what the editor wrote."""
        if not self._only_checks:
            return
        changed = self.changed_data or any(
            formset.has_changed() for name, formset in self.formsets.items() if name != "comments"
        )
        if changed:
            self.add_error(
                None,
                _(
                    "You check this document; its editors change it. Write what should change as a comment, or send "
                    "it back."
                ),
            )

    def _check_same(self) -> None:
        """Two documents of one number, year and issuer are one document."""
        other = same_document(self.instance, self.for_user)
        if other is None:
            return
        url = reverse("wagtailadmin_pages:edit", args=[other.pk])
        if self.for_user and not other.permissions_for_user(self.for_user).can_edit():
            url = other.get_url() or ""
        self.add_error(
            "number",
            format_html(
                _(
                    "{issuer} has one document of the number {number} in {year}, and it is here: <a href='{url}'>"
                    "{title}</a>. Change that one, or correct the number, the date or the issuer."
                ),
                issuer=other.issuer_name,
                number=other.number,
                year=other.issued_on.year,
                url=url,
                title=other.title,
            ),
        )

    def _check_extract(self) -> None:
        data = self.cleaned_data
        if data.get("is_extract") and not (data.get("missing_parts") or "").strip():
            self.add_error(
                "missing_parts", _("It is marked as an extract: say which parts are left out, so that readers know.")
            )

    def _check_relations(self) -> None:
        formset = self.formsets.get("stated_relations")
        if formset is None:
            return
        kept = [form for form in formset.forms if form.has_changed() and form not in formset.deleted_forms]
        wanted = {form.cleaned_data["document"].pk for form in kept if form.cleaned_data.get("document")}
        usable = set(usable_documents(self.for_user).filter(pk__in=wanted).values_list("pk", flat=True))
        for form in kept:
            document = form.cleaned_data.get("document")
            if document and document.pk == self.instance.pk:
                form.add_error("document", _("A document has no relation with itself. Choose another one."))
            elif document and "document" in form.changed_data and document.pk not in usable:
                form.add_error("document", _("This document is not public and not yours. Write its number instead."))
            for name, message in impossible_dates({name: form.cleaned_data.get(name) for name in STATED_DATES}).items():
                form.add_error(name, message)
