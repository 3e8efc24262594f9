"""What passed unattended is counted by its effects too: goods hidden, prices fallen, customers' terms lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0013_shop_clock"),
    ]

    operations = [
        migrations.AddField(model_name="run", name=name, field=models.IntegerField(default=0))
        for name in ("hidden", "cheaper", "terms")
    ]
