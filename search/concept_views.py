"""The screens of the list of concepts: writing, trying, taking away, what comes with the software, what is learnt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views import snippets

from . import concept_preview, editions, learnt, renewal
from .concept_form import KINDS, LONGEST, ConceptForm, refusals
from .concepts import Line, build, lines_of_file, merged
from .engines import kept
from .engines.base import State
from .models import Concept, ConceptEdition


def indexes() -> dict[str, Any]:
    """What the listing says of the list and the indexes."""
    states = {engine.name: engine.state() for engine in kept()}
    return {
        "edition": ConceptEdition.objects.select_related("created_by").first(),
        "is_waiting": State.ANALYSIS in states.values(),
        "is_missing": bool({State.MISSING, State.SCHEMA} & set(states.values())),
        "is_away": State.AWAY in states.values(),
    }


class Saving:
    """A change of the list: its edition is made in the transaction of the change, and the rebuild is asked for."""

    moved = gettext_lazy("Somebody else has changed the list in the same moment. Look at it again, then save.")

    def keep(self) -> None:
        """Raises ``editions.Together``."""
        if editions.keep(self.request.user):
            renewal.ask()
            messages.info(self.request, RENEWING)


RENEWING = gettext_lazy(
    "The search index is being rebuilt in the background. The change counts for readers as soon as that is done."
)


class Writing(Saving):
    """Creating and editing. Nothing is saved while one types: each save is a new edition and a rebuild."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    def is_valid(self, form: ConceptForm) -> bool:
        if not super().is_valid(form):
            return False
        if not form.is_trial and self.is_out_of_date:
            form.add_error(None, _("Somebody else has saved this meanwhile. Open it again to see what was changed."))
            self.produced_error_message = self.get_error_message()
            return False
        return True

    def form_valid(self, form: ConceptForm) -> HttpResponse:
        self.form = form
        if form.is_trial:
            form.preview = trial(form)
            return self.render_to_response(self.get_context_data(form=form))
        try:
            return super().form_valid(form)
        except editions.Together:
            form.add_error(None, self.moved)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Concept:
        """Looked at once more inside the transaction: another save may have come between."""
        concept = super().save_instance()
        if concept.is_active and refusals(concept.line):
            raise editions.Together
        self.keep()
        return concept


def trial(form: ConceptForm) -> concept_preview.Preview:
    """What saving the form would do to questions."""
    data = form.cleaned_data
    line = Line(data["name"], "-", *(tuple(data[kind].splitlines()) for kind in KINDS))
    others = [c for c in Concept.objects.order_by("pk") if c.name != line.name]
    own = [c.line for c in others if c.is_active] + ([line] if data["is_active"] else [])
    off = [c.name for c in others if not c.is_active] + ([] if data["is_active"] else [line.name])
    after = build(merged(lines_of_file(), own, off))
    return concept_preview.preview(line, editions.newest(), after)


class ConceptCreateView(Writing, snippets.CreateView):
    """May be opened filled in: ``base`` names a line of the software's list, ``plus`` are further spellings."""

    def get_initial_form_instance(self) -> Concept:
        asked = self.request.GET
        base = next((line for line in lines_of_file() if line.name == asked.get("base")), None)
        line = base or Line("", "", ())
        forms = [*line.forms, *(plus[:LONGEST] for plus in asked.getlist("plus")[:9])]
        return Concept(
            name=line.name,
            forms="\n".join(dict.fromkeys(" ".join(form.split()) for form in forms)),
            upper="\n".join(line.upper),
            one_way="\n".join(line.one_way),
            note=asked.get("note", "")[:250],
            is_active="off" not in asked,
        )


class ConceptEditView(Writing, snippets.EditView):
    """May be opened with further spellings (``plus``)."""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        plus = [" ".join(one[:LONGEST].split()) for one in self.request.GET.getlist("plus")[:9]]
        if plus and self.request.method == "GET":
            kwargs["initial"] = kwargs.get("initial", {}) | {
                "forms": "\n".join(dict.fromkeys([*self.object.line.forms, *plus]))
            }
        return kwargs


class ConceptDeleteView(Saving, snippets.DeleteView):
    def delete_action(self) -> None:
        super().delete_action()
        self.keep()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except editions.Together:
            messages.error(self.request, self.moved)
            return redirect(self.index_url_name)


class ConceptIndexView(snippets.IndexView):
    """With the state of the list. Taken away one by one: each is confirmed for itself."""

    built_in_url_name = learnt_url_name = ""

    @cached_property
    def columns(self) -> list:
        return [column for column in super().columns if column.name != "bulk_actions"]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {"list": indexes()}


class ListView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A list beside the editors' own. ``model`` and the names of addresses come from the viewset."""

    model = Concept
    any_permission_required = ("add", "change", "delete", "view")
    index_url_name = add_url_name = edit_url_name = ""
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        own = {"url": reverse(self.index_url_name), "label": _("Abbreviations and synonyms")}
        return [*super().get_breadcrumbs_items(), own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {concept.name: concept for concept in Concept.objects.all()}
        may_add, may_change = map(self.user_has_permission, ("add", "change"))
        context = {"add_url": reverse(self.add_url_name), "may_add": may_add, "may_change": may_change}
        return super().get_context_data(**kwargs) | context | {"rows": self.rows(own)}

    def edit_url(self, concept: Concept) -> str:
        return reverse(self.edit_url_name, args=[concept.pk])

    def rows(self, own: dict[str, Concept]) -> list[dict[str, Any]]:
        raise NotImplementedError


class BuiltInView(ListView):
    """What comes with the software, with what editors have put in its place."""

    page_title = gettext_lazy("The list that comes with the software")
    template_name = "search/admin/built_in.html"

    def rows(self, own: dict[str, Concept]) -> list[dict[str, Any]]:
        used = {line.name: line for line in editions.newest_lines()}
        rows = []
        for line in lines_of_file():
            concept, now = own.get(line.name), used.get(line.name)
            said = (*line.forms, *line.upper, *line.one_way)
            lost = [] if concept else [s for s in said if not now or s not in (*now.forms, *now.upper, *now.one_way)]
            edit = self.edit_url(concept) if concept else ""
            rows.append({"line": line, "concept": concept, "edit_url": edit, "lost": lost})
        return rows


class LearntView(ListView):
    """What documents explain themselves."""

    page_title = gettext_lazy("Learnt from documents")
    template_name = "search/admin/learnt.html"

    def rows(self, own: dict[str, Concept]) -> list[dict[str, Any]]:
        lines = editions.newest_lines()
        names = {line.name: (line.forms + line.upper)[0] for line in lines}
        rows = []
        for proposal in learnt.proposals(learnt.said(), lines):
            concept = own.get(proposal.concept)
            rows.append(
                {
                    "proposal": proposal,
                    "concept": names.get(proposal.concept, ""),
                    "other": names.get(proposal.other, ""),
                    "edit_url": self.edit_url(concept) if concept else "",
                    "note": _("Learnt from “%(title)s”") % {"title": proposal.example.title},
                }
            )
        return rows
