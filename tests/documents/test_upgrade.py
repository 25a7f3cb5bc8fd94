"""After an upgrade public texts do not speak by old rules: ``migrate`` derives anew what older ones made."""

import pytest

from cms.base import foundation
from cms.base.models import OutboxRow
from cms.documents.derive import RULES, derive_outdated
from cms.documents.importing import import_document
from cms.documents.models import DocumentText, DocumentVersion, Relation
from tests.documents.test_importing import DATA

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return import_document(DATA, "kh21.txt", publish=True).page


def test_what_older_rules_made_is_made_anew(page):
    made = list(Relation.objects.filter(source=page).values_list("number", "kind"))
    assert made
    Relation.objects.filter(source=page).delete()
    DocumentText.objects.filter(page=page).update(rules=RULES - 1)
    OutboxRow.objects.all().delete()
    foundation.lay()
    assert list(Relation.objects.filter(source=page).values_list("number", "kind")) == made
    assert DocumentText.objects.get(page=page).rules == RULES
    assert OutboxRow.objects.filter(kind="document", object_id=page.pk).exists()
    assert DocumentVersion.objects.filter(page=page).count() == 1


def test_a_public_text_that_was_never_derived_is_derived(page):
    DocumentText.objects.filter(page=page).delete()
    assert derive_outdated() == 1
    assert DocumentText.objects.get(page=page).nodes


def test_what_is_up_to_date_or_not_public_is_left_alone(page):
    assert derive_outdated() == 0
    page.unpublish()
    DocumentText.objects.filter(page=page).update(rules=RULES - 1)
    assert derive_outdated() == 0
