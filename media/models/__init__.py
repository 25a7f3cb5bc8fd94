"""What people upload: pictures, files for articles, and files kept for ever under their SHA-256."""

from .file import File, TextState
from .uploads import Attachment, Picture, Rendition

__all__ = ["Attachment", "File", "Picture", "Rendition", "TextState"]
