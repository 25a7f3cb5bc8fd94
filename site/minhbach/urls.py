"""Addresses (DESIGN: they are for ever). Vietnamese at the root, English under ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms.base import views as base_views
from media import views as media_views
from minhbach.api import api, no_such_address
from minhbach.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", base_views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", base_views.favicon, name="favicon"),
    path("api/v1/", api.urls),
    re_path(r"^api/", no_such_address),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^tep/(?P<sha256>[0-9a-f]{64})/(?P<name>[^/]+)$", media_views.file, name="file"),
    path("tep/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", base_views.rendition, name="rendition"),
]

urlpatterns += i18n_patterns(
    path("", include("search.urls")),
    path("", include("cms.documents.urls")),
    path("co-quan/", include("cms.organisations.urls")),
    # Wagtail's own helpers (the password of a restricted page) before the address of any page.
    *[pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"],
    re_path(r"^((?:[\w\-]+/)*)$", base_views.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler404 = "cms.base.views.not_found"
handler500 = "cms.base.views.server_error"
