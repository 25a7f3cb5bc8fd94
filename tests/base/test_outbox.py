"""A change is told exactly when it is committed, once, and never lost."""

import pytest
from django.db import transaction

from cms.base import outbox
from cms.base.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)

HEARD: list[list[tuple[str, int]]] = []


def listen(changes):
    HEARD.append(list(changes))


def fail(changes):
    raise RuntimeError("out of order")


@pytest.fixture(autouse=True)
def _listener(settings):
    OutboxRow.objects.all().delete()
    HEARD.clear()
    settings.OUTBOX_CONSUMERS = {"ears": "tests.base.test_outbox.listen"}


def test_a_commit_is_told_at_once():
    outbox.record("document", [1, 2, 1])
    assert HEARD == [[("document", 1), ("document", 2)]]
    assert not OutboxRow.objects.exists()


def test_a_rolled_back_change_leaves_nothing_behind():
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        outbox.record("document", [1])
        raise ValueError("no")
    assert HEARD == []
    assert not OutboxRow.objects.exists()


def test_nothing_is_told_before_the_commit():
    with transaction.atomic():
        outbox.record("document", [1])
        assert HEARD == []
    assert HEARD == [[("document", 1)]]


def test_a_failing_consumer_keeps_its_rows_and_not_the_editor_from_saving(settings):
    settings.OUTBOX_CONSUMERS = {"ears": "tests.base.test_outbox.fail"}
    outbox.record("document", [7])
    assert OutboxRow.objects.count() == 1
    settings.OUTBOX_CONSUMERS = {"ears": "tests.base.test_outbox.listen"}
    assert outbox.drain() == 1
    assert HEARD == [[("document", 7)]]


def test_only_one_process_drains_and_the_rows_wait_for_it():
    with outbox._only_one() as mine:
        assert mine
        outbox.record("document", [3])
        assert HEARD == []
        assert OutboxRow.objects.count() == 1
    assert outbox.drain() == 1
    assert HEARD == [[("document", 3)]]


def test_what_arrives_while_draining_is_told_too(settings):
    settings.OUTBOX_CONSUMERS = {"ears": "tests.base.test_outbox.listen_and_write"}
    outbox.record("document", [1])
    assert HEARD == [[("document", 1)], [("document", 2)]]
    assert not OutboxRow.objects.exists()


def listen_and_write(changes):
    listen(changes)
    if len(HEARD) == 1:
        OutboxRow.objects.create(consumer="ears", kind="document", object_id=2)


def choosy(changes):
    changes = list(changes)
    if ("document", 2) in changes:
        raise RuntimeError("poison")
    listen(changes)


def test_a_row_that_cannot_be_dealt_with_holds_up_no_other(settings):
    settings.OUTBOX_CONSUMERS = {"ears": f"{__name__}.choosy"}
    outbox.record("document", [1, 2, 3])
    assert HEARD == [[("document", 1)], [("document", 3)]]
    (row,) = OutboxRow.objects.all()
    assert (row.object_id, row.attempts) == (2, 1)
    assert "poison" in row.last_error
    outbox.record("document", [4])
    assert HEARD[-1] == [("document", 4)]
    assert OutboxRow.objects.get().attempts == 2


def test_rows_of_a_consumer_that_is_gone_do_not_pile_up():
    OutboxRow.objects.create(consumer="gone", kind="document", object_id=2)
    assert outbox.drain() == 0
    assert not OutboxRow.objects.exists()
