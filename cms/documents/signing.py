"""The signatures of kept files: read beside their text, shown beside the document. Nothing here verifies one."""

from media.models import File

from .pipeline.pdf.signatures import Signature, signatures


def read_signatures(data: bytes) -> list[dict]:
    """What is stored in ``File.signatures``. Runs where the text is read (the bounded reader)."""
    return [found.as_json() for found in signatures(data)]


def signed_by(file: File) -> tuple[Signature, ...]:
    """What the file says of its signatures; see ``templates/documents/signature.html``."""
    return tuple(Signature.from_json(row) for row in file.signatures)
