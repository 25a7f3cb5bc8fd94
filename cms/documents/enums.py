"""Types of administrative documents, with the abbreviations their numbers carry (terms file, type.*)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentType(models.TextChoices):
    PLAN = "plan", _("Plan")
    DECISION = "decision", _("Decision")
    LETTER = "letter", _("Official letter")
    GUIDANCE = "guidance", _("Guidance")
    SCHEME = "scheme", _("Scheme")
    REPORT = "report", _("Report")
    REGULATION = "regulation", _("Regulation")
    RESOLUTION = "resolution", _("Resolution")
    CIRCULAR = "circular", _("Circular")
    DECREE = "decree", _("Decree")
    OTHER = "other", _("Other document")


class CitationKind(models.TextChoices):
    """Law 14: legal bases are those of the preamble, everything else is a mention."""

    LEGAL_BASIS = "legal_basis", _("Legal basis")
    MENTION = "mention", _("Document mentioned")


class AttachmentRole(models.TextChoices):
    """What a file beside the text is."""

    SIGNED = "signed", _("Signed original")
    ORIGINAL = "original", _("Original file")
    APPENDIX = "appendix", pgettext_lazy("administrative", "Appendix")
    FORM = "form", _("Form to fill in")
