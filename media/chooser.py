"""The chooser of kept files offers what the person may use, and names nothing of a sibling office's (law 10)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser as stock

from .models import File

USING = ("choose", "change", "view")


def usable_files(user: Any) -> QuerySet:
    """The kept files a person may put beside a document."""
    return policy_registry.get_by_type(File).instances_user_has_any_permission_for(user, USING)


class UsableList:
    """Put before Wagtail's list of choices."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet:
        return usable_files(self.request.user)


class ChooseView(UsableList, stock.ChooseView):
    pass


class ChooseResultsView(UsableList, stock.ChooseResultsView):
    pass


class ChosenView(stock.SnippetChosenView):
    def get_object(self, pk: Any) -> File:
        found = usable_files(self.request.user).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


class ChosenMultipleView(stock.SnippetChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet:
        return usable_files(self.request.user).filter(pk__in=pks)


class FileChooserViewSet(stock.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
