"""A process that is killed in the middle: ``python -m tests.search.killed ACTION ENGINE``, with MINHBACH_VAR and the
cluster in the environment. Prints GO when the work begins, and for ``check`` what is true afterwards."""

import json
import os
import sys
import time
from pathlib import Path

THINGS = 240
WORDS = ["thư viện", "học phí", "căng tin", "sân chơi"]


def main(action: str, name: str) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "minhbach.settings.development"
    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    from cms.base import outbox
    from cms.base.models import OutboxRow
    from search import engines, registry, sync
    from search.registry import Entry, Passage
    from search.service import search

    edition = Path(settings.VAR) / "edition"

    class Shelf:
        kind = "thing"

        def entries(self, ids):
            number = int(edition.read_text())
            for pk in range(THINGS) if ids is None else ids:
                if (pk + number) % 7:  # some come, some go
                    time.sleep(0.002)
                    text = f"bản {number} {WORDS[pk % 4]} số {pk}"
                    passages = tuple(Passage(f"p-{i}", (), f"{text}, đoạn {i}") for i in range(5))
                    yield Entry(f"thing:{pk}", "thing", text, f"/{pk}/", passages=passages)

    registry._registered.clear()
    registry.register(Shelf())
    engine = engines.engine(name)
    if action == "prepare":
        call_command("migrate", verbosity=0)
        OutboxRow.objects.all().delete()
        edition.write_text("0")
        for one in engines.kept():
            sync.rebuild(one)
    elif action == "rebuild":
        print("GO", flush=True)
        sync.rebuild(engine)
    elif action == "drain":
        edition.write_text(str(int(edition.read_text()) + 1))
        with transaction.atomic():
            rows = [
                OutboxRow(consumer=consumer, kind="thing", object_id=pk)
                for pk in range(THINGS)
                for consumer in settings.OUTBOX_CONSUMERS
            ]
            OutboxRow.objects.bulk_create(rows)
        outbox.BATCH = 40
        if name == "elasticsearch":
            # The embedded engine goes first; the work to be killed in is the cluster's.
            settings.OUTBOX_CONSUMERS = dict(reversed(settings.OUTBOX_CONSUMERS.items()))
        print("GO", flush=True)
        outbox.drain()
    elif action == "check":
        opened = search("thư viện", engine=engine).total > 0
        waiting = OutboxRow.objects.count()
        outbox.drain()
        report = sync.verify(engine=engine)
        repaired = sync.verify(repair=True, engine=engine)
        after = sync.verify(engine=engine)
        number = int(edition.read_text())
        print(
            json.dumps(
                {
                    "opened": opened,
                    "waiting": waiting,
                    "left": OutboxRow.objects.count(),
                    "agrees": report.agrees,
                    "agrees_after": after.agrees,
                    "differences": len(repaired.missing) + len(repaired.extra) + len(repaired.stale),
                    "found": search(f'"bản {number}"', engine=engine).total,
                    "wanted": sum(bool((pk + number) % 7) for pk in range(THINGS)),
                }
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
