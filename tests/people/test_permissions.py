"""Rights follow the organisation's subtree (law 10): the sibling's editor may do nothing, anywhere."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.organisations.models import Organisation
from cms.people.enums import Role
from cms.people.models import Membership
from cms.people.permissions import may_act_for, page_policy
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    """A province with two communes, each with a school."""
    province = OrganisationFactory(code="tinh")
    north, south = (OrganisationFactory(code=code, below=province) for code in ("xa-bac", "xa-nam"))
    return {
        "province": province,
        "north": north,
        "south": south,
        "school": OrganisationFactory(code="truong-bac", below=north),
        "sibling_school": OrganisationFactory(code="truong-nam", below=south),
    }


@pytest.mark.parametrize(
    ("place", "target", "expected"),
    [
        ("province", "school", True),
        ("north", "north", True),
        ("north", "school", True),
        ("north", "south", False),
        ("north", "sibling_school", False),
        ("north", "province", False),
        ("school", "north", False),
    ],
)
def test_a_role_reaches_its_organisation_and_what_lies_below(offices, place, target, expected):
    assert may_act_for(member(offices[place]), "change", offices[target].pk) is expected


@pytest.mark.parametrize(
    ("role", "action", "expected"),
    [
        (Role.EDITOR, "add", True),
        (Role.EDITOR, "change", True),
        (Role.EDITOR, "publish", False),
        (Role.PUBLISHER, "publish", True),
        (Role.OFFICE_ADMIN, "publish", True),
        (Role.DATA_ENTRY, "add", False),
        (Role.REVIEWER, "change", False),
        (Role.PRINCIPAL, "publish", False),
        (Role.EXTERNAL_ASSESSOR, "change", False),
    ],
)
def test_each_role_may_do_its_own(offices, role, action, expected):
    assert may_act_for(member(offices["north"], role), action, offices["school"].pk) is expected


def test_a_membership_holds_from_its_first_to_its_last_day(offices):
    today = timezone.localdate()
    for starts, ends, expected in (
        (today, None, True),
        (today, today, True),
        (today + timedelta(days=1), None, False),
        (today - timedelta(days=9), today - timedelta(days=1), False),
    ):
        user = member(offices["north"], starts_on=starts, ends_on=ends)
        assert may_act_for(user, "change", offices["north"].pk) is expected, (starts, ends)
        assert user.has_perm("wagtailadmin.access_admin") is expected


def test_an_inactive_person_may_do_nothing(offices):
    user = member(offices["north"])
    user.is_active = False
    user.save()
    user = get_user_model().objects.get(pk=user.pk)
    assert not may_act_for(user, "change", offices["north"].pk)
    assert not user.has_perm("wagtailadmin.access_admin")


def test_pages_listed_are_those_of_the_subtree(offices):
    mine = DocumentPageFactory(organisation=offices["school"])
    theirs = DocumentPageFactory(organisation=offices["sibling_school"])
    nobodys = DocumentPageFactory(organisation=None)
    user = member(offices["north"])
    found = page_policy.instances_user_has_any_permission_for(user, {"change"})
    assert list(found) == [Page.objects.get(pk=mine.pk)]
    explorable = set(page_policy.explorable_instances(user).values_list("pk", flat=True))
    assert mine.pk in explorable
    assert not explorable & {theirs.pk, nobodys.pk}


def test_the_place_in_the_tree_gives_no_rights(offices, shelf):
    user = member(offices["north"])
    assert shelf.permissions_for_user(user).can_add_subpage()
    assert not shelf.permissions_for_user(user).can_edit()
    assert not shelf.permissions_for_user(user).can_delete()
    theirs = DocumentPageFactory(organisation=offices["south"], parent=shelf)
    tester = theirs.permissions_for_user(user)
    assert not (tester.can_edit() or tester.can_publish() or tester.can_delete() or tester.can_unpublish())


def test_what_was_public_is_not_deleted_even_by_a_superuser(offices):
    public = DocumentPageFactory(organisation=offices["north"])
    public.save_revision().publish()
    root = UserFactory(is_superuser=True, is_staff=True)
    assert not public.permissions_for_user(root).can_delete()
    assert not public.get_parent().permissions_for_user(root).can_delete()
    draft = DocumentPageFactory(organisation=offices["north"], live=False)
    assert draft.permissions_for_user(root).can_delete()
    assert draft.permissions_for_user(member(offices["north"])).can_delete()


ADMIN_PAGE_VIEWS = ["edit", "delete", "unpublish", "history", "copy", "move", "view_draft", "usage"]


@pytest.mark.parametrize("view", ADMIN_PAGE_VIEWS)
def test_a_siblings_editor_is_turned_away_from_every_page_screen(offices, signed_in, view):
    theirs = DocumentPageFactory(organisation=offices["sibling_school"])
    theirs.save_revision().publish()
    client = signed_in(member(offices["north"]))
    response = client.get(reverse(f"wagtailadmin_pages:{view}", args=[theirs.pk]))
    assert response.status_code in (302, 403)
    if response.status_code == 302:
        assert response.url.startswith(reverse("wagtailadmin_home"))


def test_the_page_editor_refuses_a_foreign_organisation(offices, signed_in, shelf):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

    client = signed_in(member(offices["north"]))
    data = nested_form_data(
        {
            "title": "Thử", "slug": "", "body": streamfield([]), "attachments": inline_formset([]),
            "stated_relations": inline_formset([]), "change_notes": inline_formset([]),
            "organisation": offices["south"].pk,
            "action-publish": "1", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        }
    )  # fmt: skip
    url = reverse("wagtailadmin_pages:add", args=["documents", "documentpage", shelf.pk])
    response = client.post(url, data)
    assert response.status_code == 200
    assert "organisation" in response.context["form"].errors
    data["organisation"] = offices["school"].pk
    response = client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    assert Page.objects.live().filter(title="Thử").exists()


def test_who_publishes_in_one_office_does_not_publish_for_another(offices, signed_in, shelf):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

    user = member(offices["north"], Role.EDITOR)
    Membership.objects.create(user=user, organisation=offices["south"], role=Role.PUBLISHER)
    data = nested_form_data(
        {
            "title": "Thử", "slug": "", "body": streamfield([]), "attachments": inline_formset([]),
            "stated_relations": inline_formset([]), "change_notes": inline_formset([]),
            "organisation": offices["school"].pk,
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        }
    )  # fmt: skip
    url = reverse("wagtailadmin_pages:add", args=["documents", "documentpage", shelf.pk])
    client = signed_in(user)
    refused = client.post(url, data | {"action-publish": "1"})
    assert "organisation" in refused.context["form"].errors
    assert client.post(url, data).status_code == 302
    assert Page.objects.filter(title="Thử", live=False).exists()


def _image(organisation):
    return get_image_model().objects.create(title="Ảnh", file=get_test_image_file(), organisation=organisation)


def test_images_follow_the_same_rule(offices, signed_in):
    mine, theirs = _image(offices["school"]), _image(offices["sibling_school"])
    user = member(offices["north"])
    policy = policy_registry.get_by_type(get_image_model())
    assert list(policy.instances_user_has_any_permission_for(user, {"change"})) == [mine]
    client = signed_in(user)
    listing = client.get(reverse("wagtailimages:index")).content.decode()
    assert f"/images/{mine.pk}/" in listing
    assert f"/images/{theirs.pk}/" not in listing
    assert client.get(reverse("wagtailimages:edit", args=[mine.pk])).status_code == 200
    assert client.get(reverse("wagtailimages:edit", args=[theirs.pk])).status_code == 302


def test_an_uploaded_image_belongs_to_the_uploaders_organisation(offices):
    user = member(offices["north"])
    image = get_image_model().objects.create(title="Ảnh", file=get_test_image_file(), uploaded_by_user=user)
    assert image.organisation == offices["north"]


@pytest.mark.parametrize("view", ["edit", "delete", "usage", "history", "inspect", "copy"])
def test_organisations_are_administered_within_the_subtree(offices, signed_in, view):
    client = signed_in(member(offices["north"], Role.OFFICE_ADMIN))
    name = f"wagtailsnippets_organisations_organisation:{view}"
    assert client.get(reverse(name, args=[offices["school"].pk])).status_code == 200
    refused = client.get(reverse(name, args=[offices["sibling_school"].pk]))
    assert refused.status_code == 302
    assert refused.url == reverse("wagtailadmin_home")


def test_the_list_of_organisations_shows_the_subtree(offices, signed_in):
    client = signed_in(member(offices["north"], Role.OFFICE_ADMIN))
    response = client.get(reverse("wagtailsnippets_organisations_organisation:list"))
    assert {o.code for o in response.context["object_list"]} == {"xa-bac", "truong-bac"}


def test_an_editor_cannot_change_the_register(offices, signed_in):
    client = signed_in(member(offices["north"]))
    url = reverse("wagtailsnippets_organisations_organisation:edit", args=[offices["north"].pk])
    assert client.get(url).status_code == 302
    assert client.get(reverse("wagtailsnippets_people_membership:list")).status_code == 302


def _give(client, user, organisation, role):
    url = reverse("wagtailsnippets_people_membership:add")
    data = {
        "user": user.pk,
        "organisation": organisation.pk,
        "role": role,
        "starts_on": "2026-01-01",
        "ends_on": "",
    }
    return client.post(url, data)


def test_nobody_raises_herself_or_reaches_beyond_her_offices(offices, signed_in):
    admin, other = member(offices["north"], Role.OFFICE_ADMIN), UserFactory()
    client = signed_in(admin)
    for user, organisation, role in (
        (admin, offices["north"], Role.PUBLISHER),
        (other, offices["south"], Role.EDITOR),
        (other, offices["north"], Role.OPERATOR),
    ):
        assert _give(client, user, organisation, role).status_code == 200
        assert not Membership.objects.filter(user=user, organisation=organisation, role=role).exists()
    assert _give(client, other, offices["school"], Role.EDITOR).status_code == 302
    assert Membership.objects.filter(user=other, organisation=offices["school"], role=Role.EDITOR).exists()


def test_an_administrator_places_new_organisations_only_below_her_own(offices, signed_in):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data

    client = signed_in(member(offices["north"], Role.OFFICE_ADMIN))
    url = reverse("wagtailsnippets_organisations_organisation:add")

    def post(parent):
        return client.post(
            url,
            nested_form_data(
                {
                    "code": "truong-moi", "name": "Trường mới", "kind": "school",
                    "names": inline_formset([]),
                    "placements": inline_formset([{"parent": parent.pk, "valid_from": "", "valid_to": ""}]),
                    "succeeded_by": inline_formset([]),
                }
            )
            | {"levels": ["primary"]},
        )  # fmt: skip

    assert post(offices["south"]).status_code == 200
    assert not Organisation.objects.filter(code="truong-moi").exists()
    assert post(offices["north"]).status_code == 302
    school = Organisation.objects.get(code="truong-moi")
    assert school.levels == ["primary"]
    assert may_act_for(member(offices["north"]), "change", school.pk)


def test_the_reach_of_a_person_with_many_offices_costs_few_statements(offices, django_assert_max_num_queries):
    for index in range(50):
        OrganisationFactory(code=f"truong-{index}", below=offices["north"])
    user = member(offices["province"])
    for office in Organisation.objects.exclude(code="tinh")[:30]:
        Membership.objects.create(user=user, organisation=office, role=Role.EDITOR)
    with django_assert_max_num_queries(3):
        list(page_policy.explorable_instances(user))


def test_a_draft_cannot_carry_a_live_page_into_another_office(offices, signed_in):
    user = member(offices["north"], Role.EDITOR)
    Membership.objects.create(user=user, organisation=offices["south"], role=Role.PUBLISHER)
    page = DocumentPageFactory(organisation=offices["north"])
    page.save_revision().publish()
    page.organisation = offices["south"]
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    assert not draft.permissions_for_user(user).can_publish()
    assert draft.permissions_for_user(user).can_edit()


@pytest.mark.parametrize("model", ["base/sectionpage", "documents/documentindexpage"])
def test_only_superusers_make_pages_that_stand_for_the_whole_site(offices, signed_in, model):
    from wagtail.test.utils.form_data import nested_form_data

    home = Page.objects.get(depth=2)
    client = signed_in(member(offices["province"]))
    app, name = model.split("/")
    data = nested_form_data(
        {"title": "Kệ", "slug": "", "intro": "", "organisation": offices["north"].pk, "comments-TOTAL_FORMS": 0,
         "comments-INITIAL_FORMS": 0}
    )  # fmt: skip
    client.post(reverse("wagtailadmin_pages:add", args=[app, name, home.pk]), data | {"action-publish": "1"})
    assert not Page.objects.filter(title="Kệ").exists()


def test_what_was_public_may_be_moved_but_not_deleted(offices):
    page = DocumentPageFactory(organisation=offices["north"])
    page.save_revision().publish()
    tester = page.permissions_for_user(member(offices["north"]))
    assert tester.can_move()
    assert not tester.can_delete()


def test_memberships_have_no_chooser_and_accounts_are_not_listed_to_everyone(offices, signed_in):
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippetchoosers_people_membership:choose")
    stranger = member(offices["south"])
    page = signed_in(member(offices["north"], Role.OFFICE_ADMIN)).get(reverse("wagtailsnippets_people_membership:add"))
    assert stranger.username not in page.content.decode()


def test_an_office_admin_leaves_operators_alone(offices, signed_in):
    operator = Membership.objects.create(user=UserFactory(), organisation=offices["north"], role=Role.OPERATOR)
    client = signed_in(member(offices["north"], Role.OFFICE_ADMIN))
    for view in ("edit", "delete"):
        url = reverse(f"wagtailsnippets_people_membership:{view}", args=[operator.pk])
        assert client.post(url, {}).status_code == 302
    assert Membership.objects.filter(pk=operator.pk, role=Role.OPERATOR).exists()


def test_the_admins_own_api_and_choosers_show_nothing_of_the_siblings(offices, signed_in):
    theirs = _image(offices["south"])
    draft = DocumentPageFactory(organisation=offices["south"], live=False, title="Bản nháp kín")
    client = signed_in(member(offices["north"]))
    assert client.get(f"/admin/api/main/images/{theirs.pk}/").status_code == 404
    chooser = client.get(reverse("wagtailadmin_choose_page_child", args=[draft.get_parent().pk]))
    assert "Bản nháp kín" not in chooser.content.decode()
    found = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "kín"})
    assert "Bản nháp kín" not in found.content.decode()


def test_a_picture_is_not_handed_to_another_office(offices, signed_in):
    mine = _image(offices["north"])
    data = {"title": "Ảnh", "organisation": offices["south"].pk, "collection": 1, "focal_point_x": ""}
    client = signed_in(member(offices["north"]))
    assert client.post(reverse("wagtailimages:edit", args=[mine.pk]), data).status_code == 200
    mine.refresh_from_db()
    assert mine.organisation == offices["north"]


def test_home_is_where_one_may_add(offices):
    from cms.people.permissions import home_organisation

    user = member(offices["south"], Role.DATA_ENTRY)
    Membership.objects.create(user=user, organisation=offices["north"], role=Role.EDITOR)
    assert home_organisation(user) == offices["north"].pk
