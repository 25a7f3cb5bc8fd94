import json

from django.core.management.base import BaseCommand, CommandError

from search.engines import UnknownEngine, engine
from search.engines.base import Engine, EngineAway
from search.explain import reasons
from search.service import Results, search


class Command(BaseCommand):
    help = "Answers a question as the public page would. With --json, one line of JSON on standard output."

    def add_arguments(self, parser):
        parser.add_argument("query")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--engine", default="", help="tantivy or elasticsearch; unless named, what answers")
        parser.add_argument("--explain", action="store_true", help="how it was understood and why the order")

    def handle(self, *args, query: str, engine: str = "", **options):
        try:
            results = search(query, engine=_engine(engine))
        except EngineAway as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(results.as_json(), ensure_ascii=False))
        else:
            self._tell(results, options["explain"])

    def _tell(self, results: Results, explain: bool) -> None:
        if not results.ready:
            raise CommandError("There is no usable index: run search_index rebuild.")
        self.stdout.write(f"{results.total} ({results.engine}, {results.took_ms} ms)")
        if results.dropped:
            self.stdout.write(f"without: {', '.join(results.dropped)}")
        if results.unknown_numbers:
            self.stdout.write(f"not held: {', '.join(results.unknown_numbers)}")
        for hit in results.hits:
            self.stdout.write(f"\n{hit.score:8.2f}  {hit.record.title}\n          {hit.url}")
            if explain and results.plan:
                self.stdout.write(f"          {', '.join(f'{name} {worth:+}' for name, worth in hit.signals)}")
                self.stdout.write(f"          {' '.join(reasons(hit, results.plan))}")
            for passage in hit.passages:
                self.stdout.write(f"          #{passage.anchor}  {passage.excerpt.plain}")
        if explain and results.plan:
            self.stdout.write("\n" + json.dumps(results.plan.as_json(), ensure_ascii=False, indent=1))


def _engine(name: str) -> Engine | None:
    """The engine that was named; none: whichever the page would use."""
    try:
        return engine(name) if name else None
    except UnknownEngine as error:
        raise CommandError(str(error)) from error
