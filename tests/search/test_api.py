"""``/api/v1/search``: the answer of the page for programs; whatever is asked, never an error of ours."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from search import api, registry, sync

URL = "/api/v1/search"
CASES = 1_000


@pytest.fixture
def shelf(collection, monkeypatch, db):
    class Shelf:
        kind = "document"

        def entries(self, ids):
            return iter(collection)

    monkeypatch.setattr(registry, "_registered", {"document": Shelf()})
    sync.rebuild()


def ask(reader, **parameters):
    return reader.get(URL, parameters)


def test_an_answer_has_what_the_page_shows(shelf, reader):
    found = ask(reader, q="thu hoc phi khong dung tien mat").json()
    hit = found["hits"][0]
    assert (hit["kind"], hit["number"], hit["date"]) == ("document", "12/KH-PGDĐT", "2024-09-05")
    assert hit["url"] == "http://testserver/van-ban/12-kh-pgddt/"
    passage = hit["passages"][0]
    assert passage["url"].endswith("#i.1")
    assert passage["path"] == ["I. MỤC TIÊU"]
    marked = [passage["text"][start:end] for start, end in passage["marks"]]
    assert "học phí không dùng tiền mặt" in " ".join(marked)
    assert found["total"] >= 1
    assert found["facets"]["type"][0]["label"] == "Kế hoạch"
    assert hit["facets"].keys() <= set(api.FILTERS)


def test_any_of_several_values_counts(shelf, reader):
    def total(query):
        return reader.get(f"{URL}?q=ke hoach bao cao thu vien{query}").json()["total"]

    assert total("&year=2024&year=2023") == total("")
    assert total("&year=2024") < total("")
    assert total("&year=1899") == 0


def test_pages_lead_on_and_end(shelf, reader):
    first = ask(reader, q="truong", per_page=1).json()
    assert first["pages"] > 1
    seen, url = [], first["next"]
    while url:
        answer = reader.get(url.removeprefix("http://testserver")).json()
        seen += [hit["url"] for hit in answer["hits"]]
        url = answer["next"]
    assert len(seen) == len(set(seen)) == first["pages"] - 1
    beyond = ask(reader, q="truong", per_page=1, page=first["pages"] + 1).json()
    assert (beyond["hits"], beyond["next"], beyond["total"]) == ([], None, first["total"])


@pytest.mark.parametrize(
    ("parameters", "path", "words"),
    [
        ({"page": "x"}, "page", "số nguyên"),
        ({"page": "-1"}, "page", "ít nhất"),
        ({"per_page": "101"}, "per_page", "nhiều nhất"),
        ({"page": 10**9}, "page", "nhiều nhất"),
        ({"page": 10**30}, "page", ""),
        ({"page": 200, "per_page": 100}, "page", "10000"),
        ({"sort": "best"}, "sort", "relevance"),
        ({"isuer": "pgd"}, "isuer", "openapi.json"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_way_out(shelf, reader, parameters, path, words):
    answer = ask(reader, q="a", **parameters)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["status"] == 400
    assert problem["title"]
    assert [error["path"] for error in problem["errors"]] == [path]
    assert words in problem["errors"][0]["detail"]


def test_any_site_may_ask_and_caches_may_keep_it_a_while(shelf, reader):
    answer = ask(reader, q="ke hoach")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in answer.headers["Cache-Control"]
    again = reader.get(URL, {"q": "ke hoach"}, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert ask(reader, page=0).headers["Access-Control-Allow-Origin"] == "*"


def test_without_an_index_it_says_to_come_back(reader, db):
    answer = ask(reader, q="ke hoach")
    assert answer.status_code == 503
    assert answer.json()["title"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Retry-After"] == "120"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_it_asks_the_database_nothing(shelf, reader, django_assert_num_queries):
    ask(reader, q="ke hoach")
    with django_assert_num_queries(0):
        assert ask(reader, q="ke hoach", year="2024").status_code == 200


def test_the_description_is_whole(reader, db):
    described = reader.get("/api/v1/openapi.json").json()
    asked = described["paths"]["/api/v1/search"]["get"]
    assert {parameter["name"] for parameter in asked["parameters"]} == {
        "q",
        "kind",
        "type",
        "issuer",
        "year",
        "topic",
        "sort",
        "page",
        "per_page",
    }
    assert set(asked["responses"]) == {"200", "400", "429", "503"}
    assert reader.get("/api/v1/docs").status_code == 200
    for nothing in ("/api/v1/nothing", "/api/v2/search"):
        assert reader.get(nothing).status_code == 404
        assert reader.get(nothing).json()["status"] == 404
    assert reader.post(URL).status_code == 405


def test_schemathesis_finds_no_error_of_ours_in_a_thousand_cases(shelf):
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    operation = described["/api/v1/search"]["GET"]
    seen = []
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

    @hypothesis_settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def each(case):
        response = case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity"})
        seen.append(response.status_code)

    each()
    assert len(seen) >= CASES
    assert max(seen) < 500
    assert 200 in seen
