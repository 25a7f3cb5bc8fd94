"""``/tep/{sha256}/{name}``: a kept file at its own address, for ever the same bytes."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from .models import File
from .privacy import is_public, may_read

SHOWN_IN_THE_BROWSER = {"application/pdf", "image/png", "image/jpeg", "text/plain"}


@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponse:
    """The bytes, to those who may read them; to everyone else the file does not exist."""
    rows = [row for row in File.objects.filter(sha256=sha256) if may_read(request.user, row)]
    if not rows:
        raise Http404
    found = next((row for row in rows if row.name == name), None)
    if found is None:
        return redirect(rows[0])
    response = FileResponse(
        found.blob.open("rb"),
        content_type="text/plain; charset=utf-8" if found.media_type == "text/plain" else found.media_type,
        as_attachment=found.media_type not in SHOWN_IN_THE_BROWSER,
        filename=found.name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    public = is_public(found)
    response.headers["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
