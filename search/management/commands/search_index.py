import json
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import sync
from search.backend.following import catch_up
from search.engines import ADMIN, UnknownEngine, engine, kept
from search.engines.base import Engine, EngineAway


class Command(BaseCommand):
    help = "Rebuilds the search indexes while the old ones answer, compares them with the site, tells their state."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["rebuild", "verify", "status"])
        parser.add_argument("--engine", default="", help="tantivy, elasticsearch or admin; all unless named")
        parser.add_argument("--repair", action="store_true", help="verify: put right what differs")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, action: str, **options):
        try:
            engines = (engine(options["engine"]),) if options["engine"] else (engine(ADMIN), *kept())
        except UnknownEngine as error:
            raise CommandError(str(error)) from error
        self._troubles: list[str] = []
        work: Callable[[Engine, dict], dict[str, Any]] = getattr(self, f"_{action}")
        # The embedded engines come first: they wait for no cluster. What answers is told first.
        told = {one.name: self._try(one, work, options) for one in engines}
        self._say(options, told, engines[-1].name)
        if self._troubles:
            raise CommandError(" ".join(self._troubles))

    def _try(self, one: Engine, work: Callable[[Engine, dict], dict[str, Any]], options: dict) -> dict[str, Any]:
        try:
            return work(one, options)
        except (EngineAway, sync.RebuildRunning) as error:
            self._troubles.append(f"{one.name}: {error}")
            return {"error": str(error)}

    def _rebuild(self, one: Engine, options: dict) -> dict[str, Any]:
        began = time.perf_counter()
        put = sync.rebuild(one)
        return {"entries": put, "seconds": round(time.perf_counter() - began, 2)}

    def _verify(self, one: Engine, options: dict) -> dict[str, Any]:
        """Fails when index and site differ and were not brought together, so that a timer notices. What the admin's
        index has not fetched yet is no difference."""
        if one.name == ADMIN:
            catch_up()
        report = sync.verify(repair=options["repair"], engine=one)
        if not (report.agrees or report.repaired):
            self._troubles.append(f"The index of {one.name} and the site differ; --repair puts it right.")
        return report.as_json()

    def _status(self, one: Engine, options: dict) -> dict[str, Any]:
        return sync.status(one)

    def _say(self, options: dict, told: dict[str, dict[str, Any]], first: str) -> None:
        facts = told.pop(first)
        beside = {name: told.pop(name) for name in (ADMIN,) if name in told}
        facts |= beside | ({"standing_by": told} if told else {})
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        others = facts.pop("standing_by", {}) | {name: facts.pop(name) for name in beside}
        for name, known in ({first: facts} | others).items():
            self.stdout.write(f"{name}:" if others else "", ending="\n" if others else "")
            for fact, value in known.items():
                shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
                self.stdout.write(f"{fact}: {shown}")
