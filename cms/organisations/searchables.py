"""What search may find of organisations."""

from collections.abc import Iterator, Sequence

from django.utils import translation

from search.registry import Entry, Passage, register

from .models import Organisation, Placement


class OrganisationSearchable:
    """Every organisation in the register, open or closed, under all its names."""

    kind = "organisation"

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
            )


def named_in(ids: list[int]) -> Iterator[tuple[str, int]]:
    """Organisations whose entry names one of these as the one they belong to."""
    children = Placement.objects.filter(parent__in=ids).values_list("organisation", flat=True).distinct()
    return (("organisation", pk) for pk in children)


def register_searchables() -> None:
    register(OrganisationSearchable())
