"""Every made document."""

from __future__ import annotations

from tests.documents.made_set import made_commune, made_ministry, made_other, made_province, made_school

DOCUMENTS = (
    *made_ministry.DOCUMENTS,
    *made_province.DOCUMENTS,
    *made_commune.DOCUMENTS,
    *made_school.DOCUMENTS,
    *made_other.DOCUMENTS,
)
