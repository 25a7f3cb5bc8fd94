"""The register's form says what is wrong; it never breaks on it."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.organisations.models import Organisation, Placement
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = OrganisationFactory(code="tren")
    middle = OrganisationFactory(code="giua", below=top)
    return {"top": top, "middle": middle, "low": OrganisationFactory(code="duoi", below=middle)}


@pytest.fixture
def save(signed_in):
    client = signed_in(UserFactory(is_superuser=True))

    def post(organisation, placements, names=(), successors=()):
        rows = [
            {
                "id": p.get("id", ""),
                "parent": p["parent"].pk,
                "valid_from": p.get("from", ""),
                "valid_to": p.get("to", ""),
            }
            for p in placements
        ]
        data = nested_form_data(
            {
                "code": organisation.code,
                "name": organisation.name,
                "kind": organisation.kind,
                "names": inline_formset([{"name": name} for name in names]),
                "placements": inline_formset(rows, initial=sum(1 for row in rows if row["id"])),
                "succeeded_by": inline_formset(
                    [{"successor": s.pk, "on": "2025-07-01", "kind": "merged", "note": ""} for s in successors]
                ),
            }
        )
        return client.post(reverse("wagtailsnippets_organisations_organisation:edit", args=[organisation.pk]), data)

    return post


def test_ending_one_place_and_starting_another_is_saved(tree, save):
    (old,) = tree["low"].placements.all()
    places = [
        {"id": old.pk, "parent": tree["middle"], "to": "2025-07-01"},
        {"parent": tree["top"], "from": "2025-07-01"},
    ]
    assert save(tree["low"], places).status_code == 302
    assert set(Organisation.objects.above(tree["low"].pk, on=date(2025, 7, 1)).values_list("code", flat=True)) == {
        "duoi",
        "tren",
    }
    # And again, unchanged: two rows must not trouble the form.
    places = [
        {"id": p.pk, "parent": p.parent, "from": p.valid_from or "", "to": p.valid_to or ""}
        for p in Placement.objects.filter(organisation=tree["low"]).order_by("pk")
    ]
    assert save(tree["low"], places).status_code == 302


def test_each_broken_rule_is_said_beside_the_form(tree, save):
    (old,) = tree["middle"].placements.all()
    kept = {"id": old.pk, "parent": tree["top"]}
    other = OrganisationFactory(code="khac")
    for places, names, successors in (
        ([kept, {"parent": other, "from": "2025-01-01"}], (), ()),
        ([{"id": old.pk, "parent": tree["low"]}], (), ()),
        ([{"id": old.pk, "parent": tree["middle"]}], (), ()),
        ([kept], ("PGDĐT Giữa", "pgddt giua"), ()),
        ([kept], (), (tree["middle"],)),
        ([kept], (), (other, other)),
    ):
        response = save(tree["middle"], places, names, successors)
        assert response.status_code == 200, (places, names, successors)
        assert not response.context["form"].is_valid()
    assert Placement.objects.filter(organisation=tree["middle"]).count() == 1


def test_the_code_never_changes(tree, signed_in, save):
    (old,) = tree["low"].placements.all()
    changed = Organisation.objects.get(pk=tree["low"].pk)
    changed.code = "ma-moi"
    assert save(changed, [{"id": old.pk, "parent": tree["middle"]}]).status_code == 302
    assert Organisation.objects.get(pk=tree["low"].pk).code == "duoi"
