"""What an organisation can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """Generic on purpose: nothing in the code depends on there being districts (law 8)."""

    GOVERNMENT = "government", _("Government")
    MINISTRY = "ministry", _("Ministry")
    PROVINCE = "province", _("Province or city")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune or ward")
    AGENCY = "agency", _("Agency")
    SCHOOL = "school", _("School")
    CENTRE = "centre", _("Centre")
    OTHER = "other", _("Other body")


class Level(models.TextChoices):
    """School levels; a school may teach several at once."""

    PRESCHOOL = "preschool", _("Preschool")
    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    CONTINUING = "continuing", _("Continuing education")
    SPECIAL = "special", _("Special education")


class Area(models.TextChoices):
    """The areas targets are split by (golden/requirements.md B6)."""

    URBAN = "urban", _("Urban")
    RURAL = "rural", _("Rural")
    MOUNTAIN = "mountain", _("Mountain")
    ETHNIC_MINORITY = "ethnic_minority", _("Ethnic-minority")


class Ownership(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("ownership", "Public")
    PRIVATE = "private", pgettext_lazy("ownership", "Private")


class SuccessionKind(models.TextChoices):
    MERGED = "merged", _("Merged into")
    SPLIT = "split", _("Split into")
    RENAMED = "renamed", _("Renamed to")
    TRANSFERRED = "transferred", _("Duties passed to")
