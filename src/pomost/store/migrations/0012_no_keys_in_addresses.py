"""Keys that earlier programs kept in the shop's address are taken out of every version of the settings."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import migrations

_SHORTEST = 16


def without_key(text: str) -> str:
    """An address as it may be kept: server and path of short names; blank where the text is none."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or ("." not in host and ":" not in host and len(host) >= _SHORTEST)
    ):
        return ""
    if any(sign.isspace() for sign in text.strip()):
        return ""
    place = f"[{host}]" if ":" in host else host
    path = "/".join(part for part in parts.path.split("/") if len(part) < _SHORTEST)
    return urlunsplit((parts.scheme, place if port is None else f"{place}:{port}", path, "", ""))


def clean(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # or the old text would stay in the file's free space
    for row in apps.get_model("store", "SettingsVersion").objects.iterator():
        shop = row.document.get("shop")
        address = shop.get("address") if isinstance(shop, dict) else None
        if isinstance(address, str) and without_key(address) != address:
            row.document = {**row.document, "shop": {**shop, "address": without_key(address)}}
            row.save(update_fields=["document"])


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0011_copies"),
    ]

    operations = [
        migrations.RunPython(clean, migrations.RunPython.noop),
    ]
