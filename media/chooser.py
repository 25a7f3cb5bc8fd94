"""The chooser of kept files offers what the person may use, and names nothing of a sibling office's (law 10)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.snippets.views import chooser as stock

from .choosing import usable
from .models import File


class UsableList:
    """Put before Wagtail's list of choices."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet:
        return usable(File, self.request.user)


class ChooseView(UsableList, stock.ChooseView):
    pass


class ChooseResultsView(UsableList, stock.ChooseResultsView):
    pass


class ChosenView(stock.SnippetChosenView):
    def get_object(self, pk: Any) -> File:
        found = usable(File, self.request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


class ChosenMultipleView(stock.SnippetChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet:
        return usable(File, self.request.user).filter(pk__in=pks)


class FileChooserViewSet(stock.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
