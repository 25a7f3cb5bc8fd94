import json
import time

from django.core.management.base import BaseCommand, CommandError

from search import sync


class Command(BaseCommand):
    help = "Rebuilds the search index while the old one answers, compares it with the site, tells its state."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["rebuild", "verify", "status"])
        parser.add_argument("--repair", action="store_true", help="verify: put right what differs")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, action: str, **options):
        getattr(self, f"_{action}")(options)

    def _rebuild(self, options) -> None:
        began = time.perf_counter()
        try:
            put = sync.rebuild()
        except sync.RebuildRunning as error:
            raise CommandError(str(error)) from error
        self._say(options, {"entries": put, "seconds": round(time.perf_counter() - began, 2)})

    def _verify(self, options) -> None:
        """Fails when index and site differ and were not brought together, so that a timer notices."""
        report = sync.verify(repair=options["repair"])
        self._say(options, report.as_json())
        if not (report.agrees or report.repaired):
            raise CommandError("The index and the site differ; --repair puts it right.")

    def _status(self, options) -> None:
        self._say(options, sync.status())

    def _say(self, options, facts: dict) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            for name, value in facts.items():
                shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
                self.stdout.write(f"{name}: {shown}")
