"""Plans and the inbox speak of more than cards: an area and a subject beside the card's key."""

import django.db.models.deletion
from django.db import migrations, models

_SPANS = """
UPDATE store_batch SET
  first_key = COALESCE((SELECT MIN(k.key) FROM store_batchkey k
    WHERE k.run_id = store_batch.run_id AND k.number = store_batch.number), 0),
  last_key = COALESCE((SELECT MAX(k.key) FROM store_batchkey k
    WHERE k.run_id = store_batch.run_id AND k.number = store_batch.number), 0)
"""
_ITEMS = """
INSERT INTO store_inboxitem
  (channel_id, area, key, subject, part, symbol, product_id, reason, findings, retry, since, runs)
SELECT channel_id, 'offer', key, '', part, symbol, product_id, reason, findings, retry, since, runs
FROM store_unresolved
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.AddField("batch", "area", models.CharField(default="offer", max_length=20)),
        migrations.AddField("batch", "first_key", models.BigIntegerField(default=0)),
        migrations.AddField("batch", "last_key", models.BigIntegerField(default=0)),
        migrations.AddField("batch", "first_subject", models.CharField(default="", max_length=100)),
        migrations.AddField("batch", "last_subject", models.CharField(default="", max_length=100)),
        migrations.CreateModel(
            name="InboxItem",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "channel_id",
                        "key",
                        "area",
                        "subject",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area", models.CharField(default="offer", max_length=20)),
                ("key", models.BigIntegerField(default=0)),
                ("subject", models.CharField(default="", max_length=100)),
                ("part", models.CharField(max_length=40)),
                ("symbol", models.CharField(max_length=100)),
                ("product_id", models.CharField(default="", max_length=100)),
                ("reason", models.CharField(max_length=60)),
                ("findings", models.BinaryField()),
                ("retry", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("runs", models.IntegerField(default=1)),
                (
                    "channel",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="store.channel"),
                ),
            ],
        ),
        migrations.AddIndex("inboxitem", models.Index(fields=["channel", "reason"], name="inbox_by_reason")),
        migrations.RunSQL(_SPANS),
        migrations.RunSQL(_ITEMS),
        migrations.DeleteModel("BatchKey"),
        migrations.DeleteModel("Unresolved"),
    ]
