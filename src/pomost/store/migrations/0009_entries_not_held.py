"""Entries are not held: a rollback of an exchange leaves nothing for a person to release."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0008_deletions"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="knownentry",
            name="held",
        ),
    ]
