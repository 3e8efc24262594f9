"""By what an order's document is known again, what a person said of it, and what a restored ERP is known by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0009_entries_not_held"),
    ]

    operations = [
        migrations.AddField("orderlink", "original", models.CharField(default="", max_length=60)),
        migrations.AddField("orderlink", "customer", models.BigIntegerField(default=0)),
        migrations.AddField("orderlink", "answer", models.BigIntegerField(null=True)),
        migrations.AddIndex("orderlink", models.Index(fields=["document_id"], name="order_by_document")),
        migrations.AddField("run", "vanished", models.IntegerField(default=0)),
        migrations.AddField("channel", "erp_counters", models.JSONField(default=dict)),
    ]
