"""The list of abbreviations and synonyms in the admin, over a real client: who may, what is refused, what is tried."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from cms.base.models import OfficeSettings
from cms.people.enums import Role
from cms.people.permissions import SitePolicy
from search import concept_views, editions, registry, sync
from search.concept_form import ConceptForm
from search.concepts import Line, lines_of_file
from search.engines import engine
from search.engines.base import State
from search.models import Concept, ConceptEdition
from search.models.concepts import MAX_SPELLINGS
from search.service import search
from tests.factories import OrganisationFactory, UserFactory, member
from tests.search.test_concept_editions import Shelf

pytestmark = pytest.mark.django_db

LIST, ADD, BUILT_IN, LEARNT = (
    reverse(f"wagtailsnippets_search_concept:{name}") for name in ("list", "add", "built_in", "learnt")
)


@pytest.fixture(autouse=True)
def index(settings, tmp_path, monkeypatch):
    settings.SEARCH_DIR = tmp_path
    monkeypatch.setattr(registry, "_registered", {"thing": Shelf()})
    sync.rebuild()


@pytest.fixture
def offices():
    """The office the site is for, the province above it, a school below it, a sibling."""
    province = OrganisationFactory(code="tinh")
    office = OrganisationFactory(code="phong", below=province)
    sibling = OrganisationFactory(code="phong-khac", below=province)
    school = OrganisationFactory(code="truong", below=office)
    OfficeSettings.objects.update_or_create(site=Site.objects.get(), defaults={"organisation": office})
    return {"province": province, "office": office, "sibling": sibling, "school": school}


@pytest.fixture
def editor(offices, signed_in):
    return signed_in(member(offices["office"], Role.EDITOR))


def filled(**fields):
    return {"forms": "", "upper": "", "one_way": "", "note": "test", "name": "", "is_active": "on"} | fields


CHESS = {"forms": "CLB cờ\nđội cờ vua", "note": "chess club", "confirmed": "on"}


def errors(response, field: str | None) -> str:
    form = response.context["form"]
    return " ".join(form.errors.get(field or "__all__", []))


# --- who may


@pytest.mark.parametrize(
    ("place", "role", "status"),
    [
        ("office", Role.EDITOR, 200),
        ("office", Role.OFFICE_ADMIN, 200),
        ("province", Role.EDITOR, 200),
        ("office", Role.REVIEWER, 302),
        ("sibling", Role.EDITOR, 302),
        ("sibling", Role.OFFICE_ADMIN, 302),
        ("school", Role.OFFICE_ADMIN, 302),
    ],
)
def test_the_list_is_changed_by_editors_of_the_office_the_site_is_for(offices, signed_in, place, role, status):
    """Wagtail sends whoever may not back to the first page, with a message."""
    concept = Concept.objects.create(name="covua", forms="đội cờ vua", note="n")
    client = signed_in(member(offices[place], role))
    edit, delete = (reverse(f"wagtailsnippets_search_concept:{view}", args=[concept.pk]) for view in ("edit", "delete"))
    for url in (ADD, edit, delete):
        assert client.get(url).status_code == status, url
    if status == 302:
        client.post(ADD, filled(**CHESS))
        client.post(edit, filled(forms="khác"))
        client.post(delete)
        assert [one.forms for one in Concept.objects.all()] == ["đội cờ vua"]
        assert not ConceptEdition.objects.filter(created_by__isnull=False).exists()


@pytest.mark.parametrize("url", [LIST, BUILT_IN, LEARNT])
def test_who_reads_for_the_office_may_look_and_a_sibling_may_not(offices, signed_in, client, url):
    assert signed_in(member(offices["office"], Role.REVIEWER)).get(url).status_code == 200
    assert signed_in(member(offices["sibling"], Role.OFFICE_ADMIN)).get(url).status_code == 302
    assert client.get(url).status_code == 302


def test_nobody_is_sent_away_with_json_either(offices, signed_in):
    client = signed_in(member(offices["sibling"], Role.EDITOR))
    response = client.post(
        ADD, filled(**CHESS), headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
    )
    assert response.status_code == 403
    assert not Concept.objects.exists()


def test_where_no_office_is_named_superusers_alone(offices, signed_in):
    OfficeSettings.objects.update(organisation=None)
    assert signed_in(member(offices["office"], Role.EDITOR)).get(ADD).status_code == 302
    assert signed_in(UserFactory(is_superuser=True)).get(ADD).status_code == 200


def test_the_policy_names_those_who_may(offices):
    editor, school = member(offices["office"], Role.EDITOR), member(offices["school"], Role.EDITOR)
    who = SitePolicy(Concept).users_with_any_permission({"change"})
    assert editor in who
    assert school not in who


# --- saving


def test_saving_makes_an_edition_and_the_index_follows(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(ADD, filled(**CHESS), follow=True)
        assert engine().state() == State.ANALYSIS
    assert response.status_code == 200
    concept = Concept.objects.get()
    assert concept.name == "clb-co"
    assert concept.latest_revision is not None
    edition = ConceptEdition.objects.first()
    assert edition.created_by is not None
    assert {"clb-co", "cds"} <= {line["name"] for line in edition.lines}
    assert engine().state() == State.READY
    assert search("CLB cờ").total == 2


def test_taking_away_makes_an_edition_too(editor, django_capture_on_commit_callbacks):
    editor.post(ADD, filled(**CHESS))
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("wagtailsnippets_search_concept:delete", args=[Concept.objects.get().pk]))
    assert not Concept.objects.exists()
    assert ConceptEdition.objects.first().digest == editions.newest().digest
    assert engine().state() == State.READY


def test_bulk_deletion_makes_an_edition_too(signed_in, django_capture_on_commit_callbacks):
    client = signed_in(UserFactory(is_superuser=True))
    client.post(ADD, filled(**CHESS))
    url = reverse("wagtail_bulk_action", args=["search", "concept", "delete"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{url}?id={Concept.objects.get().pk}")
    assert not Concept.objects.exists()
    assert engine().state() == State.READY


def test_saving_without_a_change_asks_for_nothing(editor, monkeypatch):
    editor.post(ADD, filled(**CHESS))
    concept = Concept.objects.get()
    monkeypatch.setattr(concept_views.renewal, "ask", lambda: pytest.fail("asked"))
    url = reverse("wagtailsnippets_search_concept:edit", args=[concept.pk])
    assert editor.post(url, filled(**CHESS | {"note": "another note"})).status_code == 302
    assert Concept.objects.get().note == "another note"


def test_the_name_stays(editor):
    editor.post(ADD, filled(**CHESS))
    url = reverse("wagtailsnippets_search_concept:edit", args=[Concept.objects.get().pk])
    editor.post(url, filled(**CHESS | {"name": "other"}))
    assert Concept.objects.get().name == "clb-co"


def test_nothing_is_saved_while_one_types(editor):
    """Wagtail would save every half second what has revisions; here each save rebuilds the index."""
    editor.post(ADD, filled(**CHESS))
    for url in (ADD, reverse("wagtailsnippets_search_concept:edit", args=[Concept.objects.get().pk])):
        assert "w-autosave-interval-value" not in editor.get(url).content.decode()


def test_history_can_be_read_and_gone_back_to(editor):
    editor.post(ADD, filled(**CHESS))
    concept = Concept.objects.get()
    editor.post(
        reverse("wagtailsnippets_search_concept:edit", args=[concept.pk]), filled(**CHESS | {"forms": "đội cờ tướng"})
    )
    history = editor.get(reverse("wagtailsnippets_search_concept:history", args=[concept.pk]))
    assert history.status_code == 200
    first = concept.revisions.order_by("pk").first()
    back = editor.get(reverse("wagtailsnippets_search_concept:revisions_revert", args=[concept.pk, first.pk]))
    assert "đội cờ vua" in back.content.decode()


# --- what is refused, and what is asked about


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"forms": "chuyển đổi số"}, "forms", "belongs to “CĐS”"),
        ({"forms": "một hai", "one_way": "CMHS"}, "one_way", "belongs to “CMHS”"),
        ({"forms": "một hai", "upper": "AI"}, "upper", "belongs to “trí tuệ nhân tạo”"),
        ({"forms": "?!"}, "forms", "neither letters nor digits"),
        ({"forms": "12/KH-UBND"}, "forms", "number of a document"),
        ({"forms": "2025"}, "forms", "number of a document"),
        ({"forms": "65%"}, "forms", "number of a document"),
        ({"forms": "một hai", "one_way": "Mốt hai"}, "one_way", "means the same and is also only said"),
        ({"forms": "một hai", "upper": "MH", "one_way": "MH"}, "one_way", "means the same and is also only said"),
        ({"forms": "họp"}, "forms", "more than a fifth"),
        ({"forms": ""}, "forms", "at least one spelling"),
        ({"forms": "\n \n"}, "forms", "at least one spelling"),
        ({"forms": "\n".join(f"một hai {i}" for i in range(10_000))}, "forms", ""),
        ({"forms": "\n".join(f"mốt {i}" for i in range(MAX_SPELLINGS + 1))}, "forms", "At most 60 spellings"),
        ({"forms": "a" * 5_000}, "forms", "too long for a spelling"),
        ({"forms": "một\x00hai"}, "forms", ""),
        ({"forms": "một\x07hai"}, "forms", "nobody can see"),
        ({"forms": "một\u202ehai"}, "forms", "nobody can see"),
        ({"forms": "一二", "name": "Một Hai"}, "name", "Small letters"),
        ({"forms": "đội cờ", "note": ""}, "note", ""),
        ({"forms": "đội cờ", "name": "x" * 99}, "name", ""),
    ],
    ids=range(21),
)
def test_what_cannot_be_is_told_at_its_field(editor, fields, field, said):
    response = editor.post(ADD, filled(confirmed="on", **fields))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Concept.objects.exists()
    with translation.override("en"):
        form = type(response.context["form"])(filled(confirmed="on", **fields), for_user=UserFactory(is_superuser=True))
        assert said in " ".join(map(str, form.errors[field]))


def test_a_doubt_is_told_and_must_be_confirmed(editor):
    doubtful = {"forms": "CLB văn thể", "note": "arts club"}
    response = editor.post(ADD, filled(**doubtful))
    assert response.status_code == 200
    assert len(response.context["form"].warnings) == 1
    assert 'name="confirmed"' in response.content.decode()
    assert not Concept.objects.exists()
    assert editor.post(ADD, filled(**doubtful, confirmed="on")).status_code == 302
    assert Concept.objects.get().forms == "CLB văn thể"


def test_replacing_a_line_of_the_software_says_what_is_lost(editor):
    before = ConceptEdition.objects.count()
    (line,) = [line for line in lines_of_file() if line.name == "cds"]
    response = editor.get(f"{ADD}?base=cds&plus=chuyển đổi số ngành")
    assert response.context["form"].initial["forms"].splitlines() == [*line.forms, "chuyển đổi số ngành"]
    response = editor.post(ADD, filled(name="cds", forms="CĐS"))
    (told,) = response.context["form"].warnings
    assert "chuyển đổi số" in told
    whole = filled(name="cds", forms="\n".join(line.forms), one_way="\n".join(line.one_way))
    assert editor.post(ADD, whole).status_code == 302
    assert ConceptEdition.objects.count() == before, "it says what the software says"


def test_a_line_of_the_software_is_switched_off_and_on_again(editor):
    response = editor.get(f"{ADD}?base=cds&off")
    assert response.context["form"].initial["is_active"] is False
    editor.post(ADD, {"name": "cds", "forms": "", "upper": "", "one_way": "", "note": "not here"})
    assert "cds" not in {line.name for line in editions.newest_lines()}
    (row,) = [row for row in editor.get(BUILT_IN).context["rows"] if row["line"].name == "cds"]
    assert row["concept"].is_active is False
    editor.post(reverse("wagtailsnippets_search_concept:delete", args=[Concept.objects.get().pk]))
    assert "cds" in {line.name for line in editions.newest_lines()}


def test_a_name_taken_by_accident_is_not_taken(editor):
    """“cds” made from a spelling would replace the software’s line unasked."""
    editor.post(ADD, filled(forms="HSG tỉnh", confirmed="on"))
    editor.post(ADD, filled(forms="HSG-tỉnh cũ", confirmed="on"))
    assert {concept.name for concept in Concept.objects.all()} == {"hsg-tinh", "hsg-tinh-cu"}
    assert ConceptForm._free_name(None, ["Stem"]) == "stem-2"


# --- two at once


def test_of_two_who_take_one_spelling_in_one_moment_the_second_is_told(editor, monkeypatch):
    """Both forms were found good; the second looks again inside its transaction."""
    save = concept_views.snippets.CreateView.save_instance

    def meanwhile(view):
        monkeypatch.setattr(concept_views.snippets.CreateView, "save_instance", save)
        Concept.objects.create(name="truoc", forms="đội cờ vua", note="n")
        editions.keep()
        return save(view)

    monkeypatch.setattr(concept_views.snippets.CreateView, "save_instance", meanwhile)
    response = editor.post(ADD, filled(**CHESS))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not Concept.objects.filter(name="clb-co").exists()


def test_of_two_who_change_one_line_the_second_is_told(editor):
    editor.post(ADD, filled(**CHESS))
    concept = Concept.objects.get()
    url = reverse("wagtailsnippets_search_concept:edit", args=[concept.pk])
    seen = {
        "loaded_revision_id": concept.latest_revision_id,
        "loaded_revision_created_at": concept.latest_revision.created_at.isoformat(),
    }
    assert editor.post(url, filled(**CHESS | {"forms": "đội cờ tướng"} | seen)).status_code == 302
    response = editor.post(url, filled(**CHESS | {"forms": "đội cờ vây"} | seen))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert Concept.objects.get().forms == "đội cờ tướng"


# --- trying


def test_trying_shows_the_effect_and_saves_nothing(editor):
    response = editor.post(ADD, filled(**CHESS, **{"action-try": "1"}))
    assert response.status_code == 200
    assert not Concept.objects.exists()
    effect = response.context["form"].preview.effects[0]
    assert (effect.question, effect.after.total) == ("CLB cờ", 2)
    assert effect.before.reading != effect.after.reading
    page = response.content.decode()
    assert 'id="concept-preview"' in page
    assert "CLB cờ" in page


def test_trying_what_is_refused_tells_the_refusal(editor):
    response = editor.post(ADD, filled(forms="chuyển đổi số", **{"action-try": "1"}))
    assert response.context["form"].preview is None
    assert "forms" in response.context["form"].errors


def test_trying_what_is_doubtful_needs_no_confirmation(editor):
    response = editor.post(ADD, filled(forms="CLB văn thể", **{"action-try": "1"}))
    assert response.context["form"].preview
    assert response.context["form"].warnings


def test_what_was_typed_is_never_markup(editor):
    response = editor.post(ADD, filled(forms="<script>alert(1)</script> x", confirmed="on", **{"action-try": "1"}))
    assert "<script>alert" not in response.content.decode()


# --- the lists beside it


def test_the_listing_says_whether_search_answers_with_the_list(editor):
    assert not editor.get(LIST).context["list"]["is_waiting"]
    Concept.objects.create(name="covua", forms="CLB cờ", note="n")
    response = editor.get(LIST)
    assert response.context["list"]["is_waiting"]
    assert "CLB cờ" in response.content.decode()


def test_the_listing_can_be_searched(editor):
    Concept.objects.create(name="covua", forms="CLB cờ", note="n")
    Concept.objects.create(name="khac", forms="sân cầu lông", note="n")
    page = editor.get(LIST, {"q": "cầu lông"}).content.decode()
    assert "sân cầu lông" in page
    assert "CLB cờ" not in page


def test_the_softwares_list_shows_what_gave_way(editor):
    Concept.objects.create(name="x", forms="CNTT", note="n")
    rows = {row["line"].name: row for row in editor.get(BUILT_IN).context["rows"]}
    assert rows["cntt"]["lost"] == ["CNTT"]
    assert not rows["cds"]["lost"]
    assert set(rows) == {line.name for line in lines_of_file()}


def test_a_proposal_fills_the_form(editor):
    response = editor.get(ADD, {"plus": ["KTĐG", "kiểm tra đánh giá"], "note": "Learnt"})
    assert response.context["form"].initial["forms"] == "KTĐG\nkiểm tra đánh giá"
    assert response.context["form"].initial["note"] == "Learnt"
    Concept.objects.create(name="ktdg", forms="KTĐG", note="n")
    url = reverse("wagtailsnippets_search_concept:edit", args=[Concept.objects.get().pk])
    response = editor.get(url, {"plus": "kiểm tra đánh giá"})
    assert response.context["form"]["forms"].value() == "KTĐG\nkiểm tra đánh giá"
    assert Concept.objects.get().forms == "KTĐG"


@pytest.mark.parametrize("query", ["plus=%00", "plus=" + "a" * 20_000, "base=nothing", "base=%ff", "plus=" * 300])
def test_any_address_is_answered(editor, query):
    assert editor.get(f"{ADD}?{query}").status_code == 200


def test_lines_are_read_from_rows():
    row = Concept(name="x", note="n", forms=" a  b \n\na b\nc", upper="D", one_way="")
    assert row.line == Line("x", "n", ("a b", "c"), ("D",), ())
