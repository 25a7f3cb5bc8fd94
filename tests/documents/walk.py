"""An editor's walk from a file to a draft, as her browser makes it."""

import io
from contextlib import nullcontext

from django.test import Client
from django.urls import reverse

from cms.documents.forms import HeadForm
from cms.documents.models import ImportJob


def named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def upload(client: Client, data: bytes, name: str = "kh21.txt", *, committed=nullcontext) -> ImportJob:
    """Upload one file and have it read; ``committed`` is the fixture."""
    with committed():
        response = client.post(reverse("import_document"), {"file": named(data, name)})
    job = ImportJob.objects.latest("pk")
    assert response.url == reverse("import_job", args=[job.pk])
    return job


def head_of(job: ImportJob, **changed) -> dict[str, str]:
    """What the head form of the review screen posts."""
    job.refresh_from_db()
    values = HeadForm.initially(job.fields, job.target_id)
    posted = {name: "" if values[name] is None else values[name] for name in HeadForm.base_fields}
    posted["issuer"] = values["issuer"].pk if values["issuer"] else ""
    for name in ("issued_on", "effective_from", "expires_on"):
        posted[name] = values[name].strftime("%d/%m/%Y") if values[name] else ""
    return posted | {"version": job.version} | changed


def make_draft(client: Client, job: ImportJob, **changed):
    """Press “Create draft”."""
    return client.post(reverse("import_job_draft", args=[job.pk]), head_of(job, **changed))


def revise(client: Client, job: ImportJob, **op):
    """One correction, on the version the job has now."""
    job.refresh_from_db()
    body = {"version": job.version} | op
    return client.post(reverse("import_job_revise", args=[job.pk]), body, content_type="application/json")
