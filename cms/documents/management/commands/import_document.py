"""``manage.py import_document FILE [--json] [--publish]``"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from cms.documents.importing import CannotImport, Result, import_document
from cms.documents.pipeline import Unreadable, check_size
from cms.organisations.models import Organisation


def _cannot_open(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("There is no file %(name)s. Check the path.")
    if isinstance(error, IsADirectoryError):
        return _("%(name)s is a folder. Name a file in it.")
    if isinstance(error, PermissionError):
        return _("%(name)s may not be read by this account.")
    return _("%(name)s cannot be opened.")


class Command(BaseCommand):
    help = "Reads a document and makes a draft of it; --json prints what was read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one line of JSON on standard output")
        parser.add_argument("--publish", action="store_true", help="publish at once")
        parser.add_argument("--organisation", help="code of the organisation that answers for the page")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("vi"):
            self._import(options["file"], options)

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        try:
            check_size(path.stat().st_size, path.name)
            outcome = import_document(
                path.read_bytes(),
                path.name,
                organisation=self._organisation(options["organisation"]),
                publish=options["publish"],
            )
        except (Unreadable, CannotImport) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_cannot_open(error) % {"name": path.name}) from error
        if options["json"]:
            self.stdout.write(json.dumps(outcome.reading.as_json(), ensure_ascii=False))
        told = {
            Result.CREATED: _("New document"),
            Result.UNCHANGED: _("Unchanged: this file has been imported before"),
            Result.REVISED: _("New draft of a document the site already holds"),
        }[outcome.result]
        state = _("public") if outcome.page.live else _("draft")
        self.stderr.write(f"{told}: {outcome.page.title} ({state})")
        for warning in outcome.reading.warnings:
            self.stderr.write(f"! {warning}")

    def _organisation(self, code: str | None) -> Organisation | None:
        if not code:
            return None
        found = Organisation.objects.filter(code=code).first()
        if not found:
            raise CommandError(_("There is no organisation with the code %(code)s.") % {"code": code})
        return found
