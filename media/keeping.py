"""Taking a file in: looked at, hashed, kept once."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from .extraction import ask_for_text
from .models import File
from .models.file import stored_at
from .sniffing import sniff


def keep(
    data: bytes, name: str, *, user: Any = None, organisation: Any = None, known_as: str = ""
) -> tuple[File, bool]:
    """The organisation's kept file of these bytes and whether it is new. Raises ``sniffing.Refused``.

    ``known_as`` is the media type where the caller has read the file and knows better than a look at its first
    bytes.
    """
    name = PurePath(name.replace("\\", "/")).name[:200]
    media_type = known_as or sniff(data, name).media_type
    digest = hashlib.sha256(data).hexdigest()
    known = File.objects.filter(sha256=digest, organisation=organisation)
    if found := known.first():
        return found, False
    file = File(
        sha256=digest,
        name=name,
        media_type=media_type,
        size=len(data),
        organisation=organisation,
        uploaded_by_user=user,
    )
    path = stored_at(file, name)
    if default_storage.exists(path):
        file.blob.name = path
    else:
        file.blob.name = default_storage.save(path, ContentFile(data))
    try:
        with transaction.atomic():
            file.save()
            ask_for_text(file)
    except IntegrityError:  # another upload of the same bytes was faster
        return known.get(), False
    return file, True
