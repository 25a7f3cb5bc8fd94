"""Results as files and as a feed: the rows of the page, safe to open, honest about their end."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import exports, registry, sync
from search.exports import safe
from search.registry import Entry, Passage

BASE = "/tim-kiem/"
ODD = '=HYPERLINK("http://example.com")'


class Shelf:
    kind = "document"
    label = "Văn bản"

    def __init__(self, entries):
        self._entries = entries

    def entries(self, ids):
        return iter(self._entries)


@pytest.fixture
def put(settings, tmp_path, monkeypatch, db):
    settings.SEARCH_DIR = tmp_path

    def put(entries):
        monkeypatch.setattr(registry, "_registered", {"document": Shelf(list(entries))})
        sync.rebuild()

    return put


@pytest.fixture
def site(put, collection):
    put([*collection[:2], Entry("document:3", "document", f"{ODD} thực hiện", "/van-ban/3/", "-3/KH")])


def table(response):
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_rows_are_those_of_the_page_in_its_order(site, client):
    response = client.get(BASE + "ket-qua.csv", {"q": "thực hiện", "sap-xep": "newest"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    header, *rows = table(response)
    assert len(header) == len(rows[0]) == 10
    assert [row[1] for row in rows] == ["12/KH-PGDĐT", "396/GDĐT-CNTT", "'-3/KH"]
    assert rows[0][:2] == ["Văn bản", "12/KH-PGDĐT"]
    assert rows[0][3:7] == [
        "Kế hoạch",
        "Phòng Giáo dục và Đào tạo",
        "2024-09-05",
        "http://testserver/van-ban/12-kh-pgddt/",
    ]
    assert rows[0][9].startswith("http://testserver/van-ban/12-kh-pgddt/#i.")


def test_the_filters_hold_in_the_file(site, client):
    rows = table(client.get(BASE + "ket-qua.csv", {"q": "thực hiện", "loai": "letter"}))[1:]
    assert [row[1] for row in rows] == ["396/GDĐT-CNTT"]


def test_no_cell_is_a_formula(site, client):
    rows = table(client.get(BASE + "ket-qua.csv", {"q": "hyperlink"}))
    assert rows[1][2] == f"'{ODD} thực hiện"
    book = openpyxl.load_workbook(io.BytesIO(client.get(BASE + "ket-qua.xlsx", {"q": "hyperlink"}).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_workbook_says_what_was_asked(site, client):
    response = client.get(BASE + "ket-qua.xlsx", {"q": "thực hiện", "nam": "2024"})
    results, about = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
    assert results.max_row == 2
    told = [[cell.value for cell in row] for row in about.iter_rows()]
    assert told[0][1] == "thực hiện"
    assert "2024" in [row[1] for row in told]
    assert any(str(row[1]).startswith("http://testserver/tim-kiem/?q=") for row in told)


def test_the_file_ends_where_it_says(put, client, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 120)
    monkeypatch.setattr("search.views.MOST_ROWS", 120)
    monkeypatch.setattr(exports.found_rows, "__defaults__", (120,))
    put(
        Entry(f"document:{i}", "document", f"Thông báo {i}", f"/{i}/", passages=(Passage("a", (), "nghỉ lễ"),))
        for i in range(130)
    )
    rows = table(client.get(BASE + "ket-qua.csv", {"q": "nghỉ lễ"}))[1:]
    assert len(rows) == len({row[6] for row in rows}) == 120
    page = client.get(BASE, {"q": "nghỉ lễ"})
    assert page.context["export_limit"] == 120
    assert "120" in page.content.decode().split('class="exports"')[1]


def test_where_all_stand_in_the_file_no_limit_is_told(site, client):
    assert client.get(BASE, {"q": "thực hiện"}).context["export_limit"] == 0


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"), ("+84", "+84"), ("+a", "'+a"), ("-1", "-1"), ("-a", "'-a"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), (" =1+1", "' =1+1"), ("＝1", "'＝1"), ("Kế hoạch", "Kế hoạch"), ("", ""),
        ("a\x00b\ud800", "ab"), ("\x01=1+1", "'=1+1"),
    ],
)  # fmt: skip
def test_what_looks_like_a_formula_gets_an_apostrophe(cell, shown):
    assert safe(cell) == shown


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula_unless_it_is_a_plain_number(text):
    made = safe(text)
    assert not made.lstrip().startswith(("=", "@")) and not made.startswith(("\t", "\r"))
    assert (
        not made.lstrip().startswith(("+", "-"))
        or made.strip("+-0123456789., %\n\x0b\x0c\x85") == made[:0]
        or made.isspace()
    )


def test_the_feed_is_a_feed_with_the_newest_first(site, client):
    response = client.get(BASE + "atom.xml", {"q": "thực hiện"})
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    assert [entry.link.rpartition("/van-ban/")[2] for entry in feed.entries] == ["12-kh-pgddt/", "396-gddt-cntt/", "3/"]
    assert feed.entries[0].id == "tag:testserver,2025-01-01:document:1"
    assert feed.entries[0].updated.startswith("2024-09-05")


def test_an_unchanged_feed_is_not_sent_again(site, client):
    first = client.get(BASE + "atom.xml", {"q": "thực hiện", "loai": "plan"})
    again = client.get(BASE + "atom.xml", {"q": "thực hiện", "loai": "plan"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_page_leads_to_files_and_feed_with_question_and_filters(site, client):
    page = client.get(BASE, {"q": "thực hiện", "loai": "plan"}).content.decode()
    for name in ("ket-qua.csv", "ket-qua.xlsx", "atom.xml"):
        assert f"{BASE}{name}?q=th%E1%BB%B1c+hi%E1%BB%87n&amp;loai=plan" in page


@pytest.mark.parametrize("name", ["ket-qua.csv", "ket-qua.xlsx", "atom.xml"])
def test_anything_can_be_asked_of_files_and_feed(site, client, name):
    for query in (
        "",
        "q=",
        "q=%00%01<x>",
        "q=a&q=b&nam=%00",
        "trang=-1&q=" + "a" * 5_000,
        "sap-xep=x&loai=" + "9" * 999,
    ):
        response = client.get(f"{BASE}{name}?{query}")
        assert response.status_code == 200, query
        if name == "atom.xml":
            ElementTree.fromstring(response.content)
    assert client.post(BASE + name).status_code == 405


@pytest.mark.parametrize("name", ["ket-qua.csv", "ket-qua.xlsx", "atom.xml"])
def test_without_an_index_no_file_says_that_nothing_was_found(settings, tmp_path, client, db, name):
    settings.SEARCH_DIR = tmp_path
    response = client.get(BASE + name, {"q": "thực hiện"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_a_place_in_a_file_is_given_with_its_page(put, client, collection):
    piece = Passage("tep-1", ("Bản ký", "tr. 2"), "thực đơn", url="/tep/1/a.pdf#page=2")
    put([replace(collection[0], passages=(piece,))])
    (row,) = table(client.get("/en" + BASE + "ket-qua.csv", {"q": "thực đơn"}))[1:]
    assert row[6:] == [
        "http://testserver/en/van-ban/12-kh-pgddt/", "Bản ký › tr. 2", "thực đơn", "http://testserver/tep/1/a.pdf#page=2",
    ]  # fmt: skip
