"""What the checks panel says of a document, and that asking costs little and asks nobody else."""

import socket
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from cms.documents.checks import (
    Attached,
    Basis,
    Choice,
    Facts,
    Named,
    Piece,
    Place,
    addresses,
    findings,
    path_here,
)
from cms.documents.checks_panel import checks_of
from cms.documents.models import DocumentAttachment, DocumentPage, StatedRelation
from media.keeping import keep
from tests.factories import DocumentPageFactory, OrganisationFactory, member

TODAY = date(2026, 3, 1)
HOSTS = frozenset({"minhbach.vidu.vn"})


def codes(**facts):
    return [one.code for one in findings(Facts(**facts), TODAY)]


def text(words, block="b1", **more):
    return {"pieces": (Piece(block, words),)} | more


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Xem https://vidu.vn/a?b=1&c=2.", []),
        ("Xem www.vidu.vn (trang chủ)", []),
        ("Xem http://127.0.0.1:8000/", []),
        ("Gửi về a@www.vidu.vn", []),
        ("Xem https:/vidu.vn/a", ["address"]),
        ("Xem http//vidu.vn", ["address"]),
        ("Xem htp://vidu.vn", ["address"]),
        ("Xem https://vidu", ["address"]),
        ("Xem http://.vn", ["address"]),
        ("Xem https://[vidu.vn", ["address"]),
        ("Tỷ lệ 3/4, http là giao thức", []),
    ],
)
def test_malformed_addresses(words, found):
    assert codes(**text(words)) == found


def test_addresses_end_before_punctuation():
    assert list(addresses("(https://vidu.vn/a/). Và https://vidu.vn/b;")) == ["https://vidu.vn/a/", "https://vidu.vn/b"]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://minhbach.vidu.vn/van-ban/a/#ii.1", "/van-ban/a/"),
        ("https://minhbach.vidu.vn/en/van-ban/a?x=1", "/van-ban/a/"),
        ("http://minhbach.vidu.vn", "/"),
        ("https://khac.vn/van-ban/a/", None),
        ("https://[x", None),
    ],
)
def test_which_addresses_are_of_this_site(address, path):
    assert path_here(address, HOSTS) == path


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place(True), []),
        (Place(False), ["link"]),
        (Place(True, date(2025, 1, 1), "Kế hoạch cũ"), ["link_withdrawn"]),
        (None, []),
    ],
)
def test_links_within_the_site(place, found):
    places = {"/van-ban/a/": place} if place else {}
    assert codes(**text("https://minhbach.vidu.vn/van-ban/a/", hosts=HOSTS, places=places)) == found


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        ((Piece("1", "Theo Phụ lục 1 của kế hoạch này"),), ["appendix"]),
        ((Piece("1", "Theo phụ lục số 2; theo Phụ lục 2"),), ["appendix"]),
        ((Piece("1", "Theo Phụ lục II"), Piece("2", "PHỤ LỤC 2 Kinh phí", True)), []),
        ((Piece("1", "Theo Phụ lục 1 ban hành kèm theo Thông tư số 1/2020/TT-BGDĐT"),), []),
        ((Piece("1", "Theo phụ lục kèm theo"),), []),
    ],
)
def test_a_named_appendix_is_there(pieces, found):
    assert codes(pieces=pieces) == found


def test_an_appendix_may_be_a_file():
    file = Attached("Phụ lục 1. Kinh phí", "appendix", True)
    assert codes(pieces=(Piece("1", "Theo Phụ lục 1"),), attached=(file,)) == []
    assert codes(pieces=(Piece("1", "Theo Phụ lục 2"),), attached=(file,)) == ["appendix"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"attached": (Attached("a.pdf", "signed", False),)}, ["file"]),
        ({"attached": (Attached("a.pdf", "original", True),), "signer": "Nguyễn Văn Ví Dụ"}, ["signed"]),
        ({"attached": (Attached("a.pdf", "signed", True),), "signer": "Nguyễn Văn Ví Dụ"}, []),
        ({"named": (Named("1/QĐ", "1/QĐ", False),)}, ["relation"]),
        ({"named": (Named("1/QĐ", "", True, date(2025, 1, 1)),)}, ["relation_withdrawn"]),
        ({"circle": ("7/QĐ-MH",)}, ["circle"]),
        ({"choices": (Choice("74/PGDĐT", ("A", "B")),)}, ["ambiguous"]),
        ({"bases": (Basis("1/QĐ", "đã được thay thế"),), "bases_total": 3}, ["bases", "basis"]),
        ({"review_on": date(2026, 3, 1)}, ["review"]),
        ({"review_on": date(2026, 3, 2)}, []),
        ({"is_illustrative": True}, ["illustrative"]),
        ({}, []),
    ],
)
def test_each_rule(facts, found):
    assert codes(**facts) == found


