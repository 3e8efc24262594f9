"""Unique values (codes, logins) that unanswered attempts may have left in a shop."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0014_effects")]

    operations = [
        migrations.AddField(model_name="knownentry", name="attempted", field=models.TextField(default="")),
    ]
