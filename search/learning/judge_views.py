"""The page where staff judge results."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from search.models import Judgement
from search.models.judging import Grade

from . import judging
from .access import frame, only_who_may
from .privacy import is_personal, key_of

_FIELD = re.compile(r"grade-(\d{1,3})")


@require_safe
@only_who_may("add", Judgement)
def queue_view(request: HttpRequest) -> HttpResponse:
    """What is to be judged, and what has been."""
    done = judging.judged()
    context = {
        **frame(_("Judge results"), "check"),
        "waiting": judging.queue(request.user),
        "judged": done,
        "exported": sum(item.is_exported for item in done),
        "agreement": judging.agreement(grades for item in done for doc, grades in item.grades.items() if doc),
    }
    return render(request, "search/admin/judge_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only_who_may("add", Judgement)
def judge_view(request: HttpRequest) -> HttpResponse:
    """``?q=``: the results of one question with a grade for each; works without JavaScript."""
    q = judging.judgeable(request.POST.get("q", "") or request.GET.get("q", ""))
    if not key_of(q):
        return redirect("search_judge_queue")
    if is_personal(q):
        messages.warning(request, _("This question could tell who somebody is; it is not kept."))
        return redirect("search_judge_queue")
    hits = judging.shuffled(judging.pool(q), key_of(q), request.user.pk)
    if request.method == "POST":
        return _saved(request, q, hits)
    mine = {row.doc: row.grade for row in Judgement.objects.filter(key=key_of(q), judge=request.user)}
    rows = [{"hit": hit, "grade": mine.get(hit.record.url), "number": i} for i, hit in enumerate(hits)]
    context = {
        **frame(_("Judge: %(query)s") % {"query": q}, "check", (_("Judge results"), reverse("search_judge_queue"))),
        "q": q,
        "rows": rows,
        "grades": Grade.choices,
        "nothing": judging.NOTHING in mine,
    }
    return render(request, "search/admin/judge.html", context)


def _saved(request: HttpRequest, q: str, hits: list[Any]) -> HttpResponse:
    """The form names each result by its address, so that an index that has changed meanwhile mixes nothing up."""
    shown = {hit.record.url: hit.title.plain for hit in hits}
    grades: dict[str, tuple[int, str]] = {}
    for name, value in request.POST.items():
        found = _FIELD.fullmatch(name)
        doc = request.POST.get(f"doc-{found[1]}", "") if found else ""
        if doc in shown and value in ("0", "1", "2", "3"):
            grades[doc] = (int(value), shown[doc])
    if request.POST.get("nothing"):
        if any(grade for grade, _title in grades.values()):
            messages.error(request, _("A result has a grade above 0, so something does answer. Nothing was saved."))
            return redirect(f"{reverse('search_judge')}?{urlencode({'q': q})}")
        grades[judging.NOTHING] = (0, "")
    count = judging.save(q, grades, request.user)
    if count:
        text = ngettext("%(count)d grade saved.", "%(count)d grades saved.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.warning(request, _("No result was graded, so nothing was saved."))
    after = judging.queue(request.user, most=1) if "next" in request.POST and count else []
    if after:
        return redirect(f"{reverse('search_judge')}?{urlencode({'q': after[0].text})}")
    return redirect("search_judge_queue")


@require_safe
@only_who_may("view", Judgement)
def export_view(request: HttpRequest) -> HttpResponse:
    """The judgements as ``search_eval`` reads them; no word of who judged."""
    response = HttpResponse(judging.as_csv(judging.judged()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="search-judgements-{localdate():%Y%m%d}.csv"'
    return response
