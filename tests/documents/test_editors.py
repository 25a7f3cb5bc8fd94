"""The form of a document: what cannot be is said beside the field, and what another editor saved is not lost."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.documents.models import DocumentPage, DocumentVersion, Relation, StatedRelation
from cms.people.enums import Role
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

HEAD = (
    "doc_type", "number", "place", "issued_on", "issuer_raw", "parent_issuer_raw", "official_title", "title",
    "addressees", "effective_from", "expires_on", "period", "field", "recipients", "signer_title", "signer_name",
    "missing_parts", "review_on", "slug", "seo_title", "search_description",
)  # fmt: skip


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")


@pytest.fixture
def editor(office):
    user = member(office)
    user.first_name, user.last_name = "Ví Dụ", "Trần"
    user.save()
    return user


@pytest.fixture
def plan(office):
    page = DocumentPageFactory(
        title="Kế hoạch minh họa",
        number="12/KH-MH",
        issued_on=date(2024, 3, 1),
        issuer=office,
        organisation=office,
        body=[("text", "Một dòng.")],
    )
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


def posted(page, relations=(), notes=(), text="Một dòng.", **changes):
    """What the browser sends of a page as it is, with changes."""
    page = DocumentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    data = {name: getattr(page, name) or "" for name in HEAD}
    data |= {"organisation": page.organisation_id, "issuer": page.issuer_id or "", "topics": []}
    body = streamfield([("text", text)])
    body["0"]["id"] = page.body[0].id if page.body else ""
    data |= {
        "body": body,
        "attachments": inline_formset([]),
        "stated_relations": inline_formset(list(relations)),
        "change_notes": inline_formset(list(notes)),
        "comments": inline_formset([]),
    }
    revision = Revision.objects.for_instance(page).order_by("-created_at").first()
    if revision:
        data["loaded_revision_id"] = revision.pk
        data["loaded_revision_created_at"] = revision.created_at.isoformat()
    return {k: v for k, v in nested_form_data(data | changes).items() if v is not None}


def relation(**fields):
    return {
        "kind": "mention",
        "document": "",
        "number": "",
        "issuer_raw": "",
        "issued_on": "",
        "effective_from": "",
    } | fields


def edit(client, page, data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def errors(response):
    """Everything the answered form complains of, as text; "" when it was saved."""
    if response.status_code == 302:
        return ""
    form = response.context["form"]
    lines = [str(one) for messages in form.errors.values() for one in messages]
    for formset in form.formsets.values():
        lines += [str(one) for row in formset.errors for messages in row.values() for one in messages]
        lines += [str(one) for one in formset.non_form_errors()]
    return "\n".join(lines) or "?"


def test_an_unchanged_form_is_saved(plan, editor, signed_in):
    assert errors(edit(signed_in(editor), plan, posted(plan))) == ""


def test_the_form_follows_the_paper_and_has_every_part(plan, editor, signed_in):
    html = signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[plan.pk])).content.decode()
    places = [html.index(f'name="{name}"') for name in ("doc_type", "issued_on", "title", "recipients", "signer_name")]
    assert places == sorted(places)
    for name in (
        "stated_relations-TOTAL_FORMS",
        "change_notes-TOTAL_FORMS",
        "is_extract",
        "missing_parts",
        "review_on",
    ):
        assert f'name="{name}"' in html, name


def test_an_extract_says_what_is_missing(plan, editor, signed_in):
    client = signed_in(editor)
    assert errors(edit(client, plan, posted(plan, is_extract="on", missing_parts=" "))) != ""
    assert errors(edit(client, plan, posted(plan, is_extract="on", missing_parts="phụ lục kinh phí"))) == ""


@pytest.mark.parametrize("year", [1944, timezone.localdate().year + 2])
def test_a_date_of_issue_that_cannot_be_is_named(plan, editor, signed_in, year):
    response = edit(signed_in(editor), plan, posted(plan, issued_on=f"{year}-05-04"))
    assert "04/05" in str(response.context["form"].errors["issued_on"])


@pytest.mark.parametrize("field", ["issued_on", "effective_from"])
def test_so_is_one_in_a_relation(plan, editor, signed_in, field):
    data = posted(plan, relations=[relation(number="5/QĐ-MH", **{field: "1900-01-01"})])
    assert "01/01/1900" in errors(edit(signed_in(editor), plan, data))


def test_a_document_has_no_relation_with_itself(plan, editor, signed_in):
    response = edit(signed_in(editor), plan, posted(plan, relations=[relation(document=plan.pk)]))
    assert "document" in response.context["form"].formsets["stated_relations"].errors[0]
    assert not StatedRelation.objects.exists()


def test_a_relation_needs_a_document_or_a_number(plan, editor, signed_in):
    assert errors(edit(signed_in(editor), plan, posted(plan, relations=[relation()]))) != ""


def test_a_relation_and_a_change_note_are_published(plan, editor, signed_in, office):
    other = DocumentPageFactory(number="7/QĐ-MH", issued_on=date(2023, 1, 1), issuer=office, organisation=office)
    other.save_revision().publish()
    note = {"kind": "minor", "noted_on": "2024-04-01", "note": "Sửa hạn nộp."}
    data = posted(plan, relations=[relation(kind="replaces", document=other.pk)], notes=[note])
    assert errors(edit(signed_in(editor), plan, data | {"action-publish": "1"})) == ""
    assert Relation.objects.get(source=plan, kind="replaces").target_id == other.pk
    assert DocumentVersion.objects.filter(page=plan).exists()
    assert DocumentPage.objects.get(pk=plan.pk).change_notes.get().note == "Sửa hạn nộp."


def test_another_offices_draft_is_not_hers_to_name(plan, editor, signed_in):
    theirs = DocumentPageFactory(title="Bản nháp kín", organisation=OrganisationFactory(), live=False)
    response = edit(signed_in(editor), plan, posted(plan, relations=[relation(document=theirs.pk)]))
    assert "document" in response.context["form"].formsets["stated_relations"].errors[0]
    public = DocumentPageFactory(organisation=theirs.organisation)
    assert errors(edit(signed_in(editor), plan, posted(plan, relations=[relation(document=public.pk)]))) == ""


def test_the_chooser_offers_no_draft_of_another_office(editor, signed_in, shelf):
    other = OrganisationFactory()
    DocumentPageFactory(title="Bản nháp kín", organisation=other, live=False)
    DocumentPageFactory(title="Bản công khai", organisation=other)
    address = reverse("wagtailadmin_choose_page_child", args=[shelf.pk])
    html = signed_in(editor).get(address, {"page_type": "documents.documentpage"}).json()["html"]
    assert "Bản công khai" in html
    assert "Bản nháp kín" not in html


def test_a_withdrawn_document_may_be_named(plan, editor, signed_in, office):
    gone = DocumentPageFactory(organisation=office)
    DocumentPage.objects.filter(pk=gone.pk).update(withdrawn_on=date(2024, 1, 1), withdrawn_reason="Sai.")
    client = signed_in(editor)
    assert errors(edit(client, plan, posted(plan, relations=[relation(document=gone.pk)]))) == ""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[plan.pk])).content.decode()
    assert 'data-check="relation_withdrawn"' in html
    said = html.partition('class="messages"')[2].partition("</ul>")[0]
    assert gone.title in said


@pytest.mark.parametrize(
    ("facts", "is_same"),
    [
        ({}, True),
        ({"number": "12/kh-mh"}, True),
        ({"number": "13/KH-MH"}, False),
        ({"issued_on": "2024-12-30"}, True),
        ({"issued_on": "2023-12-30"}, False),
        ({"issued_on": ""}, False),
        ({"issuer": "", "issuer_raw": "Phòng GDĐT khác"}, False),
    ],
)
def test_one_number_year_and_issuer_is_one_document(plan, editor, signed_in, office, facts, is_same):
    second = DocumentPageFactory(title="Bản thứ hai", organisation=office, issuer=office, live=False)
    second.save_revision()
    data = posted(second, **({"number": "12/KH-MH", "issued_on": "2024-03-01"} | facts))
    said = errors(edit(signed_in(editor), second, data))
    assert (plan.title in said) is is_same, said
    assert (f"/admin/pages/{plan.pk}/edit/" in said) is is_same


def test_an_unseen_draft_of_another_office_is_not_told_of(plan, signed_in, office):
    DocumentPage.objects.filter(pk=plan.pk).update(live=False)
    other = OrganisationFactory()
    second = DocumentPageFactory(title="Bản thứ hai", organisation=other, issuer=office, live=False)
    second.save_revision()
    data = posted(second, number="12/KH-MH", issued_on="2024-03-01")
    assert errors(edit(signed_in(member(other)), second, data)) == ""


def test_what_another_editor_saved_meanwhile_is_not_written_over(plan, editor, signed_in, office):
    mine = posted(plan, text="Bản của tôi.")
    theirs = posted(plan, text="Bản của đồng nghiệp.")
    assert errors(edit(signed_in(editor), plan, theirs)) == ""
    response = edit(signed_in(member(office)), plan, mine)
    said = errors(response)
    assert "Trần" in said or "Ví Dụ" in said
    assert response.context["form"]["body"].value()[0].value == "Bản của tôi."
    assert (
        DocumentPage.objects.get(pk=plan.pk).get_latest_revision().as_object().body[0].value == "Bản của đồng nghiệp."
    )


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_neither_by_publishing_or_submitting(plan, editor, signed_in, office, action):
    mine = posted(plan, text="Bản của tôi.") | {action: "1"}
    assert errors(edit(signed_in(editor), plan, posted(plan, text="Bản của đồng nghiệp."))) == ""
    assert errors(edit(signed_in(member(office)), plan, mine)) != ""
    assert DocumentPage.objects.get(pk=plan.pk).body[0].value == "Một dòng."


def test_what_comes_back_can_be_saved_knowingly(plan, editor, signed_in, office):
    mine = posted(plan, text="Bản của tôi.")
    assert errors(edit(signed_in(editor), plan, posted(plan, text="Bản của đồng nghiệp."))) == ""
    client = signed_in(member(office))
    again = edit(client, plan, mine)
    newest = Revision.objects.for_instance(plan).order_by("-created_at").first()
    assert f'name="loaded_revision_id" value="{newest.pk}"' in again.content.decode()
    fresh = {"loaded_revision_id": newest.pk, "loaded_revision_created_at": newest.created_at.isoformat()}
    assert errors(edit(client, plan, mine | fresh)) == ""
    texts = [one.as_object().body[0].value for one in Revision.objects.for_instance(plan).order_by("pk")]
    assert texts[-2:] == ["Bản của đồng nghiệp.", "Bản của tôi."]


def test_an_autosave_of_an_old_form_saves_nothing(plan, editor, signed_in, office):
    mine = posted(plan, text="Bản của tôi.")
    assert errors(edit(signed_in(editor), plan, posted(plan, text="Bản của đồng nghiệp."))) == ""
    address = reverse("wagtailadmin_pages:edit", args=[plan.pk])
    answer = signed_in(member(office)).post(address, mine, headers={"accept": "application/json"})
    assert answer.json()["error_code"] == "invalid_revision"


def test_who_checks_approves_and_comments_but_does_not_change(plan, signed_in, office):
    author = member(office, Role.EDITOR)
    plan.save_revision(user=author)
    plan.get_workflow().start(plan, author)
    client = signed_in(member(office, Role.REVIEWER))
    changed = edit(client, plan, posted(plan, text="Sửa luôn cho nhanh.") | {"action-workflow-action": "1"})
    assert errors(changed) != ""
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    assert errors(edit(client, plan, posted(plan) | approve)) == ""
    assert DocumentPage.objects.get(pk=plan.pk).current_workflow_task.name == "Duyệt đăng"


def scheduled(plan, **days):
    """A revision of the page that waits for its day."""
    draft = DocumentPage.objects.get(pk=plan.pk)
    for name, value in days.items():
        setattr(draft, name, value)
    draft.body = [("text", "Theo Quyết định số 131/QĐ-TTg ngày 25/01/2022.")]
    draft.save_revision().publish()
    return DocumentPage.objects.get(pk=plan.pk)


def test_tick_publishes_what_is_due_with_its_version_and_relations(plan, reader):
    page = scheduled(plan, go_live_at=timezone.now() + timedelta(hours=1))
    assert "131/QĐ-TTg" not in reader.get(f"/van-ban/{page.slug}/").content.decode()
    call_command("tick")
    assert not Relation.objects.filter(source=page).exists()
    before = DocumentVersion.objects.filter(page=page).count()
    waiting = Revision.objects.get(approved_go_live_at__isnull=False)
    due = timezone.now() - timedelta(minutes=1)
    waiting.content["go_live_at"], waiting.approved_go_live_at = due.isoformat(), due
    waiting.save()
    call_command("tick")
    assert "131/QĐ-TTg" in reader.get(f"/van-ban/{page.slug}/").content.decode()
    assert Relation.objects.get(source=page).number_key == "131qdttg"
    assert DocumentVersion.objects.filter(page=page).count() == before + 1


def test_what_has_expired_answers_410(plan, reader):
    DocumentPage.objects.filter(pk=plan.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("tick")
    assert reader.get(f"/van-ban/{plan.slug}/").status_code == 410
    assert not Relation.objects.filter(source=plan).exists()


def test_a_superuser_is_bound_by_the_same_rules(plan, signed_in):
    client = signed_in(UserFactory(is_superuser=True))
    assert errors(edit(client, plan, posted(plan, is_extract="on"))) != ""
    assert errors(edit(client, plan, posted(plan))) == ""
