"""``manage.py create_editor NAME``: an account that can write and publish, with a password shown once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from cms.base.models import OfficeSettings
from cms.organisations.models import Organisation
from cms.people.enums import Role
from cms.people.models import Membership


class Command(BaseCommand):
    help = "Creates an editor's account and prints its password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--organisation", help="code of the organisation; default: the office of the site")
        parser.add_argument(
            "--role",
            action="append",
            choices=Role.values,
            help="may be given several times; default: editor, publisher",
        )
        parser.add_argument("--superuser", action="store_true", help="may do everything, everywhere")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        if get_user_model().objects.filter(username=username).exists():
            raise CommandError(_("There is already an account called %(name)s.") % {"name": username})
        try:
            get_user_model().username_validator(username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        organisation = self._organisation(options["organisation"])
        password = get_random_string(14)
        with transaction.atomic():
            create = (
                get_user_model().objects.create_superuser
                if options["superuser"]
                else (get_user_model().objects.create_user)
            )
            user = create(username=username, password=password)
            for role in options["role"] or [Role.EDITOR, Role.PUBLISHER]:
                Membership.objects.create(user=user, organisation=organisation, role=role)
        self.stdout.write(
            _("Account: %(name)s\nPassword: %(password)s\nOrganisation: %(organisation)s")
            % {"name": username, "password": password, "organisation": organisation.name}
        )

    def _organisation(self, code: str | None) -> Organisation:
        if code:
            found = Organisation.objects.filter(code=code).first()
            if not found:
                raise CommandError(_("There is no organisation with the code %(code)s.") % {"code": code})
            return found
        settings = OfficeSettings.objects.exclude(organisation=None).select_related("organisation").first()
        if settings is None:
            raise CommandError(_("Say for which organisation: --organisation CODE (the codes stand in /co-quan/)."))
        return settings.organisation
