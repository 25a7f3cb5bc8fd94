"""What this room does in the background."""

from django_tasks import task

from . import intake


@task()
def read_upload(job_id: int) -> None:
    """Read a waiting upload."""
    intake.read(job_id)
