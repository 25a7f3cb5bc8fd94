"""The shelf of documents and the document itself."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.search import index

from cms.base.models import BasePage
from cms.base.slugs import ascii_slug
from cms.organisations.naming import name_key, short_slug
from search.text import number_key

from ..blocks import DocumentBody
from ..dating import DATES, impossible_dates
from ..enums import DocumentType
from ..page_form import DocumentPageForm


class Topic(index.Indexed, models.Model):
    """A subject readers filter documents by."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("in addresses"), max_length=80, unique=True, allow_unicode=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DocumentIndexPage(BasePage):
    """All documents, with filters. Its address is ``/van-ban/``."""

    is_shelf = True
    reserved_below = frozenset({"duoc-dan"})
    max_count_per_parent = 1
    template = "documents/document_index_page.html"
    parent_page_types = ["base.HomePage"]
    subpage_types = ["documents.DocumentPage"]

    intro = models.TextField(_("introduction"), blank=True, max_length=400)

    content_panels = [FieldPanel("title"), FieldPanel("intro")]

    class Meta:
        verbose_name = _("list of documents")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import listing

        return super().get_context(request, *args, **kwargs) | listing(self, request.GET)


class DocumentPage(BasePage):
    """A document with what its head says (golden/requirements.md A1, every field may stay empty: A2) and its text."""

    template = "documents/document_page.html"
    base_form_class = DocumentPageForm
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "source_file", "source_name", "source_sha256"]
    search_kind = "document"
    parent_page_types = ["documents.DocumentIndexPage"]
    subpage_types: list[str] = []

    number = models.CharField(
        _("number"),
        max_length=100,
        blank=True,
        help_text=_("As printed: 1937/KH-PGDĐT. Empty when there is none."),
    )
    number_key = models.CharField(max_length=100, blank=True, editable=False, db_index=True)
    official_title = models.TextField(
        _("full title (trích yếu)"),
        blank=True,
        help_text=_("Only when it is longer than the page title can be. The public sees it in place of the title."),
    )
    doc_type = models.CharField(_("type"), max_length=20, choices=DocumentType.choices, blank=True)
    issuer = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("issuer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
    )
    issuer_raw = models.CharField(
        _("issuer as printed"), max_length=300, blank=True, help_text=_("When it is not in the register.")
    )
    issuer_key = models.CharField(max_length=200, blank=True, editable=False)
    parent_issuer_raw = models.CharField(_("parent body as printed"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    expires_on = models.DateField(_("in force until"), null=True, blank=True)
    period = models.CharField(
        _("period it covers"),
        max_length=100,
        blank=True,
        help_text=_("giai đoạn 2023 - 2025, năm học 2022 - 2023"),
    )
    signer_name = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(_("position"), max_length=160, blank=True)
    addressees = models.TextField(_("addressed to"), blank=True, help_text=_("One a line."))
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One a line."))
    field = models.CharField(_("field"), max_length=160, blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="documents")
    is_summary = models.BooleanField(
        _("summary"),
        default=False,
        help_text=_("The text retells the document in other words. The page says so and shows no signer."),
    )
    is_extract = models.BooleanField(
        _("extract"), default=False, help_text=_("Parts of the document are left out. The page says which.")
    )
    missing_parts = models.TextField(
        _("parts left out"), blank=True, max_length=500, help_text=_("For example: the appendix on costs.")
    )
    review_on = models.DateField(
        _("to be reviewed on"),
        null=True,
        blank=True,
        help_text=_("The office is reminded; the public does not see it."),
    )
    body = StreamField(DocumentBody(), verbose_name=_("text"), blank=True)
    source_file = models.ForeignKey(
        "media.File", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.AutocompleteField("number"),
        index.SearchField("official_title"),
        index.SearchField("issuer_raw"),
        index.SearchField("signer_name"),
        index.SearchField("body"),
        index.FilterField("doc_type"),
        index.FilterField("issued_on"),
    ]

    head_panels = [
        FieldRowPanel([FieldPanel("doc_type"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("issued_on")]),
        FieldPanel("issuer"),
        MultiFieldPanel(
            [FieldPanel("issuer_raw"), FieldPanel("parent_issuer_raw"), FieldPanel("official_title")],
            heading=_("As printed"),
            classname="collapsed",
        ),
        FieldPanel("title", heading=_("Title (trích yếu)")),
        FieldPanel("addressees"),
        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("expires_on")]),
        FieldRowPanel([FieldPanel("period"), FieldPanel("field")]),
        FieldPanel("topics"),
        FieldPanel("recipients"),
        FieldRowPanel([FieldPanel("signer_title"), FieldPanel("signer_name")]),
        MultiFieldPanel(
            [FieldPanel("is_summary"), FieldPanel("is_extract"), FieldPanel("missing_parts")],
            heading=_("Is this the whole text?"),
        ),
        InlinePanel(
            "attachments",
            heading=_("Attached files"),
            help_text=_("They become public with the document."),
            panels=[FieldPanel("file"), FieldRowPanel([FieldPanel("role"), FieldPanel("title")])],
        ),
    ]
    relation_panels = [
        InlinePanel(
            "stated_relations",
            heading=_("Relations to other documents"),
            label=_("Relation"),
            help_text=_(
                "Only what the text does not say, or which of several documents it means. What the text itself cites "
                "is read from it."
            ),
            panels=[
                FieldPanel("kind"),
                FieldPanel("document"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("issued_on")]),
                FieldPanel("issuer_raw"),
                FieldRowPanel([FieldPanel("is_partial"), FieldPanel("effective_from")]),
            ],
        ),
    ]
    change_panels = [
        InlinePanel(
            "change_notes",
            heading=_("Change notes"),
            label=_("Change"),
            help_text=_("The public reads them in the history of the document. Say what changed, and for whom."),
            panels=[FieldRowPanel([FieldPanel("kind"), FieldPanel("noted_on")]), FieldPanel("note")],
        ),
        FieldPanel("review_on"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("body")], heading=_("Full text")),
            ObjectList(head_panels, heading=_("Details")),
            ObjectList(relation_panels, heading=_("Relations")),
            ObjectList(change_panels, heading=_("Changes and review")),
            ObjectList(BasePage.promote_panels, heading=_("Web address")),
            ObjectList(BasePage.settings_panels, heading=_("Publication")),
        ]
    )

    class Meta:
        verbose_name = pgettext_lazy("administrative", "document")
        verbose_name_plural = pgettext_lazy("administrative", "documents")
        indexes = [
            models.Index(fields=["-issued_on"], name="document_by_date"),
            models.Index(fields=["doc_type"], name="document_by_type"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True)
                | models.Q(effective_from__isnull=True)
                | models.Q(expires_on__gte=models.F("effective_from")),
                name="document_ends_after_it_starts",
            )
        ]

    @classmethod
    def serving(cls) -> models.QuerySet:
        from ..tabs import counted

        return counted(cls._default_manager.select_related("organisation", "issuer", "text").defer("body"))

    @property
    def full_title(self) -> str:
        return self.official_title or self.title

    @property
    def issuer_name(self) -> str:
        return self.issuer.name if self.issuer else self.issuer_raw

    @property
    def heading(self) -> str:
        """“Kế hoạch 1937/KH-PGDĐT” where there is a number, else the type alone."""
        return " ".join(filter(None, [str(self.get_doc_type_display()) if self.doc_type else "", self.number]))

    @property
    def crumb_title(self) -> str:
        return self.heading if self.number else self.title

    def suggested_slug(self) -> str:
        """``{number}-{issuer}-{year}``: numbers restart every year at every issuer. The title when unnumbered."""
        if not self.number:
            return ascii_slug(self.title)
        issuer = self.issuer.code if self.issuer else ascii_slug(short_slug(self.issuer_raw), 40)
        year = str(self.issued_on.year) if self.issued_on else ""
        return "-".join(filter(None, [ascii_slug(self.number), issuer, year]))

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        super().clean()
        self.number_key = number_key(self.number)[:100] if self.number else ""
        if self.effective_from and self.expires_on and self.expires_on < self.effective_from:
            raise ValidationError({"expires_on": _("It cannot end before it starts.")})
        if wrong := impossible_dates({name: getattr(self, name) for name in DATES}):
            raise ValidationError(wrong)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; for public text also what is derived from it, in the same transaction."""
        from ..derive import derive
        from ..relating import facts_of, settle_for
        from ..standing import outgoing, tell_difference

        self.number_key = number_key(self.number)[:100] if self.number else ""
        self.issuer_key = name_key(self.issuer_raw)
        update_fields = kwargs.get("update_fields")
        if update_fields is not None:
            kwargs["update_fields"] = {*update_fields, *_keys_of(update_fields)}
        with transaction.atomic():
            before, said = facts_of(self.pk), outgoing(self.pk)
            super().save(*args, **kwargs)
            if self.live and (update_fields is None or "body" in update_fields):
                derive(self)
            settle_for(self, before)
            tell_difference(said, outgoing(self.pk))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading_page import reading_context

        return super().get_context(request, *args, **kwargs) | reading_context(self, request)


def _keys_of(fields: Iterable[str]) -> set[str]:
    """The columns that are made of others and must be saved with them."""
    return {key for raw, key in (("number", "number_key"), ("issuer_raw", "issuer_key")) if raw in fields}
