"""What a signed PDF says of its signatures; never more than that, and never an error."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.documents.pipeline.pdf.signatures import MAX_CHARS, Signature, _moment, signatures

from .signed import signed_pdf


@pytest.fixture(scope="module")
def signed():
    return signed_pdf()


def test_who_when_why_and_that_nothing_was_added(signed):
    assert signatures(signed) == (
        Signature(
            name="Nguyễn Thị Thí Dụ",
            organisation="Phòng GDĐT Minh Họa",
            signed_at=datetime(2024, 1, 15, 9, 30, tzinfo=timezone(timedelta(hours=7))),
            reason="Phê duyệt văn bản",
            covers_whole_file=True,
        ),
    )


def test_what_was_added_after_it_is_said(signed):
    (found,) = signatures(signed + b"\n% them mot dong\n")
    assert found.name == "Nguyễn Thị Thí Dụ"
    assert not found.covers_whole_file


def test_without_a_time_in_the_file_the_signature_has_its_own():
    before = datetime.now(UTC) - timedelta(seconds=2)
    (found,) = signatures(signed_pdf(at=""))
    assert before <= found.signed_at <= datetime.now(UTC)


@pytest.mark.parametrize("contents", [b"", b"\x30\x80" * 500, b"\x30\x03\x02\x01\x01", b"\xff" * 4000])
def test_a_signature_nobody_can_read_is_still_there(contents):
    (found,) = signatures(signed_pdf(contents=contents))
    assert (found.name, found.reason) == ("", "Phê duyệt văn bản")


def test_names_are_one_line_and_bounded():
    (found,) = signatures(signed_pdf(reason="a\x00\u202e\nb" + "x" * 5000))
    assert found.reason.startswith("a")
    assert len(found.reason) <= MAX_CHARS
    assert found.reason.isprintable()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"khong phai PDF", b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF"])
def test_what_is_no_pdf_has_no_signature(data):
    assert signatures(data) == ()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20240115093000Z", datetime(2024, 1, 15, 9, 30, tzinfo=UTC)),
        ("D:20240115093000", datetime(2024, 1, 15, 9, 30)),
        ("D:2024", datetime(2024, 1, 1)),
        ("D:20241315093000Z", None),
        ("D:20240115093000+99'00'", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_dates_of_pdf(text, moment):
    assert _moment(text) == moment


def test_it_goes_to_the_database_and_back(signed):
    (found,) = signatures(signed)
    assert Signature.from_json(found.as_json()) == found
    unknown = Signature(name="")
    assert Signature.from_json(unknown.as_json()) == unknown


@settings(max_examples=60)
@given(st.data())
def test_torn_files_raise_nothing(signed, data):
    torn = bytearray(signed)
    for _time in range(data.draw(st.integers(1, 12))):
        torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(torn)))
    for one in (bytes(torn), bytes(torn[:cut])):
        for found in signatures(one):
            assert len(found.name) <= MAX_CHARS


def test_the_page_says_that_it_has_not_checked(signed):
    html = render_to_string("documents/signature.html", {"signatures": signatures(signed)})
    for words in ("Nguyễn Thị Thí Dụ", "Phòng GDĐT Minh Họa", "15/01/2024", "09:30"):
        assert words in html
    assert render_to_string("documents/signature.html", {"signatures": ()}).strip() == ""


@pytest.mark.django_db
def test_a_kept_file_remembers_what_it_says(signed):
    from cms.documents.signing import read_signatures, signed_by
    from media.keeping import keep
    from media.models import File

    file, _new = keep(signed, "ky-so.pdf", known_as="application/pdf")
    assert signed_by(file) == ()
    File.objects.filter(pk=file.pk).update(signatures=read_signatures(signed, "ky-so.pdf"))
    assert signed_by(File.objects.get(pk=file.pk)) == signatures(signed)
