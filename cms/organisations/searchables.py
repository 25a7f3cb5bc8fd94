"""What search may find of organisations."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.engines.base import Record
from search.registry import Card, Entry, Fact, Listing, Passage, register

from .enums import Kind
from .models import Organisation, Placement

LISTINGS: list[Callable[[str], Listing]] = []
"""What a card tells of the things of rooms above: from an organisation's code. A room appends its own; the first is
shown."""


class OrganisationSearchable:
    """Every organisation in the register, open or closed, under all its names."""

    kind = "organisation"
    label = gettext_lazy("Organisations")
    is_named = True

    def card(self, record: Record) -> Card:
        """Of the one organisation that was asked for by its name: what it is, where it stands, what it has issued."""
        told = record.details
        facts = [Fact(_("Kind"), str(Kind(told["kind"]).label))] if told.get("kind") in Kind.values else []
        if told.get("short_name"):
            facts.append(Fact(_("Short name"), told["short_name"]))
        if told.get("parent"):
            facts.append(Fact(_("Belongs to"), told["parent"], told["parent_url"]))
        if told.get("closed_on"):
            day = date_format(date.fromisoformat(told["closed_on"]), "SHORT_DATE_FORMAT")
            facts.append(Fact(_("Ceased to exist on"), day))
        listing = LISTINGS[0](told["code"]) if LISTINGS and told.get("code") else None
        return Card(tuple(facts), listing=listing)

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        rows = Organisation.objects.prefetch_related("names", "placements__parent")
        if ids is not None:
            rows = rows.filter(pk__in=ids)
        for organisation in rows.iterator(chunk_size=500):
            names = tuple(name.name for name in organisation.names.all() if name.name != organisation.name)
            parents = [placement.parent.name for placement in organisation.placements.all()]
            with translation.override("vi"):
                labels = [str(organisation.get_kind_display()), *organisation.level_labels]
            text = ". ".join(filter(None, [*labels, *parents, organisation.address]))
            yield Entry(
                key=f"organisation:{organisation.pk}",
                kind=self.kind,
                title=organisation.name,
                url=f"/co-quan/{organisation.code}/",
                aliases=names,
                facets={},
                passages=(Passage(anchor="", path=(), text=text),) if text else (),
                details=_details(organisation),
            )


def _details(organisation: Organisation) -> dict[str, str]:
    """What its card tells."""
    parents = [placement.parent for placement in organisation.placements.all() if placement.holds_today]
    told = {
        "code": organisation.code,
        "kind": organisation.kind,
        "short_name": organisation.short_name if organisation.short_name != organisation.name else "",
        "parent": parents[0].name if parents else "",
        "parent_url": f"/co-quan/{parents[0].code}/" if parents else "",
        "closed_on": organisation.closed_on.isoformat() if organisation.closed_on else "",
    }
    return {name: value for name, value in told.items() if value}


def named_in(ids: list[int]) -> Iterator[tuple[str, int]]:
    """Organisations whose entry names one of these as the one they belong to."""
    children = Placement.objects.filter(parent__in=ids).values_list("organisation", flat=True).distinct()
    return (("organisation", pk) for pk in children)


def register_searchables() -> None:
    register(OrganisationSearchable())
