"""``manage.py demo``: the demonstration content; repeatable."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.base.demonstration import load_all


class Command(BaseCommand):
    help = "Loads the demonstration content; what is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        load_all(lambda text: self.stdout.write(f"+ {text}"))
