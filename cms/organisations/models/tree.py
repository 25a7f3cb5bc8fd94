"""The place of an organisation over time, and who came after it."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..enums import SuccessionKind
from .organisation import Organisation


class Placement(models.Model):
    """``organisation`` stood below ``parent`` from a day (inclusive) to a day (exclusive); open ends are null."""

    organisation = ParentalKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="placements"
    )
    parent = models.ForeignKey(
        Organisation, verbose_name=_("belongs to"), on_delete=models.PROTECT, related_name="child_placements"
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True, help_text=_("The first day it no longer did."))

    class Meta:
        verbose_name = _("place in the tree")
        verbose_name_plural = _("places in the tree")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="placement_not_below_itself"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="placement_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="placement_one_open_end"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_from__isnull=True), name="placement_one_open_start"
            ),
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="placement_one_start_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} < {self.parent}"

    @property
    def holds_today(self) -> bool:
        today = timezone.localdate()
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or self.valid_to > today
        )

    def overlaps(self, other: "Placement") -> bool:
        """Is there a day both hold?"""
        return (self.valid_from or date.min) < (other.valid_to or date.max) and (other.valid_from or date.min) < (
            self.valid_to or date.max
        )

    def clean(self) -> None:
        if self.organisation_id is None or self.parent_id is None:
            return
        if self.organisation_id == self.parent_id:
            raise ValidationError({"parent": _("An organisation cannot stand below itself.")})
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("It cannot end before it starts.")})
        self._refuse_overlap()
        self.refuse_cycle()

    def _refuse_overlap(self) -> None:
        others = Placement.objects.filter(organisation=self.organisation_id).exclude(pk=self.pk)
        if self.valid_to:
            others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=self.valid_to))
        if self.valid_from:
            others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.valid_from))
        if other := others.select_related("parent").first():
            raise ValidationError(
                _("In this time %(organisation)s already stands below %(parent)s. End that first.")
                % {"organisation": self.organisation, "parent": other.parent}
            )

    def refuse_cycle(self) -> None:
        """A cycle could arise on the first day of this placement or of any later one above it."""
        days = {self.valid_from} | set(
            Placement.objects.filter(valid_from__isnull=False).values_list("valid_from", flat=True).distinct()
        )
        for day in days:
            if day and ((self.valid_from and day < self.valid_from) or (self.valid_to and day >= self.valid_to)):
                continue
            if Organisation.objects.above(self.parent_id, on=day or date.min).filter(pk=self.organisation_id).exists():
                raise ValidationError(
                    {
                        "parent": _("%(parent)s already stands below %(organisation)s at that time.")
                        % {"parent": self.parent, "organisation": self.organisation}
                    }
                )

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            # One lock for the whole tree: two placements made at once could otherwise close a circle.
            Organisation.objects.select_for_update().order_by("pk").first()
            self.clean()
            super().save(*args, **kwargs)


class Succession(models.Model):
    """``successor`` took over from ``predecessor`` on a day."""

    predecessor = ParentalKey(
        Organisation, verbose_name=_("predecessor"), on_delete=models.CASCADE, related_name="succeeded_by"
    )
    successor = models.ForeignKey(
        Organisation, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="succeeds"
    )
    on = models.DateField(_("on"))
    kind = models.CharField(_("how"), max_length=20, choices=SuccessionKind.choices)
    note = models.CharField(_("legal basis or note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("successor")
        verbose_name_plural = _("successors")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_of_itself"),
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def clean(self) -> None:
        if self.predecessor_id is None or self.successor_id is None:
            return
        if self.predecessor_id == self.successor_id:
            raise ValidationError({"successor": _("An organisation cannot succeed itself.")})
        if Organisation.objects.successors(self.successor).filter(pk=self.predecessor_id).exists():
            raise ValidationError(
                {
                    "successor": _("%(predecessor)s already comes after %(successor)s: that would be a circle.")
                    % {"predecessor": self.predecessor, "successor": self.successor}
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)
