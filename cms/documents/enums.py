"""Types of administrative documents, with the abbreviations their numbers carry (terms file, type.*)."""

from enum import StrEnum

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


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    REVIEW = "review", _("To be checked")
    FAILED = "failed", _("Could not be read")
    DONE = "done", _("In a draft")
    DROPPED = "dropped", _("Dropped")


class ImportEvent(StrEnum):
    """What can happen to an import; ``KNOWN``: the site holds this very file."""

    START = "start"
    READ = "read"
    KNOWN = "known"
    FAIL = "fail"
    RETRY = "retry"
    FINISH = "finish"
    DROP = "drop"
