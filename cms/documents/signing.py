"""The signatures of kept files: read beside their text, shown beside the document. Nothing here verifies one."""

import logging

from media.models import File

from .pipeline import Unreadable
from .pipeline.pdf.signatures import Signature
from .reader import signatures_bounded

logger = logging.getLogger(__name__)


def read_signatures(data: bytes, name: str) -> list[dict]:
    """What is stored in ``File.signatures``, read within limits; none where the file cannot be read."""
    try:
        return signatures_bounded(data, name)
    except Unreadable as error:
        logger.info("The signatures of %s were not read: %s", name, error)
        return []


def signed_by(file: File) -> tuple[Signature, ...]:
    """What the file says of its signatures; see ``templates/documents/signature.html``."""
    return tuple(Signature.from_json(row) for row in file.signatures)
