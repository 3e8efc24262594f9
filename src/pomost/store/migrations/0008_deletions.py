"""How many deletions the ERP had noted when its newest moment was seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_launches")]

    operations = [
        migrations.AddField(model_name="channel", name="erp_deletions", field=models.BigIntegerField(null=True)),
    ]
