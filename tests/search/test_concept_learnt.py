"""What documents explain themselves is offered to editors, with what the list says of it."""

import pytest

from cms.documents.glossary_source import said_in_documents
from cms.documents.models import DocumentText
from search import learnt
from search.concepts import lines_of_file
from search.learnt import Said, Standing, proposals
from tests.factories import DocumentPageFactory, UserFactory

FILE = lines_of_file()


def proposed(*pairs: tuple[str, str]):
    every = [
        Said(short, meaning, f"document:{i}", f"Văn bản {i}", f"/{i}/") for i, (short, meaning) in enumerate(pairs)
    ]
    return proposals(every, FILE)


@pytest.mark.parametrize(
    ("short", "meaning", "standing", "concept", "missing"),
    [
        ("KTĐG", "kiểm tra đánh giá", Standing.NEW, "", ""),
        ("CNTT", "công nghệ thông tin", Standing.KNOWN, "cntt", ""),
        ("cntt", "Công nghệ Thông tin", Standing.KNOWN, "cntt", ""),
        ("CĐS", "chuyển đổi số toàn ngành", Standing.PART, "cds", "chuyển đổi số toàn ngành"),
        ("CĐSGD", "chuyển đổi số", Standing.PART, "cds", "CĐSGD"),
        ("PHHS", "công nghệ thông tin", Standing.CLASH, "cmhs", ""),
        ("Kế hoạch 12", "Kế hoạch 12/KH-UBND", Standing.UNFIT, "", ""),
    ],
)
def test_each_pair_is_told_beside_the_list(short, meaning, standing, concept, missing):
    (one,) = proposed((short, meaning))
    assert (one.standing, one.concept, one.missing) == (standing, concept, missing)


def test_the_same_pair_is_counted_by_documents_however_it_is_written():
    every = [
        Said("KTĐG", "kiểm tra đánh giá", "document:1"),
        Said("KTĐG", "Kiểm tra, đánh giá", "document:1"),
        Said("KTDG", "kiểm tra đánh giá", "document:2"),
        Said("KTĐG", "kiểm tra đánh giá", "document:3"),
    ]
    (one,) = proposals(every, FILE)
    assert (one.short, one.meaning, one.documents) == ("KTĐG", "kiểm tra đánh giá", 3)


def test_two_meanings_of_one_short_form_are_two_proposals():
    assert {one.meaning for one in proposed(("TH", "tổng hợp"), ("TH", "thực hành"))} == {"tổng hợp", "thực hành"}


def test_what_can_be_used_comes_first_and_the_commonest_before():
    found = proposed(
        ("CNTT", "công nghệ thông tin"), ("KTĐG", "kiểm tra đánh giá"), ("BHTN", "bảo hiểm thất nghiệp"),
        ("BHTN", "bảo hiểm thất nghiệp"), ("CĐS", "chuyển đổi số ngành"),
    )  # fmt: skip
    assert [one.short for one in found] == ["BHTN", "KTĐG", "CĐS", "CNTT"]


@pytest.mark.parametrize(("short", "meaning"), [("", "x"), ("?", "một hai"), ("A", "a"), ("A", "b " * 200)])
def test_what_is_no_pair_is_left_out(short, meaning):
    assert proposed((short, meaning)) == ()


def test_public_documents_are_the_source_and_drafts_are_not(db):
    public, draft = DocumentPageFactory(), DocumentPageFactory(live=False)
    glossary = [{"short": "KTĐG", "meaning": "kiểm tra đánh giá", "anchor": "i.1", "start": 0, "end": 1}]
    for page in (public, draft):
        DocumentText.objects.update_or_create(page=page, defaults={"glossary": glossary})
    (one,) = said_in_documents()
    assert (one.short, one.meaning, one.key) == ("KTĐG", "kiểm tra đánh giá", f"document:{public.pk}")
    assert one.url.endswith("#i.1")
    assert said_in_documents in learnt._sources


def test_reading_all_documents_costs_few_queries(db, django_assert_max_num_queries):
    glossary = [{"short": "KTĐG", "meaning": "kiểm tra đánh giá", "anchor": "i.1", "start": 0, "end": 1}]
    for _ in range(12):
        DocumentText.objects.update_or_create(page=DocumentPageFactory(), defaults={"glossary": glossary})
    with django_assert_max_num_queries(5):
        assert len(list(said_in_documents())) == 12


def test_the_screen_offers_them(db, signed_in):
    from django.urls import reverse

    glossary = [
        {"short": short, "meaning": meaning, "anchor": "i.1", "start": 0, "end": 1}
        for short, meaning in (("KT&ĐG", "kiểm tra & đánh giá"), ("CĐS", "chuyển đổi số toàn ngành"))
    ]
    DocumentText.objects.update_or_create(page=DocumentPageFactory(), defaults={"glossary": glossary})
    response = signed_in(UserFactory(is_superuser=True)).get(reverse("wagtailsnippets_search_concept:learnt"))
    rows = {row["proposal"].short: row["proposal"].standing for row in response.context["rows"]}
    assert rows == {"KT&ĐG": Standing.NEW, "CĐS": Standing.PART}
    assert "plus=KT%26%C4%90G&amp;plus=ki%E1%BB%83m" in response.content.decode()
