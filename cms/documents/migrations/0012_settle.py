from django.db import migrations
from django.db.models import F

from cms.organisations.naming import name_key


def settle(apps, schema_editor):
    """What the new columns say of rows that are there already; the first version of every public text."""
    Page = apps.get_model("documents", "DocumentPage")
    Relation = apps.get_model("documents", "Relation")
    Text = apps.get_model("documents", "DocumentText")
    Version = apps.get_model("documents", "DocumentVersion")
    Relation.objects.filter(target=F("source")).update(target=None)
    Relation.objects.filter(kind="legal_basis").update(in_preamble=True)
    for page in Page.objects.exclude(issuer_raw="").only("pk", "issuer_raw").iterator():
        Page.objects.filter(pk=page.pk).update(issuer_key=name_key(page.issuer_raw))
    texts = Text.objects.filter(page__live=True).select_related("page").defer("page__body")
    for text in texts.iterator(chunk_size=50):
        published = text.page.last_published_at or text.page.first_published_at
        if published:
            Version.objects.create(page_id=text.pk, number=1, published_at=published, nodes=text.nodes,
                                   source_sha256=text.page.source_sha256)


class Migration(migrations.Migration):

    dependencies = [("documents", "0011_living_page")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
