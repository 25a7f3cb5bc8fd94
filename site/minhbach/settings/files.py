"""Static files, and the files people upload. ``media`` at the root is code; uploads live under VAR."""

from .paths import SITE, VAR, env

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [SITE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Attachment"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.AttachmentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "doc", "xlsx", "xls", "ods", "odt", "csv", "txt", "zip"]

# What reading one file may take, in a process of its own: seconds (more where scanned pages are recognised), memory.
READER_SECONDS = env.int("READER_SECONDS", default=60)
READER_OCR_SECONDS = env.int("READER_OCR_SECONDS", default=180)
READER_MEMORY_MB = env.int("READER_MEMORY_MB", default=512)
READER_OCR_MEMORY_MB = env.int("READER_OCR_MEMORY_MB", default=2048)
