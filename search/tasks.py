"""What this room does in the background."""

from django_tasks import task

from . import renewal


@task()
def renew_indexes() -> None:
    """Fill the indexes with the newest list of concepts."""
    renewal.renew()
