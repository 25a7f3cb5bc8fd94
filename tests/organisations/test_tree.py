"""The tree over time (law 8): as it was, as it is; no overlap, no circle."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cms.organisations.models import Organisation, Placement, Succession
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

REFORM = date(2025, 7, 1)


@pytest.fixture
def tree():
    """province > district > office > school; since the reform the school stands below a commune."""
    province = OrganisationFactory(code="tinh")
    district = OrganisationFactory(code="huyen", below=province, closed_on=REFORM)
    office = OrganisationFactory(code="phong", below=district, closed_on=REFORM)
    commune = OrganisationFactory(code="xa", below=province, opened_on=REFORM)
    school = OrganisationFactory(code="truong")
    Placement(organisation=school, parent=office, valid_to=REFORM).save()
    Placement(organisation=school, parent=commune, valid_from=REFORM).save()
    return {o.code: o for o in (province, district, office, commune, school)}


def codes(rows):
    return set(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("start", "on", "expected"),
    [
        ("tinh", REFORM - timedelta(days=1), {"huyen", "phong", "xa", "truong"}),
        ("huyen", REFORM - timedelta(days=1), {"phong", "truong"}),
        ("huyen", REFORM, {"phong"}),
        ("xa", REFORM - timedelta(days=1), set()),
        ("xa", REFORM, {"truong"}),
        ("truong", REFORM, set()),
    ],
)
def test_descendants_are_those_of_the_day(tree, start, on, expected):
    assert codes(Organisation.objects.descendants(tree[start], on=on)) == expected


def test_ancestors_are_those_of_the_day(tree):
    before = Organisation.objects.above(tree["truong"].pk, on=REFORM - timedelta(days=1))
    assert codes(before) == {"truong", "phong", "huyen", "tinh"}
    assert codes(Organisation.objects.above(tree["truong"].pk, on=REFORM)) == {"truong", "xa", "tinh"}


def test_as_of_leaves_out_the_closed_and_the_not_yet_opened(tree):
    assert codes(Organisation.objects.as_of(REFORM)) == {"tinh", "xa", "truong"}
    assert codes(Organisation.objects.as_of(REFORM - timedelta(days=1))) == {
        "tinh",
        "huyen",
        "phong",
        "truong",
    }


def test_a_subtree_is_one_statement(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(Organisation.objects.within([tree["tinh"].pk, tree["xa"].pk]))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (date(2025, 6, 30), None),
        (date(2020, 1, 1), date(2020, 2, 1)),
        (REFORM, date(2026, 1, 1)),
        (None, date(1900, 1, 1)),
    ],
)
def test_two_parents_at_once_are_refused(tree, start, end):
    with pytest.raises(ValidationError, match="huyen|phong|xa"):
        Placement(organisation=tree["truong"], parent=tree["huyen"], valid_from=start, valid_to=end).save()


def test_a_gap_between_two_parents_is_allowed(tree):
    other = OrganisationFactory(code="moi")
    Placement(organisation=other, parent=tree["tinh"], valid_to=date(2020, 1, 1)).save()
    Placement(organisation=other, parent=tree["xa"], valid_from=date(2021, 1, 1)).save()
    assert codes(Organisation.objects.above(other.pk, on=date(2020, 6, 1))) == {"moi"}


def test_a_circle_is_refused(tree):
    with pytest.raises(ValidationError):
        Placement(organisation=tree["tinh"], parent=tree["truong"]).save()


def test_what_would_be_a_circle_today_was_none_before(tree):
    Placement(organisation=tree["tinh"], parent=OrganisationFactory(), valid_to=date(2000, 1, 1)).save()
    with pytest.raises(ValidationError):
        Placement(organisation=tree["tinh"], parent=tree["xa"], valid_from=date(2026, 1, 1)).save()


def test_the_database_itself_refuses_two_open_ends(tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.bulk_create(
            [Placement(organisation=tree["truong"], parent=tree["huyen"], valid_from=date(2030, 1, 1))]
        )


def test_the_database_itself_refuses_standing_below_oneself(tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.bulk_create([Placement(organisation=tree["huyen"], parent=tree["huyen"])])


def test_successors_follow_the_chain(tree):
    heir, grandheir = OrganisationFactory(code="moi"), OrganisationFactory(code="moi-nua")
    Succession(predecessor=tree["huyen"], successor=heir, on=REFORM, kind="merged").save()
    Succession(predecessor=tree["huyen"], successor=tree["xa"], on=REFORM, kind="split").save()
    Succession(predecessor=heir, successor=grandheir, on=REFORM + timedelta(days=400), kind="renamed").save()
    assert codes(Organisation.objects.successors(tree["huyen"])) == {"moi", "xa", "moi-nua"}
    with pytest.raises(ValidationError):
        Succession(predecessor=grandheir, successor=tree["huyen"], on=REFORM, kind="merged").save()


DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 1, 20)))


class NoDayHasTwoParents(TestCase):
    """Whatever is tried, in whatever order, an organisation stands below at most one other on any day."""

    @given(st.lists(st.tuples(DAYS, DAYS), max_size=6))
    def test_no_day_has_two_parents(self, spans):
        child, parents = OrganisationFactory(), [OrganisationFactory() for _ in spans]
        for parent, (start, end) in zip(parents, spans, strict=True):
            try:
                with transaction.atomic():
                    Placement(organisation=child, parent=parent, valid_from=start, valid_to=end).save()
            except (ValidationError, IntegrityError):
                continue
        for offset in range(22):
            day = date(2019, 12, 31) + timedelta(days=offset)
            assert Organisation.objects.above(child.pk, on=day).count() <= 2
