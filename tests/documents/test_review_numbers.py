"""What scripts and forms read from the review screen is plain digits, however large; only people see 1.234."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from cms.documents.models import ImportJob
from tests.documents.walk import upload
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db

HEAD = "KẾ HOẠCH\n\nDạy học trực tuyến năm học 2024 - 2025\n\nI. NHIỆM VỤ\n\n"
GROUPED = re.compile(r'(?:data-[\w-]+|value|max|src)="[^"]*\d\.\d{3}[^"]*"')


def test_line_numbers_and_versions_beyond_a_thousand_are_not_grouped(signed_in, committed):
    editor = member(OrganisationFactory(code="pgddt-minh-hoa"))
    client = signed_in(editor)
    text = HEAD + "\n\n".join(f"- Việc thứ {number} của năm học." for number in range(600))
    job = upload(client, text.encode(), committed=committed)
    ImportJob.objects.filter(pk=job.pk).update(version=1234)
    with translation.override("vi"):
        shown = client.get(reverse("import_job", args=[job.pk])).content.decode()
    assert 'data-version="1234"' in shown
    assert 'name="version" value="1234"' in shown
    assert 'data-line="1205"' in shown
    assert 'data-source="1205"' in shown
    assert not GROUPED.findall(shown)
