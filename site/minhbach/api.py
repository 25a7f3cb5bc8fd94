"""``/api/v1/``: what programs may read, described by ``openapi.json`` and ``docs``. Rooms bring routers."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from search.api import CANNOT_BE_USED, problem
from search.api import router as search_router

api = NinjaAPI(
    title="Minh Bạch",
    version="1.0",
    description="Everything here is published already; reading needs no key.",
    urls_namespace="api",
)
api.add_router("", search_router)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400 that names each wrong parameter."""
    wrong = [(found["type"], str(found["loc"][-1]), _words(found)) for found in error.errors]
    answer = problem(CANNOT_BE_USED, *wrong)
    response = api.create_response(request, answer.model_dump(), status=400)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def no_such_address(request: HttpRequest) -> HttpResponse:
    """404 for programs; none of these addresses is a page."""
    answer = problem(_("There is nothing at this address; what there is stands in openapi.json."), status=404)
    return api.create_response(request, answer.model_dump(), status=404)


def _words(found: dict) -> str:
    """In the reader's language for what happens every day, else as the library says it."""
    said = {
        "int_parsing": _("A whole number is wanted."),
        "greater_than_equal": _("The number is too small: at least %(ge)s."),
        "less_than_equal": _("The number is too large: at most %(le)s."),
        "literal_error": _("Only these values are possible: %(expected)s."),
    }.get(found["type"])
    return said % found.get("ctx", {}) if said else found["msg"]
