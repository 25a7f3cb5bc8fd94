"""``manage.py serve``: brings the database up to date and runs the site with its worker, on this machine only."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

TICK_SECONDS = 60


def _die_with_parent() -> None:
    """Linux: ask for SIGTERM when the parent is gone, so that a killed ``serve`` leaves nothing running."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Command(BaseCommand):
    help = "Migrates, loads the demonstration into an empty site, then serves on loopback until interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty site empty")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            self._refuse_a_taken_port(options["port"])
            self._prepare(options)
            self._announce(options["port"])
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(0))
        children = [
            self._start(self._gunicorn(options)),
            self._start([sys.executable, "manage.py", "db_worker", "--no-reload"]),
        ]
        try:
            self._mind(children)
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=20)

    def _refuse_a_taken_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    _("Another program uses port %(port)d. Try another: PORT=%(other)d make run")
                    % {"port": port, "other": port + 1}
                ) from error

    def _start(self, command: list[str]) -> subprocess.Popen:
        """A child that ends with this process, however this process ends."""
        return subprocess.Popen(  # noqa: S603
            command, cwd=settings.ROOT, env=self._environment(), preexec_fn=_die_with_parent, start_new_session=True
        )

    def _prepare(self, options: dict[str, Any]) -> None:
        from cms.organisations.models import Organisation

        call_command("migrate", verbosity=0, interactive=False)
        if not options["no_demo"] and not Organisation.objects.exists():
            self.stdout.write(_("First start: loading the demonstration…"))
            call_command("demo")
        if not self._index_is_current():
            call_command("search_index", "rebuild")

    def _index_is_current(self) -> bool:
        from search.backend.engine import admin_engine
        from search.engines.base import State
        from search.sync import is_current

        return is_current() and admin_engine().state() == State.READY

    def _announce(self, port: int) -> None:
        self.stdout.write(
            _(
                "\nThe site:      http://127.0.0.1:%(port)s/\n"
                "The admin:     http://127.0.0.1:%(port)s/admin/\n"
                "An account:    .venv/bin/python manage.py create_editor NAME --organisation pgddt-uong-bi\n"
                "Stop:          Ctrl+C\n"
            )
            % {"port": port}
        )
        self.stdout.flush()

    def _gunicorn(self, options: dict[str, Any]) -> list[str]:
        return [
            sys.executable, "-m", "gunicorn", "minhbach.wsgi",
            "--bind", f"127.0.0.1:{options['port']}",
            "--workers", str(options["workers"]), "--threads", "4",
            "--worker-tmp-dir", str(settings.VAR),
            "--log-level", "warning",
            "--limit-request-line", "0",
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
