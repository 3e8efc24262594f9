"""Batches carry the attempt they left under, so that a batch in flight is one row and not a mark on every product."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0002_subjects")]

    operations = [
        migrations.AddField("batch", "attempt", models.CharField(default="", max_length=40)),
        migrations.AddIndex(
            "batch",
            models.Index(condition=models.Q(("at", None), ("attempt__gt", "")), fields=["run"], name="batch_in_flight"),
        ),
    ]
