"""An organisation and the names people use for it."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from ..enums import Area, Kind, Level, Ownership
from ..naming import name_key
from ..queries import OrganisationQuerySet


class Organisation(index.Indexed, ClusterableModel):
    """An office, agency or school. ``code`` is its address for ever; its parents and successors carry dates."""

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Lower-case letters, digits and hyphens only."))],
        help_text=_("Part of the address of its page. It never changes."),
    )
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    levels = models.JSONField(_("school levels"), default=list, blank=True, help_text=_("A school may teach several."))
    area = models.CharField(_("area"), max_length=20, choices=Area.choices, blank=True)
    ownership = models.CharField(_("ownership"), max_length=10, choices=Ownership.choices, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("The first day it no longer existed.")
    )
    address = models.TextField(_("address"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    source_note = models.CharField(
        _("source of these details"),
        max_length=300,
        blank=True,
        help_text=_("Where the name and place are stated."),
    )

    objects = OrganisationQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        index.SearchField("code"),
        index.AutocompleteField("code"),
        index.FilterField("kind"),
        index.FilterField("area"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="organisation_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="organisation_has_both_coordinates_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        from django.core.exceptions import ValidationError

        errors: dict[str, Any] = {}
        if self.closed_on and self.opened_on and self.closed_on <= self.opened_on:
            errors["closed_on"] = _("It cannot close before it opens.")
        if (self.latitude is None) != (self.longitude is None):
            errors["longitude"] = _("Give both coordinates or none.")
        if unknown := set(self.levels or []) - set(Level.values):
            errors["levels"] = _("Unknown school level: %(levels)s.") % {"levels": ", ".join(sorted(unknown))}
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, keep the official and short name among the names it is recognised by, tell the outbox."""
        from cms.base.outbox import record

        with transaction.atomic():
            super().save(*args, **kwargs)
            self.remember_names(self.name, self.short_name)
            record("organisation", [self.pk])

    def remember_names(self, *names: str) -> None:
        """Add to the names this organisation is recognised by; those it has are left alone."""
        for name in filter(None, names):
            OrganisationName.objects.get_or_create(organisation=self, key=name_key(name), defaults={"name": name})

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.code])

    @property
    def level_labels(self) -> list[str]:
        return [str(Level(value).label) for value in self.levels]


class OrganisationName(models.Model):
    """A name or abbreviation this organisation is recognised by in documents and imports."""

    organisation = ParentalKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("also called"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.key = name_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)
