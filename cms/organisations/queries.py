"""Questions about the tree, answered in the database: who is below, who is above, as of a day.

The tree is the set of placements that hold on that day; nothing derived is stored. Every question is one
statement with a recursive common table expression, which SQLite and PostgreSQL both know.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .naming import name_key

_HOLDS = "(p.valid_from IS NULL OR p.valid_from <= %s) AND (p.valid_to IS NULL OR p.valid_to > %s)"

_BELOW = f"""
WITH RECURSIVE below(id) AS (
    SELECT id FROM organisations_organisation WHERE id IN ({{starts}})
    UNION
    SELECT p.organisation_id FROM organisations_placement p JOIN below ON p.parent_id = below.id WHERE {_HOLDS}
) SELECT id FROM below
"""  # noqa: S608

_ABOVE = f"""
WITH RECURSIVE above(id) AS (
    SELECT id FROM organisations_organisation WHERE id IN ({{starts}})
    UNION
    SELECT p.parent_id FROM organisations_placement p JOIN above ON p.organisation_id = above.id WHERE {_HOLDS}
) SELECT id FROM above
"""  # noqa: S608


class OrganisationQuerySet(models.QuerySet):
    """Named questions about organisations."""

    def within(self, starts: Iterable[int], on: date | None = None) -> "OrganisationQuerySet":
        """The organisations ``starts`` and everything below them on a day (today)."""
        return self._walk(_BELOW, starts, on)

    def above(self, start: int | None, on: date | None = None) -> "OrganisationQuerySet":
        """The organisation ``start`` and everything above it on a day (today)."""
        return self._walk(_ABOVE, [start] if start else [], on)

    def _walk(self, sql: str, starts: Iterable[int], on: date | None) -> "OrganisationQuerySet":
        ids = [int(pk) for pk in starts]
        if not ids:
            return self.none()
        day = on or timezone.localdate()
        query = sql.format(starts=", ".join(["%s"] * len(ids)))
        return self.filter(pk__in=RawSQL(query, [*ids, day, day]))  # noqa: S611

    def descendants(self, of: models.Model, on: date | None = None) -> "OrganisationQuerySet":
        """Everything below one organisation, itself left out."""
        return self.within([of.pk], on).exclude(pk=of.pk)

    def children(self, of: models.Model, on: date | None = None) -> "OrganisationQuerySet":
        """Those directly below one organisation on a day."""
        day = on or timezone.localdate()
        return self.filter(
            Q(placements__valid_from__isnull=True) | Q(placements__valid_from__lte=day),
            Q(placements__valid_to__isnull=True) | Q(placements__valid_to__gt=day),
            placements__parent=of,
        )

    def as_of(self, on: date | None = None) -> "OrganisationQuerySet":
        """Those that exist on a day: opened, not closed. Unknown dates count as existing."""
        day = on or timezone.localdate()
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )

    def successors(self, of: models.Model) -> "OrganisationQuerySet":
        """Those that took over, directly or through others."""
        found: set[int] = set()
        step = {of.pk}
        links = self.model.succeeded_by.rel.related_model.objects
        while step:
            step = set(links.filter(predecessor__in=step).values_list("successor", flat=True)) - found
            found |= step
        return self.filter(pk__in=found - {of.pk})

    def called(self, name: str) -> "OrganisationQuerySet":
        """Those recognised by this name, whatever its capitals, marks and punctuation."""
        key = name_key(name)
        return self.filter(names__key=key).distinct() if key else self.none()
