from datetime import date

from django.db import migrations
from django.db.models import DateField, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """The new columns of rows that are there already, as publishing writes them; what is not public says nothing."""
    Page = apps.get_model("documents", "DocumentPage")
    Relation = apps.get_model("documents", "Relation")
    Relation.objects.filter(source__live=False).delete()
    dates = Page.objects.filter(pk=OuterRef("source_id")).values("issued_on")
    Relation.objects.update(source_on=Coalesce(Subquery(dates), date.min, output_field=DateField()))
    same = Relation.objects.filter(source=OuterRef("source_id"), number_key=OuterRef("number_key"))
    earlier = same.filter(kind=OuterRef("kind"), pk__lt=OuterRef("pk"))
    stronger = same.exclude(kind="mention")
    later = Relation.objects.filter(Exists(earlier)).values_list("pk", flat=True)
    weaker = Relation.objects.filter(Exists(stronger), kind="mention").values_list("pk", flat=True)
    Relation.objects.filter(pk__in={*later, *weaker}).update(is_first=False)


class Migration(migrations.Migration):
    dependencies = [("documents", "0014_graph")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
