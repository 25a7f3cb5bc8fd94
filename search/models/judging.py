"""What staff think of results."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.IntegerChoices):
    """How well a result answers a question; the grades of ``search_eval``."""

    NOTHING = 0, _("0: does not answer")
    LITTLE = 1, _("1: touches on it")
    MUCH = 2, _("2: answers a good part")
    ALL = 3, _("3: exactly what is sought")


class Judgement(models.Model):
    """One person's grade for one result of one question. ``doc`` is its address, which is for ever; an empty one says
    that nothing here answers the question."""

    key = models.CharField(max_length=120)
    query = models.CharField(_("question"), max_length=120)
    doc = models.CharField(_("result"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=400, blank=True)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices)
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("judge"), on_delete=models.CASCADE, related_name="+"
    )
    judged_on = models.DateField(_("judged on"), auto_now=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["key", "doc", "judge"]
        constraints = [
            models.UniqueConstraint(fields=["key", "doc", "judge"], name="one_grade_a_judge_and_result"),
            models.CheckConstraint(condition=models.Q(grade__lte=3), name="grade_0_to_3"),
            models.CheckConstraint(condition=~models.Q(doc="") | models.Q(grade=0), name="nothing_answers_is_grade_0"),
        ]

    def __str__(self) -> str:
        return f"{self.query}: {self.doc} {self.grade}"
