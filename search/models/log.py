"""What was searched, counted a day and a question; nothing of who asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

BOUNDS = (10, 50, 200, 1000)
"""Milliseconds: how long answers took is counted within these, and beyond."""


def _count(label: str = "") -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, default=0)


class SearchDay(models.Model):
    """One question on one day, as one engine answered it. An empty ``key`` counts the questions of which nothing may
    be kept. ``clicked_*`` count the first result opened, by its rank."""

    day = models.DateField(_("day"))
    key = models.CharField(max_length=120, blank=True)
    text = models.CharField(_("question"), max_length=120, blank=True)
    engine = models.CharField(_("engine"), max_length=16)
    asked = _count(_("asked"))
    empty = _count(_("without result"))
    few = _count(_("with few results"))
    dropped = _count(_("with words left out"))
    respelt = _count(_("with another spelling"))
    stood_in = _count(_("answered by the embedded engine in place of the cluster"))
    within_10 = _count(_("up to 10 ms"))
    within_50 = _count(_("up to 50 ms"))
    within_200 = _count(_("up to 200 ms"))
    within_1000 = _count(_("up to 1 s"))
    beyond = _count(_("longer than 1 s"))
    slowest = _count(_("slowest (ms)"))
    clicked_1 = _count(_("first result opened"))
    clicked_5 = _count(_("second to fifth opened"))
    clicked_10 = _count(_("sixth to tenth opened"))
    clicked_more = _count(_("a later one opened"))
    results = _count(_("results, the last time"))

    class Meta:
        verbose_name = _("question of a day")
        verbose_name_plural = _("questions of a day")
        ordering = ["-day", "-asked", "key"]
        constraints = [
            models.UniqueConstraint(fields=["day", "key", "engine"], name="one_row_a_day_question_and_engine"),
            models.CheckConstraint(condition=models.Q(asked__gte=models.F("empty")), name="no_more_empty_than_asked"),
        ]
        indexes = [models.Index(fields=["key", "day"])]

    def __str__(self) -> str:
        return self.text or str(_("(not kept)"))


class PastQuery(models.Model):
    """A question, in one spelling, that may be offered to others once five different visitors have asked it within one
    week. ``marks`` are at most four, and gone when the fifth comes or the week ends (``learning.visitors``)."""

    key = models.CharField(max_length=120, unique=True)
    text = models.CharField(_("question"), max_length=120)
    week = models.CharField(max_length=8)
    marks = models.JSONField(default=list, blank=True)
    reached_on = models.DateField(_("offered since"), null=True, blank=True)
    last_asked_on = models.DateField(_("last asked on"))
    hidden = models.BooleanField(
        _("not to be offered"), default=False, help_text=_("Readers are not offered this question while they type.")
    )

    class Meta:
        verbose_name = _("question offered to others")
        verbose_name_plural = _("questions offered to others")
        ordering = ["text"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reached_on=None) | models.Q(marks=[]), name="no_marks_once_enough_visitors"
            )
        ]

    def __str__(self) -> str:
        return self.text


class FoldedSpool(models.Model):
    """A file of the log whose lines have been counted: after a crash they are not counted again."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name
