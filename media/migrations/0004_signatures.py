from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0003_text_of_files")]

    operations = [
        migrations.AddField(
            model_name="file",
            name="signatures",
            field=models.JSONField(default=list, editable=False),
        ),
    ]
