"""A signed PDF made by hand, by people who do not exist: a page, a signature field, a CMS signature over its bytes."""

from datetime import UTC, datetime, timedelta

import pytest


def _signature(data: bytes, name: str, organisation: str) -> bytes:
    pytest.importorskip("cryptography", reason="the PDF for this test is signed with the package cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs7
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    start = datetime(2023, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, options)


def _string(text: str) -> bytes:
    return b"<" + ("﻿" + text).encode("utf-16-be").hex().encode() + b">"


def signed_pdf(
    name: str = "Nguyễn Thị Thí Dụ",
    organisation: str = "Phòng GDĐT Minh Họa",
    reason: str = "Phê duyệt văn bản",
    at: str = "D:20240115093000+07'00'",
    room: int = 4096,
    contents: bytes | None = None,
) -> bytes:
    """``contents`` stands in place of a true signature."""
    place = b"<" + b"0" * (2 * room) + b">"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky)/Rect[0 0 0 0]/P 3 0 R/V 5 0 R>>",
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 %10d %10d %10d]/Contents "
        + place
        + b"/M"
        + (b"(" + at.encode() + b")")
        + b"/Reason"
        + _string(reason)
        + b">>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number
        if number == 5:
            body = body.replace(b"%10d", b"9999999999")
        out += body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table
    first = out.index(place)
    again = first + len(place)
    out = out.replace(b"9999999999 9999999999 9999999999", b"%10d %10d %10d" % (first, again, len(out) - again))
    signature = _signature(bytes(out[:first] + out[again:]), name, organisation) if contents is None else contents
    out[first + 1 : first + 1 + 2 * len(signature)] = signature.hex().encode()
    return bytes(out)
