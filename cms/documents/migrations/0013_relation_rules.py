from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0012_settle'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='relation',
            index=models.Index(fields=['target', 'kind'], name='relation_incoming'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gt', models.F('start')), _connector='OR'), name='relation_has_length'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('is_ambiguous', False), ('target__isnull', True), _connector='OR'), name='relation_ambiguous_has_no_target'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(('target__isnull', True), models.Q(('target', models.F('source')), _negated=True), _connector='OR'), name='relation_is_with_another'),
        ),
    ]
