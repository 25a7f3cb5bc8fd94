"""Organisations to and from spreadsheets: the columns, and how a row becomes an organisation."""

from typing import Any

from import_export import fields, resources, widgets

from .models import Organisation, Placement


class ListWidget(widgets.CharWidget):
    """``a;b;c`` in a cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return [part.strip() for part in str(value or "").split(";") if part.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ";".join(value or [])


class OrganisationResource(resources.ModelResource):
    """One row an organisation, recognised by ``code``; ``parent_code`` must stand in an earlier row or on the site.

    ``aliases`` (``;`` between them) are added to the names it is recognised by.
    """

    levels = fields.Field("levels", "levels", widget=ListWidget())
    aliases = fields.Field(column_name="aliases", widget=ListWidget())
    parent_code = fields.Field(column_name="parent_code")

    class Meta:
        model = Organisation
        import_id_fields = ["code"]
        fields = (
            "code",
            "name",
            "short_name",
            "aliases",
            "kind",
            "levels",
            "area",
            "ownership",
            "parent_code",
            "opened_on",
            "closed_on",
            "address",
            "latitude",
            "longitude",
            "website",
            "source_note",
        )
        clean_model_instances = True
        skip_unchanged = False
        use_transactions = True

    def dehydrate_aliases(self, organisation: Organisation) -> str:
        return ";".join(n.name for n in organisation.names.all() if n.name != organisation.name)

    def dehydrate_parent_code(self, organisation: Organisation) -> str:
        placement = organisation.placements.filter(valid_to__isnull=True).select_related("parent").first()
        return placement.parent.code if placement else ""

    def after_save_instance(self, instance: Organisation, row: Any, **kwargs: Any) -> None:
        instance.remember_names(*ListWidget().clean(row.get("aliases")))
        code = (row.get("parent_code") or "").strip()
        if code and not instance.placements.filter(valid_to__isnull=True).exists():
            parent = Organisation.objects.get(code=code)
            Placement(organisation=instance, parent=parent, valid_from=instance.opened_on).save()
