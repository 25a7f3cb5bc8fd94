"""Why the answer is what it is: the question as it was read, the plan, each result with the parts of its score."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search import editions
from search.engines import engine, kept
from search.engines.base import Engine, EngineAway, IndexMissing, Reader
from search.explain import reasons
from search.models import Judgement, PromotedResult, SearchDay
from search.promotions import Promoted, for_results
from search.query import parse, reread
from search.question import Query
from search.rank import CAP, Ranked
from search.service import Hit, Results, find, search

from .access import frame, may, only_who_may

KINDS = {
    "word": _("word"),
    "concept": _("concept"),
    "hint": _("one-way spelling"),
    "number": _("number of a document"),
    "date": _("date"),
    "percent": _("percentage"),
}
SIGNALS = {
    "exact_title": _("exact title"),
    "in_title": _("words in the title"),
    "defines": _("defines"),
    "together": _("all in one passage"),
    "accents": _("marks agree"),
    "recent": _("recent"),
    "cited": _("cited"),
    "out_of_force": _("out of force"),
}
SHOWN = 20


@dataclass(frozen=True)
class Word:
    """One thing wanted and what the index knows of it: in how many documents its words, its mark."""

    text: str
    kind: str
    folded: str
    counts: tuple[tuple[str, int], ...]
    mark: str
    marked: int
    weight: float


@dataclass(frozen=True)
class Scored:
    """A result with the parts of its score: ``score = text x (1 + signals)``, signals at most ``CAP``."""

    place: int
    hit: Hit
    text: float
    signals: tuple[tuple[str, float], ...]
    added: float
    sentences: tuple[str, ...]
    elsewhere: int | None = None
    """Its place in the other engine's answer."""


@dataclass(frozen=True)
class Answer:
    """What one engine says. ``trouble`` where it says nothing."""

    engine: str
    results: Results | None = None
    words: tuple[Word, ...] = ()
    documents: int = 0
    hits: tuple[Scored, ...] = ()
    trouble: str = ""
    needed: tuple[int, int] = field(default=(0, 0))
    """(must match, wanted)"""


def explain(q: str) -> list[Answer]:
    """Every engine that is kept, the site's own first."""
    own = engine()
    every = sorted(kept(), key=lambda one: one.name != own.name)
    answers = [_answer(one, q) for one in every]
    if len(answers) < 2:
        return answers
    places = [{scored.hit.record.key: scored.place for scored in answer.hits} for answer in answers]
    return [_compared(answer, places[1 - i]) for i, answer in enumerate(answers)]


def _compared(answer: Answer, other: dict[str, int]) -> Answer:
    hits = tuple(
        Scored(s.place, s.hit, s.text, s.signals, s.added, s.sentences, other.get(s.hit.record.key))
        for s in answer.hits
    )
    return Answer(
        answer.engine, answer.results, answer.words, answer.documents, hits, answer.trouble, answer.needed
    )  # fmt: skip


def _answer(one: Engine, q: str) -> Answer:
    try:
        results = search(q, engine=one, per_page=SHOWN)
        if not results.ready:
            return Answer(one.name, trouble=str(_("There is no usable index: it must be rebuilt.")))
        reader = one.reader()
        with editions.reading(reader.analysis):
            query = parse(results.shown_for or q)
            order = find(reader, query, {})[1] if results.plan else []
            words = tuple(_words(reread(query, reader.vocab), reader))
        names = reader.names([item.key for item in order])
        ranked = {names[item.key]: item for item in order}
        total = reader.vocab.total
    except IndexMissing:
        return Answer(one.name, trouble=str(_("There is no usable index: it must be rebuilt.")))
    except EngineAway as error:
        return Answer(one.name, trouble=str(_("The engine does not answer: %(error)s")) % {"error": error})
    hits = tuple(_scored(place, hit, results, ranked.get(hit.record.key)) for place, hit in enumerate(results.hits, 1))
    groups = len(results.plan.groups) if results.plan else 0
    return Answer(one.name, results, words, total, hits, needed=(results.plan.minimum if groups else 0, groups))


def _words(query: Query, reader: Reader) -> Sequence[Word]:
    vocab = reader.vocab
    for term in query.terms:
        counts = tuple((word, vocab.words(word)) for word in term.words)
        rarest = min((count for _word, count in counts), default=0)
        weight = math.log(1 + (vocab.total - rarest + 0.5) / (rarest + 0.5)) if vocab.total else 0.0
        marked = vocab.marks(term.mark) if term.mark else 0
        kind = str(KINDS.get(term.kind, term.kind))
        yield Word(term.text, kind, " ".join(term.words), counts, term.mark, marked, round(weight, 2))


def _scored(place: int, hit: Hit, results: Results, ranked: Ranked | None) -> Scored:
    added = min(CAP, sum(worth for _name, worth in hit.signals))
    text = ranked.lexical if ranked else hit.score / (1 + added)
    said = tuple((str(SIGNALS.get(name, name)), worth) for name, worth in hit.signals)
    return Scored(place, hit, text, said, added, reasons(hit, results.plan))


@only_who_may("view", SearchDay)
def explain_view(request: HttpRequest) -> HttpResponse:
    """``?q=``: asked and answered on the spot; nothing of it is counted."""
    q = request.GET.get("q", "").strip()
    answers = explain(q) if q else []
    promoted: tuple[Promoted, ...] = ()
    if answers and answers[0].results:
        promoted = for_results(answers[0].results)
    context: dict[str, Any] = {
        **frame(_("Explain a search"), "info-circle", (_("Searches"), reverse("search_report"))),
        "q": q,
        "query": answers[0].results.query if answers and answers[0].results else parse(q),
        "answers": answers,
        "promoted": promoted,
        "cap": CAP,
        "may_judge": may(request.user, "add", Judgement),
        "may_promote": may(request.user, "add", PromotedResult),
    }
    return render(request, "search/admin/explain.html", context)