def test_each_says_what_and_the_way_out_and_where():
    facts = Facts(
        pieces=(Piece("x", "chào"), Piece("y", "Theo 1/QĐ và http//a")), named=(Named("1/QĐ", "1/QĐ", False),)
    )
    found = findings(facts, TODAY)
    assert [one.place for one in found] == ["#block-y-section", "#block-y-section"]
    assert all(one.message and one.way_out for one in found)


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")


def publish(page):
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


@pytest.fixture
def ill(office):
    """A document that has everything wrong."""
    gone = publish(DocumentPageFactory(title="Đã rút", slug="da-rut", number="5/QĐ-MH", issuer=office))
    DocumentPage.objects.filter(pk=gone.pk).update(withdrawn_on=date(2024, 1, 1), withdrawn_reason="Sai.")
    DocumentPageFactory(title="Bản nháp kín", slug="ban-nhap", live=False)
    other = DocumentPageFactory(title="Bản kia", number="8/QĐ-MH", issuer=office, issued_on=date(2023, 1, 1))
    for day in (1, 2):
        publish(DocumentPageFactory(number="74/PGDĐT", issuer=office, issued_on=date(2022, 5, day)))
    page = DocumentPageFactory(
        title="Kế hoạch có lỗi",
        number="12/KH-MH",
        issued_on=date(2024, 3, 1),
        issuer=office,
        organisation=office,
        signer_name="Nguyễn Văn Ví Dụ",
        review_on=date(2020, 1, 1),
        is_illustrative=True,
        body=[
            ("text", "Theo Công văn số 74/PGDĐT của Phòng GDĐT Minh Họa. Theo Phụ lục 3."),
            (
                "text",
                "Xem http//hong.vn, http://localhost/van-ban/da-rut/ và http://localhost/van-ban/ban-nhap/luoc-do/.",
            ),
            (
                "text",
                "Xem http://localhost/van-ban/khong-co/, http://localhost/tim-kiem/ và http://localhost/van-ban/.",
            ),
        ],
    )
    file, _new = keep(b"%PDF-1.7\n" + b"y" * 300, "mat.pdf")
    page.attachments.add(DocumentAttachment(file=file, role="original"))
    page.stated_relations.add(StatedRelation(kind="replaces", document=other))
    page.stated_relations.add(StatedRelation(kind="mention", document=gone))
    page = publish(page)
    other.stated_relations.add(StatedRelation(kind="replaces", document=page))
    publish(other)
    Path(file.blob.path).unlink()
    return page


@pytest.mark.django_db
def test_everything_is_found_in_at_most_ten_statements(ill, django_assert_max_num_queries):
    page = ill.get_latest_revision_as_object()
    with django_assert_max_num_queries(10):
        found = checks_of(page)
    counted = sorted(one.code for one in found)
    assert counted == sorted(
        ["address", "link", "link", "link_withdrawn", "relation_withdrawn", "circle", "ambiguous", "appendix", "file",
         "signed", "review", "illustrative"]
    )  # fmt: skip
    circle = next(one for one in found if one.code == "circle")
    assert "8/QĐ-MH" in circle.message
    assert not any("Bản nháp kín" in one.message for one in found)


@pytest.mark.django_db
def test_no_other_host_is_asked(ill, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a check went out")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert checks_of(ill.get_latest_revision_as_object())


@pytest.mark.django_db
def test_a_replaced_basis_is_said(office):
    old = publish(DocumentPageFactory(number="1/QĐ-MH", doc_type="decision", issuer=office, issued_on=date(2020, 1, 2)))
    new = DocumentPageFactory(number="2/QĐ-MH", doc_type="decision", issuer=office, issued_on=date(2021, 1, 2))
    new.stated_relations.add(StatedRelation(kind="replaces", document=old))
    publish(new)
    words = "Căn cứ Quyết định số 1/QĐ-MH ngày 02/01/2020 của Phòng GDĐT Minh Họa;"
    page = publish(
        DocumentPageFactory(number="3/KH-MH", issuer=office, issued_on=date(2022, 1, 2), body=[("text", words)])
    )
    found = {one.code: one for one in checks_of(page.get_latest_revision_as_object())}
    assert {"bases", "basis"} <= set(found)
    assert found["basis"].place.startswith("#block-")


@pytest.mark.django_db
def test_the_panel_shows_them(ill, office, signed_in):
    html = signed_in(member(office)).get(reverse("wagtailadmin_pages:edit", args=[ill.pk])).content.decode()
    assert html.count('data-check="') == 12
    assert 'data-check="circle"' in html


@pytest.mark.django_db
def test_other_pages_have_no_such_checks(office, signed_in):
    from cms.base.models import ArticlePage, HomePage

    page = ArticlePage(title="Bài", slug="bai", organisation=office)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision()
    html = signed_in(member(office)).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "document-checks" not in html
    assert "data-checks-panel" in html
