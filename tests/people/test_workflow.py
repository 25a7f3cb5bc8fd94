"""Draft, checked, published: each step by role in the page's organisation, nobody her own work (law 10)."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowState

from cms.base.foundation import lay
from cms.documents.models import DocumentIndexPage, DocumentPage
from cms.people.enums import Role
from cms.people.workflow import RoleApprovalTask, authors_of
from search.service import search
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

WORD = "thước kẻ bằng gỗ lim"


@pytest.fixture
def offices():
    province = OrganisationFactory(code="tinh")
    north, south = (OrganisationFactory(code=code, below=province) for code in ("xa-bac", "xa-nam"))
    return {"province": province, "north": north, "south": south}


@pytest.fixture
def people(offices):
    north = offices["north"]
    return {
        "editor": member(north, Role.EDITOR),
        "reviewer": member(north, Role.REVIEWER),
        "publisher": member(north, Role.PUBLISHER),
        "both": member(north, Role.EDITOR, Role.REVIEWER, Role.PUBLISHER),
        "above": member(offices["province"], Role.REVIEWER),
        "sibling": member(offices["south"], Role.REVIEWER, Role.PUBLISHER),
    }


@pytest.fixture
def draft(offices, people):
    """A draft of the north, written by its editor."""

    def make(author="editor"):
        page = DocumentPageFactory(
            title="Kế hoạch chờ duyệt",
            organisation=offices["north"],
            live=False,
            has_unpublished_changes=True,
            owner=people[author],
            body=[("text", f"Mỗi lớp có {WORD}.")],
        )
        page.save_revision(user=people[author])
        return DocumentPage.objects.get(pk=page.pk)

    return make


def submit(page, user):
    page = DocumentPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, user)
    return state_of(page)


def state_of(page):
    """The task a page waits at now."""
    return DocumentPage.objects.get(pk=page.pk).current_workflow_task_state


def act(client, page, action, comment="", state=None):
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, (state or state_of(page)).pk])
    return client.post(address, {"comment": comment})


def may(page, user):
    state = state_of(page)
    return {name for name, *_rest in state.task.specific.get_actions(page, user)}


def test_every_site_has_the_workflow_and_keeps_what_the_office_makes_of_it(shelf):
    workflow = Workflow.objects.get(name="Duyệt văn bản")
    assert [task.name for task in workflow.tasks] == ["Kiểm tra", "Duyệt đăng"]
    assert shelf.get_workflow() == workflow
    workflow.name = "Duyệt hai cấp"
    workflow.save()
    workflow.workflow_pages.all().delete()
    lay()
    assert RoleApprovalTask.objects.count() == 2
    assert Workflow.objects.filter(name="Duyệt văn bản").count() == 0
    assert DocumentIndexPage.objects.get().get_workflow() is None


def test_the_walk_from_draft_to_checked_to_published(draft, people, signed_in, committed):
    page = draft()
    submit(page, people["editor"])
    assert state_of(page).task.name == "Kiểm tra"
    act(signed_in(people["reviewer"]), page, "approve")
    assert state_of(page).task.name == "Duyệt đăng"
    assert not DocumentPage.objects.get(pk=page.pk).live
    with committed():
        act(signed_in(people["publisher"]), page, "approve")
    assert DocumentPage.objects.get(pk=page.pk).live
    assert [hit.title.text for hit in search(WORD).hits] == [page.title]


def test_the_editor_submits_from_the_page_form(draft, people, signed_in):
    page = draft()
    html = signed_in(people["editor"]).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="action-submit"' in html
    assert 'name="action-publish"' not in html


@pytest.mark.parametrize(
    ("who", "at_check", "at_release"),
    [
        ("editor", set(), set()),
        ("reviewer", {"approve", "reject"}, set()),
        ("above", {"approve", "reject"}, set()),
        ("publisher", {"approve", "reject"}, {"approve", "reject"}),
        ("both", {"approve", "reject"}, {"approve", "reject"}),
        ("sibling", set(), set()),
    ],
)
def test_who_may_do_what_at_each_step(draft, people, who, at_check, at_release):
    page = draft()
    state = submit(page, people["editor"])
    assert may(page, people[who]) == at_check
    state.approve(user=UserFactory())
    assert may(page, people[who]) == at_release


def test_nobody_approves_what_she_submitted_whatever_her_roles(draft, people, signed_in):
    page = draft("both")
    state = submit(page, people["both"])
    assert may(page, people["both"]) == {"reject"}
    act(signed_in(people["both"]), page, "approve")
    assert state_of(page).pk == state.pk
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, people["both"], "approve")
    assert not DocumentPage.objects.get(pk=page.pk).live


def test_a_superuser_does_not_approve_her_own_work_either(draft, people):
    page = draft()
    operator = UserFactory(is_superuser=True)
    page.save_revision(user=operator)
    submit(page, people["editor"])
    assert may(page, operator) == {"reject"}


def test_who_wrote_a_part_of_it_does_not_approve_it(draft, people):
    page = draft()
    page.save_revision(user=people["both"])
    submit(page, people["editor"])
    assert may(page, people["both"]) == {"reject"}
    assert may(page, people["publisher"]) == {"approve", "reject"}


def test_what_she_wrote_and_the_public_has_read_is_no_longer_waiting(draft, people):
    page = draft("both")
    page.get_latest_revision().publish()
    page.save_revision(user=people["editor"])
    submit(page, people["editor"])
    assert authors_of(page) == {people["editor"].pk}
    assert "approve" in may(page, people["both"])


def test_what_is_changed_after_the_check_is_checked_anew(draft, people, signed_in):
    page = draft()
    submit(page, people["editor"])
    act(signed_in(people["reviewer"]), page, "approve")
    changed = DocumentPage.objects.get(pk=page.pk)
    changed.body = [("text", "Chữ chưa ai đọc.")]
    changed.save_revision(user=people["both"])
    act(signed_in(people["publisher"]), page, "approve")
    assert state_of(page).task.name == "Kiểm tra"
    assert not DocumentPage.objects.get(pk=page.pk).live


def test_a_sibling_neither_sees_nor_approves(draft, people, signed_in):
    page = draft()
    state = submit(page, people["editor"])
    client = signed_in(people["sibling"])
    assert list(TaskState.objects.reviewable_by(people["sibling"])) == []
    for name, args in (
        ("edit", [page.pk]),
        ("workflow_preview", [page.pk, state.task.pk]),
        ("view_draft", [page.pk]),
        ("workflow_history", [page.pk]),
        ("workflow_history_detail", [page.pk, state.workflow_state_id]),
        ("history", [page.pk]),
        ("confirm_workflow_cancellation", [page.pk]),
    ):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=args))
        assert WORD not in answer.content.decode(), name
        assert page.title not in answer.content.decode(), name
    act(client, page, "approve")
    act(client, page, "reject", "Không được")
    assert state_of(page).status == TaskState.STATUS_IN_PROGRESS


def test_a_page_of_her_own_is_no_way_to_another_offices_approval(draft, people, offices, signed_in):
    page = draft()
    theirs = submit(page, people["editor"])
    own = DocumentPageFactory(title="Của phương Nam", organisation=offices["south"], live=False)
    own.save_revision(user=UserFactory())
    submit(own, UserFactory())
    act(signed_in(people["sibling"]), own, "approve", state=theirs)
    theirs.refresh_from_db()
    assert theirs.status == TaskState.STATUS_IN_PROGRESS


def test_a_draft_that_names_another_office_needs_both(draft, people, offices):
    page = draft()
    page.organisation = offices["south"]
    page.save_revision(user=people["editor"])
    submit(page, people["editor"])
    DocumentPage.objects.filter(pk=page.pk).update(organisation=offices["north"])
    assert may(page, people["reviewer"]) == set()
    assert may(page, people["sibling"]) == set()
    assert may(page, people["above"]) == {"approve", "reject"}


def test_sent_back_with_a_comment_it_is_hers_again(draft, people, signed_in):
    page = draft()
    submit(page, people["editor"])
    act(signed_in(people["reviewer"]), page, "reject", "Thiếu căn cứ thứ hai.")
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Thiếu căn cứ thứ hai."
    html = signed_in(people["editor"]).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Thiếu căn cứ thứ hai." in html
    assert 'name="action-submit"' in html or 'name="action-restart-workflow"' in html


def test_the_reviewer_finds_it_waiting_on_her_first_page(draft, people, signed_in):
    page = draft()
    submit(page, people["editor"])
    assert page.title in signed_in(people["reviewer"]).get("/admin/").content.decode()
    assert page.title not in signed_in(people["sibling"]).get("/admin/").content.decode()


def test_the_list_of_what_waits_costs_the_same_for_many(draft, people):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            found = TaskState.objects.reviewable_by(get_user_model().objects.get(pk=people["reviewer"].pk)).count()
        return found, len(statements)

    submit(draft(), people["editor"])
    found, cost = asked()
    assert found == 1
    for _time in range(5):
        submit(draft(), people["editor"])
    found, later = asked()
    assert found == 6
    assert later <= cost
