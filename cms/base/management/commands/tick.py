"""``manage.py tick``: everything that falls due. Run by a timer, and by ``serve`` every minute."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.base.outbox import drain, drain_own
from cms.base.ticks import run_ticks


class Command(BaseCommand):
    help = "Publishes and unpublishes what is scheduled, takes up what was left lying, tells search the news."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("publish_scheduled")
        run_ticks()
        drained = drain() + drain_own()
        if drained and options["verbosity"] > 1:
            self.stdout.write(f"outbox: {drained}")
