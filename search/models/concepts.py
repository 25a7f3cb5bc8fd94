"""What editors say of words that mean one thing, and every list that was ever in use."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from ..concepts import Line

MAX_SPELLINGS = 60
"""In one concept. A reader's question is compared with all of them."""
MAX_CHARS = 120
"""Of one spelling."""

_a_name = RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small letters without marks, digits and hyphens only."))


class Concept(RevisionMixin, models.Model):
    """One line of the list, as an editor writes it: one spelling a line. A concept with the name of a line that comes
    with the software stands in its place; one that is switched off says nothing, and switches that line off too."""

    name = models.CharField(
        _("code of the line"),
        max_length=40,
        unique=True,
        validators=[_a_name],
        help_text=_(
            "Known to editors only, and never changed afterwards; for example “cds”. Left empty, it is made from the "
            "first spelling."
        ),
    )
    forms = models.TextField(
        _("spellings that mean the same"),
        blank=True,
        help_text=_(
            "One a line, for example “CĐS” and “chuyển đổi số”. Whoever types one of them finds all of them. Marks and "
            "capitals make no difference."
        ),
    )
    upper = models.TextField(
        _("only in capitals"),
        blank=True,
        help_text=_("Abbreviations that are another word in small letters, one a line: “AI” is not “ai” (who)."),
    )
    one_way = models.TextField(
        _("what people also say"),
        blank=True,
        help_text=_(
            "One a line. Whoever types it finds the concept too; whoever types the concept does not find it. For "
            "example “cấp 2” for “trung học cơ sở”."
        ),
    )
    note = models.CharField(
        _("note"), max_length=250, help_text=_("What it is, and where it is said so; for other editors.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("abbreviation or synonym")
        verbose_name_plural = _("abbreviations and synonyms")

    def __str__(self) -> str:
        return (self.spellings or [self.name])[0]

    @property
    def line(self) -> Line:
        """What is said, for the list."""
        return Line(self.name, self.note, one_a_line(self.forms), one_a_line(self.upper), one_a_line(self.one_way))

    @property
    def spellings(self) -> list[str]:
        """All that are equal both ways."""
        return [*self.line.forms, *self.line.upper]

    @property
    def spelling_list(self) -> str:
        return ", ".join(self.spellings)

    @property
    def one_way_list(self) -> str:
        return ", ".join(self.line.one_way)


class ConceptEdition(models.Model):
    """A whole list as it stood from one moment on: the software's lines with the editors' on top. Never changed; an
    index names the edition it was filled with by its digest (two editions that say the same have one digest)."""

    number = models.PositiveIntegerField(_("edition"), unique=True)
    digest = models.CharField(_("digest"), max_length=16, db_index=True)
    lines = models.JSONField(_("lines"))
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ("-number",)
        verbose_name = _("edition of the list")
        verbose_name_plural = _("editions of the list")

    def __str__(self) -> str:
        return f"{self.number} ({self.digest})"


def one_a_line(text: str) -> tuple[str, ...]:
    """The spellings of a field, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))
