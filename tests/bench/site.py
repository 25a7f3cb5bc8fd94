"""A site of the benchmarks' own: its files in a folder that is thrown away, with the demonstration in it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def site() -> Iterator[Path]:
    """Its folder, with Django set up over it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MINHBACH_VAR": folder, "DJANGO_SETTINGS_MODULE": "minhbach.settings.development"}
        sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        with open(os.devnull, "w") as nothing:
            call_command("demo", stdout=nothing)
        yield Path(folder)
