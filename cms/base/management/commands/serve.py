"""``manage.py serve``: brings the database up to date and runs the site with its worker, on this machine only."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

TICK_SECONDS = 60


class Command(BaseCommand):
    help = "Migrates, loads the demonstration into an empty site, then serves on loopback until interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty site empty")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            self._prepare(options)
            self._announce(options["port"])
        children = [
            subprocess.Popen(self._gunicorn(options), env=self._environment()),  # noqa: S603
            subprocess.Popen(
                [sys.executable, "manage.py", "db_worker", "--no-reload"],
                cwd=settings.ROOT,
                env=self._environment(),
            ),
        ]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            self._mind(children)
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=20)

    def _prepare(self, options: dict[str, Any]) -> None:
        from cms.organisations.models import Organisation

        call_command("migrate", verbosity=0, interactive=False)
        if not options["no_demo"] and not Organisation.objects.exists():
            self.stdout.write(_("First start: loading the demonstration…"))
            call_command("demo")
        if not self._index_is_current():
            call_command("search_index", "rebuild")

    def _index_is_current(self) -> bool:
        from search.sync import is_current

        return is_current()

    def _announce(self, port: int) -> None:
        self.stdout.write(
            _(
                "\nThe site:      http://127.0.0.1:%(port)s/\n"
                "The admin:     http://127.0.0.1:%(port)s/admin/\n"
                "An account:    .venv/bin/python manage.py create_editor NAME\n"
                "Stop:          Ctrl+C\n"
            )
            % {"port": port}
        )

    def _gunicorn(self, options: dict[str, Any]) -> list[str]:
        return [
            sys.executable, "-m", "gunicorn", "minhbach.wsgi",
            "--bind", f"127.0.0.1:{options['port']}",
            "--workers", str(options["workers"]), "--threads", "4",
            "--worker-tmp-dir", str(settings.VAR),
            "--log-level", "warning",
        ]  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.SITE)]),
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        }

    def _mind(self, children: list[subprocess.Popen]) -> None:
        """Do what falls due every minute; end when a child ends."""
        next_tick = time.monotonic() + TICK_SECONDS
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + TICK_SECONDS
                subprocess.run(
                    [sys.executable, "manage.py", "tick"],
                    cwd=settings.ROOT,
                    env=self._environment(),
                    check=False,
                )
        sys.exit(1)
