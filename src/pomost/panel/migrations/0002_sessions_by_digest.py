"""Sessions are kept by a digest of their key: those kept by the key itself end; keys leave the audit log as well."""

import re
from typing import Any

from django.db import migrations

_ADDRESS = "shop.address"
_PLAIN = re.compile(r"(https?://([\w-]{1,15}|[\w-]+(\.[\w-]+)+|\[[0-9a-fA-F:.]+\])(:\d+)?(/[\w.-]{1,15})*/?)?")
"""An address that holds nothing else: server, port, and a path of short names."""


def clean(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # or the keys would stay in the file's free space
    apps.get_model("panel", "Session").objects.all().delete()
    for event in apps.get_model("panel", "Event").objects.filter(kind="settings").iterator():
        facts = [_cleaned(fact) for fact in event.facts]
        if facts != event.facts:
            event.facts = facts
            event.save(update_fields=["facts"])


def _cleaned(fact: dict[str, Any]) -> dict[str, Any]:
    if fact.get("path") != _ADDRESS:
        return fact
    return {name: "•••" if name != "path" and not _PLAIN.fullmatch(str(told)) else told for name, told in fact.items()}


class Migration(migrations.Migration):
    dependencies = [
        ("panel", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(clean, migrations.RunPython.noop),
    ]
