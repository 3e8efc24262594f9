"""The shop's clock as stock was confirmed by it, and what was told of a run as a whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0012_no_keys_in_addresses")]

    operations = [
        migrations.AddField(model_name="channel", name="stock_as_of", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="channel", name="clock_back_told", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="run", name="told", field=models.BinaryField(default=bytes)),
    ]
