"""The explanation is the answer itself, taken apart."""

import pytest
from django.urls import reverse

from cms.people.enums import Role
from search.engines.base import EngineAway
from search.learning import explaining
from search.learning.explaining import explain
from search.service import search
from tests.factories import member


@pytest.fixture
def desk(site, office, signed_in):
    return signed_in(member(office["own"], Role.EDITOR))


def test_the_parts_make_the_score_of_the_answer(site):
    (answer,) = explain("thực hiện kế hoạch")
    found = search("thực hiện kế hoạch").hits
    assert [scored.hit.record.key for scored in answer.hits] == [hit.record.key for hit in found]
    for scored, hit in zip(answer.hits, found, strict=True):
        assert scored.hit.score == pytest.approx(hit.score)
        assert scored.text * (1 + scored.added) == pytest.approx(scored.hit.score)


def test_words_are_told_with_what_the_index_knows_of_them(site):
    (answer,) = explain("TTKDTM zzzz")
    concept, unknown = answer.words
    assert (concept.mark.startswith("@"), concept.marked) == (True, 1)
    assert unknown.counts == (("zzzz", 0),)
    assert answer.results.plan.dropped == ("zzzz",)
    assert answer.documents == 3


def test_an_engine_that_is_away_is_told_and_the_other_is_shown(site, monkeypatch):
    class Away:
        name = "elasticsearch"

        def reader(self):
            raise EngineAway("refused")

    monkeypatch.setattr(explaining, "kept", lambda: (explaining.engine("tantivy"), Away()))
    shown, away = explain("thư viện")
    assert shown.results.total == 1
    assert "refused" in away.trouble


@pytest.mark.parametrize(
    "q",
    ["", " ", "?!", "thư viện", '"thư viện" -báo', "thuw vieenj", "viênn", "1937/KH-PGDĐT", "\x00", "<b>", "a" * 3000],
)
def test_any_question_can_be_explained(desk, q):
    assert desk.get(reverse("search_explain"), {"q": q}).status_code == 200


def test_what_was_typed_is_never_markup(desk):
    assert "<script>alert" not in desk.get(reverse("search_explain"), {"q": "<script>alert(1)"}).content.decode()


def test_explaining_counts_nothing(desk, written):
    desk.get(reverse("search_explain"), {"q": "thư viện"}, HTTP_USER_AGENT="Mozilla/5.0")
    assert written() == []


def test_without_an_index_the_page_says_so(desk, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "none"
    assert desk.get(reverse("search_explain"), {"q": "thư viện"}).context["answers"][0].trouble
