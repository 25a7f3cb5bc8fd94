"""Who may see what was searched, promote and judge: the office of the site and those above it, nobody beside."""

import pytest
from django.urls import reverse

from cms.base.models import OfficeSettings
from cms.people.enums import Role
from search.models import Judgement, PastQuery, PromotedResult
from tests.factories import UserFactory, member

VIEW = ["search_report", "search_report_results", "search_explain"]
JUDGE = ["search_judge_queue", "search_judge", "search_judgements_export"]
PROMOTE = ["wagtailsnippets_search_promotedresult:add"]
READ = ["/admin/tim-kiem/nhat-ky/", "/admin/tim-kiem/goi-y/"]
EVERY = [*VIEW, *JUDGE, *PROMOTE, *READ]


def opens(client, name):
    address = name if name.startswith("/") else reverse(name)
    response = client.get(address, {"q": "thư viện"})
    return response.status_code == 200


def who(office, place, *roles):
    return member(office[place], *roles)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("place", ["sibling", "school"])
def test_an_administrator_beside_or_below_the_sites_office_may_nothing(site, office, signed_in, place, name):
    assert not opens(signed_in(who(office, place, Role.OFFICE_ADMIN, Role.OPERATOR, Role.PUBLISHER)), name)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("place", ["own", "province"])
def test_an_administrator_of_the_sites_office_or_above_may(site, office, signed_in, place, name):
    assert opens(signed_in(who(office, place, Role.OFFICE_ADMIN)), name)


@pytest.mark.parametrize(
    ("role", "view", "judge", "promote"),
    [
        (Role.EDITOR, True, True, False),
        (Role.REVIEWER, True, True, False),
        (Role.PUBLISHER, True, True, True),
        (Role.OFFICE_ADMIN, True, True, True),
        (Role.OPERATOR, True, True, True),
        (Role.DATA_ENTRY, False, False, False),
        (Role.PRINCIPAL, False, False, False),
        (Role.GROUP_HEAD, False, False, False),
        (Role.EXTERNAL_ASSESSOR, False, False, False),
    ],
)
def test_each_role_may_what_its_work_needs(site, office, signed_in, role, view, judge, promote):
    client = signed_in(who(office, "own", role))
    assert [opens(client, name) for name in VIEW] == [view] * 3
    assert [opens(client, name) for name in JUDGE] == [judge] * 3
    assert [opens(client, name) for name in PROMOTE] == [promote]


@pytest.mark.parametrize("name", EVERY)
def test_nobody_is_let_in_without_signing_in(site, office, client, name):
    assert not opens(client, name)


@pytest.mark.parametrize("name", EVERY)
def test_where_no_office_runs_the_site_only_superusers_may(site, office, signed_in, name):
    OfficeSettings.objects.update(organisation=None)
    assert not opens(signed_in(who(office, "own", Role.OFFICE_ADMIN)), name)
    assert opens(signed_in(UserFactory(is_superuser=True)), name)


def test_a_sibling_changes_nothing_by_post_either(site, office, signed_in):
    client = signed_in(who(office, "sibling", Role.OFFICE_ADMIN))
    client.post(reverse("search_judge"), {"q": "thư viện", "nothing": "1"})
    client.post(
        reverse("wagtailsnippets_search_promotedresult:add"),
        {"queries": "a", "address": "https://example.org/", "title": "x"},
    )
    row = PromotedResult.objects.create(queries="a", address="https://example.org/", title="x")
    client.post(reverse("wagtailsnippets_search_promotedresult:delete", args=[row.pk]))
    assert not Judgement.objects.exists()
    assert list(PromotedResult.objects.all()) == [row]


def test_an_administrator_keeps_a_question_from_being_offered_and_an_editor_does_not(site, office, signed_in):
    row = PastQuery.objects.create(
        key="a", text="a", week="", reached_on="2026-11-01", last_asked_on="2026-11-01"
    )  # fmt: skip
    address = f"/admin/tim-kiem/goi-y/edit/{row.pk}/"
    for role, hidden in ((Role.EDITOR, False), (Role.OFFICE_ADMIN, True)):
        signed_in(who(office, "own", role)).post(address, {"hidden": "on"})
        row.refresh_from_db()
        assert row.hidden is hidden


def test_the_menu_shows_what_may_be_opened(site, office, signed_in):
    may = signed_in(who(office, "own", Role.EDITOR)).get("/admin/").content.decode()
    may_not = signed_in(who(office, "sibling", Role.EDITOR)).get("/admin/").content.decode()
    assert "reports/tim-kiem/danh-gia/" in may
    assert "reports/tim-kiem/" not in may_not


def test_the_questions_offered_are_listed_for_who_may_see_them(site, office, signed_in):
    PastQuery.objects.create(key="a", text="học bạ", week="", reached_on="2026-11-01", last_asked_on="2026-11-01")
    PastQuery.objects.create(key="b", text="chưa đủ", week="", last_asked_on="2026-11-01")
    page = signed_in(who(office, "own", Role.EDITOR)).get("/admin/tim-kiem/goi-y/").content.decode()
    assert "học bạ" in page
    assert "chưa đủ" not in page
