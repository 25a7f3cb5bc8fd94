"""Addresses (DESIGN: they are for ever). Vietnamese at the root, English under ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms.base import views as base_views
from minhbach.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", base_views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", base_views.favicon, name="favicon"),
    path("admin/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", base_views.rendition, name="rendition"),
]

urlpatterns += i18n_patterns(
    path("", include("search.urls")),
    path("co-quan/", include("cms.organisations.urls")),
    re_path(r"^((?:[\w\-]+/)*)$", base_views.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler404 = "cms.base.views.not_found"
handler500 = "cms.base.views.server_error"
