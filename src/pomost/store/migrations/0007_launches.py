"""Runs asked for at a door, how far a run is in both languages, and the inbox page by page."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_entries")]

    operations = [
        migrations.CreateModel(
            name="Launch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("errand", models.JSONField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=20)),
                ("host", models.CharField(default="", max_length=200)),
                ("pid", models.IntegerField(default=0)),
                ("run", models.BigIntegerField(null=True)),
                ("said", models.JSONField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="launches", to="store.channel"
                    ),
                ),
            ],
        ),
        migrations.RemoveIndex(model_name="inboxitem", name="inbox_by_reason"),
        migrations.AddIndex(
            model_name="inboxitem",
            index=models.Index(fields=["channel", "reason", "symbol", "key"], name="inbox_by_reason"),
        ),
        migrations.RemoveField(model_name="lease", name="progress"),
        migrations.AddField(model_name="lease", name="step", field=models.JSONField(null=True)),
    ]
