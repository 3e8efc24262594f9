"""What tells a store put back from a copy: marks of the shop's own time, and the program that keeps the tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0010_documents_of_orders")]

    operations = [
        migrations.AddField(
            model_name="channel", name="shop_account", field=models.CharField(default="", max_length=200)
        ),
        migrations.AddField(
            model_name="channel", name="offers_until", field=models.CharField(default="", max_length=64)
        ),
        migrations.AddField(
            model_name="channel", name="stocks_until", field=models.CharField(default="", max_length=64)
        ),
        migrations.AddField(
            model_name="channel", name="standing", field=models.CharField(default="sound", max_length=20)
        ),
        migrations.CreateModel(
            name="Keeper",
            fields=[
                ("one", models.IntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
