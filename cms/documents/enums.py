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


class RelationKind(models.TextChoices):
    """What one document does to another (``research/docs_search.md`` 7.1). Law 14: legal bases are those of the
    preamble; what is only named is a mention. The last seven are more than a citation."""

    LEGAL_BASIS = "legal_basis", _("Legal basis")
    MENTION = "mention", _("Document mentioned")
    IMPLEMENTS = "implements", _("Implements")
    GUIDES = "guides", _("Guides")
    AMENDS = "amends", _("Amends")
    REPLACES = "replaces", _("Replaces")
    REPEALS = "repeals", _("Repeals")
    CORRECTS = "corrects", _("Corrects")
    CONSOLIDATES = "consolidates", _("Consolidates")
    SAME_SUBJECT = "same_subject", _("Same subject")


EFFECTS = frozenset({RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.CORRECTS})
"""Kinds that change what holds of the other document."""


class RelationOrigin(models.TextChoices):
    TEXT = "text", _("read in the text")
    EDITOR = "editor", _("stated by the editor")


class ChangeKind(models.TextChoices):
    """How much a new version changes (GOV.UK's minor and major, and the Vietnamese đính chính)."""

    MAJOR = "major", _("Change of content")
    MINOR = "minor", _("Small change")
    CORRECTION = "correction", _("Correction of an error")


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
