import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.engines import UnknownEngine, engine, scratch
from search.engines.base import Engine, EngineAway, IndexMissing
from search.evaluate import evaluate, read_corpus, read_judgements


class Command(BaseCommand):
    help = "Measures the answers on judged questions: MRR, nDCG, recall, latency."

    def add_arguments(self, parser):
        parser.add_argument("queries", type=Path, help="CSV: query,class,doc,anchor,grade")
        parser.add_argument("--corpus", type=Path, help='lines of {"id", "title", "body"}, indexed on the side')
        parser.add_argument("--engine", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, queries: Path, corpus: Path | None = None, **options):
        try:
            judged = read_judgements(queries)
            if corpus is None:
                figures = evaluate(engine(options["engine"]), judged)
            else:
                with scratch(options["engine"]) as made:
                    self._fill(made, corpus)
                    figures = evaluate(made, judged)
        except (UnknownEngine, EngineAway, OSError, ValueError, KeyError) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        except IndexMissing as error:
            raise CommandError("There is no usable index: run search_index rebuild.") from error
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            for name, value in figures.items():
                self.stdout.write(f"{name:10} {value}")

    def _fill(self, made: Engine, corpus: Path) -> None:
        """An index of the corpus alone; the site's own is not touched."""
        with made.building() as builder:
            count = builder.write(read_corpus(corpus))
            builder.publish()
        self.stderr.write(f"{count} indexed")
