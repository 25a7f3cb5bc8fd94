"""What the office wants seen first for certain questions."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _

_OUTSIDE = URLValidator(schemes=["https", "http"])


class PromotedResult(models.Model):
    """A page, or an address, shown above the results of certain questions while its time lasts."""

    queries = models.TextField(
        _("questions"),
        help_text=_(
            "One a line. Marks, capitals and abbreviations make no difference: “TTKDTM” is also “thanh toan khong dung"
            " tien mat”. It is shown when a reader asks exactly this, not when she asks for more."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown only while the public may read it."),
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Instead of a page: https://… of another site, or an address of this one (/co-quan/…)."),
    )
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: that of the page."))
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("One sentence: what the reader finds there.")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("This day included."))

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page=None) ^ models.Q(address=""), name="promoted_page_or_address"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="promoted_until_after_from",
            ),
        ]

    def __str__(self) -> str:
        return self.title or (self.page.title if self.page else self.address)

    @property
    def lines(self) -> list[str]:
        """The questions, one each."""
        return [line.strip() for line in self.queries.splitlines() if line.strip()]

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if bool(self.page_id) == bool(self.address):
            errors["address"] = _("Choose a page or give an address, one of the two.")
        elif self.address:
            if message := _unusable(self.address):
                errors["address"] = message
            elif not self.title:
                errors["title"] = _("An address needs a title.")
        if self.queries and (refused := [line for line in self.lines if not _is_question(line)]):
            errors["queries"] = _("“%(line)s” is no question: it has no word to look for.") % {"line": refused[0][:80]}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = _("This day lies before the first one.")
        if errors:
            raise ValidationError(errors)


def _is_question(line: str) -> bool:
    from search.query import parse

    query = parse(line)
    return not query.is_empty and not query.excluded


def _unusable(address: str) -> Any:
    """Why an address cannot be promoted; None where it can. A page is to be chosen, because only then it is known
    whether the public may read it."""
    if not address.startswith("/") or address.startswith("//"):
        try:
            _OUTSIDE(address)
        except ValidationError:
            return _("This is no address: it begins with https:// or with /.")
        return None
    try:
        with translation.override(settings.LANGUAGE_CODE):
            found = resolve(address.partition("?")[0].partition("#")[0])
    except Resolver404:
        return _("This site has nothing at this address.")
    if found.url_name == "wagtail_serve":
        return _("This is a page of this site: choose it as the page.")
    if address.startswith(("/admin/", "/en/")):
        return _("This address is not for all readers.")
    return None
