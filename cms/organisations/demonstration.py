"""The organisations named in the demonstration documents, with what is known of them and no more."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from tablib import Dataset

from .models import Organisation, Succession
from .resources import OrganisationResource

FOLDER = Path(__file__).parent / "demo"


def load(say: Any) -> None:
    """Those the register does not hold yet, through the same resource an import uses."""
    rows = Dataset().load((FOLDER / "organisations.csv").read_text(encoding="utf-8"), format="csv")
    known = set(Organisation.objects.values_list("code", flat=True))
    new = Dataset(headers=rows.headers)
    for row in rows.dict:
        if row["code"] not in known:
            new.append([row[name] for name in rows.headers])
    OrganisationResource().import_data(new, raise_errors=True)
    _successions()
    say(f"{len(new)} cơ quan, đơn vị")


def _successions() -> None:
    with (FOLDER / "successions.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            predecessor = Organisation.objects.get(code=row["predecessor_code"])
            successor = Organisation.objects.get(code=row["successor_code"])
            if not predecessor.succeeded_by.filter(successor=successor).exists():
                Succession(
                    predecessor=predecessor,
                    successor=successor,
                    on=date.fromisoformat(row["on"]),
                    kind=row["kind"],
                    note=row["note"],
                ).save()
