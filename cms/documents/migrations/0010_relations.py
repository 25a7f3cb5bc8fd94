from django.db import migrations


class Migration(migrations.Migration):
    """Citations become relations: the same rows, with more to say."""

    dependencies = [("documents", "0004_import_job")]

    operations = [
        migrations.RemoveConstraint("citation", "citation_has_length"),
        migrations.RemoveIndex("citation", "citation_waiting"),
        migrations.RenameModel("Citation", "Relation"),
    ]
