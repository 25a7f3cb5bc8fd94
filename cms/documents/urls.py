"""What stands below ``/van-ban/`` beside the pages themselves, and what of documents an organisation shows."""

from django.urls import path, re_path

from . import changes, feeds, history_views, public_views

app_name = "documents"

urlpatterns = [
    path("van-ban/atom.xml", feeds.of_list, name="feed"),
    re_path(r"^van-ban/duoc-dan/(?P<number_key>[^/]+)/$", public_views.cited_number, name="cited"),
    path("van-ban/<slug:slug>/thuoc-tinh/", public_views.details, name="details"),
    path("van-ban/<slug:slug>/luoc-do/", public_views.diagram, name="diagram"),
    path("van-ban/<slug:slug>/lien-quan/", public_views.related, name="related"),
    path("van-ban/<slug:slug>/tai-ve/", public_views.downloads, name="downloads"),
    re_path(r"^van-ban/(?P<slug>[-\w]+)/bang/(?P<anchor>[^/]+)\.csv$", public_views.table, name="table"),
    path("van-ban/<slug:slug>/lich-su/", history_views.history, name="history"),
    path("van-ban/<slug:slug>/phien-ban/<int:number>/", history_views.version, name="version"),
    path("van-ban/<slug:slug>/so-sanh/", history_views.comparison, name="comparison"),
    path("van-ban/<slug:slug>/atom.xml", feeds.of_document, name="document_feed"),
    path("co-quan/<slug:code>/thay-doi/", changes.of_organisation, name="changes"),
]
